// A deployment in a folder of its own, with the files that `npm run setup` writes, as an operator would have it in a checkout.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../../browser/start-kit.ts';
import type { Engine, Output, RunOptions } from './docker.ts';

const root = resolve(import.meta.dirname, '../../..');

/** What the image is built from and what runs it; everything else of a checkout is not needed. */
const checkout = [
  ...['LICENSE', 'NOTICE', 'package.json', 'package-lock.json', '.npmrc', '.dockerignore'],
  ...['librechat.env.example', 'docker-compose.sandpack.yml', 'compose', 'bundler-build', 'certbot'],
  ...['nginx', 'playground/librechat.ts', 'relay', 'scripts'],
];

/** The registry is reached on this machine's own network, and health is asked for more often. */
export const quickHealth = `
services:
  relay: { build: { network: host }, healthcheck: { interval: 1s } }
  librechat: { healthcheck: { interval: 1s } }
  mongodb: { healthcheck: { interval: 1s } }
  meilisearch: { healthcheck: { interval: 1s } }
`;

/** A checkout on a machine of its own: no `node_modules`, and nothing that was compiled. */
export interface Checkout {
  folder: string;
  /** Runs `docker compose <args>` in the folder. @throws Error with what it printed */
  compose(args: string[], options?: RunOptions): Promise<string>;
  /** Runs a script of compose/ in the folder. */
  script(name: string, args: string[]): Promise<Output>;
  /** Changes variables in `.env`. */
  setEnv(values: Record<string, string>): Promise<void>;
  /** Removes containers, networks, volumes and the folder. */
  remove(): Promise<void>;
}

/** A deployment. */
export interface Stack extends Checkout {
  project: string;
  /** Where the relay and LibreChat are on this machine. */
  relayPort: number;
  librechatPort: number;
  /** Port of the page that may embed previews, `http://localhost:<port>`. */
  embedderPort: number;
}

const lines = (values: Record<string, string>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

/** Copies what a deployment needs of this checkout, with compose.override.yml as the operator's own. */
export async function createCheckout(engine: Engine, override: string): Promise<Checkout> {
  const folder = await mkdtemp(join(tmpdir(), 'stack-'));
  for (const path of checkout) await cp(join(root, path), join(folder, path), { recursive: true });
  await writeFile(join(folder, 'compose.override.yml'), override);
  return {
    folder,
    compose: (args, options) => engine.docker(['compose', ...args], { cwd: folder, ...options }),
    script: (name, args) => engine.run(join(folder, 'compose', name), args, { cwd: folder }),
    async setEnv(values) {
      const file = join(folder, '.env');
      const kept = (await readFile(file, 'utf8'))
        .split('\n')
        .filter((line) => line !== '' && !Object.keys(values).some((name) => line.startsWith(`${name}=`)));
      await writeFile(file, `${kept.join('\n')}\n${lines(values)}`);
    },
    async remove() {
      await engine.run('docker', ['compose', '--profile', '*', 'down', '--volumes', '--timeout', '1'], {
        cwd: folder,
      });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** @param options `env` are further lines of .env, `relayEnv` of relay.env */
export async function createStack(
  engine: Engine,
  options: { env?: Record<string, string>; relayEnv?: Record<string, string> } = {},
): Promise<Stack> {
  const made = await createCheckout(engine, quickHealth);
  const { folder } = made;
  const [relayPort, librechatPort, embedderPort] = [await freePort(), await freePort(), await freePort()];
  const project = `preview-kit-${folder
    .slice(-6)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, 'x')}`;
  const env: Record<string, string> = {
    COMPOSE_FILE: 'docker-compose.sandpack.yml:compose.override.yml',
    COMPOSE_PROJECT_NAME: project,
    COMPOSE_PROFILES: '',
    DOMAIN: 'localhost',
    LIBRECHAT_HOSTNAME: 'librechat.localhost',
    PREVIEW_HOSTNAME: 'preview.localhost',
    RELAY_PORT: String(relayPort),
    LIBRECHAT_PORT: String(librechatPort),
    MONGO_ROOT_PASSWORD: 'c2f1b4a05d3e4f60',
    MEILI_MASTER_KEY: '8d1f6e2ab37c40d9',
    POSTGRES_PASSWORD: '5b0e9c7712aa43f8',
    CA_FILE: process.env.NODE_EXTRA_CA_CERTS || '/dev/null',
    ...options.env,
  };
  const relayEnv = {
    PREVIEW_HOSTNAME: 'preview.localhost',
    EMBED_ORIGINS: `http://localhost:${embedderPort}`,
    ...options.relayEnv,
  };
  await writeFile(join(folder, '.env'), lines(env), { mode: 0o600 });
  await writeFile(join(folder, 'relay.env'), lines(relayEnv));
  await writeFile(
    join(folder, 'librechat.env'),
    lines({ SANDPACK_BUNDLER_URL: 'https://preview.example.com' }),
    { mode: 0o600 },
  );
  await mkdir(join(folder, 'deploy'));
  return { ...made, project, relayPort, librechatPort, embedderPort };
}

/** Names of the images that Compose asks for, by service. */
export async function standInNames(stack: Checkout): Promise<Record<string, string>> {
  const { services } = JSON.parse(await stack.compose(['config', '--format', 'json']));
  return Object.fromEntries(
    Object.entries(services as Record<string, { image: string }>).map(([name, { image }]) => [name, image]),
  );
}
