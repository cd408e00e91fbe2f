import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addressesIn, allowedAddresses } from './allowed-addresses.ts';
import { type BundlerManifest, buildBundler } from './build.ts';
import { isText } from './compress.ts';
import { leaveOut } from './leave-out.ts';

// Thirty megabytes of scripts take a while on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const entry = createRequire(import.meta.url).resolve('@codesandbox/sandpack-client');
const sourceDir = join(dirname(dirname(entry)), 'sandpack');

let folder: string;
let outDir: string;
let manifest: BundlerManifest;
const lines: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundler-build-'));
  outDir = join(folder, 'deep', 'www');
  const result = await buildBundler({ sourceDir, outDir, log: (line) => lines.push(line) });
  expect(result.built).toBe(true);
  manifest = result.manifest;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const builtFile = (path: string): Promise<Buffer> => readFile(join(outDir, 'files', path));

describe('the built folder', () => {
  it('has a manifest with the version, the fingerprint and the scripts of the page', async () => {
    expect(JSON.parse(await readFile(join(outDir, 'manifest.json'), 'utf8'))).toEqual(manifest);
    expect(manifest.version).toMatch(/^\S+$/);
    expect(manifest.fingerprint).toMatch(/^[\da-f]{16}$/);
    expect(manifest.page.filter((item) => 'src' in item).length).toBeGreaterThan(1);
    for (const item of manifest.page) if ('src' in item) expect(manifest.files).toHaveProperty([item.src]);
  });

  it('runs the bundler after every script that listens for the client’s answer', () => {
    const sources = manifest.page.flatMap((item) => ('src' in item ? [item.src] : []));
    expect(sources.at(-1)).toMatch(/^static\/js\/sandbox\.[^/]+\.js$/);
    expect(sources.some((src) => /\/sandbox-startup\./.test(src))).toBe(true);
  });

  it('has the files of the manifest and no others', async () => {
    const expected = Object.entries(manifest.files).flatMap(([path, { br }]) =>
      br === undefined ? [path] : [path, `${path}.br`, `${path}.gz`],
    );
    const found = (await readdir(join(outDir, 'files'), { recursive: true, withFileTypes: true }))
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name).slice(join(outDir, 'files').length + 1));
    expect(found.sort()).toEqual(expected.sort());
    expect(await readdir(dirname(outDir))).toEqual(['www']);
  });

  it('holds text three times over, the same each time', async () => {
    for (const [path, sizes] of Object.entries(manifest.files)) {
      const plain = await builtFile(path);
      expect(plain.length).toBe(sizes.bytes);
      expect(sizes.br !== undefined).toBe(isText(path));
      if (sizes.br === undefined) continue;
      expect(brotliDecompressSync(await builtFile(`${path}.br`)).equals(plain)).toBe(true);
      expect(gunzipSync(await builtFile(`${path}.gz`)).equals(plain)).toBe(true);
    }
  });

  it('leaves out what each row of the list names, and nothing that is used', async () => {
    const sources = (await readdir(sourceDir, { recursive: true, withFileTypes: true }))
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name).slice(sourceDir.length + 1));
    const idle = leaveOut.filter(({ files }) => !sources.some((path) => files.test(path)));
    // The npm package comes without source maps; a www/ built from source has them.
    expect(idle.map(({ why }) => why)).toEqual(['source maps of the bundler itself']);
    const expected = sources.filter((path) => !leaveOut.some(({ files }) => files.test(path)));
    expect(Object.keys(manifest.files).sort()).toEqual(expected.sort());
    // Workers and chunks ask for these by name at run time.
    for (const path of [
      'static/browserfs12/browserfs.min.js',
      'static/js/babel.7.21.8.min.js',
      'static/js/less-4.1.2.min.js',
    ])
      expect(manifest.files).toHaveProperty([path]);
  });

  it('names no third party but those that are allowed for a reason', async () => {
    const strangers: string[] = [];
    for (const path of Object.keys(manifest.files)) {
      if (!isText(path)) continue;
      for (const host of addressesIn(String(await builtFile(path))))
        if (!allowedAddresses.some((row) => row.hosts.includes(host) && (row.files?.test(path) ?? true)))
          strangers.push(`${host} in ${path}`);
    }
    expect(strangers).toEqual([]);
  });

  it('allows no address that it no longer needs', async () => {
    const found = new Set<string>();
    for (const path of Object.keys(manifest.files))
      if (isText(path)) for (const host of addressesIn(String(await builtFile(path)))) found.add(host);
    expect(allowedAddresses.flatMap(({ hosts }) => hosts).filter((host) => !found.has(host))).toEqual([]);
  });
});

describe('building again', () => {
  it('does nothing when nothing has changed', async () => {
    const before = await stat(join(outDir, 'manifest.json'));
    expect(await buildBundler({ sourceDir, outDir })).toEqual({ manifest, built: false });
    expect((await stat(join(outDir, 'manifest.json'))).mtimeMs).toBe(before.mtimeMs);
    expect(lines).toEqual([expect.stringMatching(/^compressing \d+ files$/)]);
  });

  it('starts over when a file is missing, with the same result', async () => {
    const [path = ''] = Object.keys(manifest.files);
    await rm(join(outDir, 'files', `${path}.br`));
    expect(await buildBundler({ sourceDir, outDir })).toEqual({ manifest, built: true });
    expect((await builtFile(`${path}.br`)).length).toBe(manifest.files[path]?.br);
  });
});

describe('a source that cannot be built', () => {
  it('is named when it is no folder', async () => {
    await expect(buildBundler({ sourceDir: '/nonexistent', outDir: join(folder, 'x') })).rejects.toThrow(
      '/nonexistent is not a folder that can be read.',
    );
  });

  it('is named when it holds no bundler', async () => {
    const empty = join(folder, 'empty');
    await mkdir(empty);
    await expect(buildBundler({ sourceDir: empty, outDir: join(folder, 'x') })).rejects.toThrow(
      `${empty} holds no index.html: name the sandpack/ folder of @codesandbox/sandpack-client, or a www/ built from codesandbox-client.`,
    );
  });

  it('leaves the earlier result alone when a patch does not match', async () => {
    const other = join(folder, 'other');
    await mkdir(other);
    await writeFile(join(other, 'index.html'), '<script src="/static/js/sandbox.1.js"></script>');
    const earlier = join(folder, 'earlier');
    await mkdir(earlier);
    await cp(join(outDir, 'manifest.json'), join(earlier, 'manifest.json'));
    await expect(buildBundler({ sourceDir: other, outDir: earlier })).rejects.toThrow(
      /^This bundler is not one the patch table knows:\n {2}- patch “asset-origin” matched 0 times, expected 2\n/,
    );
    expect(await readdir(earlier)).toEqual(['manifest.json']);
  });
});
