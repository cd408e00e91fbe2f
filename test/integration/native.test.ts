// What a native preview asks the relay: an artifact's files in one request, compiled and linked in the answer.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NativeAnswer } from '../../relay/shared/native.ts';
import { loadPacks, requireFromPacks } from '../packages/run-packs.ts';
import { packages } from './published-packages.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

let relay: TestRelay;

beforeAll(async () => {
  relay = await startTestRelay({
    packages: {
      ...packages,
      react: {
        versions: { '18.0.0': { files: { '/index.js': 'exports.useState = 1;', '/jsx-runtime.js': '' } } },
      },
      leaves: {
        versions: {
          '1.0.0': {
            files: {
              '/index.js': "import './inner.js'; export { useState } from 'react';",
              '/inner.js': "import 'greeting'; import 'shout';",
            },
            manifest: { type: 'module', dependencies: { greeting: '1', shout: '2' } },
          },
        },
      },
    },
  });
});
afterAll(() => relay?.close());

const packageJson = (dependencies: Record<string, string>) =>
  JSON.stringify({ main: '/index.tsx', dependencies });

async function post(body: unknown) {
  return relay.ask('/-/native', {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function compile(files: Record<string, string>, tailwind = false): Promise<NativeAnswer> {
  const { status, text } = await post({ files, imports: [], tailwind });
  expect(status).toBe(200);
  return JSON.parse(text);
}

describe('An artifact', () => {
  it('is answered with compiled files, packs, and where each import leads', async () => {
    const answer = await compile({
      '/package.json': packageJson({ greeting: '^1.0.0' }),
      '/index.tsx': `import greeting from 'greeting';\nimport { name } from './name';\nexport const text: string = greeting + name;`,
      '/name.ts': 'export const name = "you";',
      '/unused.ts': 'not even code',
    });
    expect(answer).toMatchObject({ entry: '/index.tsx', problems: [] });
    expect(Object.keys(answer.files)).toEqual(['/index.tsx', '/name.ts']);
    const { targets } = answer.files['/index.tsx'] ?? {};
    expect(targets).toEqual({
      greeting: { module: answer.packages.roots.greeting },
      './name': { file: '/name.ts' },
    });
    const pack = await relay.ask(answer.packages.packs[0]?.path ?? '');
    expect(requireFromPacks(loadPacks([pack.text]))(answer.packages.roots.greeting ?? '')).toBe('hello!');
  });

  it('that cannot be compiled says where, and has its packages all the same', async () => {
    const answer = await compile({
      '/package.json': packageJson({ greeting: '^1.0.0' }),
      '/index.tsx': `import 'greeting';\nimport './gone';\nlet x = ;`,
    });
    expect(answer.problems[0]).toMatchObject({ path: '/index.tsx', line: 3, column: 8 });
  });

  it('whose package.json cannot be read says so', async () => {
    const answer = await compile({ '/package.json': '{', '/index.tsx': '' });
    expect(answer.problems).toMatchObject([{ path: '/package.json', line: 1 }]);
  });

  it('imports what every object has only where there is such a package', async () => {
    const answer = await compile({
      '/package.json': packageJson({}),
      '/index.tsx': `import x from 'constructor'; x;`,
    });
    expect(answer.files['/index.tsx']?.targets.constructor).toMatchObject({
      missing: expect.stringContaining('constructor'),
    });
  });

  it('names a declared package that does not exist', async () => {
    const { status, text } = await post({
      files: { '/package.json': packageJson({ 'no-such-thing': '1' }), '/index.tsx': '' },
      imports: [],
      tailwind: false,
    });
    expect(status).toBe(404);
    expect(JSON.parse(text).error.message).toContain('no-such-thing');
  });
});

describe('Modules at addresses', () => {
  it('get from the page what their address leaves to it, and its own React', async () => {
    const answer = await compile({
      '/package.json': packageJson({ react: '^18.0.0', greeting: '^1.0.0' }),
      '/index.tsx': `import 'https://esm.sh/*leaves@1.0.0';`,
    });
    expect(answer.pageImports).toEqual(['greeting', 'react', 'react/jsx-runtime', 'shout']);
    expect(Object.keys(answer.packages.roots)).toEqual(expect.arrayContaining(answer.pageImports));
  });

  it('mean nothing to an artifact that imports none', async () => {
    const answer = await compile({ '/package.json': packageJson({ react: '^18.0.0' }), '/index.tsx': '' });
    expect(answer.pageImports).toEqual([]);
  });
});

describe('Styles', () => {
  it('are made ahead for a page with Tailwind, of the files that the entry reaches', async () => {
    const answer = await compile(
      {
        '/package.json': packageJson({}),
        '/index.tsx': `export const a = 'w-[37px]';`,
        '/unused.tsx': `export const b = 'w-[38px]';`,
      },
      true,
    );
    const { status, headers, text } = await relay.ask(answer.styles ?? '');
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'text/css; charset=utf-8',
      'public, max-age=31536000, immutable',
    ]);
    expect(text).toContain('width:37px');
    expect(text).not.toContain('width:38px');
  });

  it('are left to the Play CDN where the artifact configures it', async () => {
    const answer = await compile(
      { '/package.json': packageJson({}), '/index.tsx': `tailwind.config = {};` },
      true,
    );
    expect(answer.styles).toBeUndefined();
  });

  it('nobody asked for are not there', async () => {
    expect((await relay.ask('/-/styles/0123456789abcdef.css')).status).toBe(404);
  });
});

it.each([
  ['no JSON', 'files'],
  ['no files', {}],
  ['files that are no text', { files: { '/a': 1 }, imports: [], tailwind: false }],
  ['nothing', ''],
])('A body with %s is refused', async (_name, body) => {
  const { status, text } = await post(body);
  expect([status, JSON.parse(text).error.code]).toEqual([400, 'BAD_REQUEST']);
});

it('An artifact that is too large is refused with 413 and the limit', async () => {
  const { status, text } = await post(JSON.stringify({ files: { '/a.js': 'a'.repeat(9_500_000) } }));
  expect([status, JSON.parse(text).error]).toEqual([
    413,
    expect.objectContaining({ code: 'BODY_TOO_LARGE', message: expect.stringContaining('9437184') }),
  ]);
});

it('Only POST is answered', async () => {
  const { status, headers } = await relay.ask('/-/native');
  expect([status, headers.allow]).toEqual([405, 'POST']);
});
