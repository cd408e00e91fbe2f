// `npm run bench:serve`: how fast the relay serves its pages and files on one core, beside a bare Node server and Fastify,
// and whether two thousand connections leave it standing. Loopback only; writes docs/benchmarks/serve.md and serve.svg.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { BundlerManifest } from '../bundler-build/build.ts';
import { mirrorPrefix } from '../relay/shared/mirror-path.ts';
import { formatSetQuery } from '../relay/shared/set-query.ts';
import { standardSets } from '../relay/shared/standard-sets.ts';
import { type RecordedAnswer, servePlain, startFastify, startPlain } from './compared-servers.ts';
import { runManyConnections } from './many-connections.ts';
import { type Measured, writeServeReport } from './serve-report.ts';
import { ServerProcess } from './server-process.ts';
import { ensureWrk, onCore, runWrk } from './wrk.ts';

const rounds = 3;
const seconds = 2;
const connections = 50;
const serverCore = 0;
const loadCore = 1;
const hostname = 'preview.localhost';

/** One address of the relay, and where Fastify has its like. */
interface Case {
  name: string;
  host: string;
  path: string;
  /** Undefined where it has none. */
  fastifyPath?: string;
}

/** What previews load most, in the forms in which they ask for it. */
const mirrorCases: Case[] = [
  ['Tailwind’s script', 'cdn.tailwindcss.com/3.4.17'],
  ['chart.umd.js, cdnjs', 'cdnjs.cloudflare.com/ajax/libs/Chart.js/4.4.1/chart.umd.js'],
  ['marked, jsDelivr', 'cdn.jsdelivr.net/npm/marked@15.0.12/marked.min.js'],
  ['react, esm.sh', 'esm.sh/react@18.3.1'],
].map(([name = '', address = '']) => ({ name, host: hostname, path: `${mirrorPrefix}${address}` }));

/** What the frame asks for when LibreChat shows a dashboard. */
function dashboardSet(): string {
  return formatSetQuery({
    dependencies: standardSets['react-18'],
    resolutions: {},
    imports: ['lucide-react', 'react', 'recharts', 'tailwind-merge', 'clsx', '@radix-ui/react-tabs'],
  });
}

function cases(manifest: BundlerManifest): Case[] {
  const base = hostname;
  const react = `r0123456789abcdefghij-${hostname}`;
  const files = manifest.page.flatMap((item) => ('src' in item ? [item.src] : []));
  const bySize = files.sort((a, b) => (manifest.files[a]?.bytes ?? 0) - (manifest.files[b]?.bytes ?? 0));
  const file = (name: string, path = ''): Case => ({
    name,
    host: base,
    path: `/static/${manifest.fingerprint}/${path}`,
    fastifyPath: `/files/${path}`,
  });
  return [
    { name: 'shell page', host: base, path: '/', fastifyPath: '/' },
    { name: 'frame page', host: react, path: '/', fastifyPath: '/' },
    {
      name: 'static relay page',
      host: `0123456789abcdef-${hostname}`,
      path: '/__csb_relay/',
      fastifyPath: '/__csb_relay/',
    },
    file('small bundler file', bySize[0]),
    file('large bundler file', bySize.at(-1)),
    ...mirrorCases,
    { name: 'set of the dashboard', host: base, path: `/-/set?q=${encodeURIComponent(dashboardSet())}` },
  ];
}

