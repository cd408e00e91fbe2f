// Which file answers an ES module’s address: files that are no code, maps of package.json, several packages, and what is not there.
import { describe, expect, it } from 'vitest';
import { fixture, main } from '../../../test/packages/es-fixture.ts';
import { writePackage } from '../../../test/packages/package-folder.ts';
import { runnerFor } from '../../../test/packages/run-es-modules.ts';

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
    expect((await entry('fixture/a.css')).address).toBe('/-/esm/2/fixture@1.0.0/.kit/module/a.css.js');
    const plain = await modules.file('2/fixture@1.0.0/a.css');
    expect(plain?.type).toBe('text/css; charset=utf-8');
    expect(await plain?.read()).toBe(css.default);
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
    expect(address).toBe('/-/esm/2/~dev/fixture@1.0.0/dev.js');
    const chunk = await modules.file('2/~dev/fixture@1.0.0/.kit/chunk-0.js');
    expect(String(await chunk?.read())).toContain('"development"');
    expect((await entry('fixture')).address).toBe('/-/esm/2/fixture@1.0.0/prod.js');
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
    expect(address).toBe('/-/esm/2/~external=react/fixture@1.0.0/index.js');
    const chunk = await modules.file('2/~external=react/fixture@1.0.0/.kit/chunk-0.js');
    expect(String(await chunk?.read())).toContain('from"react"');
  });
});

describe('Whether there is a default to hand on', () => {
  const files = {
    'index.js': 'export const label = "Set as default";',
    'text.js': 'export const label = "Set as default";',
    'code.js': 'export const sample = "export default 1", other = `export { default } from "x"`;',
    'plain.js': 'export default 1;',
    'named.js': 'const own = 1; export { own as default };',
    'passed.js': "export { default } from './plain.js';",
    'all.js': "export * from './plain.js';",
    'common.cjs': 'exports.label = "Set as default";',
    'data.json': '{"label":1}',
  };

  it.each([
    ['fixture', false],
    ['fixture/text.js', false],
    ['fixture/code.js', false],
    ['fixture/all.js', false],
    ['fixture/plain.js', true],
    ['fixture/named.js', true],
    ['fixture/passed.js', true],
    ['fixture/common.cjs', true],
    ['fixture/data.json', true],
  ])('is what %s exports, whatever its text says', async (specifier, hasDefault) => {
    const { entry, run } = await fixture({ module: 'index.js' }, files);
    expect((await entry(specifier)).hasDefault).toBe(hasDefault);
    expect('default' in (await run(specifier))[0]).toBe(hasDefault);
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
      message: 'fixture@1.0.0 cannot be turned into ES modules for browsers (/broken.js).',
    });
    await expect(entry('fixture/gone')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    await expect(modules.file('2/fixture@1.0.0/gone.js')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    await expect(modules.file('2/fixture@1.0.0/.kit/load/gone.js.js')).rejects.toMatchObject({
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
