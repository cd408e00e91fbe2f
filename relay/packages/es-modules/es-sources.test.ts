// Packages built as ES modules: every source file is one module, and modules mean what they say.
import { describe, expect, it } from 'vitest';
import { fixture, main } from '../../../test/packages/es-fixture.ts';
import { writePackage } from '../../../test/packages/package-folder.ts';
import { runnerFor } from '../../../test/packages/run-es-modules.ts';

describe('A source file exists once', () => {
  const files = {
    'index.js': `export { state } from './state.js'; export { leaf } from './leaf.js';`,
    'state.js': `export const state = { unique: {} };`,
    'leaf.js': `import { state } from './state.js'; export const leaf = state;`,
    'apart/one.js': `import { state } from '../state.js'; import { own } from './own.js'; export { state, own };`,
    'apart/two.js': `export { own } from './own.js'; export { leaf } from '../leaf.js';`,
    'apart/own.js': `export const own = { unique: {} };`,
  };
  const specifiers = [
    'fixture',
    'fixture/state.js',
    'fixture/leaf',
    'fixture/apart/one',
    'fixture/apart/two.js',
  ];

  it.each([
    ['asked for in one order', specifiers],
    ['asked for in the other', specifiers.toReversed()],
  ])('whichever way it is imported, %s', async (_, order) => {
    const { run } = await fixture({ module: 'index.js' }, files);
    const found = Object.fromEntries((await run(...order)).map((exports, index) => [order[index], exports]));
    const { state } = found.fixture;
    expect(found['fixture/state.js'].state).toBe(state);
    expect(found['fixture/leaf'].leaf).toBe(state);
    expect(found['fixture/apart/one'].state).toBe(state);
    expect(found['fixture/apart/two.js'].leaf).toBe(state);
    expect(found['fixture/apart/two.js'].own).toBe(found['fixture/apart/one'].own);
  });

  it('among entries of an exports map', async () => {
    const exports = { '.': './index.js', './leaf': './leaf.js', './one': './apart/one.js' };
    const { run } = await fixture({ type: 'module', exports }, files);
    const [one, leaf, all] = await run('fixture/one', 'fixture/leaf', 'fixture');
    expect([one.state, leaf.leaf]).toEqual([all.state, all.state]);
    expect(one.state).toBe(all.state);
  });

  it('in CommonJS, by file and by entry', async () => {
    const { run } = await fixture(
      {},
      {
        'index.js': `exports.a = require('./a'); exports.inner = require('./inner');`,
        'a.js': `module.exports = require('./inner').shared;`,
        'inner.js': 'exports.shared = { unique: {} };',
        'b.js': `exports.shared = require('./inner').shared; exports.far = require('./far');`,
        'far.js': 'module.exports = { far: {} };',
      },
    );
    const [b, far, all, inner] = await run('fixture/b', 'fixture/far.js', 'fixture', 'fixture/inner');
    expect(b.shared).toBe(all.a);
    expect(inner.shared).toBe(all.a);
    expect(far.default).toBe(b.far);
  });

  it('where each of many CommonJS files may be imported, in two requests', async () => {
    const parts = Array.from({ length: 40 }, (_, index) => `part${index}`);
    const { run, fetched } = await fixture(
      { main: 'all.js' },
      {
        'all.js': 'exports.whole = 1;',
        '_inner.js': 'module.exports = { unique: {} };',
        ...Object.fromEntries(
          parts.map((name) => [
            `${name}.js`,
            `module.exports = { name: '${name}', inner: require('./_inner') };`,
          ]),
        ),
        'unused.js': 'throw new Error("nobody asked for this");',
      },
    );
    const [one, other] = await run('fixture/part7', 'fixture/part8');
    expect(one.default.inner).toBe(other.default.inner);
    expect(fetched).toHaveLength(3);
  });

  it('between ES modules and CommonJS', async () => {
    const { run } = await fixture(
      {},
      {
        'index.mjs': `import shared from './shared.cjs'; export const first = shared;`,
        'other.cjs': `module.exports = require('./shared.cjs');`,
        'shared.cjs': 'module.exports = { unique: {} };',
        'package.json': '',
      },
    );
    const [first, other] = await run('fixture/index.mjs', 'fixture/other.cjs');
    expect(first.first).toBe(other.default);
  });

  it('and only what an entry reaches is run', async () => {
    const exports = { '.': './index.js', './light': './light.js' };
    const { run, fetched } = await fixture(
      { type: 'module', exports, dependencies: { heavy: '*' } },
      {
        'index.js': `import 'heavy'; export { light } from './light.js';`,
        'light.js': 'export const light = 1;',
      },
    );
    const [{ light }] = await run('fixture/light');
    expect(light).toBe(1);
    expect(fetched.some((address) => address.includes('heavy'))).toBe(false);
  });

  it('also where hundreds of files are behind one entry, in a few requests', async () => {
    const icons = Array.from({ length: 300 }, (_, index) => `icon${index}`);
    const { run, fetched } = await fixture(
      { module: 'index.js', sideEffects: false },
      {
        'index.js': icons
          .map((name) => `export { default as ${name} } from './icons/${name}.js';`)
          .join('\n'),
        ...Object.fromEntries(
          icons.map((name) => [
            `icons/${name}.js`,
            `import { make } from '../make.js'; export default make('${name}');`,
          ]),
        ),
        'make.js': 'export const make = (name) => ({ name });',
      },
    );
    const [all, one] = await run('fixture', 'fixture/icons/icon7');
    expect(one.default).toBe(all.icon7);
    expect(Object.keys(all)).toHaveLength(300);
    expect(fetched).toHaveLength(3);
  });
});

