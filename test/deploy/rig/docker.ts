// A Docker engine of the tests' own, with BuildKit and Compose v2: its own socket, data and networks, no firewall rules, and no
// registry in reach. Its data is kept between runs, so that a second run finds the images built.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensurePackages, unpackFrom } from '../../rig/debian-packages.ts';

const root = resolve(import.meta.dirname, '../../..');
const cache = join(root, 'node_modules', '.cache', 'preview-kit-docker');
const cliPlugins = ['docker-compose', 'docker-buildx'];
const pluginFolder = 'usr/libexec/docker/cli-plugins';

/** What a command printed, and its exit code. */
export interface Output {
  code: number;
  stdout: string;
  stderr: string;
}

/** How to run a command. */
export interface RunOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** Written to the command's standard input, which is empty otherwise. */
  input?: string;
  /** After which the command is ended, in ms. */
  timeoutMs?: number;
}

/** A running engine. */
export interface Engine {
  /** Environment in which `docker` and `docker compose` talk to this engine and know nothing of the machine's own. */
  env: Record<string, string>;
  /** Runs `docker <args>`. @returns its standard output without the last line break @throws Error with what it printed */
  docker(args: string[], options?: RunOptions): Promise<string>;
  /** Runs any command in {@link env} and never throws for its exit code. */
  run(command: string, args: string[], options?: RunOptions): Promise<Output>;
  /** Ends the engine with all containers, as a reboot does, and starts it again. */
  reboot(): Promise<void>;
  stop(): Promise<void>;
}

/** Compose v2, which can read its files without an engine. @returns a function that runs `docker compose <args>` in an otherwise empty environment */
export async function composeCommand(): Promise<
  (args: string[], env: Record<string, string>) => Promise<Output>
> {
  const plugin = join(await unpackTools(), pluginFolder, 'docker-compose');
  const path = { PATH: process.env.PATH ?? '', HOME: tmpdir() };
  return (args, env) => runCommand(plugin, args, { ...path, ...env });
}

async function unpackTools(): Promise<string> {
  const tools = join(cache, 'tools');
  await unpackFrom('trixie', ['docker-cli', ...cliPlugins], tools);
  return tools;
}

/**
 * Starts the engine, after installing Debian's packages for it.
 * @throws Error with the end of the engine's log when it does not come up
 */
export async function startEngine(): Promise<Engine> {
  await ensurePackages(['docker.io', 'debootstrap', 'iptables']);
  const tools = await unpackTools();
  const folder = await mkdtemp(join(tmpdir(), 'engine-'));
  const plugins = join(folder, 'config', 'cli-plugins');
  await mkdir(plugins, { recursive: true });
  for (const name of cliPlugins) await symlink(join(tools, pluginFolder, name), join(plugins, name));
  const socket = join(folder, 'socket');
  const env: Record<string, string> = {
    ...withoutCompose(process.env),
    PATH: `${join(tools, 'usr/bin')}:${process.env.PATH}`,
    DOCKER_HOST: `unix://${socket}`,
    DOCKER_CONFIG: join(folder, 'config'),
    DOCKER_BUILDKIT: '1',
  };
  const run: Engine['run'] = (command, args, options) => runCommand(command, args, env, options);
  let daemon = await startDaemon(folder, socket, run);
  await removeLeftovers(run);
  return {
    env,
    run,
    async docker(args, options) {
      const { code, stdout, stderr } = await run('docker', args, options);
      if (code !== 0) throw new Error(`docker ${args.join(' ')} ended with ${code}:\n${stderr || stdout}`);
      return stdout.trimEnd();
    },
    async reboot() {
      await endDaemon(daemon);
      daemon = await startDaemon(folder, socket, run);
    },
    async stop() {
      await endDaemon(daemon);
      // Where a container had the machine's own network, the engine leaves this mounted.
      await run('umount', ['--quiet', join(folder, 'exec', 'netns', 'default')]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The machine's own Docker and Compose settings must not reach the tests. */
function withoutCompose(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(DOCKER_|COMPOSE_|BUILDX_|BUILDKIT_)/.test(name)),
  ) as Record<string, string>;
}

/** What a run that was interrupted has left; images stay. */
async function removeLeftovers(run: Engine['run']): Promise<void> {
  const { stdout } = await run('docker', ['ps', '--all', '--quiet']);
  const containers = stdout.split('\n').filter(Boolean);
  if (containers.length > 0) await run('docker', ['rm', '--force', '--volumes', ...containers]);
  for (const kind of ['network', 'volume']) await run('docker', [kind, 'prune', '--force']);
}

async function startDaemon(folder: string, socket: string, run: Engine['run']): Promise<ChildProcess> {
  const data = join(cache, 'data');
  await mkdir(data, { recursive: true });
  const log = join(folder, 'log');
  const daemon = spawn(
    'dockerd',
    [
      ['--host', `unix://${socket}`],
      ['--data-root', data],
      ['--exec-root', join(folder, 'exec')],
      ['--pidfile', join(folder, 'pid')],
      // Containers reach each other and are reached from this machine; nothing is routed or translated for them.
      ['--bridge=none', '--iptables=false', '--ip6tables=false', '--ip-forward=false'],
      ['--default-address-pool', 'base=10.213.0.0/16,size=24'],
    ].flat(),
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const lines: string[] = [];
  const file = createWriteStream(log, { flags: 'a' });
  for (const stream of [daemon.stdout, daemon.stderr])
    stream?.on('data', (text) => {
      lines.push(String(text));
      if (lines.length > 50) lines.shift();
      file.write(text);
    });
  for (const deadline = Date.now() + 60_000; ; ) {
    const { code } = await run('docker', ['version'], { timeoutMs: 5_000 });
    if (code === 0) return daemon;
    if (daemon.exitCode !== null || Date.now() > deadline)
      throw new Error(`The Docker engine did not come up:\n${lines.join('')}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

async function endDaemon(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null) return;
  const ended = new Promise((done) => daemon.once('exit', done));
  daemon.kill('SIGTERM');
  await ended;
}

function runCommand(
  command: string,
  args: string[],
  env: Record<string, string>,
  { cwd = root, env: more = {}, input, timeoutMs = 600_000 }: RunOptions = {},
): Promise<Output> {
  return new Promise((done) => {
    const child = execFile(
      command,
      args,
      { cwd, env: { ...env, ...more }, timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
        done({ code, stdout, stderr: error && code === 1 && !stderr ? error.message : stderr });
      },
    );
    // A command may end without reading.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
  });
}
