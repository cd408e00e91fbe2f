// The images that the deployment tests run: the relay's own, built from this checkout, on a base that is made here because no
// image registry is in reach, and stand-ins for the images of others.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Engine } from './docker.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../../..');
const output = { maxBuffer: 64 * 1024 * 1024 };

/** Name of the image that {@link buildRelay} makes, which is the one that Compose expects. */
export const relayImage = 'preview-kit/relay:local';

/** What the Dockerfile builds on, e.g. `node:24.1.0-bookworm-slim`. */
export async function baseImage(): Promise<string> {
  const dockerfile = await readFile(join(root, 'compose', 'Dockerfile'), 'utf8');
  return /^ARG NODE_IMAGE=(\S+)$/m.exec(dockerfile)?.[1] ?? '';
}

/** Builds the relay's image from a checkout, by default this one. */
export async function buildRelay(engine: Engine, folder = root): Promise<void> {
  await makeBase(engine);
  await engine.docker([
    'build',
    ...(await buildFlags()),
    ...['--file', join(folder, 'compose', 'Dockerfile'), '--tag', relayImage, folder],
  ]);
}

/** The registry that this machine's npm uses, with its CA, and the machine's network, on which that is reached. */
async function buildFlags(): Promise<string[]> {
  const flags = ['--network=host', '--progress=plain'];
  const ca = process.env.NODE_EXTRA_CA_CERTS;
  if (ca && existsSync(ca)) flags.push('--secret', `id=ca,src=${ca}`);
  const { stdout } = await run('npm', ['config', 'get', 'userconfig'], { cwd: root });
  if (existsSync(stdout.trim())) flags.push('--secret', `id=npmrc,src=${stdout.trim()}`);
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'])
    if (process.env[name]) flags.push('--build-arg', `${name}=${process.env[name]}`);
  return flags;
}

/** Debian with Node and npm from the npm registry, tagged as the image that the Dockerfile names. */
export async function makeBase(engine: Engine): Promise<void> {
  const name = await baseImage();
  if (await exists(engine, name)) return;
  const version = /:(\d+\.\d+\.\d+)-/.exec(name)?.[1];
  if (!version) throw new Error(`compose/Dockerfile names ${name}, which has no exact version of Node.`);
  const folder = await mkdtemp(join(tmpdir(), 'base-'));
  try {
    const system = join(folder, 'system');
    await run('debootstrap', ['--variant=minbase', 'bookworm', system, await debianMirror()], output);
    const packages = [`node-linux-${process.arch}@${version}`, 'npm@11'];
    await run('npm', ['pack', '--silent', '--pack-destination', folder, ...packages], {
      cwd: root,
      ...output,
    });
    const tarballs = await readdir(folder);
    const unpack = async (prefix: string, target: string) => {
      const file = tarballs.find((entry) => entry.startsWith(prefix) && entry.endsWith('.tgz')) ?? '';
      await mkdir(target, { recursive: true });
      await run('tar', ['-xzf', join(folder, file), '--strip-components=1', '-C', target]);
    };
    await unpack('node-', join(folder, 'node'));
    await cp(join(folder, 'node', 'bin', 'node'), join(system, 'usr/local/bin/node'));
    await unpack('npm-', join(system, 'usr/local/lib/node_modules/npm'));
    for (const name of ['npm', 'npx'])
      await run('ln', [
        '-s',
        `../lib/node_modules/npm/bin/${name}-cli.js`,
        join(system, 'usr/local/bin', name),
      ]);
    await run('chroot', [system, 'useradd', '--uid', '1000', '--create-home', 'node']);
    await rm(join(system, 'var/cache/apt'), { recursive: true, force: true });
    await rm(join(system, 'var/lib/apt/lists'), { recursive: true, force: true });
    await run('tar', ['-C', system, '-cf', join(folder, 'base.tar'), '.']);
    await engine.docker(['import', join(folder, 'base.tar'), name]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function debianMirror(): Promise<string> {
  const { stdout } = await run('apt-get', ['indextargets', '--format', '$(REPO_URI)']);
  const mirror = stdout.split('\n').find((uri) => /\/debian\/?$/.test(uri));
  if (!mirror) throw new Error('apt has no mirror whose address ends in /debian.');
  return mirror;
}

async function exists(engine: Engine, name: string): Promise<boolean> {
  return (await engine.run('docker', ['image', 'inspect', name])).code === 0;
}

/** Builds stand-ins of LibreChat, MongoDB and Meilisearch and gives them the names that Compose asks for. */
export async function buildStandIns(engine: Engine, names: Record<string, string>): Promise<void> {
  await makeBase(engine);
  const folder = join(import.meta.dirname, 'stand-ins');
  for (const target of ['librechat', 'mongodb', 'meilisearch'])
    await engine.docker([
      ...['build', '--network=none', '--target', target, '--tag', names[target] ?? target],
      ...['--build-arg', `NODE_IMAGE=${await baseImage()}`, folder],
    ]);
}
