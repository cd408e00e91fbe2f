// The operator's rules for packages, over HTTP: what is denied, allowed, too young or too large, and that no way leads around them.
import { afterEach, describe, expect, it } from 'vitest';
import { type Config, loadConfig } from '../../relay/config.ts';
import { bundlerPackages } from '../registry/bundler-packages.ts';
import type { TestPackage } from '../registry/test-registry.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

const day = 86_400_000;
const daysAgo = (days: number): Date => new Date(Date.now() - days * day);

const needs = (dependencies: Record<string, string>): TestPackage => ({
  versions: {
    '1.0.0': { files: { '/index.js': 'module.exports = 1;' }, manifest: { dependencies } },
  },
});

const packages: Record<string, TestPackage> = {
  ...bundlerPackages,
  app: needs({ middle: '^1.0.0' }),
  middle: needs({ evil: '^1.0.0' }),
  evil: {
    versions: {
      '1.0.0': { files: { '/index.js': 'module.exports = "good";' }, publishedAt: daysAgo(90) },
      '1.1.0': { files: { '/index.js': 'module.exports = "evil";' }, publishedAt: daysAgo(1) },
    },
  },
  fresh: { versions: { '0.1.0': { publishedAt: daysAgo(0.5) } } },
  'needs-fresh': needs({ fresh: '^0.1.0' }),
  'may-use-evil': {
    versions: {
      '1.0.0': {
        files: { '/index.js': 'module.exports = 1;' },
        manifest: { optionalDependencies: { evil: '*' } },
      },
    },
  },
  big: { versions: { '1.0.0': { files: { '/zeros.js': Buffer.alloc(200_000) } } } },
  ...Object.fromEntries(
    Array.from({ length: 60 }, (_, i) => [`chain-${i}`, needs({ [`chain-${(i + 1) % 60}`]: '*' })]),
  ),
};

const relays: TestRelay[] = [];
afterEach(async () => {
  for (const relay of relays.splice(0)) await relay.close();
});

/** A relay with these environment variables. */
async function start(env: Record<string, string>, more: Partial<Config> = {}): Promise<TestRelay> {
  const { packagesAllow, packagesDeny, minReleaseAgeMs, maxTreePackages, maxUnpackedBytes, maxTarballBytes } =
    loadConfig(env);
  const rules = {
    packagesAllow,
    packagesDeny,
    minReleaseAgeMs,
    maxTreePackages,
    maxUnpackedBytes,
    maxTarballBytes,
  };
  const relay = await startTestRelay({ packages: structuredClone(packages), config: { ...rules, ...more } });
  relays.push(relay);
  return relay;
}

/** Asks for a set that imports all of its dependencies. */
async function askSet(
  relay: TestRelay,
  d: Record<string, string>,
  r: Record<string, string> = {},
): Promise<{ status: number; error?: { code: string; message: string; remedy: string }; text: string }> {
  const query = encodeURIComponent(JSON.stringify({ d, r, i: Object.keys(d) }));
  const { status, text } = await relay.ask(`/-/set?q=${query}`);
  return { status, text, ...(status === 200 ? {} : { error: JSON.parse(text).error }) };
}

/** The version of `evil` in a set that it came along with. */
const evilIn = (text: string): string => JSON.parse(text).dependencyDependencies.evil.resolved;

async function askCdn(relay: TestRelay, path: string): Promise<{ status: number; code: string }> {
  const { status, text } = await relay.ask(`/-/cdn/${path}`);
  return { status, code: status < 400 ? text : JSON.parse(text).error.code };
}

