// CommonJS packages, run as ES modules.
import { describe, expect, it } from 'vitest';
import { fixture, main, names } from '../../../test/packages/es-fixture.ts';
import { writePackage } from '../../../test/packages/package-folder.ts';
import { runnerFor } from '../../../test/packages/run-es-modules.ts';

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
    expect(names(await main({}, made))).toEqual(['default', 'func', 'module.exports', 'self', 'string']);
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

  it('may require each other in a circle, in chunks and outside', async () => {
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
