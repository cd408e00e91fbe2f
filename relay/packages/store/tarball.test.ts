import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { packPackage, packTarball, type TarballEntry } from '../../../test/registry/pack-tarball.ts';
import { makeTemporaryFolder } from '../../../test/registry/temporary-folder.ts';
import { startTestRegistry, type TestVersion } from '../../../test/registry/test-registry.ts';
import { PackageError } from '../base/package-error.ts';
import { createRegistry, type RegistryOptions } from '../registry/registry.ts';
import type { PackageFiles } from './package-files.ts';

/** Publishes one version and fetches it. */
async function fetchVersion(
  version: TestVersion,
  options: Partial<RegistryOptions> = {},
): Promise<{ dataDir: string; files: PackageFiles | undefined; error: PackageError | undefined }> {
  const upstream = await startTestRegistry({ packages: { pad: { versions: { '1.0.0': version } } } });
  onTestFinished(() => upstream.close());
  const dataDir = join(await makeTemporaryFolder(), 'data');
  const registry = createRegistry({ npm: upstream.npm, dataDir, ...options });
  return registry.files('pad', '1.0.0').then(
    (files) => ({ dataDir, files, error: undefined }),
    (error) => {
      expect(error).toBeInstanceOf(PackageError);
      return { dataDir, files: undefined, error };
    },
  );
}

const manifest: TarballEntry = { path: 'package/package.json', content: '{"name":"pad","version":"1.0.0"}' };
const packed = (...entries: TarballEntry[]): TestVersion => ({
  tarball: packTarball([manifest, ...entries]),
});

test('refuses a tarball that does not match the stated integrity', async () => {
  const { error, dataDir } = await fetchVersion({ integrity: `sha512-${'A'.repeat(86)}==` });
  expect(error).toMatchObject({ code: 'INTEGRITY_MISMATCH', status: 502 });
  expect(await readdir(dataDir)).not.toContain('packages');
});

test('takes any of several digests, and the shasum of old packages', async () => {
  const tarball = packPackage({ name: 'pad', version: '1.0.0' }, {});
  const { createHash } = await import('node:crypto');
  const digest = createHash('sha512').update(tarball).digest('base64');
  expect(
    (await fetchVersion({ tarball, integrity: `sha1-x sha512-other sha512-${digest}` })).error,
  ).toBeUndefined();
  expect((await fetchVersion({ tarball, integrity: 'md5-abc' })).error).toMatchObject({
    code: 'INTEGRITY_MISMATCH',
  });
});

test.each(['package/../../escaped.js', '../escaped.js', '/escaped.js', 'package/a/../../../escaped.js'])(
  'refuses a tarball with the path %j and writes nothing outside',
  async (path) => {
    const { error, dataDir } = await fetchVersion(packed({ path, content: 'evil' }));
    expect(error).toMatchObject({ code: 'TARBALL_INVALID', status: 502 });
    expect(await readdir(join(dataDir, '..'))).toEqual(['data']);
    expect(await readdir(join(dataDir, 'tmp'))).toEqual([]);
  },
);

test('leaves links out, so that nothing can be written or read through them', async () => {
  const { files, error } = await fetchVersion(
    packed(
      { path: 'package/etc', type: 'SymbolicLink', linkpath: '/etc' },
      { path: 'package/passwd', type: 'SymbolicLink', linkpath: '/etc/passwd' },
      { path: 'package/hard', type: 'Link', linkpath: 'package/package.json' },
      { path: 'package/etc/hosts', content: 'mine' },
    ),
  );
  expect(error).toBeUndefined();
  expect((await files?.list())?.map((file) => file.path)).toEqual(['/etc/hosts', '/package.json']);
  expect((await files?.read('/etc/hosts'))?.toString()).toBe('mine');
  expect((await stat(join(files?.dir ?? '', 'etc'))).isDirectory()).toBe(true);
});

