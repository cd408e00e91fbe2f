// Bounds of the store: what was unused the longest goes, what is pinned, in use or cannot be had again stays.
import { readdir, stat, truncate, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../relay/packages/base/package-log.ts';
import { createPackageEngine, type PackageEngine } from '../../relay/packages/engine.ts';
import { removePin, writePin } from '../../relay/packages/upkeep/pins.ts';
import { listStore } from '../../relay/packages/upkeep/store-entries.ts';
import { StorePruner, type StorePrunerSettings } from '../../relay/packages/upkeep/store-pruner.ts';
import { bundlerPackages } from '../registry/bundler-packages.ts';
import { makeTemporaryFolder } from '../registry/temporary-folder.ts';
import { startTestRegistry } from '../registry/test-registry.ts';

const hourMs = 3_600_000;
const names = ['one', 'two', 'three', 'four'];

interface Kit {
  dataDir: string;
  engine: PackageEngine;
  another(): PackageEngine;
  /** Stores a package by itself, last used so many hours ago. */
  store(name: string, hoursAgo: number): Promise<void>;
  stored(): Promise<string[]>;
  prune(settings?: Partial<StorePrunerSettings>): ReturnType<StorePruner['prune']>;
}

async function setUp(): Promise<Kit> {
  const upstream = await startTestRegistry({
    packages: {
      ...bundlerPackages,
      ...Object.fromEntries(
        names.map((name) => [
          name,
          { versions: { '1.0.0': { files: { '/index.js': `module.exports = "${name}";` } } } },
        ]),
      ),
    },
  });
  onTestFinished(() => upstream.close());
  const dataDir = await makeTemporaryFolder();
  const another = (): PackageEngine =>
    createPackageEngine({
      npm: upstream.npm,
      dataDir,
      offline: false,
      timeoutMs: 2_000,
      maxTarballBytes: 2 ** 20,
      log: silentLog,
    });
  const engine = another();
  return {
    dataDir,
    engine,
    another,
    store: async (name, hoursAgo) => {
      await engine.registry.files(name, '1.0.0');
      await age(dataDir, hoursAgo, (entry) => entry.id === name || entry.id === `${name}@1.0.0`);
    },
    stored: async () => {
      const versions = names.map((name) => readdir(join(dataDir, 'packages', name)).catch(() => []));
      const counts = (await Promise.all(versions)).map((list) => list.length);
      return names.filter((_, index) => (counts[index] ?? 0) > 0);
    },
    prune: (settings = {}) =>
      new StorePruner({
        dataDir,
        maxBytes: 0,
        maxAgeMs: 0,
        offline: false,
        log: silentLog,
        ...settings,
      }).prune(),
  };
}

/** Makes entries look unused. */
async function age(
  dataDir: string,
  hoursAgo: number,
  which: (entry: { id: string; kind: string }) => boolean = () => true,
): Promise<void> {
  const seconds = (Date.now() - hoursAgo * hourMs) / 1000;
  for (const entry of await listStore(dataDir))
    if (which(entry)) await utimes(entry.marker, seconds, seconds);
}

const bytesOf = async (dataDir: string): Promise<number> =>
  (await listStore(dataDir)).reduce((sum, { bytes }) => sum + bytes, 0);

describe('Pruning', () => {
  it('removes what was unused the longest, and no more than needed', async () => {
    const { dataDir, store, stored, prune } = await setUp();
    for (const [index, name] of names.entries()) await store(name, 40 - index * 10);
    const all = await bytesOf(dataDir);
    const report = await prune({ maxBytes: all - 1 });
    expect(await stored()).toEqual(['two', 'three', 'four']);
    expect(report).toMatchObject({ bytesBefore: all, bytesAfter: await bytesOf(dataDir) });
    expect(report.bytesAfter).toBeLessThan(all);
  });

  it('removes what is too old, and says what it would remove before', async () => {
    const { store, stored, prune, dataDir } = await setUp();
    for (const [index, name] of names.entries()) await store(name, 40 - index * 10);
    const settings = { maxAgeMs: 25 * hourMs };
    const dry = new StorePruner({ dataDir, maxBytes: 0, offline: false, log: silentLog, ...settings });
    const planned = (await dry.prune({ dryRun: true })).removed.map(({ id }) => id);
    expect(await stored()).toEqual(names);
    const done = (await prune(settings)).removed.map(({ id }) => id);
    expect(done).toEqual(planned);
    expect(done).toEqual(expect.arrayContaining(['one@1.0.0', 'two@1.0.0', 'one', 'two']));
    expect(await stored()).toEqual(['three', 'four']);
  });

  it('does nothing without bounds', async () => {
    const { store, stored, prune } = await setUp();
    await store('one', 10_000);
    expect((await prune()).removed).toEqual([]);
    expect(await stored()).toEqual(['one']);
  });

  it('leaves alone what may be in use, however small the bound', async () => {
    const { store, stored, prune } = await setUp();
    await store('one', 1.9);
    await store('two', 2.1);
    await prune({ maxBytes: 1 });
    expect(await stored()).toEqual(['one']);
  });

  it('counts what is used again as used, once an hour', async () => {
    const { store, stored, prune, another, dataDir } = await setUp();
    await store('one', 50);
    await store('two', 50);
    await another().registry.files('one', '1.0.0');
    await prune({ maxBytes: 1 });
    expect(await stored()).toEqual(['one']);
    const marker = join(dataDir, 'packages', 'one', '1.0.0', 'meta.json');
    expect(Date.now() - (await stat(marker)).mtimeMs).toBeLessThan(hourMs);
  });

  it('keeps what is pinned, until it is not', async () => {
    const { store, stored, prune, dataDir } = await setUp();
    for (const name of names) await store(name, 50);
    await writePin(dataDir, { name: 'mine', trees: [], packages: ['three@1.0.0'] });
    const { pinnedBytes } = await prune({ maxBytes: 1 });
    expect(await stored()).toEqual(['three']);
    expect(pinnedBytes).toBe(await bytesOf(dataDir));
    expect(await removePin(dataDir, 'mine')).toBe(true);
    await prune({ maxBytes: 1 });
    expect(await stored()).toEqual([]);
  });

  it('keeps everything in a pinned tree, and what was built of it for any import', async () => {
    const { engine, prune, dataDir } = await setUp();
    const dependencies = { one: '1', two: '1' };
    const tree = await engine.sets.tree({ dependencies, resolutions: {} });
    await engine.sets.prepare(tree, ['one', 'two']);
    await engine.finished.get({ dependencies, resolutions: {}, imports: ['one'] });
    await engine.finished.settled();
    await engine.registry.files('three', '1.0.0');
    await writePin(dataDir, { name: 'mine', trees: [tree.id], packages: [] });
    await age(dataDir, 50);
    const kinds = async () => [...new Set((await listStore(dataDir)).map(({ kind }) => kind))].sort();
    expect(await kinds()).toEqual(['finished', 'package', 'packument', 'prebundle', 'set', 'tree']);
    const { removed } = await prune({ maxBytes: 1 });
    expect(removed.map(({ id }) => id)).toEqual(expect.arrayContaining(['three', 'three@1.0.0']));
    expect(await kinds()).toEqual(['package', 'packument', 'prebundle', 'set', 'tree']);
    const builds = (await listStore(dataDir)).filter(({ kind }) => kind === 'prebundle');
    expect(builds.map(({ source }) => source)).toEqual(expect.arrayContaining(['one@1.0.0', 'two@1.0.0']));
  });

  it('keeps the packages of a tree that is used', async () => {
    const { engine, another, prune, stored, dataDir } = await setUp();
    const request = { dependencies: { one: '1' }, resolutions: {} };
    for (const { packageName, version } of Object.values((await engine.sets.tree(request)).nodes))
      await engine.registry.files(packageName, version);
    await engine.registry.files('two', '1.0.0');
    await age(dataDir, 50);
    await another().sets.tree(request);
    await prune({ maxBytes: 1 });
    expect(await stored()).toEqual(['one']);
  });

  it('removes nothing that could not be fetched again', async () => {
    const { engine, prune, stored, dataDir } = await setUp();
    await engine.finished.get({ dependencies: { one: '1' }, resolutions: {}, imports: ['one'] });
    await engine.finished.settled();
    await age(dataDir, 50);
    const { removed } = await prune({ maxBytes: 1, offline: true });
    expect([...new Set(removed.map(({ kind }) => kind))].sort()).toEqual(['finished', 'prebundle']);
    expect(await stored()).toEqual(['one']);
  });

  it('removes packs, which are made again when they are needed', async () => {
    const { engine, another, prune, dataDir } = await setUp();
    const request = { dependencies: { one: '1' }, resolutions: {}, imports: ['one'] };
    const before = await engine.linked.get(request);
    await engine.linked.settled();
    await age(dataDir, 50);
    const { removed } = await prune({ maxBytes: 1, offline: true });
    expect([...new Set(removed.map(({ kind }) => kind))].sort()).toEqual(['linked', 'pack', 'prebundle']);
    const later = another();
    expect(await later.linked.get(request)).toEqual(before);
    const name = before.packs[0]?.path.slice('/-/pack/'.length, -'.js'.length) ?? '';
    expect(String(await (await later.linked.pack(name))?.encode('identity'))).toContain('module.exports');
  });

  it('by two relays at once removes no more than one would', async () => {
    const { dataDir, store, stored, prune } = await setUp();
    for (const [index, name] of names.entries()) await store(name, 40 - index * 10);
    const maxBytes = (await bytesOf(dataDir)) - 1;
    await Promise.all([prune({ maxBytes }), prune({ maxBytes }), prune({ maxBytes })]);
    expect(await stored()).toEqual(['two', 'three', 'four']);
    expect(await readdir(join(dataDir, 'tmp'))).toEqual([]);
  });

  it('under a running relay costs fetching again, nothing else', async () => {
    const { engine, prune, stored, dataDir } = await setUp();
    const request = { dependencies: { one: '1' }, resolutions: {}, imports: ['one'] };
    const answer = async () => String(await (await engine.finished.get(request)).encode('identity'));
    const before = await answer();
    await engine.finished.settled();
    await age(dataDir, 50);
    await prune({ maxBytes: 1 });
    expect(await stored()).toEqual([]);
    expect(await answer()).toBe(before);
    const files = await engine.registry.files('one', '1.0.0');
    expect(String(await files.read('/index.js'))).toBe('module.exports = "one";');
  });

  it('refuses to run when a pin cannot be read', async () => {
    const { dataDir, store, stored, prune } = await setUp();
    await store('one', 50);
    await writePin(dataDir, { name: 'mine', trees: [], packages: ['one@1.0.0'] });
    const [pin] = await readdir(join(dataDir, 'pins'));
    await truncate(join(dataDir, 'pins', pin ?? ''), 5);
    await expect(prune({ maxBytes: 1 })).rejects.toThrow(/^The pin .* is damaged/);
    expect(await stored()).toEqual(['one']);
  });
});