async function benchmark(): Promise<void> {
  ensureWrk();
  const distDir = dirname(dirname(fileURLToPath(import.meta.url)));
  const bundlerDir = resolve('www');
  const manifest = JSON.parse(readFileSync(join(bundlerDir, 'manifest.json'), 'utf8')) as BundlerManifest;
  const folder = mkdtempSync(join(tmpdir(), 'bench-serve-'));
  const servers: ServerProcess[] = [];
  try {
    const relay = await ServerProcess.start({
      args: [join(distDir, 'relay', 'main.js')],
      core: serverCore,
      ready: /Previews\s+\S+:(\d+)/,
      env: {
        PREVIEW_HOSTNAME: hostname,
        PORT: '0',
        CONTROL_PORT: '0',
        PLAYGROUND: 'false',
        PREPARE_SETS: 'off',
        BUNDLER_DIR: bundlerDir,
        DATA_DIR: join(folder, 'data'),
        LOG_LEVEL: 'warn',
        RATE_LIMIT: '0',
      },
    });
    servers.push(relay);
    const measuredCases = cases(manifest);
    const answers = await Promise.all(measuredCases.map(({ host, path }) => settle(relay.port, host, path)));
    const plain = await startPlain(
      folder,
      serverCore,
      Object.fromEntries(answers.map((answer, index) => [`/${index}`, answer])),
    );
    servers.push(plain);
    const staticBrowserServer = dirname(
      createRequire(import.meta.url).resolve('static-browser-server/package.json'),
    );
    const fastify = await startFastify({
      folder,
      core: serverCore,
      pagesDir: join(staticBrowserServer, 'out', 'preview'),
      filesDir: join(bundlerDir, 'files'),
    });
    if (fastify) servers.push(fastify.server);

    const results = [];
    for (const [index, { name, host, path, fastifyPath }] of measuredCases.entries()) {
      const compared = [
        { server: relay, host, path },
        { server: plain, host, path: `/${index}` },
        ...(fastify && fastifyPath !== undefined
          ? [{ server: fastify.server, host, path: fastifyPath }]
          : []),
      ];
      const [ofRelay, ofPlain, ofFastify] = await measureInTurn(compared);
      results.push({ name, relay: ofRelay as Measured, plain: ofPlain as Measured, fastify: ofFastify });
      console.log(
        `${name}: ${[ofRelay, ofPlain, ofFastify].map((m) => (m ? Math.round(m.requestsPerSecond) : '–')).join(' / ')} requests/s (relay / bare / Fastify)`,
      );
    }
    const many = await runManyConnections(relay, hostname, 2_000);
    console.log(
      `${many.connections} connections: ${many.answered} answered, ${many.load.errors} failed, ${many.alive ? 'alive' : 'gone'}`,
    );
    writeServeReport(
      {
        cases: results,
        many,
        rounds,
        seconds,
        connections,
        pinned: onCore(0).length > 0,
        versions: {
          fastify: fastify?.versions ?? 'could not be fetched',
          wrk:
            spawnSync('wrk', ['--version'], { encoding: 'utf8' }).stdout.split(' Copyright')[0]?.trim() ??
            'wrk',
          staticBrowserServer: JSON.parse(readFileSync(join(staticBrowserServer, 'package.json'), 'utf8'))
            .version,
        },
      },
      resolve('docs', 'benchmarks'),
    );
    if (!many.alive) process.exitCode = 1;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Loads the servers one after the other, round by round, so that whatever else the machine does hits all of them. */
async function measureInTurn(
  compared: { server: ServerProcess; host: string; path: string }[],
): Promise<Measured[]> {
  const runs = compared.map(() => [] as Measured[]);
  for (let round = 0; round <= rounds; round += 1)
    for (const [index, { server, host, path }] of compared.entries()) {
      const { body } = await record(server.port, host, path);
      const before = server.cpuSeconds();
      const url = `http://127.0.0.1:${server.port}${path}`;
      const load = await runWrk({
        url,
        host,
        connections,
        seconds: round === 0 ? 1 : seconds,
        core: loadCore,
      });
      const after = server.cpuSeconds();
      // The first round only warms the server up.
      if (round > 0)
        runs[index]?.push({
          ...load,
          bytes: body.length,
          requestsPerCpuSecond:
            before === undefined || after === undefined ? undefined : load.requests / (after - before),
        });
    }
  return runs.map((ofServer) => ({
    bytes: ofServer[0]?.bytes ?? 0,
    requestsPerSecond: median(ofServer.map((run) => run.requestsPerSecond)),
    p99Ms: median(ofServer.map((run) => run.p99Ms)),
    requestsPerCpuSecond: median(ofServer.flatMap((run) => run.requestsPerCpuSecond ?? [])) || undefined,
    errors: ofServer.reduce((sum, run) => sum + run.errors, 0),
  }));
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** The answer that an address ends at: what it needs is fetched first, and compressed well when nobody waits. */
async function settle(port: number, host: string, path: string): Promise<RecordedAnswer> {
  let answer = await record(port, host, path);
  for (let quiet = 0; quiet < 3; ) {
    await sleep(2_000);
    const next = await record(port, host, path);
    quiet = next.body.equals(answer.body) ? quiet + 1 : 0;
    answer = next;
  }
  return answer;
}

/** One answer with its headers, without those that Node adds by itself. @throws Error unless it is a 200 */
function record(port: number, host: string, path: string): Promise<RecordedAnswer> {
  return new Promise((done, reject) => {
    const headers = { Host: host, 'Accept-Encoding': 'br' };
    request({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => {
        if (response.statusCode !== 200)
          return reject(new Error(`${host}${path} is ${response.statusCode}.`));
        const pairs = Object.entries(response.headers).filter(
          ([name]) => !/^(date|connection|keep-alive)$/.test(name),
        );
        done({
          headers: pairs.flatMap(([name, value]) => [name, String(value)]),
          body: Buffer.concat(pieces),
        });
      });
    })
      .on('error', reject)
      .end();
  });
}

const [mode, file] = process.argv.slice(2);
if (mode === 'plain-server' && file) servePlain(JSON.parse(readFileSync(file, 'utf8')));
else
  await benchmark().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
