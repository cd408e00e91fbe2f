// Damage of every kind to what is stored: it is noticed before it is served, and what was damaged is fetched or built again.
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bundlerPackages } from '../../../test/registry/bundler-packages.ts';
import { packageErrorOf, timeoutMs } from '../../../test/registry/set-up-registry.ts';
import { makeTemporaryFolder } from '../../../test/registry/temporary-folder.ts';
import {
  startTestRegistry,
  type TestPackage,
  type TestRegistry,
} from '../../../test/registry/test-registry.ts';
import { createPackageEngine, type PackageEngine } from '../engine.ts';

const index = 'module.exports = "sound and safe";';
const pad: TestPackage = {
  versions: { '1.0.0': { files: { '/index.js': index, '/other.js': '// other' } } },
};

interface Kit {
  upstream: TestRegistry;
  dataDir: string;
  /** Messages of the log. */
  messages: string[];
  /** The relay after a restart: nothing in memory. */
  restart(options?: { offline?: boolean }): PackageEngine;
}

async function setUp(): Promise<Kit> {
  const upstream = await startTestRegistry({ packages: { ...bundlerPackages, pad } });
  onTestFinished(() => upstream.close());
  const dataDir = await makeTemporaryFolder();
  const messages: string[] = [];
  const note = (_: object, message: string): void => void messages.push(message);
  const log = { debug: note, info: note, warn: note, error: note };
  const restart = ({ offline = false } = {}): PackageEngine =>
    createPackageEngine({
      npm: upstream.npm,
      dataDir,
      offline,
      timeoutMs,
      maxTarballBytes: 2 ** 20,
      log,
    });
  return { upstream, dataDir, messages, restart };
}

