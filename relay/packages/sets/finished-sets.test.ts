import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bundlerPackages } from '../../../test/registry/bundler-packages.ts';
import { makeTemporaryFolder } from '../../../test/registry/temporary-folder.ts';
import { startTestRegistry } from '../../../test/registry/test-registry.ts';
import type { SetManifest } from '../../shared/set-manifest.ts';
import { silentLog } from '../base/package-log.ts';
import { PackagePolicy } from '../policy/package-policy.ts';
import { PrebundleStore } from '../prebundle/prebundle-store.ts';
import { decodePrebundle, encodePrebundle } from '../prebundle/stored-prebundle.ts';
import { AskedPackages } from '../registry/asked-packages.ts';
import { createRegistry } from '../registry/registry.ts';
import { createTreeResolver, type TreeResolver } from '../tree/tree.ts';
import { DependencySets } from './dependency-set.ts';
import { FinishedSets } from './finished-sets.ts';

const content = Array.from({ length: 4_000 }, (_, line) => `const line${line} = ${line * 7919};`).join('\n');
const files = { 'main.js': { content, requires: ['b'] } };
const { files: stored } = await decodePrebundle(
  await encodePrebundle({ name: 'a', version: '1.0.0', files, entries: {} }),
);
const manifest: SetManifest = {
  tree: '0'.repeat(32),
  contents: {
    '/node_modules/a/main.js': stored['main.js'] as { content: string },
    '/node_modules/a/package.json': { content: '{"name":"a"}' },
  },
  dependencies: [{ name: 'a', version: '1.0.0' }],
  dependencyDependencies: {},
  dependencyAliases: {},
};
const request = { dependencies: { a: '1' }, resolutions: {}, imports: ['a'] };

async function setUp(fallbacks: string[] = []) {
  let assembled = 0;
  const assemble = async () => {
    assembled += 1;
    return { manifest, fallbacks };
  };
  const sets = { resolve: async () => ({ key: 'key', assemble }) } as unknown as DependencySets;
  const folder = await makeTemporaryFolder();
  return {
    assembled: () => assembled,
    restart: () => new FinishedSets({ sets, folder, log: silentLog }),
  };
}

async function decode({ encode }: Awaited<ReturnType<FinishedSets['get']>>): Promise<string[]> {
  const bodies = [
    await encode('identity'),
    brotliDecompressSync(await encode('br')),
    gunzipSync(await encode('gzip')),
  ];
  return [...new Set(bodies.map(String))];
}

describe('An answer to a set', () => {
  test('is the manifest as JSON, made or stored, in every encoding, under one digest', async () => {
    const { restart, assembled } = await setUp();
    const first = restart();
    const made = await first.get(request);
    await first.settled();
    const kept = await restart().get(request);
    expect(await decode(made)).toEqual([JSON.stringify(manifest)]);
    expect(await decode(kept)).toEqual([JSON.stringify(manifest)]);
    expect(kept.digest).toBe(made.digest);
    expect(assembled()).toBe(1);
  });

  test('is stored smaller than it was sent at first', async () => {
    const { restart } = await setUp();
    const first = restart();
    const made = await first.get(request);
    await first.settled();
    const kept = await restart().get(request);
    for (const encoding of ['br', 'gzip'] as const)
      expect((await kept.encode(encoding)).length).toBeLessThan((await made.encode(encoding)).length);
  });

  test('with packages that could not be built is made again', async () => {
    const { restart, assembled } = await setUp(['a']);
    for (let time = 0; time < 2; time += 1) {
      const sets = restart();
      await sets.get(request);
      await sets.settled();
    }
    expect(assembled()).toBe(2);
  });
});

describe('A set that another process refreshes while it is answered', () => {
  /** The real engine; whenever a set has been resolved, the next version of `a` is published and the set refreshed. */
  async function setUpRefreshed() {
    const version = (text: string) => ({ files: { '/index.js': `module.exports = '${text}';` } });
    const packages = { ...bundlerPackages, a: { versions: { '1.0.0': version('version 0') } } };
    const upstream = await startTestRegistry({ packages });
    onTestFinished(() => upstream.close());
    const dataDir = await makeTemporaryFolder();
    const open = () => {
      const registry = createRegistry({ npm: upstream.npm, dataDir, maxAgeMs: 0 });
      return { registry, trees: createTreeResolver({ registry, npm: upstream.npm, dataDir }) };
    };
    const { registry, trees } = open();
    const other = open();
    const resolved: string[] = [];
    const refreshed: TreeResolver = {
      get: (id) => trees.get(id),
      resolve: async (input) => {
        const tree = await trees.resolve(input);
        resolved.push(tree.id);
        const next = resolved.length;
        Object.assign(packages.a.versions, { [`1.${next}.0`]: version(`version ${next}`) });
        await other.trees.resolve({ ...input, refresh: true });
        return tree;
      },
    };
    const sets = new DependencySets({
      trees: refreshed,
      prebundles: new PrebundleStore({ registry, folder: `${dataDir}/prebundles`, log: silentLog }),
      asked: new AskedPackages(new PackagePolicy()),
      log: silentLog,
    });
    return { resolved, finished: new FinishedSets({ sets, folder: `${dataDir}/finished`, log: silentLog }) };
  }

  test('is answered from the one tree it was resolved to, and the next time from the new one', async () => {
    const { finished, resolved } = await setUpRefreshed();
    for (const time of [0, 1]) {
      const { encode } = await finished.get(request);
      const answer = JSON.parse(String(await encode('identity'))) as SetManifest;
      expect(answer.tree).toBe(resolved[time]);
      expect(JSON.stringify(answer.contents)).toContain(`version ${time}`);
      expect(answer.dependencies).toContainEqual({ name: 'a', version: `1.${time}.0` });
    }
    expect(new Set(resolved).size).toBe(2);
  });

  test('is resolved once for an answer', async () => {
    const { finished, resolved } = await setUpRefreshed();
    await finished.get(request);
    expect(resolved).toHaveLength(1);
  });
});
