// `npm run bench:warm`: how long warming takes and how much memory, and how fast a relay answers that was just started.
// Writes docs/benchmarks/warm.md. Fills a temporary data folder from the configured npm registry first; that part depends on
// the network and is shown apart.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reactArtifactFiles } from '../relay/packages/sets/librechat-files.ts';
import type { NativeRequest, Pack } from '../relay/shared/native.ts';
import { artifactSets } from '../relay/shared/standard-sets.ts';
import { describeMachine } from './report/machine.ts';
import { type ProcessUse, readProcessUse } from './rig/process-use.ts';
import { type WarmResults, type WarmRun, warmMarkdown, warmTable } from './warm-report.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const dist = join(root, 'dist');
const samplesAtMs = 50;
const warmRuns = 3;
const answerRuns = 7;
const example = join(root, 'examples', 'dashboard.tsx');
// Before anything of ours runs: what is busy now is somebody else's.
const [loadAverage = 0] = loadavg();

const dataDir = await mkdtemp(join(tmpdir(), 'preview-kit-bench-'));
try {
  const results = await measure();
  process.stdout.write(`${warmTable(results)}\n`);
  const [loadAfter = 0] = loadavg();
  const page = warmMarkdown(results, describeMachine(loadAverage), loadAfter);
  await writeFile(join(root, 'docs', 'benchmarks', 'warm.md'), page);
} finally {
  await rm(dataDir, { recursive: true, force: true });
}

async function measure(): Promise<WarmResults> {
  const cold = await warm([]);
  await forget('trees', 'prebundles', 'packs', 'linked');
  const all = await warm([]);
  const standard: WarmRun[] = [];
  for (let run = 0; run < warmRuns; run += 1) {
    await forget('trees', 'prebundles', 'packs', 'linked');
    standard.push(await warm(['--sets', 'react-18', '--no-pin']));
  }
  await warm([example]);
  const again = await warm([]);
  const code = await readFile(example, 'utf8');
  const known: number[] = [];
  const unknown: number[] = [];
  // The packs of a new artifact are dropped with the relay that made them, before they are stored: it stays new.
  for (let run = 0; run < answerRuns; run += 1) {
    known.push(await firstAnswerMs(code));
    unknown.push(await firstAnswerMs(`import 'vaul';\n${code}`));
  }
  return { cold, all, standard, again, known, unknown, storeBytes: await sizeOf(dataDir) };
}

async function warm(args: string[]): Promise<WarmRun> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [join(dist, 'relay', 'cli', 'warm.js'), ...args], {
    cwd: root,
    env: { ...process.env, ENGINE: 'native', DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peak: ProcessUse | undefined;
  const sampling = setInterval(async () => {
    const use = await readProcessUse(child.pid ?? 0);
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

/** Starts a relay and asks for one artifact; from the request to the last byte of the answer and of its packs. */
async function firstAnswerMs(code: string): Promise<number> {
  const relay = spawn(process.execPath, [join(dist, 'relay', 'main.js')], {
    cwd: root,
    env: {
      ...process.env,
      ENGINE: 'native',
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
    const startedAt = performance.now();
    const { packages } = JSON.parse(await ask(port, '/-/native', JSON.stringify(nativeRequest(code))));
    await Promise.all(packages.packs.map(({ path }: Pack) => ask(port, path)));
    return performance.now() - startedAt;
  } finally {
    relay.kill();
    await new Promise((resolve) => relay.once('close', resolve));
  }
}

function nativeRequest(code: string): NativeRequest {
  const sources = Object.entries(reactArtifactFiles(code)).map(([path, file]) => [path, file.code]);
  const packageJson = JSON.stringify({ main: '/index.tsx', dependencies: artifactSets['react-18'] });
  const files = { ...Object.fromEntries(sources), '/package.json': packageJson };
  return { files, imports: [], tailwind: false };
}

/** @param body what to post; without one it is a GET */
function ask(port: number, path: string, body?: string): Promise<string> {
  const method = body === undefined ? 'GET' : 'POST';
  // Packs travel compressed; the answer is read here.
  const headers = {
    Host: `preview.localhost:${port}`,
    'Accept-Encoding': body === undefined ? 'br' : 'identity',
  };
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers }, async (response) => {
      if (response.statusCode !== 200) reject(new Error(`The relay answered ${response.statusCode}.`));
      resolve(Buffer.concat(await response.toArray()).toString('utf8'));
    })
      .on('error', reject)
      .end(body);
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