/** Flips one bit in the middle of a file. */
async function flip(file: string): Promise<void> {
  const content = await readFile(file);
  const middle = content.length >> 1;
  content[middle] = (content[middle] as number) ^ 1;
  await writeFile(file, content);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

const tarballs = ({ requests }: TestRegistry): number =>
  requests.filter((request) => request === 'GET /pad/-/pad-1.0.0.tgz').length;

const read = async (engine: PackageEngine, path = '/index.js'): Promise<string> =>
  (await (await engine.registry.files('pad', '1.0.0')).read(path)).toString();

const damages: [string, (folder: string) => Promise<void>][] = [
  ['a flipped bit in a file', (folder) => flip(join(folder, 'files/index.js'))],
  ['a file cut off', (folder) => truncate(join(folder, 'files/index.js'), 5)],
  ['an empty file, as after a power cut', (folder) => truncate(join(folder, 'files/index.js'))],
  ['a missing file', (folder) => rm(join(folder, 'files/index.js'))],
  ['a flipped bit in package.json', (folder) => flip(join(folder, 'files/package.json'))],
  ['a missing package.json', (folder) => rm(join(folder, 'files/package.json'))],
  ['a flipped bit in meta.json', (folder) => flip(join(folder, 'meta.json'))],
  ['a truncated meta.json', (folder) => truncate(join(folder, 'meta.json'), 40)],
  ['garbage as meta.json', (folder) => writeFile(join(folder, 'meta.json'), '{"files":[]}')],
  ['a missing meta.json', (folder) => rm(join(folder, 'meta.json'))],
  ['no files at all', (folder) => rm(join(folder, 'files'), { recursive: true })],
];

describe('a package with', () => {
  test.each(damages)('%s is fetched again', async (_, damage) => {
    const { upstream, dataDir, restart } = await setUp();
    expect(await read(restart())).toBe(index);
    await damage(join(dataDir, 'packages/pad/1.0.0'));
    expect(await read(restart())).toBe(index);
    expect(tarballs(upstream)).toBe(2);
    // It is whole again for those who come later.
    expect(await read(restart())).toBe(index);
    expect(tarballs(upstream)).toBe(2);
    expect(await readdir(join(dataDir, 'tmp'))).toEqual([]);
  });

  test('a file that is damaged while the relay runs is fetched again, once', async () => {
    const { upstream, dataDir, messages, restart } = await setUp();
    const engine = restart();
    await read(engine);
    await flip(join(dataDir, 'packages/pad/1.0.0/files/index.js'));
    const all = await Promise.all(Array.from({ length: 20 }, () => read(engine)));
    expect(new Set(all)).toEqual(new Set([index]));
    expect(tarballs(upstream)).toBe(2);
    expect(messages).toContain('a stored package was damaged; it is fetched again');
  });

  test('a damaged file that cannot be fetched says why; its sound files are still served', async () => {
    const { upstream, dataDir, restart } = await setUp();
    await read(restart());
    await flip(join(dataDir, 'packages/pad/1.0.0/files/index.js'));
    const offline = restart({ offline: true });
    expect(await packageErrorOf(read(offline))).toMatchObject({ code: 'OFFLINE_MISSING' });
    expect(await read(offline, '/other.js')).toBe('// other');
    upstream.packages.pad = { ...pad, tarballFault: { kind: 'status', status: 500 } };
    const online = restart();
    expect(await packageErrorOf(read(online))).toMatchObject({ code: 'REGISTRY_FAILED' });
    expect(await read(online, '/other.js')).toBe('// other');
    upstream.packages.pad = pad;
    expect(await read(online)).toBe(index);
  });

  test.each(damages)('%s is never built from', async (_, damage) => {
    const { dataDir, restart } = await setUp();
    await read(restart());
    await damage(join(dataDir, 'packages/pad/1.0.0'));
    const set = await restart().sets.manifest(request);
    expect(JSON.stringify(set.contents)).toContain('sound and safe');
  });
});

const request = { dependencies: { pad: '^1.0.0' }, resolutions: {}, imports: ['pad'] };

describe('a resolved tree with', () => {
  test.each<[string, (file: string) => Promise<void>]>([
    ['a flipped bit', flip],
    ['its end cut off', (file) => truncate(file, 50)],
    ['nothing in it', (file) => truncate(file)],
    ['garbage in it', (file) => writeFile(file, 'null')],
    ['another version in it', changeVersion],
  ])('%s is resolved again', async (_, damage) => {
    const { dataDir, restart } = await setUp();
    const before = await restart().sets.manifest(request);
    const file = join(dataDir, 'trees', `${before.tree}.json`);
    const content = await readFile(file, 'utf8');
    await damage(file);
    expect(await restart().sets.addition(before.tree, { known: [], added: ['pad'] })).toBeUndefined();
    expect(await restart().sets.manifest(request)).toEqual(before);
    expect(await readFile(file, 'utf8')).toBe(content);
  });

  test.each(['', '{', 'null', '{"tree":7}', '{"tree":"../../etc/passwd"}', '[]'])(
    'a pointer to it that reads %j is resolved again',
    async (text) => {
      const { dataDir, restart } = await setUp();
      const before = await restart().sets.manifest(request);
      for (const file of await filesBelow(join(dataDir, 'trees/sets'))) await writeFile(file, text);
      expect(await restart().sets.manifest(request)).toEqual(before);
    },
  );
});

async function changeVersion(file: string): Promise<void> {
  await writeFile(file, (await readFile(file, 'utf8')).replaceAll('"1.0.0"', '"6.6.6"'));
}

test.each<[string, (file: string) => Promise<void>]>([
  ['a flipped bit', flip],
  ['its end cut off', (file) => truncate(file, 30)],
  ['another version in it', changeVersion],
])('a packument with %s is fetched again in full, not confirmed by its etag', async (_, damage) => {
  const { upstream, dataDir, restart } = await setUp();
  await restart().registry.packument('pad');
  await damage(join(dataDir, 'packuments/pad.json'));
  expect(Object.keys((await restart().registry.packument('pad')).versions)).toEqual(['1.0.0']);
  expect(upstream.requests).toEqual(['GET /pad', 'GET /pad']);
  expect(upstream.headers.map((headers) => headers['if-none-match'])).toEqual([undefined, undefined]);
});

const built = 'package pre-bundled';

describe('a pre-bundled package with', () => {
  test.each<[string, (file: string) => Promise<void>]>([
    ['a flipped bit', flip],
    ['its end cut off', (file) => truncate(file, 20)],
    ['nothing in it', (file) => truncate(file)],
    ['its content gone', (file) => rm(file)],
  ])('%s is built again, and stored again', async (_, damage) => {
    const { dataDir, messages, restart } = await setUp();
    const before = await restart().sets.manifest(request);
    const contents = await filesBelow(join(dataDir, 'prebundles/content-v2'));
    expect(contents.length).toBeGreaterThan(0);
    for (const file of contents) await damage(file);
    expect(await restart().sets.manifest(request)).toEqual(before);
    const builds = messages.filter((message) => message === built).length;
    expect(builds).toBe(contents.length * 2);
    expect(await restart().sets.manifest(request)).toEqual(before);
    expect(messages.filter((message) => message === built)).toHaveLength(builds);
  });

  test('a damaged index entry is built again', async () => {
    const { dataDir, restart } = await setUp();
    const before = await restart().sets.manifest(request);
    for (const file of await filesBelow(join(dataDir, 'prebundles/index-v5'))) await flip(file);
    expect(await restart().sets.manifest(request)).toEqual(before);
  });
});

test('a flipped bit in any one of all the files that are stored changes no answer', async () => {
  const { dataDir, restart } = await setUp();
  const answer = async (): Promise<unknown> => {
    const engine = restart();
    const { encode } = await engine.finished.get(request);
    await engine.finished.settled();
    const texts = [
      await encode('identity'),
      brotliDecompressSync(await encode('br')),
      gunzipSync(await encode('gzip')),
    ].map(String);
    return [...new Set(texts)].map((text) => JSON.parse(text));
  };
  const expected = await answer();
  const stored = (await filesBelow(dataDir)).sort();
  expect(stored.length).toBeGreaterThan(15);
  for (const file of stored) {
    const sound = await readFile(file);
    await flip(file);
    expect(await answer(), file).toEqual(expected);
    expect(await read(restart()), file).toBe(index);
    // What is not used any more may stay damaged.
    await writeFile(file, sound).catch(() => {});
  }
}, 20_000);
