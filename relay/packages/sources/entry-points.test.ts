// Which file answers an import, for every shape in which packages say so.
import { describe, expect, it } from 'vitest';
import { writePackage } from '../../../test/packages/package-folder.ts';
import { splitSpecifier } from '../base/specifier.ts';
import {
  entriesToBuild,
  replaceByBrowserField,
  resolveCommonJsTwin,
  resolveEntry,
  resolvePrivateImport,
} from './entry-points.ts';

/** A package of empty files. */
const packageWith = (fields: Record<string, unknown>, ...files: string[]) =>
  writePackage(fields, Object.fromEntries(files.map((file) => [file, ''])));

it.each([
  ['react', 'react', '.'],
  ['react-dom/client', 'react-dom', './client'],
  ['@scope/name', '@scope/name', '.'],
  ['@scope/name/sub/path.js', '@scope/name', './sub/path.js'],
  ['string_decoder/', 'string_decoder', '.'],
])('%s is %s and %s', (specifier, name, subpath) => {
  expect(splitSpecifier(specifier)).toEqual({ name, subpath });
});

describe('An exports map', () => {
  it.each<[string, unknown, string, string | undefined]>([
    ['is a file', './a.js', '.', 'a.js'],
    ['is a list: the first that can be read', [{ deno: './d.js' }, './a.js'], '.', 'a.js'],
    ['has conditions alone', { import: './a.js', require: './b.js' }, '.', 'a.js'],
    ['has nested conditions', { '.': { node: './b.js', default: { import: './a.js' } } }, '.', 'a.js'],
    ['has the bundler’s order, not its own', { import: './b.js', browser: './a.js' }, '.', 'a.js'],
    ['prefers development', { production: './b.js', default: './b.js', development: './a.js' }, '.', 'a.js'],
    ['knows subpaths', { './sub': './a.js' }, './sub', 'a.js'],
    ['knows patterns', { './*': './lib/*.js' }, './c', 'lib/c.js'],
    ['knows patterns with an extension', { './*.js': './lib/*.js' }, './c.js', 'lib/c.js'],
    ['completes a left-out extension', { './*.js': './lib/*.js' }, './c', 'lib/c.js'],
    ['is not strict: the file itself', { '.': './a.js' }, './lib/c.js', 'lib/c.js'],
    ['is not strict: the file without extension', { '.': './a.js' }, './lib/c', 'lib/c.js'],
    ['names what is not there', { './sub': './gone.js' }, './sub', undefined],
    ['has no main entry', { './sub': './a.js' }, '.', 'index.js'],
    ['leads out of the package', { './sub': '../../etc/passwd' }, './sub', undefined],
  ])('%s', async (_, exports, subpath, file) => {
    const folder = await packageWith({ exports }, 'index.js', 'a.js', 'b.js', 'lib/c.js');
    expect(resolveEntry(folder, subpath)).toBe(file);
  });
});

describe('Without an exports map the main entry is', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['module', { module: './es.js', main: './main.js' }, 'es.js'],
    ['browser', { browser: './web.js', main: './main.js' }, 'web.js'],
    ['main', { main: 'main' }, 'main.js'],
    ['main, a folder', { main: './lib' }, 'lib/index.js'],
    [
      'main, replaced by the browser field',
      { main: './main.js', browser: { './main.js': './web.js' } },
      'web.js',
    ],
    ['index.js where main is not there', { main: './gone.js' }, 'index.js'],
    ['index.js', {}, 'index.js'],
  ])('%s', async (_, fields, file) => {
    const folder = await packageWith(fields, 'es.js', 'web.js', 'main.js', 'lib/index.js', 'index.js');
    expect(resolveEntry(folder, '.')).toBe(file);
  });
});

describe('A path is', () => {
  it('a file, with or without its extension, or a folder’s index', async () => {
    const folder = await packageWith({}, 'a.js', 'b.mjs', 'c.css', 'd/index.js', 'e.js', 'e/index.js');
    const paths = ['./a', './a.js', './b', './c.css', './c', './d', './d/', './e', './f'];
    expect(paths.map((path) => resolveEntry(folder, path))).toEqual([
      'a.js',
      'a.js',
      'b.mjs',
      'c.css',
      'c.css',
      'd/index.js',
      'd/index.js',
      'e.js',
      undefined,
    ]);
  });

  it('a folder with a package.json of its own', async () => {
    const folder = await writePackage(
      {},
      {
        'hooks/package.json': '{"main":"./main.js","module":"../es/hooks.js"}',
        'hooks/main.js': '',
        'es/hooks.js': '',
      },
    );
    expect(resolveEntry(folder, './hooks')).toBe('es/hooks.js');
  });

  it('never outside the package', async () => {
    const folder = await packageWith({}, 'a.js');
    expect(resolveEntry(folder, './../../../../etc/passwd')).toBeUndefined();
  });
});

it('Private imports lead to files and to packages, by the conditions of browsers', async () => {
  const imports = { '#a': './a.js', '#b': { node: './n.js', default: 'dep' }, '#c/*': './lib/*.js' };
  const folder = await packageWith({ imports }, 'a.js', 'n.js', 'lib/x.js');
  expect(['#a', '#b', '#c/x', '#d'].map((name) => resolvePrivateImport(folder, name))).toEqual([
    './a.js',
    'dep',
    './lib/x.js',
    undefined,
  ]);
});

it('The browser field replaces packages and files, and empties them', async () => {
  const browser = { fs: false, ws: './web.js', './a.js': './web.js', './lib/index.js': false, old: 'new' };
  const folder = await packageWith({ browser }, 'web.js');
  const found = ['fs', 'ws', './a', 'a.js', './lib/index', 'old', 'other'].map((name) =>
    replaceByBrowserField(folder, name),
  );
  expect(found).toEqual(['', './web.js', './web.js', './web.js', '', 'new', undefined]);
});

it('The CommonJS twin is what Node’s require takes', async () => {
  const files = ['main.cjs', 'es.js'];
  const dual = await packageWith(
    { exports: { '.': { import: './es.js', require: './main.cjs' } } },
    ...files,
  );
  const fields = await packageWith({ main: './main.cjs', module: './es.js' }, ...files);
  expect(resolveCommonJsTwin(dual, '.')).toBe('main.cjs');
  expect(resolveCommonJsTwin(dual, './gone')).toBeUndefined();
  expect(resolveCommonJsTwin(fields, '.')).toBe('main.cjs');
  expect(resolveCommonJsTwin(fields, './es')).toBeUndefined();
});

describe('Built together are', () => {
  it('what is asked for and all that a short map offers', async () => {
    const exports = { '.': './a.js', './sub': './a.js', './package.json': './package.json' };
    const folder = await packageWith({ exports }, 'a.js');
    expect(entriesToBuild(folder, ['./x'])).toEqual(['.', './sub', './x']);
  });

  it('only what is asked for, and the main entry, where the map has patterns', async () => {
    const exports = { '.': './a.js', './everything': './a.js', './*': './*.js' };
    const folder = await packageWith({ exports }, 'a.js');
    expect(entriesToBuild(folder, ['./x'])).toEqual(['.', './x']);
  });

  it('only what is asked for, and the main entry, where the map is long', async () => {
    const exports = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`./e${n}`, './a.js']));
    const folder = await packageWith({ exports, main: './a.js' }, 'a.js');
    expect(entriesToBuild(folder, ['./e1'])).toEqual(['.', './e1']);
  });
});
