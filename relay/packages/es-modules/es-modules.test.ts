// What packages built as ES modules do when they run, by the shapes that packages come in.
import { describe, expect, it } from 'vitest';
import { writePackage } from '../../../test/packages/package-folder.ts';
import { type EsRunner, runnerFor } from '../../../test/packages/run-es-modules.ts';
import type { Exports } from '../../../test/packages/run-prebundle.ts';

type Files = Record<string, string>;

/** One package called `fixture`. */
async function fixture(fields: Record<string, unknown>, files: Files): Promise<EsRunner> {
  return runnerFor(await writePackage(fields, files));
}

/** The namespace of its main entry. */
async function main(fields: Record<string, unknown>, files: Files): Promise<Exports> {
  return (await (await fixture(fields, files)).run('fixture'))[0];
}

const names = (exports: Exports): string[] => Object.keys(exports).sort();

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

describe('CommonJS packages', () => {
  it('export what the source names, the default and all of themselves', async () => {
    const exports = await main({}, { 'index.js': 'exports.a = 1; exports.b = 2;' });
    expect(names(exports)).toEqual(['a', 'b', 'default', 'module.exports']);
    expect(exports).toMatchObject({ a: 1, b: 2, default: { a: 1, b: 2 } });
  });

  it('export the names of the file that they hand on, for the right NODE_ENV', async () => {
    const files = {
      'index.js': `if (process.env.NODE_ENV === 'production') module.exports = require('./cjs/p.js'); else module.exports = require('./cjs/d.js');`,
      'cjs/p.js': 'exports.useState = () => "production";',
      'cjs/d.js': 'exports.useState = () => "development"; exports.act = 1;',
    };
    const exports = await main({}, files);
    expect(names(exports)).toEqual(['default', 'module.exports', 'useState']);
    expect(exports.useState()).toBe('production');
  });

  it('compiled from ES modules have their own default', async () => {
    const exports = await main(
      {},
      {
        'index.js':
          'Object.defineProperty(exports, "__esModule", { value: true }); exports.default = "d"; exports.n = 1;',
      },
    );
    expect(exports).toMatchObject({ default: 'd', n: 1 });
  });

  it('may be one function, with names on it', async () => {
    const exports = await main(
      {},
      { 'index.js': 'const f = () => 1; module.exports = f; module.exports.named = 2;' },
    );
    expect(exports.default()).toBe(1);
    expect(exports.named).toBe(2);
  });

  it('may be an object with values of all kinds', async () => {
    const code =
      'const f = () => 1; module.exports = { f, g: function () { return { no: 1 }; }, "h": [2], i() {} };';
    const exports = await main({}, { 'index.js': code });
    expect(names(exports)).toEqual(['default', 'f', 'g', 'h', 'i', 'module.exports']);
    const under = { 'index.js': 'var All = { Editor: class {}, State: {} }; module.exports = All;' };
    expect(names(await main({}, under))).toEqual(['Editor', 'State', 'default', 'module.exports']);
    const made = {
      'index.js': `module.exports = require('./factory')();`,
      'factory.js':
        'module.exports = function () { var Types = { string: 1, func: 2 }; Types.self = Types; return Types; };',
    };
    expect(names(await main({}, made))).toEqual(['default', 'func', 'module.exports', 'string']);
  });

  it('may be wrapped for every module system', async () => {
    const members = Array.from({ length: 60 }, (_, index) => `lib.fn${index} = () => ${index};`).join('\n');
    const exports = await main(
      {},
      {
        'index.js': `;(function () { var make = function () { function lib() {} ${members} return lib; }; var _ = make();
          if (typeof define == 'function' && define.amd) define(() => _); else module.exports = _; }).call(this);`,
      },
    );
    expect(exports.fn42()).toBe(42);
  });

  it('find other packages, whatever these are', async () => {
    const dependencies = { helper: '*', plain: '*', compiled: '*', modern: '*', twin: '*' };
    const { run } = await runnerFor(
      await writePackage(
        { dependencies },
        {
          'index.js': `
            const modern = require('modern'), twin = require('twin');
            module.exports = [require('helper')(), require('helper').default(), require('plain')(), require('compiled').default, modern.n, modern.__esModule, twin(), twin.extra, require('modern') === modern];`,
        },
      ),
      await writePackage({ type: 'module' }, { 'index.js': 'export default () => 0;' }, 'helper'),
      await writePackage({}, { 'index.js': 'module.exports = () => 1;' }, 'plain'),
      await writePackage({}, { 'index.js': 'exports.__esModule = true; exports.default = 2;' }, 'compiled'),
      await writePackage({ type: 'module' }, { 'index.js': 'export let n = 3;' }, 'modern'),
      await writePackage(
        { main: 'main.cjs', module: 'module.js' },
        {
          'main.cjs': 'module.exports = () => "twin";',
          'module.js': 'export default () => "called"; export const extra = 5;',
        },
        'twin',
      ),
    );
    expect((await run('fixture'))[0].default).toEqual([0, 0, 1, 2, 3, true, 'called', 5, true]);
  });

  it('may require what is not there, and catch it', async () => {
    const exports = await main(
      {},
      {
        'index.js': `
          exports.seen = [];
          try { require('./gone'); } catch (e) { exports.seen.push(e.message, e.code); }
          try { require('gone'); } catch (e) { exports.seen.push(e.message, e.code); }`,
      },
    );
    expect(exports.seen).toEqual([
      "Cannot find module './gone'",
      'MODULE_NOT_FOUND',
      "Cannot find module 'gone'",
      'MODULE_NOT_FOUND',
    ]);
  });

  it('may require each other in a circle, in bundles and outside', async () => {
    const circle = {
      'a.js': `exports.early = 1; exports.seen = require('./b').seen; exports.late = 2;`,
      'b.js': `exports.seen = Object.keys(require('./a')).join();`,
    };
    const { run } = await fixture({}, { 'index.js': `module.exports = require('./a');`, ...circle });
    expect((await run('fixture'))[0].default).toEqual({ early: 1, seen: 'early', late: 2 });
    const outside = await fixture({}, { 'index.js': '', ...circle });
    expect((await outside.run('fixture/a'))[0].default).toEqual({ early: 1, seen: 'early', late: 2 });
  });

  it('have Node’s free names', async () => {
    const { run } = await fixture(
      {},
      {
        'index.js': `module.exports = [typeof process.env.HOME, process.env.NODE_ENV, global === globalThis, typeof __dirname];`,
      },
    );
    expect((await run('fixture'))[0].default.slice(1)).toEqual(['production', true, 'string']);
  });

  it('get the package of a built-in module’s name that they depend on', async () => {
    const { run } = await runnerFor(
      await writePackage({ dependencies: { events: '*' } }, { 'index.js': `exports.e = require('events');` }),
      await writePackage({}, { 'index.js': 'module.exports = "theirs";' }, 'events'),
    );
    expect((await run('fixture'))[0].e).toBe('theirs');
  });

  it('get nothing for built-in modules without a replacement', async () => {
    const exports = await main(
      { browser: { path: false } },
      { 'index.js': `exports.all = [require('fs'), require('path')];` },
    );
    expect(exports.all).toEqual([{}, {}]);
  });
});

