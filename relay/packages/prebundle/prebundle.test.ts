// What the built form of a package does when it runs, by the shapes that packages come in.
import { describe, expect, it } from 'vitest';
import { writePackage } from '../../../test/packages/package-folder.ts';
import { cdn, type Exports, requireFrom } from '../../../test/packages/run-prebundle.ts';
import { type Prebundle, PrebundleError, prebundle } from './prebundle.ts';

async function built(
  fields: Record<string, unknown>,
  files: Record<string, string>,
  subpaths = ['.'],
  name?: string,
): Promise<Prebundle> {
  return prebundle(await writePackage(fields, files, name), subpaths);
}

/** As compiled ES modules of an artifact import. */
const defaultOf = (exports: Exports): Exports => (exports?.__esModule ? exports.default : exports);

describe('Entries of one package', () => {
  it('share their internal modules: one instance, never two', async () => {
    const bundle = await built(
      {},
      {
        'index.js': `import { state } from './state.js'; export const get = () => state.n;`,
        'set.js': `import { state } from './state.js'; export const set = (n) => { state.n = n; };`,
        'state.js': 'export const state = { n: 0 };',
      },
      ['.', './set'],
    );
    const require = requireFrom(bundle);
    require('fixture/set').set(7);
    expect(require('fixture').get()).toBe(7);
  });

  it('share them between ES modules and CommonJS', async () => {
    const bundle = await built(
      {},
      {
        'index.js': `import shared from './shared.cjs'; export const first = shared;`,
        'other.js': `module.exports = require('./shared.cjs');`,
        'shared.cjs': 'module.exports = { unique: Math.random() };',
      },
      ['.', './other'],
    );
    const require = requireFrom(bundle);
    expect(require('fixture').first).toBe(require('fixture/other'));
  });

  it('whose names mean one file in the bundler are what is published under that name', async () => {
    const exports = { '.': './lib.mjs', './lib': { import: './lib.mjs' }, './lib.js': './lib.js' };
    // Long, so that it would be written last.
    const long = `export default "module"; export const all = [${'() => "a",'.repeat(50_000)}];`;
    const bundle = await built({ exports }, { 'lib.mjs': long, 'lib.js': 'module.exports = "script";' });
    expect(bundle.entries).toMatchObject({ './lib': 'lib.js', './lib.js': 'lib.js' });
    expect(requireFrom(bundle)('fixture/lib.js')).toBe('script');
  });

  it('find each other by the package’s own name', async () => {
    const files = {
      'index.js': 'export const it = {};',
      'extra.js': `export { it } from 'fixture';`,
    };
    const fields = { exports: { '.': './index.js', './extra': './extra.js' } };
    const require = requireFrom(await built(fields, files, ['./extra']));
    expect(require('fixture/extra').it).toBe(require('fixture').it);
  });

  it('are built as far as the others allow: one that cannot be is left out', async () => {
    const fields = { exports: { '.': './index.js', './server': './server.js' } };
    const bundle = await built(fields, { 'index.js': 'export default 1;', 'server.js': 'this is not code' });
    expect(Object.keys(bundle.entries)).toEqual(['.']);
    await expect(
      built(fields, { 'index.js': 'export default 1;', 'server.js': 'this is not code' }, ['./server']),
    ).rejects.toThrow(PrebundleError);
  });
});

describe('CommonJS packages', () => {
  it('export what module.exports is', async () => {
    const require = requireFrom(await built({}, { 'index.js': 'module.exports = () => "called";' }));
    expect(require('fixture')()).toBe('called');
  });

  it('keep names that are made at run time', async () => {
    const require = requireFrom(
      await built({}, { 'index.js': `for (const name of ['a', 'b']) exports[name] = name;` }),
    );
    expect(require('fixture')).toEqual({ a: 'a', b: 'b' });
  });

  it('may require what is not there, and catch it', async () => {
    const require = requireFrom(
      await built({}, { 'index.js': `try { require('./gone'); } catch (e) { module.exports = e.message; }` }),
    );
    expect(require('fixture')).toBe("Cannot find module './gone'");
  });

  it('keep their own text, also where it reads like what esbuild writes', async () => {
    const text = `__require("there") import("./chunk.js") require("./gone") import.meta.url`;
    const require = requireFrom(
      await built(
        {},
        { 'index.js': `exports.text = ${JSON.stringify(text)}; try { require('./gone'); } catch {}` },
      ),
    );
    expect(require('fixture').text).toBe(text);
  });

  it('are not found under a name that differs in case, and the rest is', async () => {
    const require = requireFrom(
      await built(
        {},
        {
          'index.js': `exports.good = require('./Icon'); exports.bad = () => require('./StackOverflow.js');`,
          'Icon.js': 'module.exports = 1;',
          'Stackoverflow.js': 'module.exports = 2;',
        },
      ),
    );
    expect(require('fixture').good).toBe(1);
    expect(() => require('fixture').bad()).toThrow("Cannot find module './StackOverflow.js'");
  });

  it('may require each other in a circle', async () => {
    const require = requireFrom(
      await built(
        {},
        {
          'index.js': `exports.early = 1; exports.seen = require('./other').seen; exports.late = 2;`,
          'other.js': `exports.seen = Object.keys(require('./index')).join();`,
        },
      ),
    );
    expect(require('fixture')).toEqual({ early: 1, seen: 'early', late: 2 });
  });
});

