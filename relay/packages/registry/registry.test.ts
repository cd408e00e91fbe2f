import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packageErrorOf, pad, setUpRegistry } from '../../../test/registry/set-up-registry.ts';
import { startTestRegistry } from '../../../test/registry/test-registry.ts';

test('resolves ranges, tags and versions as npm does', async () => {
  const { registry } = await setUpRegistry({ pad });
  expect(await registry.resolve('pad', '^1.0.0')).toBe('1.2.0');
  expect(await registry.resolve('pad', '')).toBe('1.2.0');
  expect(await registry.resolve('pad', 'next')).toBe('2.0.0');
  expect(await registry.resolve('pad', '1.0.0')).toBe('1.0.0');
});

test('says which range was asked for and which version is the newest', async () => {
  const { registry } = await setUpRegistry({ pad });
  const error = await packageErrorOf(registry.resolve('pad', '^9.0.0'));
  expect(error).toMatchObject({ code: 'VERSION_NOT_FOUND', status: 404, packageName: 'pad' });
  expect(error.message).toBe('No version of pad matches ^9.0.0; the newest is 1.2.0.');
  expect(await packageErrorOf(registry.files('pad', '1.5.0'))).toMatchObject({ code: 'VERSION_NOT_FOUND' });
});

test('finds a version that was published a moment ago', async () => {
  const { upstream, registry } = await setUpRegistry({ pad });
  await registry.resolve('pad', '^1.0.0');
  upstream.packages.pad = { versions: { ...pad.versions, '3.0.0': {} } };
  expect(await registry.resolve('pad', '3.0.0')).toBe('3.0.0');
});

test.each(['../up', 'a/b', '.', '', 'pad@1', 'http://x', '@scope', '@a/../b'])(
  'refuses the name %j',
  async (name) => {
    const { upstream, registry } = await setUpRegistry({});
    expect(await packageErrorOf(registry.packument(name))).toMatchObject({
      code: 'INVALID_NAME',
      status: 400,
    });
    expect(await packageErrorOf(registry.files(name, '1.0.0'))).toMatchObject({ code: 'INVALID_NAME' });
    expect(upstream.requests).toEqual([]);
  },
);

test.each([
  'git+ssh://git@host/x.git',
  'github:a/b',
  'file:../x',
  'https://user:secret@host/x.tgz',
  'npm:other@1',
])('refuses the range %j without repeating credentials', async (range) => {
  const { registry } = await setUpRegistry({});
  const error = await packageErrorOf(registry.resolve('pad', range));
  expect(error).toMatchObject({ code: 'INVALID_RANGE', status: 400 });
  expect(error.message).not.toContain('secret');
});

test.each(['1.0', '../1.0.0', '^1.0.0', 'latest'])(
  'hands out files of exact versions only, not of %j',
  async (version) => {
    const { registry } = await setUpRegistry({ pad });
    expect(await packageErrorOf(registry.files('pad', version))).toMatchObject({ code: 'INVALID_RANGE' });
  },
);

test('unpacks a package and lists its files with sizes and hashes', async () => {
  const { upstream, registry, dataDir } = await setUpRegistry({
    '@scope/pad': { versions: { '1.0.0': { files: { '/dist/index.js': 'x = 1', '/README.md': '' } } } },
  });
  const files = await registry.files('@scope/pad', '1.0.0');
  expect(files).toMatchObject({ name: '@scope/pad', version: '1.0.0', packageJson: { name: '@scope/pad' } });
  expect(files.integrity).toMatch(/^sha512-/);
  expect(files.dir).toBe(join(dataDir, 'packages/@scope/pad/1.0.0/files'));
  const list = await files.list();
  expect(list.map((file) => file.path)).toEqual(['/README.md', '/dist/index.js', '/package.json']);
  expect(list[0]).toEqual({
    path: '/README.md',
    size: 0,
    hash: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  });
  expect((await files.read('/dist/index.js')).toString()).toBe('x = 1');
  expect(await readdir(join(dataDir, 'tmp'))).toEqual([]);
  expect(upstream.requests).toEqual(['GET /@scope/pad', 'GET /@scope/pad/-/pad-1.0.0.tgz']);
});

