import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packageErrorOf, timeoutMs } from '../../../test/registry/set-up-registry.ts';
import { makeTemporaryFolder } from '../../../test/registry/temporary-folder.ts';
import {
  startTestRegistry,
  type TestPackage,
  type TestRegistry,
} from '../../../test/registry/test-registry.ts';
import { silentLog } from '../base/package-log.ts';
import { createRegistry } from '../registry/registry.ts';
import { createTreeResolver, type DependencyTree, type TreeResolver } from './tree.ts';

/** `{ a: { '1.0.0': { b: '^1' } } }`: package → version → dependencies, or whole manifests under `manifest`. */
type Published = Record<
  string,
  Record<string, Record<string, string> | { manifest: Record<string, unknown> }>
>;

function publish(published: Published): Record<string, TestPackage> {
  const packages = Object.entries(published).map(([name, versions]) => {
    const entries = Object.entries(versions).map(([version, given]) => {
      const manifest = 'manifest' in given ? given.manifest : { dependencies: given };
      return [version, { manifest: manifest as Record<string, unknown> }] as const;
    });
    return [name, { versions: Object.fromEntries(entries) }] as const;
  });
  return Object.fromEntries(packages);
}

async function setUp(published: Published): Promise<{
  upstream: TestRegistry;
  trees: TreeResolver;
  restart(options?: { offline?: boolean }): TreeResolver;
}> {
  const upstream = await startTestRegistry({ packages: publish(published) });
  onTestFinished(() => upstream.close());
  const dataDir = await makeTemporaryFolder();
  const restart = (options: { offline?: boolean } = {}): TreeResolver => {
    const registry = createRegistry({ npm: upstream.npm, dataDir, timeoutMs, maxAgeMs: 0, ...options });
    return createTreeResolver({ registry, npm: upstream.npm, dataDir });
  };
  return { upstream, restart, trees: restart() };
}

/** Node key → version and dependencies, which is all that matters in most tests. */
function outline(tree: DependencyTree): Record<string, string> {
  for (const node of Object.values(tree.nodes))
    for (const key of Object.values(node.dependencies)) expect(tree.nodes).toHaveProperty([key]);
  const lines = Object.values(tree.nodes).map((node): [string, string] => [
    node.key,
    [node.version, ...Object.values(node.dependencies)].join(' '),
  ]);
  return Object.fromEntries(lines);
}

const withPeers = (peerDependencies: Record<string, string>, more: Record<string, unknown> = {}) => ({
  manifest: { peerDependencies, ...more },
});

test('hoists one version and keys a further one by its version', async () => {
  const { trees } = await setUp({
    a: { '1.0.0': { c: '^1.0.0' } },
    b: { '1.0.0': { c: '^2.0.0' } },
    d: { '1.0.0': { c: '^2.0.0' } },
    c: { '1.1.0': {}, '2.2.0': {} },
  });
  const tree = await trees.resolve({ dependencies: { d: '*', b: '*', a: '*' } });
  expect(tree.root).toEqual({ a: 'a', b: 'b', d: 'd' });
  expect(outline(tree)).toEqual({
    a: '1.0.0 c',
    b: '1.0.0 c/2.2.0',
    c: '1.1.0',
    'c/2.2.0': '2.2.0',
    d: '1.0.0 c/2.2.0',
  });
  expect(tree.nodes['c/2.2.0']).toMatchObject({ name: 'c', packageName: 'c', version: '2.2.0' });
  expect(tree.nodes.a?.integrity).toMatch(/^sha512-/);
});

test('resolves in a data folder behind a symbolic link', async () => {
  const upstream = await startTestRegistry({
    packages: publish({ a: { '1.0.0': { b: '*' } }, b: { '1.0.0': {} } }),
  });
  onTestFinished(() => upstream.close());
  const dataDir = join(await makeTemporaryFolder(), 'link');
  await symlink(await makeTemporaryFolder(), dataDir);
  const registry = createRegistry({ npm: upstream.npm, dataDir, timeoutMs, maxAgeMs: 0 });
  const tree = await createTreeResolver({ registry, npm: upstream.npm, dataDir }).resolve({
    dependencies: { a: '*' },
  });
  expect(outline(tree)).toEqual({ a: '1.0.0 b', b: '1.0.0' });
});

test('understands tags, aliases and cycles', async () => {
  const { trees } = await setUp({
    real: { '1.0.0': {}, '3.0.0': { loop: 'latest' } },
    loop: { '1.0.0': { alias: 'npm:real@^1.0.0', loop2: '*' } },
    loop2: { '1.0.0': { loop: '*' } },
  });
  const tree = await trees.resolve({ dependencies: { mine: 'npm:real@3', loop: 'latest' } });
  expect(tree.root).toEqual({ loop: 'loop', mine: 'mine' });
  expect(outline(tree)).toEqual({
    alias: '1.0.0',
    loop: '1.0.0 alias loop2',
    loop2: '1.0.0 loop',
    mine: '3.0.0 loop',
  });
  expect(tree.nodes.mine).toMatchObject({ name: 'mine', packageName: 'real' });
});

