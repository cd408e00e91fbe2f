// `npm run bench:shares`: ten thousand published pages in one relay with SQLite: how long opening one, listing and sweeping take, and how many
// requests one core answers. Loopback only; writes docs/benchmarks/shares.md.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { LazyShares, type OpenShares } from '../relay/shares/open-shares.ts';
import { publishRequest, readRequest } from '../relay/shares/share-request.ts';
import { busyWarning, describeMachine, isQuiet } from './report/machine.ts';
import { markdownTable } from './report/markdown-table.ts';
import { quantile } from './report/statistics.ts';
import { ServerProcess } from './server-process.ts';
import { ensureWrk, type LoadResult, onCore, runWrk } from './wrk.ts';

const count = Number(process.argv[2] ?? 10_000);
const deletedCount = count / 20;
const listPages = 200;
const publishers = 4;
const seconds = 5;
const connections = 50;
const serverCore = 0;
const loadCore = 1;
const hostname = 'preview.localhost';
const apiHost = 'api.localhost';
const ann = { owner: 'ann', name: 'bench' };
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

const nameOf = (index: number): string => `page-${index.toString(36)}x`;
/** About 5 KB, no two alike. */
const textOf = (index: number): string =>
  `<!doctype html><title>Page ${index}</title><h1>Page ${index}</h1>${Array.from({ length: 120 }, (_, line) => `<p>Tide ${index} of ${line}: ${(index * line * 2_654_435_761) % 1_000_003}, ebb and flow.</p>`).join('\n')}`;

/** Milliseconds each took. */
interface Timed {
  what: string;
  times: number[];
}

async function openShares(dataDir: string): Promise<{ lazy: LazyShares; open: OpenShares }> {
  const lazy = new LazyShares({
    dataDir,
    databaseUrl: '',
    limits: { maxBytes: 1_000_000, maxFiles: 10 },
    quota: { ownerBytes: 1e12, totalBytes: 1e12 },
    graceMs: 0,
    makeReactPage: async () => ({ files: [], entry: '/' }),
    log: pino({ level: 'silent' }),
  });
  return { lazy, open: await lazy.open() };
}

async function publishAll({ service }: OpenShares): Promise<Timed> {
  const times: number[] = [];
  let next = 0;
  async function publish(): Promise<void> {
    for (let index = next++; index < count; index = next++) {
      const asked = readRequest(publishRequest, {
        name: nameOf(index),
        title: `Page ${index}`,
        visibility: 'public',
        content: { type: 'html', content: textOf(index) },
      });
      const before = performance.now();
      await service.publish(ann, asked);
      times.push(performance.now() - before);
    }
  }
  await Promise.all(Array.from({ length: publishers }, publish));
  return { what: `publish, ${publishers} at once`, times };
}

