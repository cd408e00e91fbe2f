// The images that the deployment tests run: the relay's own, built from this checkout, on a base that is made here because no
// image registry is in reach, and stand-ins for the images of others.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { oldListsOption } from '../../rig/debian-packages.ts';
import type { Engine } from './docker.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../../..');
const standIns = join(import.meta.dirname, 'stand-ins');
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
  const version = /:(\d+\.\d+\.\d+)-/.exec(name)?.[1];
  if (!version) throw new Error(`compose/Dockerfile names ${name}, which has no exact version of Node.`);
  await importDebian(engine, name, { suite: 'bookworm', include: [] }, async (system, folder) => {
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
  });
}

/**
 * Makes an image of Debian, unless it is there.
 * @param change gets the folder of the new system, and one for what it needs meanwhile
 */
async function importDebian(
  engine: Engine,
  name: string,
  { suite, include }: { suite: string; include: string[] },
  change: (system: string, folder: string) => Promise<void>,
): Promise<void> {
  if ((await engine.run('docker', ['image', 'inspect', name])).code === 0) return;
  const folder = await mkdtemp(join(tmpdir(), 'base-'));
  try {
    const system = join(folder, 'system');
    // Debian's script for unstable fits every newer suite.
    const script = existsSync(`/usr/share/debootstrap/scripts/${suite}`) ? suite : 'sid';
    await run('debootstrap', ['--variant=minbase', suite, system, await debianMirror(), script], output);
    if (include.length > 0) {
      const install = ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...include];
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      const update = ['apt-get', '-o', oldListsOption, 'update', '-qq'];
      await run('chroot', [system, ...update], output);
      await run('chroot', [system, ...install], { ...output, env });
    }
    await change(system, folder);
    await rm(join(system, 'var/cache/apt'), { recursive: true, force: true });
    await rm(join(system, 'var/lib/apt/lists'), { recursive: true, force: true });
    await run('tar', ['-C', system, '-cf', join(folder, 'base.tar'), '.']);
    await engine.docker(['import', join(folder, 'base.tar'), name]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What runs the kit's scripts in the images of nginx and certbot, which are Alpine's: BusyBox in place of Debian's tools. */
const busyboxTools = ['sh', 'find', 'grep', 'ls', 'sed', 'sleep', 'sort', 'touch'];

/** Stand-ins for the images of nginx, in a version that looks names up again, and certbot with a plugin: Debian's packages. */
export async function buildEdge(engine: Engine, names: Record<string, string>): Promise<void> {
  const likeAlpine = async (system: string): Promise<void> => {
    for (const tool of busyboxTools)
      await run('ln', [
        '-sf',
        '/usr/bin/busybox',
        join(system, tool === 'sh' ? 'bin' : 'usr/local/bin', tool),
      ]);
  };
  const nginx = { suite: 'forky', include: ['nginx', 'curl', 'busybox'] };
  await importDebian(engine, names.nginx ?? '', nginx, async (system) => {
    await likeAlpine(system);
    await cp(join(standIns, 'nginx.conf'), join(system, 'etc/nginx/nginx.conf'));
    for (const [log, stream] of Object.entries({ access: 'stdout', error: 'stderr' }))
      await run('ln', ['-sf', `/dev/${stream}`, join(system, 'var/log/nginx', `${log}.log`)]);
  });
  const certbot = { suite: 'bookworm', include: ['certbot', 'python3-certbot-dns-rfc2136', 'busybox'] };
  await importDebian(engine, names.certbot ?? '', certbot, likeAlpine);
}

async function debianMirror(): Promise<string> {
  const { stdout } = await run('apt-get', ['indextargets', '--format', '$(REPO_URI)']);
  const mirror = stdout.split('\n').find((uri) => /\/debian\/?$/.test(uri));
  if (!mirror) throw new Error('apt has no mirror whose address ends in /debian.');
  return mirror;
}

/** A stand-in for the image of pgvector, with the real database; and one for rag_api, which only says that it is up. */
export async function buildRag(engine: Engine, names: Record<string, string>): Promise<void> {
  const system = { suite: 'trixie', include: ['postgresql-17', 'postgresql-17-pgvector', 'python3'] };
  const base = `preview-kit/stand-in:${system.include.join('-')}`;
  await importDebian(engine, base, system, async () => {});
  for (const target of ['vectordb', 'rag_api'])
    await engine.docker([
      ...['build', '--network=none', '--tag', names[target] ?? target, '--target', target],
      ...['--build-arg', `RAG_IMAGE=${base}`, '--file', join(standIns, 'rag.Dockerfile'), standIns],
    ]);
}

/** Builds stand-ins of LibreChat, MongoDB and Meilisearch and gives them the names that Compose asks for. */
export async function buildStandIns(engine: Engine, names: Record<string, string>): Promise<void> {
  await makeBase(engine);
  for (const target of ['librechat', 'mongodb', 'meilisearch'])
    await engine.docker([
      ...['build', '--network=none', '--target', target, '--tag', names[target] ?? target],
      ...['--build-arg', `NODE_IMAGE=${await baseImage()}`, standIns],
    ]);
}
