// The compiled relay as a process of its own: what it prints, and how it ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settings } from '../../relay/config.ts';
import { compiledCode, root } from './compiled-code.ts';
import { ask, connectRaw } from './http-client.ts';

/**
 * Loaded before the relay: makes requests to `/crash-…` fail in ways that no error page catches, lets `/slow` run until then, and
 * breaks the end of the relay if it is told to.
 */
const crashes = `
import { Server } from 'node:http';
const emit = Server.prototype.emit;
Server.prototype.emit = function (event, request, response) {
  if (event !== 'request' || !/^\\/(crash-|slow)/.test(request.url)) return emit.apply(this, arguments);
  // In place of the relay's handler; what else listens counts connections.
  for (const listener of this.listeners('request').slice(1)) listener(request, response);
  if (request.url === '/slow') {
    response.write('first ');
    process.once('uncaughtExceptionMonitor', () => setImmediate(() => response.end('last')));
  }
  if (request.url === '/crash-late') setImmediate(() => { throw new Error('thrown later'); });
  if (request.url === '/crash-promise') void Promise.reject(new Error('rejected'));
  if (request.url === '/crash-error-event') response.destroy(new Error('destroyed'));
  if (request.url === '/crash-now') throw new Error('thrown at once');
  return true;
};
if (process.env.BROKEN_CLOSE) Server.prototype.close = () => { throw new Error('cannot close'); };`;

interface Run {
  process: ChildProcess;
  output: () => string;
  errors: () => string;
  /** Exit code, or the signal's name. */
  ended: Promise<number | string>;
}

let folder: string;
let main: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'preview-kit-process-'));
  await writeFile(join(folder, 'crashes.mjs'), crashes);
  main = join(await compiledCode(), 'relay', 'main.js');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(args: string[], env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, ['--import', join(folder, 'crashes.mjs'), main, ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      BUNDLER_DIR: join(root, 'www'),
      PORT: '0',
      CONTROL_PORT: '0',
      PREPARE_SETS: 'off',
      ...env,
    },
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (piece) => {
    output += piece;
  });
  child.stderr.setEncoding('utf8').on('data', (piece) => {
    errors += piece;
  });
  const ended = new Promise<number | string>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? (signal as string))),
  );
  return { process: child, output: () => output, errors: () => errors, ended };
}

/** Waits for the line with the address of previews. */
async function portOf({ output, errors, ended, process: child }: Run): Promise<number> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const port = /Previews\s+http:\/\/preview\.localhost:(\d+)/.exec(output())?.[1];
      if (port) resolve(Number(port));
    };
    child.stdout?.on('data', look);
    void ended.then((code) => reject(new Error(`The relay ended with ${code}: ${errors()}`)));
  });
}

describe('a running relay', () => {
  let relay: Run;
  let port: number;
  beforeAll(async () => {
    relay = run([]);
    port = await portOf(relay);
  });
  afterAll(() => void relay?.process.kill('SIGKILL'));

  it('goes on after an answer that breaks off', async () => {
    const { socket, closed } = connectRaw(port);
    socket.write('GET /crash-error-event HTTP/1.1\r\nHost: preview.localhost\r\n\r\n');
    expect(await closed).toBe('');
    expect((await ask(port, '/')).status).toBe(200);
    expect((await ask(port, '/healthz')).text).toBe('{"status":"ok"}');
    expect(relay.process.exitCode).toBeNull();
  });

  it('ends with 0 on SIGTERM', async () => {
    relay.process.kill('SIGTERM');
    expect(await relay.ended).toBe(0);
    expect(relay.output()).toContain('shutting down');
    expect(relay.errors()).toBe('');
  });
});

