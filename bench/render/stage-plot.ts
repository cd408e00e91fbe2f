// The results as SVG: one bar a path, split by stage, with a dot for every single render and a line at the first paint. No script, no font of its own,
// readable on light and on dark pages.

import { median } from '../report/statistics.ts';
import { ratioOf } from './report.ts';
import { type Condition, conditions, type PathName, pathNames, type Results } from './rounds.ts';
import { medianStages, stageNames } from './stages.ts';

const colors = ['#94a3b8', '#3b82f6', '#d97706', '#0d9488'];
const width = 760;
const left = 62;
const right = 112;
const barHeight = 22;
const rowHeight = 40;
const groupGap = 30;
const top = 62;

/** @returns the text of an SVG file */
export function renderStagePlot(results: Results): string {
  const all = conditions.flatMap((condition) =>
    pathNames.flatMap((path) =>
      results[condition][path].renders.flatMap(({ renderMs, firstPaintMs }) => [renderMs, firstPaintMs]),
    ),
  );
  const tick = niceTick(Math.max(...all));
  const last = Math.ceil(Math.max(...all) / tick) * tick;
  const x = (ms: number) => left + (ms / last) * (width - left - right);
  const bottom = top + conditions.length * (pathNames.length * rowHeight + groupGap) - 8;
  const ticks = Array.from({ length: last / tick + 1 }, (_, index) => index * tick).flatMap((ms) => [
    `<line x1="${round(x(ms))}" y1="${top - 6}" x2="${round(x(ms))}" y2="${bottom}" class="grid"/>`,
    `<text x="${round(x(ms))}" y="${bottom + 16}" text-anchor="middle" class="soft">${ms / 1000} s</text>`,
  ]);
  const legend = stageNames.map(
    (name, index) =>
      `<rect x="${left + index * 100}" y="30" width="10" height="10" rx="2" fill="${colors[index]}"/><text x="${left + 16 + index * 100}" y="39">${name}</text>`,
  );
  const paintAt = left + stageNames.length * 100;
  legend.push(
    `<path d="M${paintAt + 5} 28v14" class="paint"/><text x="${paintAt + 16}" y="39">first paint</text>`,
  );
  const groups = conditions.flatMap((condition, group) => {
    const y = top + group * (pathNames.length * rowHeight + groupGap);
    return [
      `<text x="0" y="${y + 10}" class="label">${condition}</text>`,
      ...pathNames.flatMap((path, row) => bar(results, condition, path, y + 16 + row * rowHeight, x)),
    ];
  });
  const title = 'Time to a rendered dashboard: stock Sandpack and the kit’s two engines';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${bottom + 26}" role="img" aria-label="${title}">
<style>text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:#475569}.title{font-size:14px;font-weight:600}.label{font-weight:600}.soft{opacity:.75}.grid{stroke:#94a3b8;stroke-opacity:.25}.dot{fill:#475569;fill-opacity:.75}.paint{stroke:#be185d;stroke-width:2}@media(prefers-color-scheme:dark){text{fill:#cbd5e1}.dot{fill:#cbd5e1}.paint{stroke:#f472b6}}</style>
<text x="0" y="16" class="title">${title}</text>
${[...legend, ...ticks, ...groups].join('\n')}
</svg>
`;
}

function bar(
  results: Results,
  condition: Condition,
  path: PathName,
  y: number,
  x: (ms: number) => number,
): string[] {
  const { renders } = results[condition][path];
  const times = renders.map(({ renderMs }) => renderMs);
  const middle = median(times);
  const stages = medianStages(renders);
  const sum = stages.reduce((a, b) => a + b, 0);
  let at = 0;
  // Medians of parts do not add up to the median of the whole; the bar is as long as the latter.
  const parts = stages.map((ms, index) => {
    const from = x((at / sum) * middle);
    at += ms;
    const length = x((at / sum) * middle) - from;
    return `<rect x="${round(from)}" y="${y}" width="${round(Math.max(0.5, length))}" height="${barHeight}" fill="${colors[index]}"/>`;
  });
  const dots = times.map(
    (ms) => `<circle cx="${round(x(ms))}" cy="${y + barHeight + 5}" r="2" class="dot"/>`,
  );
  const paintedAt = round(x(median(renders.map(({ firstPaintMs }) => firstPaintMs))));
  const ratio = path === 'stock' ? '' : ` · ${ratioOf(results, condition, path).toFixed(1)} × faster`;
  return [
    `<text x="${left - 10}" y="${y + 15}" text-anchor="end">${path}</text>`,
    ...parts,
    ...dots,
    `<path d="M${paintedAt} ${y - 3}v${barHeight + 6}" class="paint"/>`,
    `<text x="${round(Math.max(x(middle), paintedAt) + 8)}" y="${y + 15}">${(middle / 1000).toFixed(2)} s${ratio}</text>`,
  ];
}

function niceTick(largest: number): number {
  return [100, 200, 500, 1000, 2000, 5000].find((step) => largest / step <= 8) ?? 10_000;
}

const round = (value: number): number => Math.round(value * 10) / 10;
