// Every combination of Compose files and profiles, as Compose v2 reads them; no engine is needed.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeCommand, type Output } from './rig/docker.ts';

const root = resolve(import.meta.dirname, '../..');
const main = 'docker-compose.sandpack.yml';
const profiles = ['', 'rag', 'ollama', 'vllm', 'rag,ollama', 'rag,vllm'];
const secrets = { MONGO_ROOT_PASSWORD: 'a1', MEILI_MASTER_KEY: 'b2', POSTGRES_PASSWORD: 'c3' };

interface Service {
  image: string;
  build?: unknown;
  ports?: { host_ip: string; published: string; target: number }[];
  cap_drop: string[];
  security_opt: string[];
  restart: string;
  read_only?: boolean;
  healthcheck?: object;
  logging: { options: Record<string, string> };
  deploy: { resources: { limits?: object; reservations?: { devices?: { driver: string }[] } } };
  volumes?: { type: string; source: string }[];
  networks?: Record<string, unknown>;
}
interface Model {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
}

let compose: (args: string[], env: Record<string, string>) => Promise<Output>;
let folder: string;

beforeAll(async () => {
  compose = await composeCommand();
  folder = await mkdtemp(join(tmpdir(), 'compose-'));
  for (const file of ['relay.env', 'librechat.env', 'librechat.yaml'])
    await writeFile(join(folder, file), '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Reads files of the checkout as if they were in a folder with a deployment's env files. */
async function config(files: string[], env: Record<string, string>, ...flags: string[]): Promise<Output> {
  const named = files.flatMap((file) => ['--file', join(root, file)]);
  return compose(['--project-directory', folder, ...named, 'config', ...flags], env);
}

async function model(files: string[], env: Record<string, string> = {}): Promise<Model> {
  const { code, stdout, stderr } = await config(files, { ...secrets, ...env }, '--format', 'json');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

describe.each([
  [[main]],
  [[main, 'compose/edge.yml']],
  [[main, 'compose/prebuilt.yml']],
  [[main, 'compose/edge.yml', 'compose/prebuilt.yml', 'compose/pages.yml']],
])('%j', (files) => {
  it.each(profiles)('is valid with the profiles “%s”', async (chosen) => {
    const env = { ...secrets, COMPOSE_PROFILES: chosen, RELAY_IMAGE: 'registry.example.com/relay:1' };
    expect(await config(files, env, '--quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

describe('what the files promise', () => {
  const everything = { COMPOSE_PROFILES: 'rag,ollama,vllm' };
  const all = (): Promise<Record<string, Service>> =>
    model([main, 'compose/edge.yml'], everything).then(({ services }) => services);

  it('every service is restarted, keeps its log short, has a health check and no capability beyond what it needs', async () => {
    const services = await all();
    expect(Object.keys(services).sort()).toEqual(
      [
        ...['certbot', 'librechat', 'meilisearch', 'mongodb', 'nginx', 'ollama', 'rag_api', 'relay'],
        ...['vectordb', 'vllm'],
      ].sort(),
    );
    for (const [name, service] of Object.entries(services)) {
      expect(service.restart, name).toBe('unless-stopped');
      expect(service.cap_drop, name).toEqual(['ALL']);
      expect(service.security_opt, name).toEqual(['no-new-privileges:true']);
      expect(service.logging.options, name).toMatchObject({ 'max-size': '10m' });
      // The relay's is in its image; certbot serves nobody.
      if (!['relay', 'certbot'].includes(name)) expect(service.healthcheck, name).toBeDefined();
      const { limits, reservations } = service.deploy.resources;
      expect(limits ?? reservations, name).toBeDefined();
      for (const volume of service.volumes ?? [])
        if (volume.type === 'bind') expect(volume.source, name).toContain(folder);
    }
    const writable = Object.keys(services).filter((name) => !services[name]?.read_only);
    expect(writable.sort()).toEqual(['librechat', 'ollama', 'rag_api', 'vllm']);
  });

  it('only nginx is reached from other machines', async () => {
    const published = Object.entries(await all()).flatMap(([name, { ports = [] }]) =>
      ports.map(({ host_ip, published, target }) => `${name} ${host_ip ?? '*'}:${published}→${target}`),
    );
    expect(published.sort()).toEqual([
      'librechat 127.0.0.1:1490→3080',
      'nginx *:443→443',
      'nginx *:80→80',
      'relay 127.0.0.1:1580→1580',
    ]);
  });

  it('images have versions', async () => {
    for (const { image, build } of Object.values(await all()))
      if (!build) expect(image).toMatch(/:v?\d+\.\d+[\w.-]*$/);
  });

  it('models run on NVIDIA devices', async () => {
    const { ollama, vllm } = await all();
    for (const service of [ollama, vllm])
      expect(service?.deploy.resources.reservations?.devices?.[0]?.driver).toBe('nvidia');
  });

  it('with pages.yml LibreChat reaches the relay and no more, and reads librechat.yaml', async () => {
    const { services, networks } = await model([main, 'compose/pages.yml']);
    expect(Object.keys(services.librechat?.networks ?? {}).sort()).toEqual(['chat', 'data', 'pages']);
    expect(Object.keys(services.relay?.networks ?? {}).sort()).toEqual(['pages', 'previews']);
    expect(networks.pages).toMatchObject({ internal: true });
    const there = Object.entries(services).filter(([, { networks = {} }]) => 'pages' in networks);
    expect(there.map(([name]) => name).sort()).toEqual(['librechat', 'relay']);
    expect(services.librechat?.volumes).toContainEqual(
      expect.objectContaining({ target: '/app/librechat.yaml', read_only: true }),
    );
  });

  it('with prebuilt.yml nothing is built', async () => {
    const { services } = await model([main, 'compose/prebuilt.yml'], {
      RELAY_IMAGE: 'registry.example.com/relay:1',
    });
    expect(services.relay).toMatchObject({ image: 'registry.example.com/relay:1' });
    expect(services.relay?.build).toBeUndefined();
  });
});

describe('what is missing is named, with the remedy', () => {
  it.each(Object.keys(secrets).slice(0, 2))('%s', async (name) => {
    const { code, stderr } = await config([main], { ...secrets, [name]: '' }, '--quiet');
    expect(code).not.toBe(0);
    expect(stderr).toContain(
      `required variable ${name} is missing a value: run npm run setup, which writes .env`,
    );
  });

  it('RELAY_IMAGE with prebuilt.yml', async () => {
    const { stderr } = await config([main, 'compose/prebuilt.yml'], secrets, '--quiet');
    expect(stderr).toContain('required variable RELAY_IMAGE is missing a value: with compose/prebuilt.yml');
  });
});

it('docs/deployment/compose.md explains every variable of the Compose files', async () => {
  const files = [main, 'compose/edge.yml', 'compose/prebuilt.yml'];
  const text = (await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')))).join('\n');
  const used = new Set([...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name));
  const docs = await readFile(join(root, 'docs/deployment/compose.md'), 'utf8');
  const explained = new Set([...docs.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name));
  expect([...used].filter((name) => !explained.has(name))).toEqual([]);
});
