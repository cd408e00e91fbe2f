// compose/prebuilt.yml: the relay's image, and those of others, come from a registry of the operator's; upgrades pull them from there.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { freePort } from '../browser/start-kit.ts';
import { ensurePackages } from '../rig/debian-packages.ts';
import { type Engine, startEngine } from './rig/docker.ts';
import { buildRelay, buildStandIns, relayImage } from './rig/images.ts';
import { createStack, quickHealth, type Stack, standInNames } from './rig/stack.ts';

let engine: Engine;
let stack: Stack;
let registry: { name: string; stop(): Promise<void> };

/** Variables of .env that name the images of others. */
const variables = {
  librechat: 'LIBRECHAT_IMAGE',
  mongodb: 'MONGO_IMAGE',
  meilisearch: 'MEILISEARCH_IMAGE',
} as const;

beforeAll(async () => {
  await ensurePackages(['docker-registry']);
  engine = await startEngine();
  registry = await startImageRegistry();
  await buildRelay(engine);
  stack = await createStack(engine, {
    env: {
      COMPOSE_FILE: 'docker-compose.sandpack.yml:compose/prebuilt.yml:compose.override.yml',
      RELAY_IMAGE: `${registry.name}/team/relay:1`,
      ...Object.fromEntries(
        Object.entries(variables).map(([service, variable]) => [
          variable,
          `${registry.name}/team/${service}:1`,
        ]),
      ),
    },
  });
  await writeFile(
    join(stack.folder, 'compose.override.yml'),
    quickHealth.replace('build: { network: host }, ', ''),
  );
  const names = await standInNames(stack);
  await buildStandIns(engine, names);
  await push(relayImage, `${registry.name}/team/relay:1`);
  for (const service of Object.keys(variables)) await push(names[service] ?? '', names[service] ?? '');
}, 600_000);
afterAll(async () => {
  await stack?.remove();
  await registry?.stop();
  await engine?.stop();
});

/** Debian's registry for images, on loopback, where engines ask for no TLS. */
async function startImageRegistry(): Promise<typeof registry> {
  const folder = await mkdtemp(join(tmpdir(), 'images-'));
  const port = await freePort();
  const config = join(folder, 'config.yml');
  await writeFile(
    config,
    `version: 0.1\nlog: { accesslog: { disabled: true }, level: error }\nstorage: { filesystem: { rootdirectory: ${folder}/images } }\nhttp: { addr: 127.0.0.1:${port} }\n`,
  );
  const child = spawn('docker-registry', ['serve', config], { stdio: 'ignore' });
  const ended = new Promise((done) => child.once('exit', done));
  await vi.waitUntil(
    () =>
      fetch(`http://127.0.0.1:${port}/v2/`).then(
        ({ ok }) => ok,
        () => false,
      ),
    { timeout: 15_000 },
  );
  return {
    name: `127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Puts a local image into the registry, and forgets the name here. @returns its id */
async function push(local: string, name: string): Promise<string> {
  const id = await engine.docker(['image', 'inspect', '--format', '{{.Id}}', local]);
  await engine.docker(['tag', id, name]);
  await engine.docker(['push', '--quiet', name]);
  await engine.docker(['image', 'rm', name]);
  return id;
}

async function runningImage(service: string): Promise<string> {
  const container = await stack.compose(['ps', '--quiet', service]);
  return engine.docker(['inspect', '--format', '{{.Config.Image}}', container]);
}

const isReady = async (): Promise<boolean> =>
  (await fetch(`http://127.0.0.1:${stack.relayPort}/readyz`)).status === 200;

it('pulls every image from the operator’s registry, and builds none', async () => {
  const before = await engine.docker(['image', 'ls', '--format', '{{.Repository}}']);
  expect(before).not.toContain(registry.name);
  const { services } = JSON.parse(await stack.compose(['config', '--format', 'json']));
  expect(services.relay.build).toBeUndefined();
  await stack.compose(['up', '--detach', '--wait', '--wait-timeout', '180']);
  for (const service of ['relay', ...Object.keys(variables)])
    expect(await runningImage(service)).toBe(`${registry.name}/team/${service}:1`);
  expect(await isReady()).toBe(true);
});

it('upgrade.sh pulls the version that .env names', async () => {
  const dockerfile = `FROM ${relayImage}\nLABEL version=2\n`;
  const next = `${registry.name}/team/relay:2`;
  await engine.docker(['build', '--quiet', '--tag', 'relay-of-the-next-version', '-'], { input: dockerfile });
  await push('relay-of-the-next-version', next);
  await stack.setEnv({ RELAY_IMAGE: next });
  const { code, stderr } = await stack.script('upgrade.sh', ['--timeout', '120']);
  expect(code, stderr).toBe(0);
  expect(await runningImage('relay')).toBe(next);
  expect(await isReady()).toBe(true);
});

it('rollback.sh goes back to the image before', async () => {
  const { code, stderr } = await stack.script('rollback.sh', ['--yes']);
  expect(code, stderr).toBe(0);
  const container = await stack.compose(['ps', '--quiet', 'relay']);
  const version = '{{index .Config.Labels "version"}}';
  expect(await engine.docker(['inspect', '--format', version, container])).toBe('');
  expect(await isReady()).toBe(true);
  expect((await stack.script('rollback.sh', ['--forget'])).code).toBe(0);
  expect(await runningImage('relay')).toBe(`${registry.name}/team/relay:2`);
});

it('changes nothing when an image cannot be pulled, and says so', async () => {
  const env = await readFile(join(stack.folder, '.env'), 'utf8');
  const container = await stack.compose(['ps', '--quiet', 'relay']);
  await stack.setEnv({ RELAY_IMAGE: `${registry.name}/team/relay:3` });
  const { code, stderr } = await stack.script('upgrade.sh', ['--no-backup']);
  expect(code).toBe(1);
  expect(stderr).toContain('images cannot be pulled; nothing was changed');
  await writeFile(join(stack.folder, '.env'), env);
  expect(await stack.compose(['ps', '--quiet', 'relay'])).toBe(container);
  expect(await isReady()).toBe(true);
});
