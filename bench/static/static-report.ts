// Results as text for the terminal, and as the generated part of docs/benchmarks/static.md.

import type { RenderMachine } from '../render/machine.ts';
import { renderBarPlot } from '../report/bar-plot.ts';
import { busyWarning, isQuiet } from '../report/machine.ts';
import { markdownTable } from '../report/markdown-table.ts';
import { median, spread } from '../report/statistics.ts';
import type { StaticRender } from './static-render.ts';

/** Sandpack as it is published, and the kit. */
export const staticPaths = ['stock', 'kit'] as const;
type StaticPath = (typeof staticPaths)[number];

/** Renders by artifact and path. */
export type StaticResults = Map<string, Record<StaticPath, StaticRender[]>>;

/** How many times faster the kit is to be. */
const goal = 1.5;

const stages = [
  ['client', ({ openedMs }: StaticRender) => openedMs],
  ['relay', ({ openedMs, relayMs }: StaticRender) => relayMs - openedMs],
  ['worker', ({ relayMs, navigatedMs }: StaticRender) => navigatedMs - relayMs],
  ['page', ({ navigatedMs, answeredMs }: StaticRender) => answeredMs - navigatedMs],
  ['paint', ({ answeredMs, paintedMs }: StaticRender) => paintedMs - answeredMs],
] as const;

const times = (renders: StaticRender[]): number[] => renders.map(({ paintedMs }) => paintedMs);
const ratio = ({ stock, kit }: Record<StaticPath, StaticRender[]>): number =>
  median(times(stock)) / median(times(kit));

/** A summary for the terminal. */
export function staticText(results: StaticResults): string {
  return [...results]
    .flatMap(([name, measured]) => [
      `${name}: stock ÷ kit = ${ratio(measured).toFixed(2)} (goal ${goal})`,
      ...staticPaths.map((path) => {
        const parts = stages.map(([stage, of]) => `${stage} ${Math.round(median(measured[path].map(of)))}`);
        return `  ${path.padEnd(5)} median ${Math.round(median(times(measured[path])))} ms (${spread(times(measured[path]))}); ${parts.join(', ')}`;
      }),
    ])
    .join('\n');
}

/** The results as Markdown. */
export function staticMarkdown(results: StaticResults, machine: RenderMachine): string {
  const rounds = Math.min(...[...results.values()].map(({ kit }) => kit.length));
  const rows = [...results].flatMap(([name, measured]) =>
    staticPaths.map((path) => [
      `${name}, ${path}`,
      `**${Math.round(median(times(measured[path])))}**`,
      spread(times(measured[path])),
      ...stages.map(([, of]) => String(Math.round(median(measured[path].map(of))))),
      path === 'kit' ? `**${ratio(measured).toFixed(1)} ×**` : '',
    ]),
  );
  return [
    `Measured on ${machine.date}: ${machine.hardware}; Node ${machine.node}, ${machine.browser}, @codesandbox/sandpack-client ${machine.sandpackClient}; ${rounds} previews of each, in turns. Goal: ${goal} times faster.`,
    ...(isQuiet(machine) ? [] : [busyWarning(machine)]),
    '![Time to the first paint of an HTML artifact](static.svg)',
    'Milliseconds from mount to the first contentful paint of the artifact’s frame; stages are medians of their own and need not add up:',
    markdownTable(['', 'median', 'range', ...stages.map(([name]) => name), 'stock ÷ kit'], rows),
    '*client*: mount until the client opens its hidden relay frame; *relay*: until that has loaded; *worker*: until the navigation to the artifact begins; *page*: until its HTML has arrived from the worker; *paint*: until it has painted, with the scripts of its head.',
  ].join('\n\n');
}

/** The results as SVG. */
export function staticPlot(results: StaticResults): string {
  return renderBarPlot({
    title: 'Mount to first paint of an HTML artifact (median)',
    series: ['static-browser-server', 'kit'],
    groups: [...results].map(([label, { stock, kit }]) => ({
      label,
      values: [median(times(stock)), median(times(kit))],
    })),
    format: (value) => `${Math.round(value)} ms`,
  });
}
