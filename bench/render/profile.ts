// Where the native engine's time goes: its stages beside their floor, one line for each event of a render, and the frame's CPU profile by
// script and function.

import { median } from '../report/statistics.ts';
import type { Chromium } from './chromium.ts';
import { FloorPage, type FloorReport, summariseFloor } from './floor.ts';
import { HostPage, type Mark, type Render, type Send } from './host-page.ts';
import { recordNativeLoad } from './native-load.ts';
import { reportNativeStages } from './native-stages.ts';

const sampleMicroseconds = 200;
const bucketMs = 25;
const longestTable = 25;

interface ProfileNode {
  id: number;
  callFrame: { functionName: string; url: string; lineNumber: number; columnNumber: number };
}

interface CpuProfile {
  /** Microseconds on the browser's monotonic clock. */
  startTime: number;
  nodes: ProfileNode[];
  samples: number[];
  timeDeltas: number[];
}

/** Renders `count` times unprofiled, in turns with the floor's page, then once with the profiler. @returns text for the terminal */
export async function profileKit(
  chromium: Chromium,
  hostPageUrl: string,
  artifact: string,
  count: number,
): Promise<string> {
  const load = await recordNativeLoad(chromium, hostPageUrl, artifact);
  const floor = await FloorPage.start(load);
  const renders: Render[] = [];
  const floorReports: FloorReport[] = [];
  for (let round = 0; round < count; round += 1) {
    const page = await HostPage.open(chromium, hostPageUrl);
    renders.push(await page.render(artifact));
    await page.close();
    floorReports.push(await floor.open(chromium));
  }
  floor.close();
  const page = await HostPage.open(chromium, hostPageUrl);
  const frames: Send[] = [];
  await page.watch(async (send, type) => {
    if (type !== 'iframe') return;
    await send('Profiler.enable');
    await send('Profiler.setSamplingInterval', { interval: sampleMicroseconds });
    await send('Performance.enable');
    await send('Profiler.start');
    frames.push(send);
  });
  const profiled = await page.render(artifact);
  // The innermost frame runs bundler and artifact.
  const send = frames.at(-1);
  if (!send) throw new Error('The preview has no frame to profile.');
  const { profile } = (await send('Profiler.stop')) as unknown as { profile: CpuProfile };
  const { metrics } = (await send('Performance.getMetrics')) as {
    metrics: { name: string; value: number }[];
  };
  const navigatedAt = metrics.find(({ name }) => name === 'NavigationStart')?.value ?? 0;
  // A document's own navigation entry starts at its time origin.
  const originMs = profiled.documents.at(-1)?.files[0]?.startMs ?? 0;
  const startMs = profile.startTime / 1000 - navigatedAt * 1000 + originMs;
  await page.close();
  return [
    ...reportNativeStages(renders, summariseFloor(floorReports)),
    '',
    `Native, warm, ${count} renders: median ${Math.round(median(renders.map(({ renderMs }) => renderMs)))} ms; ms since mount:`,
    ...timeline(renders).map(({ name, atMs }) => `${String(Math.round(atMs)).padStart(7)}  ${name}`),
    '',
    `CPU profile of the frame in one more render (${profiled.renderMs} ms with the profiler on):`,
    ...summarise(profile),
    `  what it was busy with, in steps of ${bucketMs} ms since mount (of the profiled render):`,
    ...listBuckets(profile, startMs),
    ...profiled.marks.map(({ name, atMs }) => `${String(Math.round(atMs)).padStart(9)}  message ${name}`),
  ].join('\n');
}

/** Medians of every moment that all renders have, in order. */
function timeline(renders: Render[]): Mark[] {
  const byName = new Map<string, number[]>();
  for (const render of renders)
    for (const { name, atMs } of momentsOf(render)) byName.set(name, [...(byName.get(name) ?? []), atMs]);
  return [...byName]
    .filter(([, times]) => times.length === renders.length)
    .map(([name, times]) => ({ name, atMs: median(times) }))
    .sort((a, b) => a.atMs - b.atMs);
}

