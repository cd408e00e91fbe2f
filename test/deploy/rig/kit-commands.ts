// The kit's compiled commands as child processes, as an operator runs them.
import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './tls-request.ts';

export const root = resolve(import.meta.dirname, '../../..');

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end, with nothing on its standard input. */
export function runProgram(
  command: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string | undefined> } = {},
): Promise<Finished> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env } as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', fail);
    child.on('close', (code) => done({ code, stdout, stderr }));
  });
}

/** `npm run setup -- …args` in a folder, without npm. */
export function runSetup(
  folder: string,
  args: string[],
  env: Record<string, string | undefined> = {},
): Promise<Finished> {
  return runProgram(process.execPath, [resolve(root, 'dist/relay/cli/setup.js'), ...args], {
    cwd: folder,
    env: { REGISTRY_TOKEN: undefined, ...env },
  });
}

export interface RunningProcess {
  child: ChildProcess;
  stop(): Promise<void>;
}

/** The compiled relay in production mode; returns when it is ready to serve. */
export async function startRelayProcess(port: number, env: Record<string, string>): Promise<RunningProcess> {
  const child = spawn(process.execPath, [resolve(root, 'dist/relay/main.js')], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      CONTROL_PORT: '0',
      LOG_LEVEL: 'warn',
      PREPARE_SETS: 'off',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const isReady = (): Promise<boolean> =>
    ask({ port, host: '127.0.0.1', path: '/readyz' }).then(
      ({ status }) => status === 200,
      () => false,
    );
  const deadline = Date.now() + 30_000;
  while (!(await isReady())) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`The relay did not start: ${said}`);
    await sleep(50);
  }
  return {
    child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await ended;
    },
  };
}