test('overrides win everywhere, over direct dependencies too', async () => {
  const { trees } = await setUp({
    a: { '1.0.0': { c: '^1.0.0' } },
    c: { '1.0.0': {}, '2.0.0': {}, '2.1.0': {} },
  });
  const dependencies = { a: '*', c: '^1.0.0' };
  const tree = await trees.resolve({ dependencies, overrides: { c: '2.0.0' } });
  expect(outline(tree)).toEqual({ a: '1.0.0 c', c: '2.0.0' });
});

test('leaves out what a browser cannot use or nobody can get', async () => {
  const { trees } = await setUp({
    a: {
      '1.0.0': {
        manifest: {
          dependencies: { plain: '*' },
          devDependencies: { absent: '*' },
          optionalDependencies: {
            native: '*',
            absent: '*',
            git: 'github:a/b',
            helpful: '*',
            'not-here': '^5.0.0',
          },
          peerDependencies: { unused: '*', peer: '*' },
          peerDependenciesMeta: { unused: { optional: true } },
        },
      },
    },
    plain: { '1.0.0': { manifest: { engines: { node: '>=999' } } } },
    native: { '1.0.0': { manifest: { os: [process.platform], cpu: [process.arch] } } },
    helpful: { '1.0.0': {} },
    'not-here': { '1.0.0': {} },
    unused: { '1.0.0': {} },
    peer: { '1.0.0': {} },
  });
  expect(outline(await trees.resolve({ dependencies: { a: '*' } }))).toEqual({
    a: '1.0.0 helpful peer plain',
    helpful: '1.0.0',
    peer: '1.0.0',
    plain: '1.0.0',
  });
});

const reactLike: Published = {
  react: { '17.0.2': {}, '18.2.0': {}, '18.3.1': {}, '19.0.0': {}, '19.1.0': {} },
  'react-dom': {
    '17.0.2': withPeers({ react: '17.0.2' }),
    '18.2.0': withPeers({ react: '^18.2.0' }),
    '18.3.1': withPeers({ react: '^18.3.1' }),
    '19.0.0': withPeers({ react: '^19.0.0' }),
    '19.1.0': withPeers({ react: '^19.1.0' }),
  },
  'react-is': { '16.13.1': {}, '18.3.1': {}, '19.1.0': {} },
  chart: {
    '2.0.0': withPeers(
      { react: '^16 || ^17 || ^18', 'react-dom': '*' },
      { dependencies: { 'react-is': '^16.0.0' } },
    ),
  },
  stubborn: { '1.0.0': { react: '^17.0.0' } },
};

test('peer conflicts are overridden, and there is one React', async () => {
  const { trees } = await setUp(reactLike);
  const dependencies = { react: '^19.0.0', 'react-dom': '^19.0.0', chart: '^2.0.0', stubborn: '*' };
  expect(outline(await trees.resolve({ dependencies }))).toEqual({
    chart: '2.0.0 react react-dom react-is',
    react: '19.1.0',
    'react-dom': '19.1.0 react',
    'react-is': '19.1.0',
    stubborn: '1.0.0 react',
  });
});

test('react-is stays what packages ask for before React 19', async () => {
  const { trees } = await setUp(reactLike);
  const tree = await trees.resolve({ dependencies: { react: '^18.0.0', chart: '^2.0.0' } });
  expect(tree.nodes['react-is']?.version).toBe('16.13.1');
  expect(tree.nodes['react-dom']?.version).toBe('18.3.1');
});

test('there is one React too when only packages ask for it', async () => {
  const { trees } = await setUp({
    ...reactLike,
    modern: { '1.0.0': { react: '^19.0.0', 'react-is': '^18.0.0' } },
  });
  const tree = await trees.resolve({ dependencies: { modern: '*', stubborn: '*' } });
  expect(Object.keys(tree.nodes)).toEqual(['modern', 'react', 'react-is', 'stubborn']);
  expect(tree.nodes.react?.version).toBe('19.1.0');
  expect(tree.nodes['react-is']?.version).toBe('19.1.0');
});

test.each([
  [{ react: '18.2.0', 'react-dom': '^18.0.0' }, '18.2.0'],
  [{ react: '^19.0.0', 'react-dom': '19.0.0' }, '19.0.0'],
])('react and react-dom get one version for %j', async (dependencies, version) => {
  const { trees } = await setUp(reactLike);
  const tree = await trees.resolve({ dependencies });
  expect([tree.nodes.react?.version, tree.nodes['react-dom']?.version]).toEqual([version, version]);
});

