// Carrying a store to a machine without a network: what was exported answers there, and nothing of a file that is damaged,
// foreign or hostile gets in.
import { createHash } from 'node:crypto';
import { copyFile, readdir, readFile, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runWarm } from '../../relay/cli/warm-run.ts';
import { silentLog } from '../../relay/packages/base/package-log.ts';
import { createPackageEngine, type PackageEngine } from '../../relay/packages/engine.ts';
import { exportBundle } from '../../relay/packages/upkeep/bundle/bundle-export.ts';
import { importBundle } from '../../relay/packages/upkeep/bundle/bundle-import.ts';
import type { BundleManifest } from '../../relay/packages/upkeep/bundle/bundle-manifest.ts';
import { readBundle } from '../../relay/packages/upkeep/bundle/bundle-read.ts';
import { readPins } from '../../relay/packages/upkeep/pins.ts';
import { planSet } from '../../relay/packages/upkeep/warm/warm-plan.ts';
import { Progress } from '../../relay/terminal/progress.ts';
import { bundlerPackages } from '../registry/bundler-packages.ts';
import { packTarball } from '../registry/pack-tarball.ts';
import { makeTemporaryFolder } from '../registry/temporary-folder.ts';
import { startTestRegistry } from '../registry/test-registry.ts';
import { startTestRelay } from './start-test-relay.ts';

const paint = 'module.exports = require("@art/pigment");';
const studio = { paint: '^1.0.0' };
const request = { dependencies: studio, resolutions: {}, imports: ['paint'] };

function openOffline(dataDir: string): PackageEngine {
  const npm = { registry: 'http://127.0.0.1:1/' };
  return createPackageEngine({
    npm,
    dataDir,
    offline: true,
    timeoutMs: 100,
    maxTarballBytes: 2 ** 20,
    log: silentLog,
  });
}

/** A warmed store with two sets, and the bundle of it. */
async function setUp() {
  const upstream = await startTestRegistry({
    packages: {
      ...bundlerPackages,
      paint: {
        versions: {
          '1.0.0': { files: { '/index.js': paint }, manifest: { dependencies: { '@art/pigment': '1' } } },
        },
      },
      '@art/pigment': { versions: { '1.0.0': { files: { '/index.js': 'module.exports = "red";' } } } },
      clay: { versions: { '1.0.0': { files: { '/index.js': 'module.exports = "clay";' } } } },
    },
  });
  onTestFinished(() => upstream.close());
  const dataDir = await makeTemporaryFolder();
  const elsewhere = await makeTemporaryFolder();
  const engine = createPackageEngine({
    npm: upstream.npm,
    dataDir,
    offline: false,
    timeoutMs: 2_000,
    maxTarballBytes: 2 ** 20,
    log: silentLog,
  });
  const sets = [planSet('studio', studio), planSet('pottery', { clay: '1' })];
  const progress = new Progress(new PassThrough().resume());
  await runWarm(
    engine,
    { sets, files: [] },
    { dataDir, shownBy: 'bundler', pin: true, refresh: false, lockFile: undefined, progress },
  );
  const answer = String(await (await engine.finished.get(request)).encode('identity'));
  await engine.finished.settled();
  const file = join(await makeTemporaryFolder(), 'store.tar.gz');
  const summary = await exportBundle(file, { dataDir });
  return { upstream, dataDir, elsewhere, file, summary, answer };
}

/** The names of everything in a folder but `tmp`. */
async function contentsOf(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).filter((path) => !path.startsWith('tmp')).sort();
}