function momentsOf({ marks, documents }: Render): Mark[] {
  const moments = marks.map(({ name, atMs }) => ({ name: `message ${name}`, atMs }));
  documents.forEach(({ files, moments: own }, depth) => {
    const owner = depth === documents.length - 1 ? 'frame' : 'shell';
    for (const { url, startMs, endMs, transferred } of files) {
      const name = shortName(url, depth);
      const size = transferred > 0 ? ` (${Math.round(transferred / 1024)} KB)` : ' (cache)';
      moments.push({ name: `${owner}: ${name} requested`, atMs: startMs });
      moments.push({ name: `${owner}: ${name} here${size}`, atMs: endMs });
    }
    for (const { name, atMs } of own) moments.push({ name: `${owner}: ${name}`, atMs });
  });
  return moments;
}

function shortName(url: string, depth: number): string {
  const { pathname, hostname } = new URL(url);
  if (pathname !== '/') return pathname.replace(/^\/static\/[0-9a-f]{16}\//, '');
  return depth === 0 && /^[a-z0-9]{21}-/.test(hostname) ? 'frame page' : 'its page';
}

function summarise({ nodes, samples, timeDeltas }: CpuProfile): string[] {
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const scripts = new Map<string, number>();
  const functions = new Map<string, number>();
  samples.forEach((id, index) => {
    const frame = byId.get(id);
    const ms = (timeDeltas[index] ?? 0) / 1000;
    if (!frame || frame.functionName === '(idle)') return;
    const script = scriptName(frame.url) || frame.functionName;
    add(scripts, script, ms);
    const place = frame.url ? `${script}:${frame.lineNumber + 1}:${frame.columnNumber + 1}` : '';
    add(functions, `${frame.functionName || '(anonymous)'}  ${place}`, ms);
  });
  const total = [...scripts.values()].reduce((sum, ms) => sum + ms, 0);
  return [
    `  busy ${Math.round(total)} ms`,
    '  self time by script:',
    ...table(scripts),
    '  self time by function:',
    ...table(functions),
  ];
}

/** For each step of time the scripts that ran, the longest first. */
function listBuckets({ nodes, samples, timeDeltas }: CpuProfile, startMs: number): string[] {
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const buckets = new Map<number, Map<string, number>>();
  let at = startMs;
  samples.forEach((id, index) => {
    const ms = (timeDeltas[index] ?? 0) / 1000;
    at += ms;
    const frame = byId.get(id);
    if (!frame || frame.functionName === '(idle)') return;
    const bucket = Math.floor(at / bucketMs) * bucketMs;
    const sums = buckets.get(bucket) ?? new Map<string, number>();
    buckets.set(bucket, sums);
    add(sums, (scriptName(frame.url) || frame.functionName).replace(/^.*node_modules\//, ''), ms);
  });
  return [...buckets].map(([bucket, sums]) => {
    const parts = [...sums].sort(([, a], [, b]) => b - a).filter(([, ms]) => ms >= 1.5);
    const text = parts
      .slice(0, 5)
      .map(([name, ms]) => `${name.replace(/^static\/js\//, '')} ${ms.toFixed(0)}`);
    return `${String(bucket).padStart(9)}  ${text.join(', ')}`;
  });
}

function scriptName(url: string): string {
  if (url.startsWith('data:') || url.startsWith('blob:')) return url.slice(0, 30);
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  return path === '/' ? 'inline script of the page' : path.replace(/^\/static\/[0-9a-f]{16}\//, '');
}

function add(sums: Map<string, number>, key: string, ms: number): void {
  sums.set(key, (sums.get(key) ?? 0) + ms);
}

function table(sums: Map<string, number>): string[] {
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .slice(0, longestTable)
    .map(([name, ms]) => `${ms.toFixed(1).padStart(9)}  ${name}`);
}