describe('ES modules', () => {
  it('may import each other in a circle, across entries', async () => {
    const require = requireFrom(
      await built(
        {},
        {
          'index.js': `import { b } from './b.js'; export const a = () => 'a' + b(); export const plain = () => 'p';`,
          'b.js': `import { plain } from './index.js'; export const b = () => 'b' + plain();`,
        },
        ['.', './b'],
      ),
    );
    expect(require('fixture').a()).toBe('abp');
    expect(require('fixture/b').b()).toBe('bp');
  });

  it('keep live bindings', async () => {
    const require = requireFrom(
      await built({}, { 'index.js': 'export let n = 1; export const inc = () => { n += 1; };' }),
    );
    const exports = require('fixture');
    exports.inc();
    expect(exports.n).toBe(2);
  });

  it('import the default of CommonJS packages, compiled or not', async () => {
    const main = await built(
      {
        type: 'module',
      },
      {
        'index.js': `import plain from 'plain'; import compiled, { named } from 'compiled'; export const all = [plain(), compiled(), named];`,
      },
    );
    const plain = await built({}, { 'index.js': 'module.exports = () => 1;' }, ['.'], 'plain');
    const compiled = await built(
      {},
      { 'index.js': 'exports.__esModule = true; exports.default = () => 2; exports.named = 3;' },
      ['.'],
      'compiled',
    );
    expect(requireFrom(main, plain, compiled)('fixture').all).toEqual([1, 2, 3]);
  });

  it('without a default give all of themselves to `import x from`', async () => {
    const exports = requireFrom(await built({}, { 'index.js': 'export const a = 1;' }))('fixture');
    expect(defaultOf(exports).a).toBe(1);
    expect(Object.keys(exports)).toEqual(['a']);
  });

  it('whose CommonJS twin is a function can be required as that function', async () => {
    const bundle = await built(
      { main: 'main.cjs', module: 'module.js' },
      {
        'main.cjs': 'module.exports = () => "twin";',
        'module.js': 'export default () => "called"; export const extra = 1;',
      },
    );
    const exports = requireFrom(bundle)('fixture');
    expect(exports()).toBe('called');
    expect(exports.default).toBe(exports);
    expect(exports.extra).toBe(1);
    expect(defaultOf(exports)()).toBe('called');
  });

  it('whose CommonJS twin is an ordinary namespace stay one', async () => {
    const bundle = await built(
      { main: 'main.cjs', module: 'module.js' },
      { 'main.cjs': 'exports.default = 1;', 'module.js': 'export default () => 1; export const a = 2;' },
    );
    expect(typeof requireFrom(bundle)('fixture')).toBe('object');
  });

  it('load parts of themselves later', async () => {
    const bundle = await built(
      {},
      {
        'index.js': `export const part = () => import('./part.js'); export const other = () => import('other');`,
        'part.js': 'export default "arrived";',
      },
    );
    const other = await built({}, { 'index.js': 'module.exports = "too";' }, ['.'], 'other');
    const exports = requireFrom(bundle, other)('fixture');
    expect((await exports.part()).default).toBe('arrived');
    expect((await exports.other()).default).toBe('too');
  });

  it('with top-level await say why they fail, and leave the rest of the package usable', async () => {
    const bundle = await built(
      { exports: { '.': './index.js', './gpu': './gpu.js' } },
      { 'index.js': 'export const fine = true;', 'gpu.js': 'export const gpu = await Promise.resolve(1);' },
      ['.', './gpu'],
    );
    const require = requireFrom(bundle);
    expect(require('fixture').fine).toBe(true);
    expect(() => require('fixture/gpu')).toThrow(
      'fixture@1.0.0 uses top-level await here (gpu.js), which previews cannot run: their modules are CommonJS.',
    );
  });

  it('are built for development, and know where they are', async () => {
    const bundle = await built(
      {},
      {
        'index.js': `export const mode = process.env.NODE_ENV; export const url = new URL('./x.wasm', import.meta.url).href; export const env = import.meta.env.DEV;`,
      },
    );
    expect(requireFrom(bundle)('fixture')).toMatchObject({
      mode: 'development',
      url: `${cdn}cdn.jsdelivr.net/npm/fixture@1.0.0/x.wasm`,
      env: true,
    });
  });
});

