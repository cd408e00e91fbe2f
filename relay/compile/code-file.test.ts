import { expect, it } from 'vitest';
import { runArtifact } from './artifact-runner.ts';
import { ArtifactCompiler } from './compile-artifact.ts';
import { sourcePlace } from './file-result.ts';

const jsxRuntime = { 'react/jsx-runtime': { jsx: element, jsxs: element, Fragment: 'fragment' } };

function element(type: unknown, props: unknown) {
  return { type, props };
}

/** What a single file exports. */
function run(source: string, path = '/index.tsx'): Promise<Record<string, unknown>> {
  return runArtifact({ [path]: source }, { packages: jsxRuntime });
}

async function compileOne(source: string, path = '/index.tsx', refresh = false) {
  const { files, problems } = await new ArtifactCompiler().compile(
    { [path]: source },
    { react: 'automatic', refresh },
  );
  return { file: files[path], problems };
}

it.each<[string, string, unknown]>([
  [
    'private methods and static blocks',
    'class A { static #n = 1; static { A.#n += 2; } #m() { return A.#n; } get() { return this.#m(); } } export const value = new A().get();',
    3,
  ],
  [
    'regular expressions with sets',
    "export const value = /^[[a-z]--[b]]$/v.test('c') && !/^[[a-z]--[b]]$/v.test('b');",
    true,
  ],
  [
    'class fields',
    'class A { a = 1; b = this.a + 1; ["c"] = 4 } export const value = { ...new A() };',
    { a: 1, b: 2, c: 4 },
  ],
  [
    'fields that are defined without a value',
    'class A { a?: number } export const value = "a" in new A();',
    true,
  ],
  ['enums', 'enum E { A, B = 4, C } export const value = [E.C, E[4]];', [5, 'B']],
  ['const enums', "const enum E { A = 'x' } export const value = E.A;", 'x'],
  [
    'namespaces',
    'export namespace N { export const a = 1; export function f() { return a + 1; } } export const value = N.f();',
    2,
  ],
  [
    'parameter properties',
    'class A { constructor(private readonly a: number) {} get() { return this.a; } } export const value = new A(3).get();',
    3,
  ],
  [
    'types only',
    'import type { X } from "x"; import { Y } from "y"; export type { X }; export const value = 1 satisfies number as unknown as Y;',
    1,
  ],
  ['JSX', 'export const value = <a href="b">{1}</a>;', { type: 'a', props: { href: 'b', children: 1 } }],
  [
    'names of the parameters',
    'const module = 1, exports = 2, require = 3; export const value = [module, exports, require];',
    [1, 2, 3],
  ],
  [
    'names of what is injected',
    'const $import = 1, $meta = 2, $await = 3; export const value = [$import, $meta, $await, import.meta.url];',
    [1, 2, 3, 'https://preview.test/index.tsx'],
  ],
  [
    'the name of a registration',
    'const $RefreshReg$ = 1; const [{ a: [$RefreshSig$] }] = [{ a: [2] }]; export const value = [$RefreshReg$, $RefreshSig$];',
    [1, 2],
  ],
  ['a byte order mark', '\uFEFFexport const value = 1;', 1],
  ['CRLF', 'export const value = `a\r\nb`;\r\n// c\r\n', 'a\nb'],
  ['a hashbang', '#!/usr/bin/env node\nexport const value = 1;', 1],
  [
    'use strict',
    "'use strict';\nexport const value = (function (this: unknown) { return this; })();",
    undefined,
  ],
  ['import.meta', 'export const value = import.meta.url;', 'https://preview.test/index.tsx'],
  ['await', 'const a = await 1 + (await Promise.resolve({ b: 2 })).b; export const value = a;', 3],
  ['await in await', 'export const value = await (await Promise.resolve(() => Promise.resolve(5)))();', 5],
  [
    'for await',
    'async function* g() { yield 1; yield 2; } let value = 0; for await (const x of g()) value += x; for await (const x of await [3]) value += x; export { value };',
    6,
  ],
  [
    'await in a block',
    'let value = 0; if (true) { try { value = await Promise.reject(4); } catch (error) { value = error as number; } } export { value };',
    4,
  ],
  [
    'await using',
    'const log: string[] = []; { await using a = { async [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]() { log.push("closed"); } }; log.push("open"); } export const value = log;',
    ['open', 'closed'],
  ],
])('runs %s', async (_, source, value) => {
  expect((await run(source)).value).toEqual(value);
});

it('keeps exports live, also those that are assigned by a pattern', async () => {
  const { before, after } = await runArtifact({
    '/index.ts':
      "import { a, set } from './b'; import * as b from './b'; export const before = [a, b.a]; set(5); export const after = [a, b.a];",
    '/b.ts': 'export let a = 1; export function set(value: number) { [a] = [value]; }',
  });
  expect([before, after]).toEqual([
    [1, 1],
    [5, 5],
  ]);
});

it('runs cycles, with functions before their module has run', async () => {
  const { value } = await runArtifact({
    '/index.ts':
      "import { odd } from './odd'; export function even(n: number): boolean { return n === 0 || odd(n - 1); } export const value = even(10); export default 1;",
    '/odd.ts':
      "import { even } from './index'; export const early = even(0); export const odd = (n: number): boolean => n !== 0 && even(n - 1);",
  });
  expect(value).toBe(true);
});

