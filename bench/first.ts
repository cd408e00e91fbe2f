// `npm run bench:first`: how long a newcomer waits for the first sample after `npm start`, with an empty data folder, when the
// page is opened at once and 20 s later. Writes docs/benchmarks/first.md. Packages come from the configured npm registry.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { timeFirstLook } from './first/first-look.ts';
import { Chromium } from './render/chromium.ts';
import { startKitProcess } from './render/kit-process.ts';
import { busyWarning, describeMachine, isQuiet } from './report/machine.ts';
import { markdownTable } from './report/markdown-table.ts';
import { median, spread } from './report/statistics.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const distDir = join(root, 'dist');
const runs = 3;
const laterMs = 20_000;
const [loadAverage = 0] = loadavg();

const cases = [
  { name: 'at once, with nothing prepared (`PREPARE_SETS=off`)', prepares: false, waitMs: 0, goal: '' },
  { name: 'at once', prepares: true, waitMs: 0, goal: '4,000 ms' },
  { name: '20 s later', prepares: true, waitMs: laterMs, goal: '1,500 ms' },
];
const measured = new Map<string, { startMs: number; lookMs: number }[]>(cases.map(({ name }) => [name, []]));
for (let run = 0; run < runs; run += 1)
  for (const { name, ...how } of cases) {
    const times = await measure(how);
    measured.get(name)?.push(times);
    process.stdout.write(
      `${name}: ${Math.round(times.lookMs)} ms, ${Math.round(times.startMs)} ms after the start\n`,
    );
  }
const machine = describeMachine(loadAverage);
const [loadAfter = 0] = loadavg();
const rows = cases.map(({ name, goal }) => {
  const [starts, looks] = (['startMs', 'lookMs'] as const).map((part) =>
    (measured.get(name) ?? []).map((times) => times[part]),
  ) as [number[], number[]];
  return [
    name,
    ...[starts, looks].map((times) => `${Math.round(median(times))} ms (${spread(times)})`),
    goal,
  ];
});
const table = markdownTable(
  ['the playground is opened', 'start until the addresses', 'first look', 'goal of the latter'],
  rows,
);
const page = [
  '# The first look',
  '`npm run bench:first` writes this page.',
  `Measured on ${machine.date}: ${machine.hardware}; Node ${machine.node}; load average ${machine.loadAverage.toFixed(1)} before and ${loadAfter.toFixed(1)} after it.`,
  ...(isQuiet(machine) ? [] : [busyWarning(machine)]),
  table,
  `${runs} runs each, in turn. Every run has a new relay with an empty data folder and a new Chromium with an empty profile, which is up before the relay is started. Medians, with ranges in brackets. The first look is from the start of the navigation until both charts of the first sample are drawn and Tailwind has set its heading. *At once* begins when the relay has printed its two addresses, which waits for the first sample to be prepared, up to a bound: what the start then takes longer is in the first column. What comes from the npm registry depends on the network.`,
];
process.stdout.write(`${table}\n`);
await writeFile(join(root, 'docs', 'benchmarks', 'first.md'), `${page.join('\n\n')}\n`);

async function measure({
  prepares,
  waitMs,
}: {
  prepares: boolean;
  waitMs: number;
}): Promise<{ startMs: number; lookMs: number }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'preview-kit-bench-'));
  const chromium = await Chromium.launch({ resolverRules: 'MAP *.localhost 127.0.0.1' });
  try {
    await chromium.send('Browser.getVersion');
    const startedAt = performance.now();
    const kit = await startKitProcess({ distDir, dataDir, prepares });
    const startMs = performance.now() - startedAt;
    try {
      await sleep(waitMs);
      return { startMs, lookMs: await timeFirstLook(chromium, kit.hostPageUrl) };
    } finally {
      await kit.close();
    }
  } finally {
    await chromium.close();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}
