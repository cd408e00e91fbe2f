// A real nginx on loopback for tests, as a child process: started with a configuration, reloaded, stopped.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How to start nginx. */
export interface NginxOptions {
  /** A whole nginx.conf, recognised by its `events` block, without `daemon`; or what belongs inside `http { }`. */
  conf: string;
  /** For the configuration, logs and temporary files; made if it is not there. */
  folder: string;
  /** Directives for the top level of a wrapped configuration, such as `load_module …;`. */
  main?: string;
  /** Program and first arguments. Default: the installed nginx. */
  program?: string[];
}

export interface RunningNginx {
  pid: number;
  folder: string;
  /** Text of error.log in the folder so far. */
  errorLog(): Promise<string>;
  /** Takes the configuration in, after writing `conf` if it is given, and waits until new workers answer. @throws Error with nginx's reason */
  reload(conf?: string): Promise<void>;
  stop(): Promise<void>;
}

const startsWithinMs = 10_000;

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

/** Runs `nginx -t`. @returns whether nginx accepts the configuration, and all that it says */
export async function testNginxConf(options: NginxOptions): Promise<{ ok: boolean; output: string }> {
  const [program, args] = await prepare(options);
  return new Promise((done) =>
    execFile(program, [...args, '-t'], (error, stdout, stderr) =>
      done({ ok: error === null, output: stdout + stderr }),
    ),
  );
}

/** Starts nginx and waits until it listens. @throws Error with nginx's reason */
export async function startNginx(options: NginxOptions): Promise<RunningNginx> {
  const [program, args] = await prepare(options);
  const logFile = join(options.folder, 'error.log');
  const log = (): Promise<string> => readFile(logFile, 'utf8').catch(() => '');
  const before = (await log()).length;
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const pid = child.pid as number;
  // Sockets are open before there are workers.
  await until(
    async () => (await workers(pid)).length > 0,
    child,
    async () => `nginx did not start: ${said}${(await log()).slice(before)}`,
  );

  return {
    pid,
    folder: options.folder,
    errorLog: log,
    async reload(conf) {
      if (conf !== undefined) await prepare({ ...options, conf });
      const known = (await log()).length;
      const old = await workers(pid);
      const reason = async (): Promise<string> => `nginx did not reload: ${(await log()).slice(known)}`;
      child.kill('SIGHUP');
      await until(
        async () => {
          if (/\[emerg\]/.test((await log()).slice(known))) throw new Error(await reason());
          const now = await workers(pid);
          const isNew = now.some((worker) => !old.includes(worker));
          return isNew && (await Promise.all(old.map(isLeaving))).every(Boolean);
        },
        child,
        reason,
      );
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Process ids of the master's workers (proc(5)). */
async function workers(pid: number): Promise<string[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.split(' ').filter(Boolean);
}

/** Whether a worker is gone, or takes no more connections: nginx says so in the process's title. */
async function isLeaving(worker: string): Promise<boolean> {
  const title = await readFile(`/proc/${worker}/cmdline`, 'utf8').catch(() => '');
  return title === '' || title.includes('shutting down');
}

async function until(
  isDone: () => Promise<boolean>,
  child: ChildProcess,
  reason: () => Promise<string>,
): Promise<void> {
  const deadline = Date.now() + startsWithinMs;
  while (!(await isDone())) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGTERM');
      throw new Error(await reason());
    }
    await sleep(20);
  }
}

/** Writes nginx.conf. @returns program and arguments */
async function prepare({
  conf,
  folder,
  main = '',
  program = ['nginx'],
}: NginxOptions): Promise<[string, string[]]> {
  const home = resolve(folder);
  await mkdir(join(home, 'temp'), { recursive: true });
  const isWhole = /^\s*events\s*\{/m.test(conf);
  await writeFile(join(home, 'nginx.conf'), isWhole ? conf : wrap(conf, main));
  const file = join(home, 'nginx.conf');
  // Messages from before the configuration is read go to -e.
  const args = ['-p', home, '-c', file, '-e', join(home, 'error.log')];
  const pidFile = /^\s*pid\s/m.test(conf) ? '' : ` pid ${home}/nginx.pid;`;
  const [command, ...first] = program;
  return [command as string, [...first, ...args, '-g', `daemon off;${pidFile}`]];
}

function wrap(body: string, main: string): string {
  const types = existsSync('/etc/nginx/mime.types') ? 'include /etc/nginx/mime.types;' : '';
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `  ${kind}_temp_path temp/${kind};`)
    .join('\n');
  // Workers run as root because test folders are readable by their owner only.
  return `user root;
worker_processes 1;
error_log error.log notice;
${main}
events { worker_connections 512; }
http {
  ${types}
  default_type application/octet-stream;
  access_log access.log;
${temporary}
${body}
}
`;
}
