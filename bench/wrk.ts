// Runs wrk, the load generator (https://github.com/wg/wrk), and reads what it prints.
import { spawn, spawnSync } from 'node:child_process';

/** One run of wrk. */
export interface LoadResult {
  requests: number;
  requestsPerSecond: number;
  /** 99 % of the answers came within this time, in ms. */
  p99Ms: number;
  /** Answers other than 2xx and 3xx, and connections that failed. */
  errors: number;
}

/** Installs wrk where that is possible. @throws Error that says how to get it */
export function ensureWrk(): void {
  if (isThere('wrk')) return;
  if (process.getuid?.() === 0 && isThere('apt-get')) {
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'wrk'], { stdio: 'inherit' });
    if (isThere('wrk')) return;
  }
  throw new Error(
    'This benchmark needs wrk. Install it, e.g. `apt-get install wrk` or `brew install wrk`, and run it again.',
  );
}

/** Whether a program can be found. */
export function isThere(program: string): boolean {
  return !spawnSync(program, ['--version'], { stdio: 'ignore' }).error;
}

/** The words in front of a command that keep it on one core; none where that cannot be done. */
export function onCore(core: number): string[] {
  return isThere('taskset') ? ['taskset', '--cpu-list', String(core)] : [];
}

/**
 * Loads one address.
 * @param load `host` is sent as Host header; `core` is where wrk runs; `script` is a file for wrk's own Lua, which may say otherwise
 */
export async function runWrk(load: {
  url: string;
  host: string;
  connections: number;
  seconds: number;
  core: number;
  script?: string;
}): Promise<LoadResult> {
  const { url, host, connections, seconds, core, script } = load;
  const [program = 'wrk', ...words] = [...onCore(core), 'wrk'];
  const child = spawn(program, [
    ...words,
    '--threads=1',
    `--connections=${connections}`,
    `--duration=${seconds}s`,
    '--timeout=10s',
    '--latency',
    '--header',
    `Host: ${host}`,
    '--header',
    'Accept-Encoding: br',
    ...(script === undefined ? [] : ['--script', script]),
    url,
  ]);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece) => {
    text += piece;
  });
  child.stderr.pipe(process.stderr);
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`wrk ended with ${code}:\n${text}`);
  return readWrk(text);
}

const msByUnit: Record<string, number> = { us: 0.001, ms: 1, s: 1000, m: 60_000 };

/** Reads wrk's own text form. */
function readWrk(text: string): LoadResult {
  const requests = /(\d+) requests in/.exec(text);
  const rate = /Requests\/sec:\s+([\d.]+)/.exec(text);
  const p99 = /99%\s+([\d.]+)(us|ms|s|m)/.exec(text);
  if (!requests || !rate || !p99) throw new Error(`wrk printed something else:\n${text}`);
  const refused = Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0);
  const failed =
    /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text)?.slice(1) ?? [];
  return {
    requests: Number(requests[1]),
    requestsPerSecond: Number(rate[1]),
    p99Ms: Number(p99[1]) * (msByUnit[p99[2] as string] as number),
    errors: failed.reduce((sum, count) => sum + Number(count), refused),
  };
}
