import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { makeTemporaryFolder } from '../../../test/registry/temporary-folder.ts';
import type { SetManifest } from '../../shared/set-manifest.ts';
import { silentLog } from '../base/package-log.ts';
import { decodePrebundle, encodePrebundle } from '../prebundle/stored-prebundle.ts';
import type { DependencySets } from './dependency-set.ts';
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
  const sets = {
    manifestKey: async () => 'key',
    assemble: async () => {
      assembled += 1;
      return { manifest, fallbacks };
    },
  } as unknown as DependencySets;
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
