// From package to package: what a set of imports pulls in, and where each require leads.
import { describe, expect, it } from 'vitest';
import type { DependencyTree, TreeNode } from '../tree/tree.ts';
import { collectModules, locate } from './module-graph.ts';
import { mainFile, type Prebundle } from './prebundle.ts';

function treeOf(
  root: Record<string, string>,
  nodes: Record<string, { version?: string; dependencies?: Record<string, string> }>,
): DependencyTree {
  const table = Object.entries(nodes).map(([key, { version = '1.0.0', dependencies = {} }]) => {
    const name = key.replace(/\/\d.*$/, '');
    return [key, { key, name, packageName: name, version, dependencies } satisfies TreeNode];
  });
  return { id: 'tree', root, nodes: Object.fromEntries(table) };
}

/** A built package whose entries require what is given. */
function bundleOf(name: string, entries: Record<string, string[]>): Prebundle {
  const bundle: Prebundle = { name, version: '1.0.0', files: {}, entries: {} };
  for (const [subpath, requires] of Object.entries(entries)) {
    const file = subpath === '.' ? mainFile : `${subpath.slice(2)}.js`;
    bundle.entries[subpath] = file;
    bundle.files[file] = { content: `// ${name} ${subpath}`, requires };
  }
  return bundle;
}

const builder = (bundles: Record<string, Prebundle>) => {
  const asked: string[] = [];
  const build = async (node: TreeNode, subpaths: string[]) => {
    asked.push(`${node.key} ${subpaths.join(' ')}`);
    return bundles[node.key];
  };
  return { asked, build };
};

describe('A require leads', () => {
  const tree = treeOf(
    { app: 'app', dep: 'dep', events: 'events', alias: 'alias' },
    {
      app: { dependencies: { dep: 'dep/2.0.0' } },
      dep: {},
      'dep/2.0.0': { version: '2.0.0' },
      events: {},
      alias: {},
      util: {},
    },
  );

  it.each([
    ['from the artifact to its own version', undefined, 'dep', { key: 'dep', subpath: '.' }],
    ['from a package to the version it depends on', 'app', 'dep/x', { key: 'dep/2.0.0', subpath: './x' }],
    ['from a second version to itself', 'dep/2.0.0', 'dep/y', { key: 'dep/2.0.0', subpath: './y' }],
    [
      'to a version that the path names',
      undefined,
      'dep/2.0.0/z.js',
      { key: 'dep/2.0.0', subpath: './z.js' },
    ],
    [
      'to a package that stands for a built-in module',
      'app',
      'node:events',
      { key: 'events', subpath: './events.js' },
    ],
    ['nowhere for a built-in module that browsers lack', 'app', 'fs', undefined],
    ['nowhere for a package that is not in the tree', 'app', 'left-out', undefined],
  ])('%s', (_, from, specifier, need) => {
    expect(locate(tree, from, specifier)).toEqual(need);
  });
});

describe('The modules of a set', () => {
  it('are those that are reached, from package to package', async () => {
    const tree = treeOf(
      { a: 'a' },
      { a: { dependencies: { b: 'b' } }, b: { dependencies: { c: 'c' } }, c: {}, d: {} },
    );
    const { asked, build } = builder({
      a: bundleOf('a', { '.': ['b/sub'], './unused': ['d'] }),
      b: bundleOf('b', { './sub': ['c', 'fs', 'not-installed'] }),
      c: bundleOf('c', { '.': [] }),
    });
    const { contents, missing, fallbacks } = await collectModules(tree, ['a'], build);
    expect(Object.keys(contents).sort()).toEqual([
      '/node_modules/a/.kit/main.js',
      '/node_modules/a/package.json',
      '/node_modules/b/package.json',
      '/node_modules/b/sub.js',
      '/node_modules/c/.kit/main.js',
      '/node_modules/c/package.json',
    ]);
    expect({ missing, fallbacks }).toEqual({ missing: [], fallbacks: [] });
    expect(asked).toEqual(['a .', 'b ./sub', 'c .']);
  });

  it('are built anew when another package needs one more entry, all entries together', async () => {
    const tree = treeOf(
      { a: 'a', b: 'b' },
      { a: { dependencies: { b: 'b' } }, b: { dependencies: { a: 'a' } } },
    );
    const whole = bundleOf('a', { '.': ['b'], './more': [] });
    const asked: string[] = [];
    const { contents } = await collectModules(tree, ['a'], async ({ key }, subpaths) => {
      asked.push(`${key} ${subpaths.join(' ')}`);
      return key === 'b'
        ? bundleOf('b', { '.': ['a/more'] })
        : subpaths.length > 1
          ? whole
          : bundleOf('a', { '.': ['b'] });
    });
    expect(asked).toEqual(['a .', 'b .', 'a . ./more']);
    expect(contents).toHaveProperty(['/node_modules/a/more.js']);
  });

  it('name what is not there, and what has to be loaded file by file', async () => {
    const tree = treeOf({ a: 'a', b: 'b' }, { a: {}, b: {} });
    const { build } = builder({
      a: { ...bundleOf('a', { '.': [] }), entries: { '.': mainFile, './gone': null } },
    });
    const { missing, fallbacks } = await collectModules(tree, ['a', 'a/gone', 'b', 'unknown', 'path'], build);
    expect(missing).toEqual(['a/gone', 'unknown']);
    expect(fallbacks).toEqual(['b']);
  });

  it('have a package.json that points at the built main file and keeps what the package says of itself', async () => {
    const tree = treeOf({ a: 'a' }, { a: {} });
    const bundle = bundleOf('a', { '.': [] });
    bundle.entries['./package.json'] = 'package.json';
    bundle.files['package.json'] = { content: '{"name":"a","custom":1}' };
    const { contents } = await collectModules(tree, ['a', 'a/package.json'], builder({ a: bundle }).build);
    expect(JSON.parse(contents['/node_modules/a/package.json']?.content ?? '')).toEqual({
      name: 'a',
      version: '1.0.0',
      custom: 1,
      main: `./${mainFile}`,
    });
  });
});