/** Packs the bundle again with another table of contents and, behind it, other files. */
async function tamper(
  file: string,
  change: (manifest: BundleManifest) => unknown,
  more: { path: string; content: Buffer }[] = [],
): Promise<void> {
  const archive = gunzipSync(await readFile(file));
  const blobs: { path: string; content: Buffer }[] = [];
  for (let at = 0; archive[at] !== 0; ) {
    const path = archive.toString('latin1', at, at + 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(archive.toString('latin1', at + 124, at + 136), 8);
    blobs.push({ path, content: Buffer.from(archive.subarray(at + 512, at + 512 + size)) });
    at += 512 + Math.ceil(size / 512) * 512;
  }
  const [head, ...rest] = blobs;
  const manifest = change(JSON.parse(String(head?.content)) as BundleManifest);
  const first = { path: 'manifest.json', content: Buffer.from(JSON.stringify(manifest)) };
  await writeFile(file, packTarball([first, ...more, ...rest]));
}

describe('A store that was carried over', () => {
  it('answers without a registry, exactly as it did before', async () => {
    const { elsewhere, file, answer } = await setUp();
    const { added, kept } = await importBundle(file, { dataDir: elsewhere });
    expect([added > 0, kept]).toEqual([true, 0]);
    expect(await readPins(elsewhere)).toMatchObject([{ name: 'pottery' }, { name: 'studio' }]);
    const relay = await startTestRelay({ config: { dataDir: elsewhere, offline: true } });
    try {
      const query = JSON.stringify({ d: studio, r: {}, i: ['paint'] });
      const { status, text } = await relay.ask(`/-/set?q=${encodeURIComponent(query)}`);
      expect([status, text]).toEqual([200, answer]);
      expect(relay.registry.requests).toEqual([]);
    } finally {
      await relay.close();
    }
  });

  it('is not changed by being carried over again', async () => {
    const { elsewhere, file } = await setUp();
    const first = await importBundle(file, { dataDir: elsewhere });
    const before = await contentsOf(elsewhere);
    expect(await importBundle(file, { dataDir: elsewhere })).toMatchObject({ added: 0, kept: first.added });
    expect(await contentsOf(elsewhere)).toEqual(before);
  });

  it('keeps what is newer, and takes what is', async () => {
    const { elsewhere, file } = await setUp();
    await importBundle(file, { dataDir: elsewhere });
    const [newer, older] = ['paint', 'clay'].map((name) => join(elsewhere, 'packuments', `${name}.json`)) as [
      string,
      string,
    ];
    for (const path of [newer, older]) await writeFile(path, 'as it is here');
    await utimes(older, 1, 1);
    expect((await importBundle(file, { dataDir: elsewhere })).added).toBe(1);
    expect(await readFile(newer, 'utf8')).toBe('as it is here');
    expect(await readFile(older, 'utf8')).toContain('"name":"clay"');
    // As old as it was where it came from.
    expect((await stat(older)).mtimeMs).toBeLessThanOrEqual(Date.now());
  });

  it('replaces a package that is damaged, and no other', async () => {
    const { elsewhere, file } = await setUp();
    await importBundle(file, { dataDir: elsewhere });
    await writeFile(
      join(elsewhere, 'packages', 'clay', '1.0.0', 'files', 'index.js'),
      'module.exports = "mud";',
    );
    expect((await importBundle(file, { dataDir: elsewhere })).added).toBe(1);
    const files = await openOffline(elsewhere).registry.files('clay', '1.0.0');
    expect(String(await files.read('/index.js'))).toBe('module.exports = "clay";');
  });

  it('can be limited to one set', async () => {
    const { dataDir, elsewhere, file } = await setUp();
    await exportBundle(file, { dataDir, pins: ['pottery'] });
    await importBundle(file, { dataDir: elsewhere });
    const engine = openOffline(elsewhere);
    await expect(engine.registry.files('clay', '1.0.0')).resolves.toBeDefined();
    await expect(engine.registry.files('paint', '1.0.0')).rejects.toMatchObject({ code: 'OFFLINE_MISSING' });
    await expect(exportBundle(file, { dataDir, pins: ['bakery'] })).rejects.toThrow(
      'There is no set “bakery” in the store; warmed sets: “pottery”, “studio”.',
    );
  });

  it('has the hash that the export told', async () => {
    const { file, summary } = await setUp();
    expect(
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    ).toBe(summary.sha256);
    expect((await stat(file)).size).toBe(summary.fileBytes);
  });
});

describe('An export', () => {
  it('of a damaged store says so, and leaves no file', async () => {
    const { dataDir, file } = await setUp();
    await writeFile(join(dataDir, 'packages', 'paint', '1.0.0', 'files', 'index.js'), paint.toUpperCase());
    const target = `${file}.second`;
    await expect(exportBundle(target, { dataDir })).rejects.toThrow(/^The store is damaged .*index\.js/);
    expect(await readdir(join(file, '..'))).toEqual(['store.tar.gz']);
  });

  it('of nothing is a mistake', async () => {
    const { elsewhere, file } = await setUp();
    await expect(exportBundle(file, { dataDir: elsewhere })).rejects.toThrow('There is nothing to export');
  });
});

describe('Nothing gets in of a file', () => {
  const big = Buffer.alloc(2 ** 20);
  const evil = Buffer.from('evil');
  const evilHash = createHash('sha256').update(evil).digest('hex');
  const withPath = (path: string) => (manifest: BundleManifest) => {
    const entry = manifest.entries.find(({ kind }) => kind === 'package');
    if (entry?.kind === 'package') (entry.files[1] as { path: string }).path = path;
    return manifest;
  };

  it.each<[string, (file: string) => Promise<unknown>, RegExp]>([
    ['that is no archive', (file) => writeFile(file, 'hello'), /^It is not a store bundle of this kit\.$/],
    ['of zeros', (file) => writeFile(file, gzipSync(big)), /^It is not a store bundle of this kit\.$/],
    [
      'that is another archive',
      (file) => writeFile(file, packTarball([{ path: 'package/package.json', content: '{}' }])),
      /^It is not a store bundle of this kit\.$/,
    ],
    [
      'of another format',
      (file) => tamper(file, (manifest) => ({ ...manifest, format: 'cake' })),
      /^It is not a store bundle of this kit\.$/,
    ],
    [
      'of a newer kit',
      (file) => tamper(file, (manifest) => ({ ...manifest, version: 3 })),
      /^A newer kit made it \(format 3\)/,
    ],
    [
      'that is cut off',
      async (file) => truncate(file, Math.floor((await stat(file)).size / 2)),
      /^It is damaged or cut off\.$/,
    ],
    [
      'with one bit flipped',
      async (file) => {
        const archive = gunzipSync(await readFile(file));
        const at = archive.indexOf('module.exports');
        archive[at] = (archive[at] as number) ^ 1;
        await writeFile(file, gzipSync(archive));
      },
      /^It is damaged: a content does not match its hash\.$/,
    ],
    [
      'whose contents are missing',
      async (file) => {
        const archive = gunzipSync(await readFile(file));
        await writeFile(file, gzipSync(archive.subarray(0, archive.indexOf('blobs/'))));
      },
      /^It is cut off: \d+ of \d+ contents are missing\.$/,
    ],
    [
      'with something unlisted',
      (file) => tamper(file, (manifest) => manifest, [{ path: `blobs/${evilHash}`, content: evil }]),
      /^It holds something that does not belong there/,
    ],
    [
      'with a path in the archive',
      (file) => tamper(file, (manifest) => manifest, [{ path: '../../evil', content: evil }]),
      /^It holds something that does not belong there: "\.\.\/\.\.\/evil"/,
    ],
    ...['../../evil', '/evil', 'files/../../evil', 'files\\..\\evil', 'files//evil', 'files/./evil'].map(
      (path): [string, (file: string) => Promise<unknown>, RegExp] => [
        `that would put a file at ${path}`,
        (file) => tamper(file, withPath(path)),
        /^Its table of contents is not valid: entries\.\d+\.files\.1\.path: not a path inside a package\.$/,
      ],
    ),
    [
      'with a package named ..',
      (file) =>
        tamper(file, (manifest) => ({
          ...manifest,
          entries: manifest.entries.map((entry) =>
            entry.kind === 'package' ? { ...entry, name: '..' } : entry,
          ),
        })),
      /not the name of a package/,
    ],
  ])('%s', async (_, spoil, message) => {
    const { elsewhere, file } = await setUp();
    const copy = `${file}.copy`;
    await copyFile(file, copy);
    await spoil(copy);
    await expect(importBundle(copy, { dataDir: elsewhere })).rejects.toThrow(message);
    await expect(readBundle(copy)).rejects.toThrow(message);
    expect(await contentsOf(elsewhere)).toEqual([]);
    expect(await readdir(join(elsewhere, 'tmp'))).toEqual([]);
  });
});