test.each(['/nope.js', '/../meta.json', '/dist', 'index.js', '/__proto__'])(
  'has no file %j',
  async (path) => {
    const { registry } = await setUpRegistry({ pad });
    const files = await registry.files('pad', '1.0.0');
    expect(await packageErrorOf(files.read(path))).toMatchObject({ code: 'FILE_NOT_FOUND', status: 404 });
  },
);

test('asks once for what many want at the same time', async () => {
  const { upstream, registry } = await setUpRegistry({ pad });
  await Promise.all(Array.from({ length: 20 }, () => registry.files('pad', '1.0.0')));
  expect(upstream.requests).toEqual(['GET /pad', 'GET /pad/-/pad-1.0.0.tgz']);
});

test('keeps a packument for its time, then revalidates it by etag', async () => {
  const { upstream, registry, another } = await setUpRegistry({ pad });
  await registry.packument('pad');
  await registry.packument('pad');
  expect(upstream.requests).toHaveLength(1);
  const impatient = another({ maxAgeMs: 0 });
  expect((await impatient.packument('pad'))['dist-tags']).toEqual(pad.tags);
  expect(upstream.headers[1]?.['if-none-match']).toMatch(/^"/);
  upstream.packages.pad = { versions: { '7.0.0': {} } };
  expect(await impatient.resolve('pad', '*')).toBe('7.0.0');
});

test.each([
  { kind: 'status', status: 500 },
  { kind: 'status', status: 401 },
  { kind: 'hang' },
  { kind: 'garbage' },
] as const)('serves the last answer when the registry fails: %j', async (fault) => {
  const { upstream, registry } = await setUpRegistry({ pad }, { maxAgeMs: 0 });
  await registry.packument('pad');
  upstream.packages.pad = { ...pad, packumentFault: { ...fault } };
  expect((await registry.packument('pad')).name).toBe('pad');
});

test('does not wait again for a registry that was silent a moment ago', async () => {
  const { upstream, registry } = await setUpRegistry({ pad, other: pad }, { maxAgeMs: 0 });
  await registry.packument('pad');
  await registry.packument('other');
  for (const name of ['pad', 'other']) upstream.packages[name] = { ...pad, packumentFault: { kind: 'hang' } };
  await registry.packument('pad');
  const asked = upstream.requests.length;
  await registry.packument('other');
  expect(upstream.requests).toHaveLength(asked);
});

test('serves the last answer while a slow registry makes up its mind, and the new one when it has', async () => {
  const { upstream, registry } = await setUpRegistry({ pad }, { maxAgeMs: 0, timeoutMs: 10_000 });
  await registry.packument('pad');
  upstream.packages.pad = {
    versions: { '7.0.0': {} },
    packumentFault: { kind: 'late', afterMs: 3_000 },
  };
  const startedAt = performance.now();
  expect((await registry.packument('pad'))['dist-tags']).toEqual(pad.tags);
  expect(performance.now() - startedAt).toBeLessThan(2_900);
  await expect
    .poll(async () => Object.keys((await registry.packument('pad')).versions), { timeout: 8_000 })
    .toEqual(['7.0.0']);
}, 15_000);

test('a package whose versions were all unpublished has none to offer', async () => {
  const { registry } = await setUpRegistry({ pad: { versions: {}, tags: {} } });
  expect(await packageErrorOf(registry.resolve('pad', '*'))).toMatchObject({ code: 'VERSION_NOT_FOUND' });
});

test('a package that is gone is gone', async () => {
  const { upstream, registry } = await setUpRegistry({ pad }, { maxAgeMs: 0 });
  await registry.packument('pad');
  delete upstream.packages.pad;
  expect(await packageErrorOf(registry.packument('pad'))).toMatchObject({ code: 'PACKAGE_NOT_FOUND' });
});

test('serves after a restart without a registry', async () => {
  const { upstream, registry, another } = await setUpRegistry({ pad });
  await registry.files('pad', await registry.resolve('pad', '^1.0.0'));
  await upstream.close();
  const restarted = another({ maxAgeMs: 0 });
  const files = await restarted.files('pad', await restarted.resolve('pad', '^1.0.0'));
  expect((await files.read('/index.js')).toString()).toBe('two');
});

test.each([
  [{ kind: 'status', status: 500 }, 'REGISTRY_FAILED'],
  [{ kind: 'hang' }, 'REGISTRY_TIMEOUT'],
] as const)(
  'what another registry said of a name is not served when the present one fails: %j',
  async (fault, code) => {
    const { registry, another } = await setUpRegistry({ pad, other: pad });
    await registry.packument('pad');
    await registry.packument('other');
    const present = await startTestRegistry({
      packages: Object.fromEntries(
        ['pad', 'other'].map((name) => [name, { ...pad, packumentFault: { ...fault } }]),
      ),
    });
    onTestFinished(() => present.close());
    const moved = another({ npm: present.npm, timeoutMs: 500 });
    expect(await packageErrorOf(moved.packument('pad'))).toMatchObject({ code });
    // Nor when it is known to be down.
    expect(await packageErrorOf(moved.packument('other'))).toMatchObject({ code });
    expect(await packageErrorOf(moved.resolve('pad', '^1.0.0'))).toMatchObject({ code });
    expect(await packageErrorOf(moved.files('pad', '1.0.0'))).toMatchObject({ code });
  },
);

test('offline, what is stored serves, whichever registry it came from: a bundle brings it from another machine', async () => {
  const { registry, another } = await setUpRegistry({ pad });
  await registry.files('pad', '1.2.0');
  const offline = another({ offline: true, npm: { registry: 'http://127.0.0.1:9/' } });
  expect(await offline.resolve('pad', '^1.0.0')).toBe('1.2.0');
});

test('a password in the address of the registry is not stored, and a new one makes no other registry', async () => {
  const { upstream, another, dataDir } = await setUpRegistry({ pad });
  const withPassword = (password: string): string =>
    upstream.url.replace('//', `//user:${password}@`).replace(/\/$/, '');
  await another({ npm: { registry: withPassword('sesame') } }).packument('pad');
  expect(upstream.headers[0]?.authorization).toMatch(/^Basic /);
  expect(await readFile(join(dataDir, 'packuments/pad.json'), 'utf8')).not.toMatch(/sesame|user/);
  const later = another({ npm: { registry: withPassword('simsalabim') }, maxAgeMs: 0 });
  await later.packument('pad');
  expect(upstream.headers[1]?.['if-none-match']).toMatch(/^"/);
});

test('offline, asks nobody and names what is missing', async () => {
  const { upstream, registry, another } = await setUpRegistry({ pad });
  await registry.packument('pad');
  const asked = upstream.requests.length;
  const offline = another({ offline: true });
  expect(await packageErrorOf(offline.packument('other'))).toMatchObject({
    code: 'OFFLINE_MISSING',
    status: 503,
  });
  expect(await packageErrorOf(offline.files('pad', '1.0.0'))).toMatchObject({ code: 'OFFLINE_MISSING' });
  expect(await packageErrorOf(offline.resolve('pad', '^9.0.0'))).toMatchObject({ code: 'OFFLINE_MISSING' });
  expect(upstream.requests).toHaveLength(asked);
});

test('offline, prefers the versions that are stored', async () => {
  const { registry, another } = await setUpRegistry({ pad });
  await registry.files('pad', '1.0.0');
  const offline = another({ offline: true });
  expect(await offline.resolve('pad', '^1.0.0')).toBe('1.0.0');
  expect(await offline.resolve('pad', 'latest')).toBe('1.0.0');
  expect(await offline.resolve('pad', '^2.0.0')).toBe('2.0.0');
});

test('two relays can share one folder', async () => {
  const { registry, another, dataDir } = await setUpRegistry({ pad });
  const relays = [registry, another(), another(), another()];
  const files = await Promise.all(relays.map((relay) => relay.files('pad', '1.2.0')));
  for (const copy of files) expect((await copy.read('/index.js')).toString()).toBe('two');
  expect(await readdir(join(dataDir, 'tmp'))).toEqual([]);
});