describe('PACKAGES_DENY', () => {
  it('fails a tree with a denied package in it, and names who needs it and which setting forbids it', async () => {
    const relay = await start({ PACKAGES_DENY: 'evil' });
    expect(await askSet(relay, { app: '1.0.0' })).toMatchObject({
      status: 403,
      error: {
        code: 'PACKAGE_DENIED',
        message: 'evil may not be used here (required by middle): PACKAGES_DENY forbids it.',
        remedy: expect.stringContaining('PACKAGES_DENY'),
      },
    });
    expect(await askSet(relay, { alias: 'npm:evil@1' })).toMatchObject({ status: 403 });
    expect(await askSet(relay, { x: 'https://registry.example/evil/-/evil-1.0.0.tgz' })).toMatchObject({
      status: 403,
    });
    for (const path of [
      'unpkg.com/evil',
      'unpkg.com/evil@1.0.0/index.js',
      'cdn.jsdelivr.net/npm/evil@1.0.0/index.js',
      'data.jsdelivr.com/v1/package/npm/evil',
      'prod-packager-packages.codesandbox.io/v2/packages/evil/1.0.0.json',
    ])
      expect(await askCdn(relay, path), path).toEqual({ status: 403, code: 'PACKAGE_DENIED' });
    expect(relay.registry.requests.filter((request) => request.includes('evil'))).toEqual([]);
    expect(await askSet(relay, { 'may-use-evil': '1.0.0' })).toMatchObject({ status: 200 });
  });

  it('of a range, picks another version where one fits, and fails where none does', async () => {
    const relay = await start({ PACKAGES_DENY: 'evil@>1.0.0' });
    const { status, text } = await askSet(relay, { app: '1.0.0', evil: '*' });
    expect(status).toBe(200);
    expect(JSON.parse(text).dependencies).toContainEqual({ name: 'evil', version: '1.0.0' });
    expect(await askCdn(relay, 'cdn.jsdelivr.net/npm/evil/index.js')).toEqual({
      status: 200,
      code: 'module.exports = "good";',
    });
    for (const range of ['1.1.0', '^1.1.0'])
      expect(await askSet(relay, { evil: range })).toMatchObject({
        status: 403,
        error: { message: 'evil@1.1.0 may not be used here: PACKAGES_DENY forbids it.' },
      });
    expect(await askCdn(relay, 'unpkg.com/evil@1.1.0/index.js')).toMatchObject({ status: 403 });
    expect(await askSet(relay, { app: '1.0.0' }, { evil: '1.1.0' })).toMatchObject({ status: 403 });
  });

  it('holds for what was stored before', async () => {
    const open = await start({});
    const { text } = await askSet(open, { app: '1.0.0' });
    const { tree } = JSON.parse(text);
    expect(evilIn(text)).toBe('1.1.0');
    const { dataDir } = open;
    const strict = await start({ PACKAGES_DENY: 'evil' }, { dataDir });
    expect(await askSet(strict, { app: '1.0.0' })).toMatchObject({ status: 403 });
    expect((await strict.ask(`/-/tree/${tree}/modules?q={"i":[],"n":["evil"]}`)).status).toBe(403);
    expect(await askCdn(strict, 'unpkg.com/evil@1.1.0/index.js')).toMatchObject({ status: 403 });
    const lenient = await start({ PACKAGES_DENY: 'evil@1.1.0' }, { dataDir });
    const again = await askSet(lenient, { app: '1.0.0' });
    expect(evilIn(again.text)).toBe('1.0.0');
  });
});

describe('PACKAGES_ALLOW', () => {
  it('lets artifacts ask for what is listed, with all that it needs, and for nothing else', async () => {
    const relay = await start({ PACKAGES_ALLOW: 'app, big@^2' });
    expect(await askCdn(relay, 'unpkg.com/middle@1.0.0/index.js')).toMatchObject({ status: 403 });
    expect(await askSet(relay, { app: '1.0.0' })).toMatchObject({ status: 200 });
    // The bundler loads files of a package that came along one by one when it cannot be pre-bundled.
    expect(await askCdn(relay, 'unpkg.com/middle@1.0.0/index.js')).toMatchObject({ status: 200 });
    expect(await askCdn(relay, 'unpkg.com/evil@1.0.0/index.js')).toMatchObject({ status: 403 });
    expect(await askCdn(relay, 'cdn.tailwindcss.com/')).toMatchObject({ status: 200 });
    for (const [d, r] of [
      [{ middle: '1.0.0' }, {}],
      [{ app: 'npm:middle@1' }, {}],
      [{ app: 'https://registry.example/middle/-/middle-1.0.0.tgz' }, {}],
      [{ app: '1.0.0' }, { middle: 'npm:fresh@0.1.0' }],
      [{ app: '1.0.0', 'react-refresh': 'npm:fresh@0.1.0' }, {}],
      [{ big: '1.0.0' }, {}],
    ] as const)
      expect(await askSet(relay, d, r), JSON.stringify([d, r])).toMatchObject({
        status: 403,
        error: { code: 'PACKAGE_DENIED', message: expect.stringContaining('PACKAGES_ALLOW forbids it.') },
      });
    expect(relay.registry.requests.filter((request) => /fresh/.test(request))).toEqual([]);
  });
});

