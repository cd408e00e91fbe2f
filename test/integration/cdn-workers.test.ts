// esm.sh's `?worker`: a module of a package, with all that it imports there, as the script of a worker.
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

let relay: TestRelay;
const ask = (address: string) => relay.ask(`/-/cdn/esm.sh/${address}`);

beforeAll(async () => {
  relay = await startTestRelay({
    packages: {
      editor: {
        versions: {
          '1.0.0': {
            files: {
              '/index.js': "import './page.css'; import { double } from './double.js'; export { double };",
              '/page.css': 'b { color: red }',
              '/double.js': 'export const double = (n) => n * 2;',
              '/double.worker.js': "import { double } from './double.js'; self.onmessage = double;",
              '/broken.worker.js': 'import = ;',
            },
            manifest: { type: 'module', main: 'index.js' },
          },
        },
      },
    },
  });
});
afterAll(() => relay?.close());

it('the script is one classic script', async () => {
  const { status, headers, text } = await ask('editor@1.0.0/double.worker?worker=script');
  expect({ status, type: headers['content-type'] }).toEqual({
    status: 200,
    type: 'text/javascript; charset=utf-8',
  });
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  const self: { onmessage?: (n: number) => number } = {};
  runInNewContext(text, { self });
  expect(self.onmessage?.(21)).toBe(42);
});

it('the module starts a worker with that script', async () => {
  const { text } = await ask('editor@1.0.0/double.worker.js?worker');
  expect(text).toContain('https://esm.sh/editor@1.0.0/double.worker.js?worker=script');
  const { default: createWorker } = await import(
    `data:text/javascript,${encodeURIComponent(`const URL = { createObjectURL: (blob) => blob };
class Worker { constructor(blob, { name }) { Object.assign(this, { blob, name }); } }
${text}`)}`
  );
  const { blob, name } = createWorker({ name: 'mine', inject: '/* injected */' });
  expect(name).toBe('mine');
  expect(await blob.text()).toBe(
    'importScripts("https://esm.sh/editor@1.0.0/double.worker.js?worker=script");/* injected */',
  );
});

it.each([
  ['editor@1.0.0/absent.worker.js?worker', 404, 'FILE_NOT_FOUND'],
  ['editor@1.0.0/broken.worker.js?worker=script', 500, 'BUILD_FAILED'],
])('%s fails with %s %s', async (address, status, code) => {
  const answer = await ask(address);
  expect({ status: answer.status, code: JSON.parse(answer.text).error.code }).toEqual({ status, code });
});
