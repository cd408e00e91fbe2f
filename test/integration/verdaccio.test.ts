// A real private registry: tokens and scopes as .npmrc has them, a registry that passes others on, and what is told to nobody.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Config } from '../../relay/config.ts';
import { loadNpmOptions } from '../../relay/packages/npm/npm-config.ts';
import { bundlerPackages } from '../registry/bundler-packages.ts';
import { startTestRegistry, type TestRegistry } from '../registry/test-registry.ts';
import { installVerdaccio, startVerdaccio, type Verdaccio } from '../registry/verdaccio.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

let folder: string;
/** What everyone can read; Verdaccio's uplink. */
let open: TestRegistry;
let verdaccio: Verdaccio;
const relays: TestRelay[] = [];

beforeAll(async () => {
  await installVerdaccio();
  folder = await mkdtemp(join(tmpdir(), 'preview-kit-verdaccio-'));
  open = await startTestRegistry({
    packages: {
      ...bundlerPackages,
      shout: { versions: { '2.1.0': { files: { '/index.js': 'module.exports = (t) => t + "!";' } } } },
      '@types-like/shout': { versions: { '1.0.0': {} } },
    },
  });
  verdaccio = await startVerdaccio({ folder, uplink: open.url });
  await verdaccio.publish(
    { name: '@acme/core', version: '1.0.0' },
    { 'index.js': 'module.exports = "the core of Acme";' },
  );
  await verdaccio.publish(
    {
      name: '@acme/parts',
      version: '1.0.0',
      dependencies: { '@acme/core': '^1.0.0', shout: '^2.0.0' },
    } as { name: string; version: string },
    { 'index.js': 'module.exports = require("shout")(require("@acme/core"));' },
  );
}, 300_000);

afterEach(async () => {
  for (const relay of relays.splice(0)) await relay.close();
});
afterAll(async () => {
  await verdaccio?.close();
  await open?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** A relay whose working directory has this .npmrc. */
async function start(npmrc: string[], config: Partial<Config> = {}): Promise<TestRelay> {
  const cwd = await mkdtemp(join(folder, 'relay-'));
  await mkdir(join(cwd, 'home'));
  await writeFile(join(cwd, 'package.json'), '{}');
  await writeFile(join(cwd, '.npmrc'), npmrc.join('\n'));
  const env = { HOME: join(cwd, 'home'), PREFIX: join(cwd, 'home'), ACME_TOKEN: verdaccio.token };
  const npm = await loadNpmOptions({ cwd, env });
  const relay = await startTestRelay({ npm, config: { registryTimeoutMs: 10_000, ...config } });
  relays.push(relay);
  return relay;
}

const host = (): string => new URL(verdaccio.url).host;
const scoped = (token: string): string[] => [
  `registry=${open.url}`,
  `@acme:registry=${verdaccio.url}`,
  `//${host()}/:_authToken=${token}`,
];

async function askSet(relay: TestRelay, d: Record<string, string>) {
  const query = encodeURIComponent(JSON.stringify({ d, r: {}, i: Object.keys(d) }));
  const { status, text } = await relay.ask(`/-/set?q=${query}`);
  return { status, text, error: status === 200 ? undefined : JSON.parse(text).error };
}

describe('a private scope with a registry of its own', () => {
  it('is served with the token from .npmrc, which nobody else gets to see', async () => {
    const relay = await start(scoped(`\${ACME_TOKEN}`));
    const before = open.requests.length;
    const { status, text } = await askSet(relay, { '@acme/parts': '^1.0.0' });
    expect(status).toBe(200);
    expect(text).toContain('the core of Acme');
    expect(text).toContain('/node_modules/shout/package.json');
    const file = await relay.ask('/-/cdn/cdn.jsdelivr.net/npm/@acme/core@1/index.js');
    expect(file).toMatchObject({ status: 200, text: 'module.exports = "the core of Acme";' });
    const flat = await relay.ask('/-/cdn/data.jsdelivr.com/v1/package/npm/@acme/core@1.0.0/flat');
    expect(JSON.parse(flat.text).files.map((entry: { name: string }) => entry.name)).toEqual([
      '/index.js',
      '/package.json',
    ]);

    expect(open.headers.slice(before).filter((headers) => headers.authorization)).toEqual([]);
    expect(open.requests.slice(before).filter((request) => request.includes('acme'))).toEqual([]);
    const told = [text, file.text, flat.text, JSON.stringify([file.headers, flat.headers, relay.log])].join();
    for (const secret of [verdaccio.token, host()]) expect(told).not.toContain(secret);
  });

  it.each([
    ['a wrong token', () => scoped('not-the-token')],
    ['no token', () => scoped('').slice(0, 2)],
    [
      'a token for another registry',
      () => [...scoped('').slice(0, 2), `//other.example/:_authToken=${verdaccio.token}`],
    ],
  ])('is refused with %s, in words that help', async (_, npmrc) => {
    const relay = await start(npmrc());
    const { status, text, error } = await askSet(relay, { '@acme/parts': '^1.0.0' });
    expect({ status, error }).toEqual({
      status: 502,
      error: {
        code: 'REGISTRY_REFUSED',
        message: 'The npm registry refused to hand out @acme/parts.',
        remedy: "Check the registry's token in .npmrc, and that it may read this package.",
      },
    });
    const told = text + JSON.stringify(relay.log);
    for (const secret of ['not-the-token', verdaccio.token]) expect(told).not.toContain(secret);
    expect(text).not.toContain(host());
    // Everything else goes on.
    expect((await askSet(relay, { shout: '^2.0.0' })).status).toBe(200);
  });

  it('is found in a version of a moment ago', async () => {
    const relay = await start(scoped(`\${ACME_TOKEN}`));
    expect((await askSet(relay, { '@acme/core': '^1.0.0' })).status).toBe(200);
    const update = { name: '@acme/core', version: '1.1.0' };
    await verdaccio.publish(update, { 'index.js': 'module.exports = "a newer core";' });
    const { text } = await askSet(relay, { '@acme/core': '1.1.0' });
    expect(text).toContain('a newer core');
  });
});

describe('one registry that passes others on', () => {
  it('serves public and private packages alike', async () => {
    const relay = await start([`registry=${verdaccio.url}`, `//${host()}/:_authToken=${verdaccio.token}`]);
    const { status, text } = await askSet(relay, { '@acme/parts': '^1.0.0', shout: '*' });
    expect(status).toBe(200);
    expect(text).toContain('core');
    const { error } = await askSet(relay, { 'not-anywhere': '*' });
    expect(error).toMatchObject({ code: 'PACKAGE_NOT_FOUND' });
  });

  it('states publishing times, so that young versions can be told', async () => {
    const relay = await start(
      [
        `registry=${verdaccio.url}`,
        `@acme:registry=${verdaccio.url}`,
        `//${host()}/:_authToken=${verdaccio.token}`,
      ],
      { minReleaseAgeMs: 36 * 3_600_000 },
    );
    expect((await askSet(relay, { '@acme/core': '1.0.0' })).error).toMatchObject({
      code: 'VERSION_TOO_YOUNG',
      message: '@acme/core@1.0.0 was published too recently: versions are used once they are 36 hours old.',
    });
  });
});
