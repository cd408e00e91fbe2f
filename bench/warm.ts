// `npm run bench:warm`: how long warming takes and how much memory, and how fast a relay answers that was just started.
// Fills a temporary data folder from the configured npm registry first; that part depends on the network and is shown apart.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findImports } from '../relay/browser/imports.ts';
import { formatBytes } from '../relay/cli/progress.ts';
import { reactArtifactFiles } from '../relay/packages/librechat-files.ts';
import { artifactSets } from '../relay/packages/standard-sets.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const dist = join(root, 'dist');
const samplesAtMs = 50;
const ticksPerSecond = 100;
const runs = 3;

/** One run of the warm command. */
interface WarmRun {
  seconds: number;
  /** CPU time of the command and esbuild; it does not depend on what else the machine does. Undefined without /proc. */
  cpuSeconds: number | undefined;
  /** Largest sum over the command and esbuild. */
  peakBytes: number | undefined;
}

const dataDir = await mkdtemp(join(tmpdir(), 'preview-kit-bench-'));
try {
  const cold = await warm([]);
  await forget('trees', 'prebundles', 'finished');
  const all = await warm([]);
  const standard: WarmRun[] = [];
  for (let run = 0; run < runs; run += 1) {
    await forget('trees', 'prebundles', 'finished');
    standard.push(await warm(['--sets', 'react-18', '--no-pin']));
  }
  const example = join(root, 'examples', 'dashboard.tsx');
  await warm([example]);
  const again = await warm([]);
  const imports = findImports(reactArtifactFiles(await readFile(example, 'utf8')));
  const known: number[] = [];
  const unknown: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    known.push(await firstAnswerMs(imports));
    unknown.push(await firstAnswerMs([...imports, 'vaul'].sort()));
    await forget('finished');
    await warm([example]);
  }
  show([
    ['all sets, from the registry', seconds([cold]), cpu([cold]), memory([cold])],
    ['all sets, from stored packages', seconds([all]), cpu([all]), memory([all])],
    ['all sets, nothing to do', seconds([again]), cpu([again]), memory([again])],
    ['standard set (React 18), from stored packages', seconds(standard), cpu(standard), memory(standard)],
    ['first answer of a new relay, known artifact', `${median(known).toFixed(0)} ms`, '', ''],
    ['first answer of a new relay, new artifact', `${median(unknown).toFixed(0)} ms`, '', ''],
    ['store on disk', formatBytes(await sizeOf(dataDir)), '', ''],
  ]);
} finally {
  await rm(dataDir, { recursive: true, force: true });
}

async function warm(args: string[]): Promise<WarmRun> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [join(dist, 'relay', 'cli', 'warm.js'), ...args], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peak: ProcessUse | undefined;
  const sampling = setInterval(async () => {
    const use = await readUse(child.pid ?? 0);
    if (use)
      peak = {
        bytes: Math.max(peak?.bytes ?? 0, use.bytes),
        cpuSeconds: Math.max(peak?.cpuSeconds ?? 0, use.cpuSeconds),
      };
  }, samplesAtMs);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(sampling);
  if (code !== 0) throw new Error(`warm ${args.join(' ')} ended with ${code}.`);
  return {
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: peak?.cpuSeconds,
    peakBytes: peak?.bytes,
  };
}

interface ProcessUse {
  bytes: number;
  cpuSeconds: number;
}

/** Memory and CPU time of a process and its children so far; undefined where the system does not tell. */
async function readUse(pid: number): Promise<ProcessUse | undefined> {
  const [status, times] = await Promise.all(
    ['status', 'stat'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => undefined)),
  );
  if (status === undefined || times === undefined) return undefined;
  const bytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
  // After the name in brackets, which may hold spaces: utime and stime are the 12th and 13th field (proc(5)).
  const [user, system] = times
    .slice(times.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  const own = { bytes, cpuSeconds: ((user ?? 0) + (system ?? 0)) / ticksPerSecond };
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const others = await Promise.all(children.split(' ').filter(Boolean).map(Number).map(readUse));
  return others.reduce<ProcessUse>(
    (sum, use) => ({
      bytes: sum.bytes + (use?.bytes ?? 0),
      cpuSeconds: sum.cpuSeconds + (use?.cpuSeconds ?? 0),
    }),
    own,
  );
}

/** Starts a relay and asks for one set; from the request to the last byte of the answer. */
async function firstAnswerMs(imports: string[]): Promise<number> {
  const relay = spawn(process.execPath, [join(dist, 'relay', 'main.js')], {
    cwd: root,
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: '0',
      CONTROL_PORT: '0',
      LOG_LEVEL: 'silent',
      OFFLINE: 'true',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const port = await new Promise<number>((resolve, reject) => {
      relay.stdout.setEncoding('utf8').on('data', (text: string) => {
        const found = /Previews\s+http:\S+:(\d+)/.exec(text)?.[1];
        if (found) resolve(Number(found));
      });
      relay.once('close', () => reject(new Error('The relay did not start.')));
    });
    const dependencies = Object.fromEntries(
      Object.entries(artifactSets['react-18']).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    const query = encodeURIComponent(JSON.stringify({ d: dependencies, r: {}, i: imports }));
    return await timeAnswer(port, `/-/set?q=${query}`);
  } finally {
    relay.kill();
    await new Promise((resolve) => relay.once('close', resolve));
  }
}

function timeAnswer(port: number, path: string): Promise<number> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const headers = { Host: `preview.localhost:${port}`, 'Accept-Encoding': 'br' };
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`The relay answered ${response.statusCode}.`));
      response.resume().on('end', () => resolve(performance.now() - startedAt));
    })
      .on('error', reject)
      .end();
  });
}

async function forget(...parts: string[]): Promise<void> {
  for (const part of parts) await rm(join(dataDir, part), { recursive: true, force: true });
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).blocks * 512;
  return bytes;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function seconds(all: WarmRun[]): string {
  return `${median(all.map((run) => run.seconds)).toFixed(1)} s`;
}

function cpu(all: WarmRun[]): string {
  const used = all.map((run) => run.cpuSeconds).filter((value) => value !== undefined);
  return used.length === 0 ? 'not known' : `${median(used).toFixed(1)} s`;
}

function memory(all: WarmRun[]): string {
  const peaks = all.map((run) => run.peakBytes).filter((bytes) => bytes !== undefined);
  return peaks.length === 0 ? 'not known' : formatBytes(Math.max(...peaks));
}

function show(rows: string[][]): void {
  const head = ['', 'time or size', 'CPU time', 'memory'];
  const table = [head, head.map(() => '---'), ...rows];
  process.stdout.write(`${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`);
}
