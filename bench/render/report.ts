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

/** What a person waits for: something of the artifact on the screen, and the chat page's word that it is done. */
const moments = ['firstPaint', 'done'] as const;
type Moment = (typeof moments)[number];

const times = ({ renders }: Measured, moment: Moment): number[] =>
  renders.map(({ firstPaintMs, renderMs }) => (moment === 'done' ? renderMs : firstPaintMs));

const medianTime = (measured: Measured, moment: Moment): number =>
  Math.round(median(times(measured, moment)));

/** How many times as long the stock path takes until a moment. */
export function ratioOf(
  results: Results,
  condition: Condition,
  path: KitPath,
  moment: Moment = 'done',
): number {
  const [stock, kit] = [results[condition].stock, results[condition][path]];
  return median(times(stock, moment)) / median(times(kit, moment));
}

/** A summary for the terminal. */
export function renderText(results: Results): string {
  const lines = conditions.flatMap((condition) => [
    ...kitPaths.map(
      (path) =>
        `${condition}: stock ÷ ${path} = ${ratioOf(results, condition, path).toFixed(1)} to done (goal ${goals[path][condition]}), ${ratioOf(results, condition, path, 'firstPaint').toFixed(1)} to the first paint`,
    ),
    ...pathNames.map((path) => {
      const measured = results[condition][path];
      const stages = medianStages(measured.renders).map((ms, i) => `${stageNames[i]} ${Math.round(ms)}`);
      const sum = total(measured.traffic);
      const [paint, done] = moments.map(
        (moment) => `${medianTime(measured, moment)} ms (${spread(times(measured, moment))})`,
      );
      return `  ${path.padEnd(7)} first paint ${paint}, done ${done}; ${stages.join(', ')}; ${sum.requests} requests, ${kilobytes(sum.bytes)}`;
    }),
  ]);
  return [...lines, ...kitLoad(results)].join('\n');
}

/** The results as Markdown, for docs/benchmarks/render.md. */
export function renderMarkdown(results: Results, machine: RenderMachine): string {
  const rows = conditions.flatMap((condition) =>
    pathNames.map((path) => {
      const measured = results[condition][path];
      const ratios = moments.map((moment) =>
        path === 'stock' ? '' : `**${ratioOf(results, condition, path, moment).toFixed(1)} ×**`,
      );
      const stages = medianStages(measured.renders).map((ms) => String(Math.round(ms)));
      return [
        `${condition}, ${path}`,
        ...moments.flatMap((moment) => [
          `**${medianTime(measured, moment)}**`,
          spread(times(measured, moment)),
        ]),
        ...ratios,
        ...stages,
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
    'Milliseconds from mount to the first paint of the artifact’s own content, and to `done`: medians and ranges, and how many times as long the stock path takes to each. The stages lead to `done`; they are medians of their own and need not add up:',
    markdownTable(
      [
        '',
        'first paint',
        'range',
        '`done`',
        'range',
        'stock ÷ it, first paint',
        'stock ÷ it, `done`',
        ...stageNames,
      ],
      rows,
    ),
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