test('the same set is the same tree, in any order and after a restart, until it is refreshed', async () => {
  const { upstream, trees, restart } = await setUp({ a: { '1.0.0': { b: '*' } }, b: { '1.0.0': {} } });
  const tree = await trees.resolve({ dependencies: { a: '*', b: '*' } });
  const asked = upstream.requests.length;
  upstream.packages.b = { versions: { '1.0.0': {}, '2.0.0': {} } };
  expect(await trees.resolve({ dependencies: { b: '*', a: '' } })).toEqual(tree);
  const restarted = restart();
  expect(await restarted.resolve({ dependencies: { a: '*', b: '*' } })).toEqual(tree);
  expect(await restarted.get(tree.id)).toEqual(tree);
  expect(upstream.requests).toHaveLength(asked);
  const fresh = await restarted.resolve({ dependencies: { a: '*', b: '*' }, refresh: true });
  expect(fresh.nodes.b?.version).toBe('2.0.0');
  expect(fresh.id).not.toBe(tree.id);
  expect(await restarted.get(tree.id)).toEqual(tree);
});

test.each(['../x', 'f'.repeat(31), 'g'.repeat(32), ''])('has no tree with the id %j', async (id) => {
  const { trees } = await setUp({});
  expect(await trees.get(id)).toBeUndefined();
});

test('keeps the earlier tree when refreshing fails', async () => {
  const { upstream, trees } = await setUp({ a: { '1.0.0': {} } });
  const tree = await trees.resolve({ dependencies: { a: '*' } });
  delete upstream.packages.a;
  expect(await trees.resolve({ dependencies: { a: '*' }, refresh: true })).toEqual(tree);
});

test('resolves new sets of known packages without a registry', async () => {
  const { upstream, trees, restart } = await setUp({ a: { '1.0.0': { b: '*' } }, b: { '1.0.0': {} } });
  const { nodes } = await trees.resolve({ dependencies: { a: '*' } });
  await upstream.close();
  expect((await restart({ offline: true }).resolve({ dependencies: { a: '^1.0.0' } })).nodes).toEqual(nodes);
});

test('identical calls share one resolution', async () => {
  const { upstream, trees } = await setUp({ a: { '1.0.0': { b: '*' } }, b: { '1.0.0': {} } });
  const calls = Array.from({ length: 10 }, () => trees.resolve({ dependencies: { a: '*' } }));
  expect(new Set(await Promise.all(calls)).size).toBe(1);
  expect(upstream.requests.filter((request) => request === 'GET /b').length).toBeLessThanOrEqual(2);
});

test.each([
  [{ nope: '*' }, 'PACKAGE_NOT_FOUND', 'The package nope does not exist in the npm registry.'],
  [{ a: '^9.0.0' }, 'VERSION_NOT_FOUND', 'No version of a matches ^9.0.0; the newest is 1.0.0.'],
  [
    { needy: '*' },
    'VERSION_NOT_FOUND',
    'No version of a matches ^7.0.0 (required by needy); the newest is 1.0.0.',
  ],
  [
    { lost: '*' },
    'PACKAGE_NOT_FOUND',
    'The package gone does not exist in the npm registry (required by lost).',
  ],
  [{ a: 'git+https://u:secret@host/a.git' }, 'INVALID_RANGE', undefined],
  [{ a: 'file:../../etc' }, 'INVALID_RANGE', undefined],
  [{ a: 'workspace:*' }, 'INVALID_RANGE', undefined],
  [{ '../a': '*' }, 'INVALID_NAME', undefined],
  [{ gitty: '*' }, 'INVALID_RANGE', undefined],
  [{ local: '*' }, 'INVALID_RANGE', undefined],
  [{ strange: '*' }, 'INVALID_RANGE', undefined],
])('%j fails as %s', async (dependencies, code, message) => {
  const { trees } = await setUp({
    a: { '1.0.0': {} },
    needy: { '1.0.0': { a: '^7.0.0' } },
    lost: { '1.0.0': { gone: '*' } },
    gitty: { '1.0.0': { x: 'git+https://u:secret@host/x.git' } },
    local: { '1.0.0': { x: 'file:../../etc' } },
    strange: { '1.0.0': { x: 'workspace:*' } },
  });
  const error = await packageErrorOf(trees.resolve({ dependencies }));
  expect(error.code).toBe(code);
  if (message) expect(error.message).toBe(message);
  expect(`${error.message} ${error.detail}`).not.toContain('secret');
});