describe('The browser field', () => {
  it('replaces files, and empties what it sets to false', async () => {
    const bundle = await built(
      { browser: { './node.js': './web.js', './none.js': false, fs: false, ws: './web.js' } },
      {
        'index.js': `module.exports = [require('./node'), require('./none.js'), require('fs'), require('ws')];`,
        'node.js': 'module.exports = "node";',
        'web.js': 'module.exports = "web";',
        'none.js': 'module.exports = "none";',
      },
    );
    expect(requireFrom(bundle)('fixture')).toEqual(['web', {}, {}, 'web']);
  });

  it('does so too where a file is missing', async () => {
    const bundle = await built(
      { browser: { './node.js': './web.js', './none.js': false } },
      {
        'index.js': `module.exports = [require('./node'), require('./none.js')]; if (false) require('./gone');`,
        'lazy.js': `exports.gone = () => require('./gone');`,
        'node.js': 'module.exports = "node";',
        'web.js': 'module.exports = "web";',
        'none.js': 'module.exports = "none";',
      },
      ['.', './lazy'],
    );
    expect(requireFrom(bundle)('fixture')).toEqual(['web', {}]);
    expect(() => requireFrom(bundle)('fixture/lazy').gone()).toThrow("Cannot find module './gone'");
  });
});

describe('Files that are no code', () => {
  it('JSON is part of the code that imports it, and can be imported itself', async () => {
    const bundle = await built(
      {},
      { 'index.js': `import data from './data.json'; export const n = data.n;`, 'data.json': '{"n":5}' },
      ['.', './data.json', './data'],
    );
    const require = requireFrom(bundle);
    expect(require('fixture').n).toBe(5);
    expect(require('fixture/data.json').n).toBe(5);
    expect(require('fixture/data').n).toBe(5);
  });

  it('CSS stays a file, whole, with addresses that work anywhere', async () => {
    const bundle = await built(
      { exports: { './css': './dist/a.css', './dist/a.css': './dist/a.css' } },
      {
        'dist/a.css': `@import './b.css';\n.a { background: url(./img/a.png?x#y); src: url("/root.png"), url(data:,x) }`,
        'dist/b.css': '.b { color: red }',
      },
      ['./css', './dist/a.css'],
    );
    const require = requireFrom(bundle);
    const { css } = require('fixture/css');
    expect(css).toContain('.b{color:red}');
    expect(css).toContain('url(https://cdn.jsdelivr.net/npm/fixture@1.0.0/dist/img/a.png?x#y)');
    expect(css).toContain('/root.png');
    expect(require('fixture/dist/a.css')).toBe(require('fixture/css'));
  });

  it('CSS that code imports comes with the code', async () => {
    const bundle = await built(
      {},
      {
        'lib/index.js': `import './index.css'; export const a = 1;`,
        'lib/index.css': '.a{}',
        'index.js': `export * from './lib/index.js';`,
      },
    );
    expect(bundle.files['lib/index.css']?.content).toContain('.a');
    expect(requireFrom(bundle)('fixture').a).toBe(1);
  });

  it('images, fonts and WebAssembly are addresses', async () => {
    const bundle = await built(
      {},
      { 'index.js': `import url from './a.wasm'; export const wasm = url;`, 'a.wasm': '', 'a.png': '' },
      ['.', './a.png'],
    );
    const require = requireFrom(bundle);
    expect(require('fixture').wasm).toBe(`${cdn}cdn.jsdelivr.net/npm/fixture@1.0.0/a.wasm`);
    expect(require('fixture/a.png')).toBe(`${cdn}cdn.jsdelivr.net/npm/fixture@1.0.0/a.png`);
  });

  it('package.json can be read, but decides nothing any more', async () => {
    const bundle = await built(
      { main: 'main.js', module: 'main.js', exports: './main.js', custom: 1 },
      { 'main.js': 'export default 1;' },
      ['./package.json'],
    );
    expect(requireFrom(bundle)('fixture/package.json')).toEqual({
      name: 'fixture',
      version: '1.0.0',
      custom: 1,
    });
  });
});

it('Published code wins over a TypeScript source beside it', async () => {
  const bundle = await built(
    {},
    {
      'index.js': `export { a } from './a';`,
      'a.js': 'export const a = "js";',
      'a.ts': 'export const a: string = "ts";',
    },
  );
  expect(requireFrom(bundle)('fixture').a).toBe('js');
});

it('Private imports (#name) are those of browsers', async () => {
  const bundle = await built(
    { imports: { '#env': { node: './node.js', default: './web.js' }, '#dep': 'dep' } },
    {
      'index.js': `import env from '#env'; import dep from '#dep'; export default env + dep;`,
      'node.js': 'export default "node";',
      'web.js': 'export default "web";',
    },
  );
  const dep = await built({}, { 'index.js': 'module.exports = "+dep";' }, ['.'], 'dep');
  expect(requireFrom(bundle, dep)('fixture').default).toBe('web+dep');
});

it('Entries that no file answers are known as missing', async () => {
  const bundle = await built({}, { 'index.js': '' }, ['.', './gone']);
  expect(bundle.entries['./gone']).toBeNull();
});
