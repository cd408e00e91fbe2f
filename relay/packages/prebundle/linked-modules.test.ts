import { expect, it } from 'vitest';
import type { DependencyTree, TreeNode } from '../tree/tree.ts';
import { linkModules } from './linked-modules.ts';
import { mainFile, type Prebundle } from './prebundle.ts';

const node = (key: string, dependencies: Record<string, string> = {}): TreeNode => {
  const name = key.replace(/\/\d.*$/, '');
  return { key, name, packageName: name, version: /\d.*$/.exec(key)?.[0] ?? '1.0.0', dependencies };
};
const treeOf = (...nodes: TreeNode[]): DependencyTree => ({
  id: 'tree',
  root: Object.fromEntries(nodes.filter(({ key, name }) => key === name).map(({ name }) => [name, name])),
  nodes: Object.fromEntries(nodes.map((each) => [each.key, each])),
});
const bundle = (files: Prebundle['files'], entries: Prebundle['entries']): Prebundle => ({
  name: 'x',
  version: '1.0.0',
  files,
  entries,
});
const builder =
  (bundles: Record<string, Prebundle>) =>
  async ({ key }: TreeNode): Promise<Prebundle | undefined> =>
    bundles[key];

it('Each require is linked to the module that it leads to, and what leads nowhere is left out', async () => {
  const tree = treeOf(node('a', { dep: 'dep/2.0.0' }), node('dep'), node('dep/2.0.0'), node('events'));
  const main = { '.': mainFile };
  const build = builder({
    a: bundle(
      {
        [mainFile]: {
          content: 'a',
          requires: ['../lib.css', './chunk.js', './gone.js', 'dep', 'events', 'fs', 'none'],
        },
        '.kit/chunk.js': { content: 'chunk', requires: [] },
        'lib.css': { content: 'css' },
        'unreached.js': { content: '', requires: ['none'] },
      },
      main,
    ),
    dep: bundle({ [mainFile]: { content: 'dep 1', requires: [] } }, main),
    'dep/2.0.0': bundle({ [mainFile]: { content: 'dep 2', requires: ['dep'] } }, main),
    events: bundle({ 'events.js': { content: 'events', requires: [] } }, { './events.js': 'events.js' }),
  });
  const { modules, roots, absent, fallbacks } = await linkModules(tree, ['a', 'dep', 'unknown'], build);
  expect([...modules.keys()].sort()).toEqual([
    '/node_modules/a/.kit/chunk.js',
    '/node_modules/a/.kit/main.js',
    '/node_modules/a/lib.css',
    '/node_modules/dep/.kit/main.js',
    '/node_modules/dep/2.0.0/.kit/main.js',
    '/node_modules/events/events.js',
  ]);
  expect(modules.get('/node_modules/a/.kit/main.js')?.links).toEqual({
    '../lib.css': '/node_modules/a/lib.css',
    './chunk.js': '/node_modules/a/.kit/chunk.js',
    dep: '/node_modules/dep/2.0.0/.kit/main.js',
    events: '/node_modules/events/events.js',
  });
  expect(modules.get('/node_modules/dep/2.0.0/.kit/main.js')?.links).toEqual({
    dep: '/node_modules/dep/2.0.0/.kit/main.js',
  });
  expect(modules.get('/node_modules/a/lib.css')?.isCode).toBe(false);
  expect(roots).toEqual({ a: '/node_modules/a/.kit/main.js', dep: '/node_modules/dep/.kit/main.js' });
  expect([absent.size, fallbacks]).toEqual([0, []]);
});

it('A package without such a module is told from one that cannot be built', async () => {
  const tree = treeOf(node('a'), node('b'));
  const build = builder({
    a: bundle({ [mainFile]: { content: '', requires: [] } }, { '.': mainFile, './gone': null }),
  });
  const { roots, absent, fallbacks } = await linkModules(tree, ['a', 'a/gone', 'b'], build);
  expect(Object.keys(roots)).toEqual(['a']);
  expect([...absent].map(([specifier, { key }]) => [specifier, key])).toEqual([
    ['a/gone', 'a'],
    ['b', 'b'],
  ]);
  expect(fallbacks).toEqual(['b']);
});

it('A package.json is a module where code asks for it, as the bundler sees it', async () => {
  const tree = treeOf(node('a'));
  const build = builder({
    a: bundle(
      { [mainFile]: { content: '', requires: [] }, 'package.json': { content: '{"name":"x","custom":1}' } },
      { '.': mainFile, './package.json': 'package.json' },
    ),
  });
  expect((await linkModules(tree, ['a'], build)).modules.size).toBe(1);
  const { modules } = await linkModules(tree, ['a/package.json'], build);
  expect(JSON.parse(modules.get('/node_modules/a/package.json')?.content ?? '')).toMatchObject({ custom: 1 });
});