/** @throws Error unless it is a 200 */
function ask(
  port: number,
  host: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<number> {
  return new Promise((done, reject) => {
    const before = performance.now();
    request(
      { host: '127.0.0.1', port, path, agent, headers: { Host: host, 'Accept-Encoding': 'br', ...headers } },
      (response) => {
        response.resume().once('end', () => {
          if (response.statusCode === 200) done(performance.now() - before);
          else reject(new Error(`${host}${path} is ${response.statusCode}.`));
        });
      },
    )
      .on('error', reject)
      .end();
  });
}

async function timeAll(what: string, times: number, one: (index: number) => Promise<number>): Promise<Timed> {
  const measured: number[] = [];
  for (let index = 0; index < times; index += 1) measured.push(await one(index));
  return { what, times: measured };
}

interface Load extends LoadResult {
  what: string;
  /** What remains comparable when other programs use the machine. */
  perCpuSecond: number;
}

async function measureLoad(
  what: string,
  relay: ServerProcess,
  load: Omit<Parameters<typeof runWrk>[0], 'seconds'>,
): Promise<Load> {
  const before = relay.cpuSeconds() ?? Number.NaN;
  const result = await runWrk({ ...load, seconds });
  const used = (relay.cpuSeconds() ?? Number.NaN) - before;
  return { ...result, what, perCpuSecond: result.requests / used };
}

/** Sweeps what is deleted, and its files; tells for how long a request would have had to wait meanwhile. */
async function sweep(open: OpenShares): Promise<{ held: Timed; totalMs: number; files: number }> {
  for (let index = 0; index < deletedCount; index += 1)
    await open.service.remove(ann, nameOf((index * count) / deletedCount));
  const { blobs } = open.versions.parts;
  for await (const { digest } of blobs.list())
    await utimes(join(blobs.folder, digest.slice(0, 2), digest), 0, 0);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const before = performance.now();
  const { shares, files } = await open.service.sweep();
  const totalMs = performance.now() - before;
  delay.disable();
  if (shares !== deletedCount) throw new Error(`${shares} of ${deletedCount} shares were swept.`);
  const ms = (part: number) => delay.percentile(part * 100) / 1e6;
  const times = Array.from({ length: 100 }, (_, index) => ms((index + 1) / 100));
  return { held: { what: `wait of others while ${deletedCount} are swept`, times }, totalMs, files };
}

async function benchmark(): Promise<void> {
  ensureWrk();
  const [load = 0] = loadavg();
  const distDir = dirname(dirname(fileURLToPath(import.meta.url)));
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-shares-'));
  const timed: Timed[] = [];
  const loads: Load[] = [];
  let relay: ServerProcess | undefined;
  try {
    const { lazy, open } = await openShares(dataDir);
    timed.push(await publishAll(open));
    const { token } = await open.apiTokens.create({ label: 'bench', scopes: ['shares:read'], owner: 'ann' });
    relay = await ServerProcess.start({
      args: [join(distDir, 'relay', 'main.js')],
      core: serverCore,
      ready: /Previews\s+\S+:(\d+)/,
      env: {
        PREVIEW_HOSTNAME: hostname,
        API_HOSTNAME: apiHost,
        PORT: '0',
        CONTROL_PORT: '0',
        PLAYGROUND: 'false',
        PREPARE_SETS: 'off',
        BUNDLER_DIR: resolve('www'),
        DATA_DIR: dataDir,
        LOG_LEVEL: 'warn',
        RATE_LIMIT: '0',
      },
    });
    const { port } = relay;
    const open1 = (index: number) => ask(port, `${nameOf(index)}-${hostname}`, '/');
    timed.push(await timeAll('open, for the first time', count, open1));
    timed.push(await timeAll('open, again', count, open1));
    const list = () => ask(port, apiHost, '/api/shares?limit=50', { Authorization: `Bearer ${token}` });
    timed.push(await timeAll('list, 50 of them by the API', listPages, list));

    const url = `http://127.0.0.1:${port}/`;
    const script = join(dataDir, 'names.lua');
    writeFileSync(script, luaOf(Array.from({ length: count }, (_, index) => `${nameOf(index)}-${hostname}`)));
    const common = { url, host: `${nameOf(7)}-${hostname}`, connections, core: loadCore };
    await runWrk({ ...common, seconds: 1 });
    loads.push(await measureLoad('one page', relay, common));
    loads.push(await measureLoad(`all ${whole(count)} in turn`, relay, { ...common, script }));
    await relay.stop();
    relay = undefined;

    const swept = await sweep(open);
    timed.push(swept.held);
    await lazy.close();
    writeReport({ timed, loads, swept, machine: describeMachine(load) });
  } finally {
    await relay?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** https://github.com/wg/wrk/blob/master/SCRIPTING */
function luaOf(hosts: string[]): string {
  return `local hosts = {${hosts.map((host) => `"${host}"`).join(',')}}
local at = 0
request = function()
  at = at % #hosts + 1
  return wrk.format("GET", "/", {["Host"] = hosts[at], ["Accept-Encoding"] = "br"})
end
`;
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const ms = (value: number): string => value.toFixed(value < 10 ? 2 : 1);

function writeReport(report: {
  timed: Timed[];
  loads: Load[];
  swept: { totalMs: number; files: number };
  machine: ReturnType<typeof describeMachine>;
}): void {
  const { timed, loads, swept, machine } = report;
  const times = timed.map(({ what, times: all }) => [
    what,
    ...[0.5, 0.99, 1].map((part) => ms(quantile(all, part))),
  ]);
  const rates = loads.map(({ what, perCpuSecond, requestsPerSecond, p99Ms, errors }) => [
    what,
    `**${whole(perCpuSecond)}**`,
    whole(requestsPerSecond),
    ms(p99Ms),
    whole(errors),
  ]);
  const text = `# ${whole(count)} published pages

\`npm run bench:shares\` writes this page: one relay with SQLite, ${whole(count)} public pages of one owner, about 5 KB each.
${isQuiet(machine) ? '' : `\n${busyWarning(machine)}\n`}
In milliseconds, asked one after the other over loopback and timed by the client:

${markdownTable(['what', 'p50', 'p99', 'most'], times)}

Sweeping ${whole(deletedCount)} deleted pages and ${whole(swept.files)} files took ${whole(swept.totalMs)} ms in all, beside other work.

Requests that one relay process answers in a second, ${onCore(serverCore).length > 0 ? 'on one core, with wrk on another' : 'not pinned to a core: `taskset` is missing'}, ${connections} connections, ${seconds} s:

${markdownTable(['a share’s page', 'for each second of CPU', 'by the clock', 'p99, ms', 'failed'], rates)}

Who may see a page is looked up in the database at each of these requests. Publishing waits for the disk: page, list and database row are
on it before it is acknowledged.

- Machine: ${machine.hardware}, Node ${machine.node}, load average before ${machine.loadAverage.toFixed(1)}, ${machine.date}.
`;
  mkdirSync('docs/benchmarks', { recursive: true });
  writeFileSync('docs/benchmarks/shares.md', text);
  console.log(text);
}

await benchmark().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