test('of a path that comes twice, the last one wins', async () => {
  const twice = ['first, and longer', 'last'].map((content) => ({ path: 'package/a.js', content }));
  const { files } = await fetchVersion(packed(...twice));
  expect((await files?.read('/a.js'))?.toString()).toBe('last');
});

test('accepts any name for the folder that everything is packed in', async () => {
  const tarball = packTarball([
    { ...manifest, path: 'react-types/package.json' },
    { path: './x/b.js', content: '1' },
  ]);
  const { files } = await fetchVersion({ tarball });
  expect((await files?.list())?.map((file) => file.path)).toEqual(['/b.js', '/package.json']);
});

const bombs: [string, () => TestVersion, Partial<RegistryOptions>, string][] = [
  [
    'zeros',
    () => packed({ path: 'package/0', content: Buffer.alloc(8 << 20) }),
    { maxUnpackedBytes: 1 << 20 },
    'TARBALL_TOO_LARGE',
  ],
  [
    'padding',
    () => ({ tarball: gzipSync(Buffer.alloc(8 << 20)) }),
    { maxUnpackedBytes: 1 << 20, maxEntries: 10 },
    'TARBALL_TOO_LARGE',
  ],
  [
    'many entries',
    () => packed(...Array.from({ length: 50 }, (_, i) => ({ path: `package/${i}`, content: '' }))),
    { maxEntries: 20 },
    'TARBALL_TOO_LARGE',
  ],
  [
    'many links',
    () =>
      packed(
        ...Array.from({ length: 50 }, (_, i) => ({
          path: `package/${i}`,
          type: 'SymbolicLink' as const,
          linkpath: 'x',
        })),
      ),
    { maxEntries: 20 },
    'TARBALL_TOO_LARGE',
  ],
  ['depth', () => packed({ path: `package/${'d/'.repeat(40)}x.js`, content: '' }), {}, 'TARBALL_INVALID'],
  [
    'a long name',
    () => packed({ path: `package/${'n'.repeat(90)}/x.js`, content: '' }, { path: 'package/y', content: '' }),
    { maxTarballBytes: 64 },
    'TARBALL_TOO_LARGE',
  ],
  ['zipped twice', () => ({ tarball: gzipSync(packPackage({ name: 'pad' }, {})) }), {}, 'TARBALL_INVALID'],
  ['no gzip', () => ({ tarball: Buffer.from('just text') }), {}, 'TARBALL_INVALID'],
  [
    'no files',
    () => ({ tarball: packTarball([{ path: 'package/', type: 'Directory' }]) }),
    {},
    'TARBALL_INVALID',
  ],
  [
    'no package.json',
    () => ({ tarball: packTarball([{ path: 'package/x.js', content: '' }]) }),
    {},
    'TARBALL_INVALID',
  ],
  [
    'a broken package.json',
    () => ({ tarball: packTarball([{ path: 'package/package.json', content: '{' }]) }),
    {},
    'TARBALL_INVALID',
  ],
  [
    'a file as a folder',
    () => packed({ path: 'package/a', content: '' }, { path: 'package/a/b', content: '' }),
    {},
    'TARBALL_INVALID',
  ],
];

test.each(bombs)('refuses %s', async (_, version, options, code) => {
  const { error, dataDir } = await fetchVersion(version(), options);
  expect(error).toMatchObject({ code, packageName: 'pad' });
  expect(await readdir(join(dataDir, 'tmp'))).toEqual([]);
});

test('a stored package that was damaged is fetched again', async () => {
  const upstream = await startTestRegistry({ packages: { pad: { versions: { '1.0.0': {} } } } });
  onTestFinished(() => upstream.close());
  const dataDir = await makeTemporaryFolder();
  await createRegistry({ npm: upstream.npm, dataDir }).files('pad', '1.0.0');
  await writeFile(join(dataDir, 'packages/pad/1.0.0/meta.json'), '{"name":');
  const files = await createRegistry({ npm: upstream.npm, dataDir }).files('pad', '1.0.0');
  expect((await files.list()).map((file) => file.path)).toEqual(['/package.json']);
});