it('re-exports', async () => {
  const all = await runArtifact({
    '/index.ts':
      "export * from './a'; export * as a from './a'; export { default, one as uno } from './a'; import f, { K } from './b'; export const made = [f(), new K().n];",
    '/a.ts': 'export const one = 1; export default 2;',
    '/b.js': 'export default function () { return 3 } export { default as K } from "./c";',
    '/c.mjs': 'import d from "./d.cjs"; import one from "./a"; export default class { n = d.n + one }',
    '/d.cjs': 'module.exports = { n: 4 };',
  });
  expect(all).toMatchObject({ one: 1, default: 2, uno: 1, made: [3, 6], a: { one: 1, default: 2 } });
});

it('imports later, by a literal and by a computed name', async () => {
  const { value } = await runArtifact(
    {
      '/index.ts':
        "const name = 'b'; export const value = Promise.all([import('./a'), import('./' + name + '.ts'), import(`./a`)]).then((all) => all.map(({ n }) => n));",
      '/a.ts': 'export const n = 1;',
      '/b.ts': 'export const n = 2;',
      '/broken.ts': 'export const = ;',
    },
    { later: ['/b.ts'] },
  );
  expect(await value).toEqual([1, 2, 1]);
});

it('imports later, by a computed name, also what is no code', async () => {
  const { value } = await runArtifact(
    {
      '/index.ts':
        "const name = 'fr'; export const value = Promise.all([import('./words/' + name + '.json'), import('./' + name + '.svg')]).then(([words, picture]) => [words.hello, picture.default.slice(0, 9)]);",
      '/words/fr.json': '{"hello":"bonjour"}',
      '/fr.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
      '/package.json': 'no JSON at all',
    },
    { packages: { react: {} }, later: ['/words/fr.json', '/fr.svg'] },
  );
  expect(await value).toEqual(['bonjour', 'data:imag']);
});

it('has the Buffer of Node, and imports it, where nobody declares one', async () => {
  const packages = { buffer: { Buffer: { from: (text: string) => `bytes of ${text}` } } };
  const free = { '/index.ts': "export const value = [Buffer.from('a'), typeof Buffer];" };
  expect((await runArtifact(free, { packages })).value).toEqual(['bytes of a', 'object']);
  const { file } = await compileOne('const Buffer = 1; export const value = [Buffer, { Buffer }.Buffer];');
  expect(file?.imports).toEqual([]);
});

it('waits for what awaits', async () => {
  const { value } = await runArtifact({
    '/index.ts': "import { value } from './late'; export { value };",
    '/late.ts': 'export const value = await new Promise((done) => setTimeout(done, 1, 7));',
  });
  expect(value).toBe(7);
});

it('says what a file imports, in order', async () => {
  const { file } = await compileOne(
    "import b from 'b'; import 'a'; export * from 'c'; export const x = [b, import('later'), new Worker(new URL('./w.ts', import.meta.url)), require('d'), (require) => require('no')];",
    '/index.js',
  );
  expect(file).toMatchObject({
    imports: ['b', 'a', 'c', 'd'],
    laterImports: ['later', './w.ts'],
    importsComputed: false,
    isAsync: false,
  });
  expect(
    (await compileOne('export const f = async (x: string) => { await import(x); };')).file,
  ).toMatchObject({ importsComputed: true, isAsync: false });
});

it('compiles JSX as its pragmas say', async () => {
  const files = { '/index.jsx': '/** @jsx h */\nimport { h } from "h"; export const value = <a />;' };
  expect((await runArtifact(files, { packages: { h: { h: (type: string) => `h:${type}` } } })).value).toBe(
    'h:a',
  );
  expect((await compileOne('/** @jsxImportSource preact */ export default <a />')).file?.imports).toEqual([
    'preact/jsx-runtime',
  ]);
  const React = { createElement: (type: string) => `classic:${type}` };
  const classic = await runArtifact(
    { '/index.tsx': 'import React from "react"; export const value = <a />;' },
    { react: 'classic', packages: { react: React } },
  );
  expect(classic.value).toBe('classic:a');
});

it.each([
  ['a syntax error', 'const a = 1;\nconst é = "é" é;\n', 2, 14],
  ['a syntax error beside an await', 'await 1;\nconst a = ;', 2, 10],
  ['a malformed regular expression', 'type A = 1;\n\nexport const a = /(/;', 3, 17],
  [
    'a malformed regular expression beside an await',
    'type A = 1;\n\nexport const a = [/(/, await 1];',
    3,
    18,
  ],
  ['a missing file', "type A = 1;\n\nimport { a } from './x';\nexport default a;", 3, 18],
  [
    'a missing file beside an await',
    "type A = 1;\n\nimport { a } from './x';\nexport default await a;",
    3,
    18,
  ],
])('says where %s is', async (_, source, line, column) => {
  const { problems } = await compileOne(source);
  expect(problems).toEqual([{ message: expect.any(String), path: '/index.tsx', line, column }]);
});

it.each(['', 'await 0;'])('maps what is thrown to its line: %s', async (start) => {
  const { file } = await compileOne(
    `${start}interface A { a: 1 }\n\ntype B = 2;\nexport function f(): B {\n  throw new Error('here');\n}\n`,
  );
  const code = file?.code ?? '';
  expect(sourcePlace(file?.mappings ?? '', code, code.indexOf('throw'))).toEqual({ line: 5, column: 2 });
  expect(JSON.parse(file?.mappings ?? '')).toMatchObject({ version: 3, sources: ['/index.tsx'] });
  expect(file?.mappings).not.toContain('sourcesContent');
});

it.each([
  ['too large', ' '.repeat(3_000_000)],
  ['nested too deeply', 'if (a) b();\n'.repeat(6_000)],
])('leaves to the bundler what may be %s to be compiled here', async (reason, source) => {
  const { problems } = await compileOne(source);
  expect(problems).toMatchObject([
    { path: '/index.tsx', message: expect.stringContaining(reason), isForBundler: true },
  ]);
});
