// A PostgreSQL server of the test's own, from Debian's package: a cluster in a temporary folder, on a loopback port, as an unprivileged user.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '../../browser/start-kit.ts';
import { ensurePackages } from '../../rig/debian-packages.ts';

const run = promisify(execFile);

/** A server that runs. */
export interface PostgresServer {
  /** Makes an empty database. @returns its address, with the password */
  createDatabase(): Promise<string>;
  /** Runs a statement in the server's first database. */
  query(text: string): Promise<Record<string, unknown>[]>;
  /** Runs one of the server's programs, e.g. `pg_dump`. @returns what it wrote */
  program(name: string, args: string[], input?: string): Promise<string>;
  /** Ends it, connections too, as a reboot does; the data stay. */
  stop(): Promise<void>;
  /** Starts it again. */
  start(): Promise<void>;
  /** It keeps its connections and answers nothing, as a machine that is gone from the network; or goes on. */
  freeze(isFrozen: boolean): Promise<void>;
  remove(): Promise<void>;
}

/** Installs PostgreSQL where it is missing, and starts a server. */
export async function startPostgres(): Promise<PostgresServer> {
  await ensurePackages(['postgresql']);
  const programs = await newestPrograms();
  const [uid, gid] = await Promise.all(['-u', '-g'].map(async (flag) => idOf(flag)));
  const as = { uid: uid as number, gid: gid as number };
  const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
  const [data, secret] = [join(folder, 'data'), join(folder, 'password')];
  const password = randomBytes(12).toString('hex');
  await writeFile(secret, password);
  await Promise.all([folder, secret].map((path) => chown(path, as.uid, as.gid)));
  await run(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'kit', '-A', 'scram-sha-256', `--pwfile=${secret}`, '--no-sync'],
    { ...as, cwd: folder },
  );
  const port = await freePort();
  const address = (database: string) => `postgres://kit:${password}@127.0.0.1:${port}/${database}`;
  const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: '', fsync: 'off' };
  let server: { pid: number; ended: Promise<unknown> } | undefined;
  let count = 0;

  async function start(): Promise<void> {
    const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = spawn(join(programs, 'postgres'), ['-D', data, ...words], { ...as, cwd: folder });
    const ended = new Promise((resolve) => child.once('close', resolve));
    let log = '';
    await new Promise<void>((resolve, reject) => {
      child.stderr.setEncoding('utf8').on('data', (piece) => {
        log += piece;
        if (log.includes('ready to accept connections')) resolve();
      });
      void ended.then(() => reject(new Error(`PostgreSQL ended:\n${log}`)));
    });
    server = { pid: child.pid as number, ended };
  }

  async function stop(): Promise<void> {
    if (!server) return;
    // “Immediate”: nobody's work is waited for.
    process.kill(server.pid, 'SIGQUIT');
    await server.ended;
    server = undefined;
  }

  async function query(text: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: address('postgres') });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }

  /** The connections of a server are processes of their own. */
  async function family(): Promise<number[]> {
    const { stdout } = await run('ps', ['--ppid', String(server?.pid), '-o', 'pid=']);
    return [server?.pid as number, ...stdout.split('\n').filter(Boolean).map(Number)];
  }
  let frozen: number[] = [];

  await start();
  return {
    start,
    stop,
    query,
    async createDatabase() {
      const name = `kit${count++}`;
      await query(`create database ${name}`);
      return address(name);
    },
    async program(name, args, input) {
      const running = run(join(programs, name), args, { maxBuffer: 64 * 1024 * 1024 });
      running.child.stdin?.end(input ?? '');
      return (await running).stdout;
    },
    async freeze(isFrozen: boolean) {
      if (isFrozen) frozen = await family();
      for (const pid of frozen) process.kill(pid, isFrozen ? 'SIGSTOP' : 'SIGCONT');
    },
    async remove() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function newestPrograms(): Promise<string> {
  const versions = (await readdir('/usr/lib/postgresql')).map(Number).sort((a, b) => b - a);
  return `/usr/lib/postgresql/${versions[0]}/bin`;
}

async function idOf(flag: string): Promise<number> {
  return Number((await run('id', [flag, 'postgres'])).stdout);
}
