// A package whose code ends esbuild's process: what is built beside it and after it does not suffer, and the package is named.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { NativeAnswer } from '../../relay/shared/native.ts';
import { packages } from './published-packages.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

const fatal = '('.repeat(1_000_000);
const version = (files: Record<string, string>) => ({ versions: { '1.0.0': { files } } });
/** Many files: it is still being built when the other has ended the process. */
const large = {
  '/index.js': Array.from({ length: 500 }, (_, index) => `exports.a${index} = require('./a${index}');`).join(
    '\n',
  ),
  ...Object.fromEntries(
    Array.from({ length: 500 }, (_, index) => [`/a${index}.js`, `module.exports = ${index};`]),
  ),
};

let relay: TestRelay;

beforeAll(async () => {
  relay = await startTestRelay({
    packages: {
      ...packages,
      fatal: version({ '/index.js': fatal }),
      'fatal-too': version({ '/index.js': fatal, '/other.js': fatal }),
      ...Object.fromEntries(['large', 'large-too'].map((name) => [name, version(large)])),
      later: version({ '/index.js': 'module.exports = "later";' }),
    },
  });
});
afterAll(() => relay?.close());

const moduleOf = (name: string) => relay.ask(`/-/cdn/esm.sh/${name}@1.0.0`);

async function compile(dependency: string): Promise<NativeAnswer> {
  const files = {
    '/package.json': JSON.stringify({ main: '/index.js', dependencies: { [dependency]: '1.0.0' } }),
    '/index.js': `import '${dependency}';`,
  };
  const { status, text } = await relay.ask('/-/native', {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ files, imports: [], tailwind: false }),
  });
  expect(status).toBe(200);
  return JSON.parse(text);
}

it('ES modules of a package that esbuild does not survive are an error, and no other package’s', async () => {
  const [bad, beside] = await Promise.all([moduleOf('fatal'), moduleOf('large')]);
  expect(beside.status).toBe(200);
  expect(bad.text).toContain('BUILD_FAILED');
  expect(bad.text).toContain('fatal@1.0.0 cannot be turned into ES modules');
  expect((await moduleOf('later')).status).toBe(200);
}, 60_000);

it('a preview with such a package is left to the bundler, and others are built', async () => {
  const [bad, beside] = await Promise.all([compile('fatal-too'), compile('large-too')]);
  expect(bad.bundlerOnly).toContain('fatal-too');
  expect(beside.packages.packs).toHaveLength(1);
  expect((await compile('later')).packages.packs).toHaveLength(1);
}, 60_000);