describe('MIN_RELEASE_AGE', () => {
  it('does not pick young versions, and says so where there is no other', async () => {
    const relay = await start({ MIN_RELEASE_AGE: '3d' });
    const { text } = await askSet(relay, { app: '1.0.0', evil: '*' });
    expect(JSON.parse(text).dependencies).toContainEqual({ name: 'evil', version: '1.0.0' });
    expect(await askCdn(relay, 'cdn.jsdelivr.net/npm/evil/index.js')).toMatchObject({
      code: 'module.exports = "good";',
    });
    expect(await askSet(relay, { evil: '1.1.0' })).toMatchObject({
      status: 404,
      error: {
        code: 'VERSION_TOO_YOUNG',
        message: 'evil@1.1.0 was published too recently: versions are used once they are 3 days old.',
        remedy: expect.stringContaining('MIN_RELEASE_AGE'),
      },
    });
    expect(await askSet(relay, { 'needs-fresh': '1.0.0' })).toMatchObject({
      status: 404,
      error: {
        code: 'VERSION_TOO_YOUNG',
        message: expect.stringContaining('fresh@0.1.0 was published too recently (required by needs-fresh)'),
      },
    });
    for (const path of ['unpkg.com/evil@1.1.0/index.js', 'cdn.jsdelivr.net/npm/fresh'])
      expect(await askCdn(relay, path)).toEqual({ status: 404, code: 'VERSION_TOO_YOUNG' });
    expect(await askCdn(relay, 'data.jsdelivr.com/v1/package/npm/evil')).toMatchObject({
      code: '{"tags":{"latest":"1.0.0"},"versions":["1.0.0"]}',
    });
  });

  it('asks again for packuments that were stored without publishing times, and resolves sets anew', async () => {
    const open = await start({});
    expect(evilIn((await askSet(open, { app: '1.0.0' })).text)).toBe('1.1.0');
    const careful = await start({ MIN_RELEASE_AGE: '36h' }, { dataDir: open.dataDir });
    expect(evilIn((await askSet(careful, { app: '1.0.0' })).text)).toBe('1.0.0');
    const at = careful.registry.requests.indexOf('GET /evil');
    expect(careful.registry.headers[at]).toMatchObject({ accept: 'application/json' });
    expect(careful.registry.headers[at]?.['if-none-match']).toBeUndefined();
  });

  it('does not fall back on what has no publishing times when the registry fails', async () => {
    const open = await start({});
    await askSet(open, { evil: '*' });
    const careful = await start({ MIN_RELEASE_AGE: '3' }, { dataDir: open.dataDir });
    for (const found of Object.values(careful.registry.packages))
      found.packumentFault = { kind: 'status', status: 500 };
    expect(await askSet(careful, { evil: '*' })).toMatchObject({ status: 502 });
  });
});

describe('limits', () => {
  it('MAX_TREE_PACKAGES bounds a tree', async () => {
    const relay = await start({ MAX_TREE_PACKAGES: '40' });
    expect(await askSet(relay, { 'chain-0': '*' })).toMatchObject({
      status: 413,
      error: {
        code: 'TREE_TOO_LARGE',
        message: 'The dependencies need too many packages (more than 40).',
        remedy: expect.stringContaining('MAX_TREE_PACKAGES'),
      },
    });
    expect(await askSet(relay, { app: '*' })).toMatchObject({ status: 200 });
  });

  it('MAX_TREE_PACKAGES gives up early on a tree that is far too large', async () => {
    const relay = await start({ MAX_TREE_PACKAGES: '10' });
    const wide = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`wide-${i}`, '*']));
    relay.registry.packages.wide = needs(wide);
    for (const name of Object.keys(wide)) relay.registry.packages[name] = needs({});
    expect(await askSet(relay, { wide: '*' })).toMatchObject({ status: 413 });
  });

  it.each([
    ['MAX_UNPACKED_BYTES', '100000', '100000 bytes unpacked'],
    ['MAX_TARBALL_BYTES', '1024', '1024 bytes'],
  ])('%s bounds a package', async (setting, value, limit) => {
    const relay = await start({ [setting]: value });
    const compressible = { '1.0.0': { files: { '/noise.js': noise(setting) } } };
    relay.registry.packages.big = { versions: compressible };
    expect(await askCdn(relay, 'unpkg.com/big@1.0.0/noise.js')).toEqual({
      status: 502,
      code: 'TARBALL_TOO_LARGE',
    });
    const { text } = await relay.ask('/-/cdn/unpkg.com/big@1.0.0/noise.js');
    expect(JSON.parse(text).error.message).toBe(`big@1.0.0 is too large for a preview (more than ${limit}).`);
    expect(JSON.parse(text).error.remedy).toContain(setting);
  });
});

/** 200 kB that shrink to nothing, or 3 kB that do not. */
function noise(setting: string): Buffer {
  if (setting === 'MAX_UNPACKED_BYTES') return Buffer.alloc(200_000);
  let state = 1;
  return Buffer.from(
    Array.from({ length: 3_000 }, () => {
      state = (state * 48_271) % 2_147_483_647;
      return state & 0xff;
    }),
  );
}