test("a dependency on a registry's tarball is a dependency on that version", async () => {
  const { trees } = await setUp({
    a: { '1.0.0': { b: 'https://registry.example/npm/b/-/b-1.0.0.tgz' } },
    b: { '1.0.0': {}, '2.0.0': {} },
  });
  expect(outline(await trees.resolve({ dependencies: { a: '*' } }))).toEqual({ a: '1.0.0 b', b: '1.0.0' });
});

test('a silent registry is known soon, also when only an optional package hangs', async () => {
  const { upstream, trees } = await setUp({
    a: { '1.0.0': { b: '*', c: '*' } },
    b: { '1.0.0': { manifest: { optionalDependencies: { d: '*' } } } },
    c: { '1.0.0': {} },
    d: { '1.0.0': {} },
  });
  upstream.packages.d = { versions: {}, packumentFault: { kind: 'hang' } };
  const startedAt = performance.now();
  const error = await packageErrorOf(trees.resolve({ dependencies: { a: '*' } }));
  expect(error).toMatchObject({ code: 'REGISTRY_TIMEOUT', packageName: 'd' });
  expect(performance.now() - startedAt).toBeLessThan(timeoutMs + 2_000);
  // No tree without it was kept.
  upstream.packages.d = { versions: { '1.0.0': {} } };
  expect((await trees.resolve({ dependencies: { a: '*' } })).nodes.d?.version).toBe('1.0.0');
});

test('a registry that breaks off while packuments are fetched ahead leaves no rejection that nobody handles', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  const names = Array.from({ length: 20 }, (_, i) => `broken-${i}`);
  const upstream = await startTestRegistry({
    packages: {
      ...publish({ a: { '1.0.0': Object.fromEntries(names.map((name) => [name, '*'])) } }),
      ...Object.fromEntries(
        names.map((name) => [name, { versions: { '1.0.0': {} }, packumentFault: { kind: 'break-off' } }]),
      ),
    },
  });
  onTestFinished(() => upstream.close());
  const failed = new Set<unknown>();
  const log = {
    ...silentLog,
    debug: (facts: object): void => {
      if ('retryInMs' in facts && facts.retryInMs === undefined && 'packageName' in facts)
        failed.add(facts.packageName);
    },
  };
  const dataDir = await makeTemporaryFolder();
  const registry = createRegistry({ npm: upstream.npm, dataDir, timeoutMs, log });
  const trees = createTreeResolver({ registry, npm: upstream.npm, dataDir });
  expect(await packageErrorOf(trees.resolve({ dependencies: { a: '*' } }))).toMatchObject({
    code: 'REGISTRY_UNREACHABLE',
  });
  // Those that were under way fail later, when nobody waits for them any more.
  const underWay = (): string[] =>
    names.filter((name) => upstream.requests.includes(`GET /${name}`) && !failed.has(name));
  expect(upstream.requests.length).toBeGreaterThan(2);
  await expect.poll(underWay, { timeout: 8_000 }).toEqual([]);
  // Node tells of them when the tasks of this turn are through.
  await new Promise((resolve) => setImmediate(resolve));
  expect(unhandled).toEqual([]);
}, 15_000);

test('many sets find out together that the registry is silent, not one after the other', async () => {
  const { upstream, trees } = await setUp({});
  const names = Array.from({ length: 40 }, (_, i) => `silent-${i}`);
  for (const name of names)
    upstream.packages[name] = { versions: { '1.0.0': {} }, packumentFault: { kind: 'hang' } };
  const startedAt = performance.now();
  const errors = await Promise.all(
    names.map((name) => packageErrorOf(trees.resolve({ dependencies: { [name]: '*' } }))),
  );
  expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['REGISTRY_TIMEOUT']));
  expect(performance.now() - startedAt).toBeLessThan(timeoutMs + 2_000);
});

test.each(['2.0.0', '^2.0.0'])(
  'finds %s, published a moment ago, wherever in the tree it is needed',
  async (range) => {
    const upstream = await startTestRegistry({ packages: publish({ b: { '1.0.0': {} } }) });
    onTestFinished(() => upstream.close());
    const dataDir = await makeTemporaryFolder();
    const registry = createRegistry({ npm: upstream.npm, dataDir, timeoutMs });
    const trees = createTreeResolver({ registry, npm: upstream.npm, dataDir });
    await trees.resolve({ dependencies: { b: '*' } });
    Object.assign(
      upstream.packages,
      publish({ a: { '1.0.0': { b: range } }, b: { '1.0.0': {}, '2.0.0': {} } }),
    );
    expect((await trees.resolve({ dependencies: { a: '*' } })).nodes.b?.version).toBe('2.0.0');
  },
);