describe('ES modules', () => {
  it('keep live bindings, at their own address and in their bundle', async () => {
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

  it('may import each other in a circle, in bundles and outside', async () => {
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
    expect(below(exports.url)).toBe('1/fixture@1.0.0/dist/x.wasm');
    expect(exports.mode).toBe('production');
    expect(below(far.png)).toBe('1/fixture@1.0.0/img/a.png');
    expect(below(far.worker())).toBe('1/fixture@1.0.0/dist/worker.js');
    expect(await modules.file(below(exports.url))).toEqual({
      content: Buffer.from('wasm!'),
      type: 'application/wasm',
    });
    expect(await modules.file(below(far.png))).toMatchObject({ type: 'image/png' });
    expect(await modules.file(below(far.worker()))).toMatchObject({ type: 'text/javascript; charset=utf-8' });
  });
});

describe('Files that are no code', () => {
  it('JSON is its content', async () => {
    const { run } = await fixture(
      {},
      {
        'index.js': `exports.data = require('./data.json'); exports.n = exports.data.n;`,
        'data.json': '{"n":5}',
        'far.json': '{"far":[1]}',
      },
    );
    const [all, data, far] = await run('fixture', 'fixture/data.json', 'fixture/far');
    expect([all.n, data.n, data.default, far.default]).toEqual([5, 5, { n: 5 }, { far: [1] }]);
    expect(all.data).toBe(data.default);
  });

  it('a stylesheet adds itself to the page, once, and is its text', async () => {
    const { run, modules, entry } = await fixture(
      { module: 'index.js' },
      {
        'index.js': `import './a.css'; export const a = 1;`,
        'a.css': '@import "./b.css"; .a { background: url(./x.png) }',
        'b.css': '.b { color: red }',
      },
    );
    const [all, css] = await run('fixture', 'fixture/a.css');
    expect(all.a).toBe(1);
    expect(css.default).toMatch(/^\.b\{color:red\}.*\.a\{/s);
    expect((await entry('fixture/a.css')).address).toBe('/-/esm/1/fixture@1.0.0/.kit/module/a.css.js');
    const plain = await modules.file('1/fixture@1.0.0/a.css');
    expect(plain).toEqual({ content: css.default, type: 'text/css; charset=utf-8' });
  });
});

describe('Which file answers', () => {
  it('is decided in the order of the map', async () => {
    const exports = {
      '.': { node: './node.js', import: './esm.js', browser: './browser.js', default: './x.js' },
    };
    const files = { 'node.js': '', 'esm.js': 'export default "esm";', 'browser.js': '', 'x.js': '' };
    expect((await main({ exports, type: 'module' }, files)).default).toBe('esm');
  });

  it('is the CommonJS form where there is no other', async () => {
    const exports = { '.': { require: './main.cjs' } };
    expect((await main({ exports }, { 'main.cjs': 'exports.a = 1;' })).a).toBe(1);
  });

  it('is the browser’s, also inside the package', async () => {
    const exports = await main(
      { browser: { './node.js': './web.js', './none.js': false, fs: false, ws: './web.js' } },
      {
        'index.js': `exports.all = [require('./node'), require('./none.js'), require('fs'), require('ws')];`,
        'node.js': 'module.exports = "node";',
        'web.js': 'module.exports = "web";',
        'none.js': 'module.exports = "none";',
      },
    );
    expect(exports.all).toEqual(['web', {}, {}, 'web']);
  });

  it('of private imports is the browser’s too', async () => {
    const exports = await main(
      { type: 'module', imports: { '#env': { node: './node.js', default: './web.js' } } },
      {
        'index.js': `import env from '#env'; export default env;`,
        'node.js': '',
        'web.js': 'export default "web";',
      },
    );
    expect(exports.default).toBe('web');
  });

  it('differs for development', async () => {
    const exports = { '.': { development: './dev.js', default: './prod.js' } };
    const { entry, modules } = await fixture(
      { exports, type: 'module' },
      { 'dev.js': 'export default process.env.NODE_ENV;', 'prod.js': 'export default 1;' },
    );
    const { address } = await entry('fixture', { env: 'development' });
    expect(address).toBe('/-/esm/1/~dev/fixture@1.0.0/dev.js');
    const bundle = await modules.file('1/~dev/fixture@1.0.0/.kit/bundle-0.js');
    expect(bundle?.content).toContain('"development"');
    expect((await entry('fixture')).address).toBe('/-/esm/1/fixture@1.0.0/prod.js');
  });
});

describe('Packages together', () => {
  it('share one React, however they get at it', async () => {
    const uses = { dependencies: { react: '*' } };
    const { run } = await runnerFor(
      await writePackage({}, { 'index.js': 'exports.unique = {};' }, 'react'),
      await writePackage(
        { peerDependencies: { react: '*' } },
        { 'index.js': `exports.R = require('react');` },
        'react-dom',
      ),
      await writePackage(
        { type: 'module', ...uses },
        { 'index.js': `import * as R from 'react'; import D from 'react'; export { R, D };` },
        'ui',
      ),
    );
    const [react, dom, ui] = await run('react', 'react-dom', 'ui');
    expect(dom.R).toBe(react.default);
    expect(ui.R).toBe(react);
    expect(ui.D.unique).toBe(react.unique);
  });

  it('leave to the page what the page brings', async () => {
    const { entry, modules } = await runnerFor(
      await writePackage(
        { type: 'module', dependencies: { react: '*' } },
        { 'index.js': `export { a } from 'react';` },
      ),
    );
    const { address } = await entry('fixture', { external: ['react'] });
    expect(address).toBe('/-/esm/1/~external=react/fixture@1.0.0/index.js');
    const bundle = await modules.file('1/~external=react/fixture@1.0.0/.kit/bundle-0.js');
    expect(bundle?.content).toContain('from"react"');
  });
});

describe('What cannot be had', () => {
  it('is an error that names the file', async () => {
    const { entry, modules } = await fixture(
      { module: 'index.js' },
      { 'index.js': 'export const fine = 1;', 'broken.js': 'export const = ;' },
    );
    await expect(entry('fixture/broken')).rejects.toMatchObject({
      code: 'BUILD_FAILED',
      message: 'fixture@1.0.0 cannot be made into ES modules for browsers (/broken.js).',
    });
    await expect(entry('fixture/gone')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    await expect(modules.file('1/fixture@1.0.0/gone.js')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    await expect(modules.file('1/fixture@1.0.0/.kit/load/gone.js.js')).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
    expect((await entry('fixture')).hasDefault).toBe(false);
  });

  it('does not spoil the entries that can', async () => {
    const exports = { '.': './index.js', './server': './server.js' };
    const { run, entry } = await fixture(
      { exports, type: 'module' },
      { 'index.js': 'export default 1;', 'server.js': 'this is not code' },
    );
    expect((await run('fixture'))[0].default).toBe(1);
    await expect(entry('fixture/server')).rejects.toMatchObject({ code: 'BUILD_FAILED' });
  });
});
