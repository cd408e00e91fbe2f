// Results as text for the terminal and as the generated part of docs/benchmarks/render.md.
import { busyWarning, isQuiet } from '../report/machine.ts';
import { markdownTable } from '../report/markdown-table.ts';
import { median, spread } from '../report/statistics.ts';
import type { RenderMachine } from './machine.ts';
import { requestKinds, type TrafficByKind } from './network-log.ts';
import {
  type Condition,
  conditions,
  type Measured,
  type PathName,
  pathNames,
  type Results,
} from './rounds.ts';
import { medianStages, stageMeaning, stageNames } from './stages.ts';

/** How many times faster the kit is to be, by path and condition. */
const goals: Record<KitPath, Record<Condition, number>> = {
  bundler: { warm: 5, cold: 4 },
  native: { warm: 9, cold: 9 },
};
const maxRequests = 12;
const maxPackageBytes = 1.5e6;

type KitPath = Exclude<PathName, 'stock'>;
const kitPaths = pathNames.filter((path) => path !== 'stock');

const times = ({ renders }: Measured): number[] => renders.map(({ renderMs }) => renderMs);

/** How many times as long the stock path takes. */
export function ratioOf(results: Results, condition: Condition, path: KitPath): number {
  return median(times(results[condition].stock)) / median(times(results[condition][path]));
}

/** A summary for the terminal. */
export function renderText(results: Results): string {
  const lines = conditions.flatMap((condition) => [
    ...kitPaths.map(
      (path) =>
        `${condition}: stock ÷ ${path} = ${ratioOf(results, condition, path).toFixed(1)} (goal ${goals[path][condition]})`,
    ),
    ...pathNames.map((path) => {
      const measured = results[condition][path];
      const stages = medianStages(measured.renders).map((ms, i) => `${stageNames[i]} ${Math.round(ms)}`);
      const sum = total(measured.traffic);
      return `  ${path.padEnd(7)} median ${Math.round(median(times(measured)))} ms (${spread(times(measured))}); ${stages.join(', ')}; ${sum.requests} requests, ${kilobytes(sum.bytes)}`;
    }),
  ]);
  return [...lines, ...kitLoad(results)].join('\n');
}

/** The results as Markdown, for docs/benchmarks/render.md. */
export function renderMarkdown(results: Results, machine: RenderMachine): string {
  const rows = conditions.flatMap((condition) =>
    pathNames.map((path) => {
      const measured = results[condition][path];
      const ratio = path === 'stock' ? '' : `**${ratioOf(results, condition, path).toFixed(1)} ×**`;
      const stages = medianStages(measured.renders).map((ms) => String(Math.round(ms)));
      return [
        `${condition}, ${path}`,
        `**${Math.round(median(times(measured)))}**`,
        spread(times(measured)),
        ...stages,
        ratio,
      ];
    }),
  );
  const traffic = requestKinds.map((kind) => [
    kind,
    ...conditions.flatMap((condition) =>
      pathNames.map((path) => cell(results[condition][path].traffic, kind)),
    ),
  ]);
  const sums = [
    '**all**',
    ...conditions.flatMap((condition) =>
      pathNames.map((path) => {
        const { requests, bytes } = total(results[condition][path].traffic);
        return `**${requests}**, ${kilobytes(bytes)}`;
      }),
    ),
  ];
  return [
    `Measured on ${machine.date}: ${machine.hardware}; Node ${machine.node}, ${machine.browser}, @codesandbox/sandpack-client ${machine.sandpackClient}; ${results.warm.stock.renders.length} renders of each path warm, ${results.cold.stock.renders.length} cold, in turns.`,
    ...(isQuiet(machine) ? [] : [busyWarning(machine)]),
    '![Time to a rendered dashboard, by stage](render.svg)',
    'Milliseconds from mount to `done`; stages are medians of their own and need not add up:',
    markdownTable(['', 'median', 'range', ...stageNames, 'stock ÷ it'], rows),
    stageNames
      .map((name) => `*${name}*: ${stageMeaning[name]}`)
      .join('; ')
      .concat('.'),
    'Requests that reached a server, and their bytes on the wire, in one more render of each (not timed):',
    markdownTable(
      ['', ...conditions.flatMap((condition) => pathNames.map((path) => `${condition}, ${path}`))],
      [...traffic, sums],
    ),
    `${kitLoad(results).join(' ')}`,
  ].join('\n\n');
}

/** The kit's load, against its goals: with the bundler beyond the bundler's own files. */
function kitLoad(results: Results): string[] {
  return kitPaths.map((path) => {
    const { traffic } = results.cold[path];
    const beyond = total(traffic).requests - traffic['bundler files'].requests;
    const packages = traffic['package manifests'].bytes + traffic['package files'].bytes;
    return `Cold, ${path} makes ${beyond} requests beyond the bundler’s own files (goal: at most ${maxRequests}) and transfers ${kilobytes(packages)} for packages (goal: at most ${kilobytes(maxPackageBytes)}).`;
  });
}

function total(traffic: TrafficByKind): { requests: number; bytes: number } {
  return requestKinds.reduce(
    (sum, kind) => ({
      requests: sum.requests + traffic[kind].requests,
      bytes: sum.bytes + traffic[kind].bytes,
    }),
    { requests: 0, bytes: 0 },
  );
}

function cell(traffic: TrafficByKind, kind: (typeof requestKinds)[number]): string {
  const { requests, bytes } = traffic[kind];
  return requests === 0 ? '–' : `${requests}, ${kilobytes(bytes)}`;
}

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000).toLocaleString('en-US')} kB`;