describe('ES modules', () => {
  it('keep live bindings, at their own address and in their chunk', async () => {
    const { run } = await fixture(
      { module: 'index.js' },
      {
        'index.js': `export * from './n.js';`,
        'n.js': 'export let n = 1; export const inc = () => { n += 1; };',
      },
    );
    const [all, inner] = await run('fixture', 'fixture/n.js');
    all.inc();
    expect([all.n, inner.n]).toEqual([2, 2]);
  });

  it('may import each other in a circle, in chunks and outside', async () => {
    const circle = {
      'a.js': `import { b } from './b.js'; export const a = () => 'a' + b(); export const plain = () => 'p';`,
      'b.js': `import { plain } from './a.js'; export const b = () => 'b' + plain();`,
    };
    const { run } = await fixture(
      { module: 'index.js' },
      { 'index.js': `export * from './a.js';`, ...circle },
    );
    const [all, b] = await run('fixture', 'fixture/b');
    expect([all.a(), b.b()]).toEqual(['abp', 'bp']);
    const outside = await fixture({ module: 'index.js' }, { 'index.js': 'export {};', ...circle });
    expect((await outside.run('fixture/a'))[0].a()).toBe('abp');
  });

  it('run in the order of the source', async () => {
    const exports = await main(
      { module: 'index.js' },
      {
        'index.js': `import './one.js'; import './two.js'; import { log } from './log.js'; log.push('index'); export { log };`,
        'one.js': `import { log } from './log.js'; log.push('one');`,
        'two.js': `import { log } from './log.js'; log.push('two');`,
        'log.js': 'export const log = [];',
      },
    );
    expect(exports.log).toEqual(['one', 'two', 'index']);
  });

  it('may await at the top', async () => {
    const exports = await main(
      { module: 'index.js' },
      { 'index.js': 'export const gpu = await Promise.resolve(1);' },
    );
    expect(exports.gpu).toBe(1);
  });

  it('load parts of themselves and other packages later', async () => {
    const { run } = await runnerFor(
      await writePackage(
        { module: 'index.js', dependencies: { other: '*' } },
        {
          'index.js': `import './near.js'; export const part = () => import('./part.js'); export const near = () => import('./near.js'); export const other = () => import('other');`,
          'part.js': `import { near } from './near.js'; export default near;`,
          'near.js': 'export const near = { unique: {} };',
        },
      ),
      await writePackage({}, { 'index.js': 'module.exports = "too";' }, 'other'),
    );
    const [exports] = await run('fixture');
    const near = (await exports.near()).near;
    expect((await exports.part()).default).toBe(near);
    expect((await exports.other()).default).toBe('too');
  });

  it('hand on whole packages', async () => {
    const { run } = await runnerFor(
      await writePackage(
        { module: 'index.js', dependencies: { other: '*' } },
        { 'index.js': `export * from 'other'; export const own = 1;` },
      ),
      await writePackage(
        { module: 'index.js' },
        { 'index.js': 'export const theirs = 2; export default 3;' },
        'other',
      ),
    );
    expect({ ...(await run('fixture'))[0] }).toEqual({ own: 1, theirs: 2 });
  });

  it('may state one name twice on the way', async () => {
    const exports = await main(
      { module: 'index.js' },
      {
        'index.js': `export * from './a.js'; export * from './b.js';`,
        'a.js': `import { shared } from './shared.js'; export { shared }; export const a = 1;`,
        'b.js': `import { shared } from './shared.js'; export { shared }; export const b = 2;`,
        'shared.js': 'export const shared = 3;',
      },
    );
    expect({ ...exports }).toEqual({ a: 1, b: 2, shared: 3 });
  });

  it('may import names that built-in modules have in Node only', async () => {
    const exports = await main(
      { module: 'index.js' },
      {
        'index.js': `import { readFile } from 'node:fs/promises'; import fs from 'fs'; export const all = [typeof readFile, fs];`,
      },
    );
    expect(exports.all).toEqual(['undefined', {}]);
  });

  it('know where they are', async () => {
    const files = {
      'dist/index.js': `export const url = new URL('./x.wasm', import.meta.url).href; export const mode = import.meta.env.MODE;`,
      'dist/far.js': `import png from '../img/a.png'; export { png }; export const worker = () => new URL('./worker.js', import.meta.url).href;`,
      'dist/worker.js': 'self.onmessage = () => {};',
      'img/a.png': '',
      'dist/x.wasm': 'wasm!',
    };
    const { run, modules } = await fixture({ module: 'dist/index.js' }, files);
    const [exports, far] = await run('fixture', 'fixture/dist/far');
    const below = (url: string): string => url.replace(/^.*(?=\d\/fixture@)/, '');
    expect(below(exports.url)).toBe('2/fixture@1.0.0/dist/x.wasm');
    expect(exports.mode).toBe('production');
    expect(below(far.png)).toBe('2/fixture@1.0.0/img/a.png');
    expect(below(far.worker())).toBe('2/fixture@1.0.0/dist/worker.js');
    const wasm = await modules.file(below(exports.url));
    expect(wasm?.type).toBe('application/wasm');
    expect(await wasm?.read()).toEqual(Buffer.from('wasm!'));
    expect(await modules.file(below(far.png))).toMatchObject({ type: 'image/png' });
    expect(await modules.file(below(far.worker()))).toMatchObject({ type: 'text/javascript; charset=utf-8' });
  });
});