describe('a relay that has to end', () => {
  const say = (port: number, path: string): ReturnType<typeof connectRaw> => {
    const connection = connectRaw(port);
    connection.socket.write(`GET ${path} HTTP/1.1\r\nHost: preview.localhost\r\n\r\n`);
    return connection;
  };

  it.each([
    ['/crash-late', 'thrown later'],
    ['/crash-promise', 'rejected'],
    ['/crash-now', 'thrown at once'],
  ])(
    'because of a bug outside of any request lets running answers finish, and ends with 1: %s',
    async (path, message) => {
      const relay = run([]);
      const port = await portOf(relay);
      const slow = say(port, '/slow');
      await slow.received(/first /);
      const crash = say(port, path);
      expect(await slow.closed).toContain('last');
      expect(await relay.ended).toBe(1);
      await crash.closed;
      const fatal = relay
        .output()
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line))
        .filter(({ level }) => level === 60);
      expect(fatal).toMatchObject([{ err: { message, stack: expect.stringContaining('crashes.mjs') } }]);
    },
  );

  it('ends with 1 when its listeners cannot be closed', async () => {
    const relay = run([], { BROKEN_CLOSE: 'yes' });
    await portOf(relay);
    relay.process.kill('SIGTERM');
    expect(await relay.ended).toBe(1);
    expect(relay.output()).toContain('cannot close');
  });

  it('ends at once on a second SIGTERM, in the middle of an answer', async () => {
    const relay = run([]);
    const { received, closed } = say(await portOf(relay), '/slow');
    await received(/first /);
    relay.process.kill('SIGTERM');
    await expect.poll(relay.output).toContain('shutting down');
    const again = setInterval(() => relay.process.kill('SIGTERM'), 100);
    expect(await relay.ended).toBe(1);
    clearInterval(again);
    expect(await closed).not.toContain('last');
    expect(relay.output()).toContain('ended at once');
  });
});

describe('a relay that cannot run', () => {
  it('prints every fault of its configuration and ends with 1', async () => {
    const relay = run(['--log-level', 'loud'], {
      NODE_ENV: 'production',
      PORT: 'http',
      PREVIEW_HOSTNAME: '10.0.0.1',
      ISOLATION: 'maybe',
    });
    expect(await relay.ended).toBe(1);
    expect(relay.errors()).toBe(`relay: The configuration has 5 faults:
  - PREVIEW_HOSTNAME=10.0.0.1: an IP address cannot carry preview ids; use a DNS name (expected: name).
  - PORT=http: must be a whole number from 0 to 65535 (expected: port).
  - ISOLATION=maybe: must be one of origin, shared (expected: origin | shared).
  - --log-level=loud: must be one of fatal, error, warn, info, debug, silent (expected: fatal | error | warn | info | debug | silent).
  - EMBED_ORIGINS is empty: in production name the origins that may embed previews, e.g. EMBED_ORIGINS=https://librechat.example.com.
`);
    expect(relay.output()).toBe('');
  });

  it('names the bundler folder that is missing and ends with 1', async () => {
    const relay = run([], { BUNDLER_DIR: '/nonexistent' });
    expect(await relay.ended).toBe(1);
    expect(relay.errors()).toBe(
      'relay: BUNDLER_DIR=/nonexistent holds no bundler (manifest.json); run `npm run build` first.\n',
    );
  });

  it('ends with 1 when one of its two ports is taken', async () => {
    const first = run([]);
    const port = String(await portOf(first));
    for (const env of [{ PORT: port }, { CONTROL_PORT: port }]) {
      const second = run([], env);
      expect(await second.ended).toBe(1);
      expect(second.errors()).toContain(`another program listens there already. Set ${Object.keys(env)[0]}`);
    }
    first.process.kill('SIGINT');
    expect(await first.ended).toBe(0);
  });
});

it('relay --help names every setting', async () => {
  const relay = run(['--help']);
  expect(await relay.ended).toBe(0);
  for (const { env, flag, help } of Object.values(settings)) {
    expect(relay.output()).toContain(`--${flag} <`);
    expect(relay.output()).toContain(help);
    expect(relay.output()).toContain(`${env}; default: `);
  }
});
