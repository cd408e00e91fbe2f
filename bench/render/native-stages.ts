// The parts of a native render, one after the other until the first paint, each beside its floor; and what runs beside them. From the
// documents' own entries, which need no look at the preview while it renders.
import { median } from '../report/statistics.ts';
import type { Floor } from './floor.ts';
import type { LoadedFile, Render } from './host-page.ts';

interface Stage {
  name: string;
  meaning: string;
  /** When it ends, in ms since mount. */
  endMs(render: Render): number;
}

const stages: Stage[] = [
  {
    name: 'shell',
    meaning: 'mount until the shell asks for the frame’s page',
    endMs: ({ documents }) => documents.at(-1)?.files[0]?.startMs ?? 0,
  },
  {
    name: 'frame',
    meaning: 'until its engine has the files; floor: until the page’s first script',
    endMs: (render) => markAt(render, 'started'),
  },
  {
    name: 'answer',
    meaning: 'until the first pack is asked for; near 0 when the relay’s answer was there before the frame',
    endMs: (render) => Math.min(...packsOf(render).map(({ startMs }) => startMs)),
  },
  {
    name: 'packs',
    meaning: 'until all packs are there and define their modules',
    endMs: (render) => markAt(render, 'packs loaded'),
  },
  {
    name: 'packages',
    meaning: 'until these modules have run, and styles and service worker are there',
    endMs: (render) => markAt(render, 'packages ran'),
  },
  {
    name: 'artifact',
    meaning: 'until the artifact’s files have run',
    endMs: (render) => markAt(render, 'artifact ran'),
  },
  { name: 'render', meaning: 'until the first paint', endMs: ({ firstPaintMs }) => firstPaintMs },
];

/** What is asked for while the stages go on. */
const beside: { name: string; document: 'shell' | 'frame'; path: RegExp }[] = [
  { name: 'the shell’s page', document: 'shell', path: /^\/$/ },
  { name: 'request to the relay', document: 'shell', path: /^\/-\/native$/ },
  { name: 'the frame’s page', document: 'frame', path: /^\/$/ },
  { name: 'Tailwind’s styles', document: 'frame', path: /^\/-\/styles\// },
  { name: 'Tailwind’s Play CDN', document: 'frame', path: /cdn\.tailwindcss\.com/ },
];

/** @returns lines for the terminal */
export function reportNativeStages(renders: Render[], floor: Floor): string[] {
  const floors: Partial<Record<string, number>> = floor.stages;
  const total = median(renders.map(({ firstPaintMs }) => firstPaintMs));
  const durations = renders.map(durationsOf);
  return [
    'Stages until the first paint, in ms, beside the floor: the same packs, files and styles in a page with nothing else.',
    `${'native'.padStart(9)}${'floor'.padStart(9)}`,
    ...stages.map(({ name, meaning }, index) =>
      line(median(durations.map((parts) => parts[index] ?? 0)), floors[name], `${name}: ${meaning}`),
    ),
    line(total, floor.firstPaintMs, `first paint, ${(total / floor.firstPaintMs).toFixed(2)} × the floor`),
    line(median(renders.map(({ renderMs }) => renderMs)), undefined, 'message done'),
    '',
    'Beside them, from and until ms since mount:',
    ...beside.flatMap(({ name, document, path }) => {
      const files = renders.flatMap((render) => fileOf(render, document, path) ?? []);
      return files.length === renders.length
        ? [line(median(files.map(({ startMs }) => startMs)), median(files.map(({ endMs }) => endMs)), name)]
        : [];
    }),
    '',
    'The floor’s packages, ms that their modules take by themselves when they run:',
    ...floor.packages
      .filter(({ ms }) => ms >= 0.5)
      .map(({ name, ms }) => `${ms.toFixed(1).padStart(9)}  ${name}`),
    'Tailwind’s Play CDN on the floor’s page, after the first paint:',
    `${floor.tailwind.evaluateMs.toFixed(1).padStart(9)}  its script`,
    `${floor.tailwind.stylesMs.toFixed(1).padStart(9)}  its styles`,
  ];
}

function durationsOf(render: Render): number[] {
  let before = 0;
  return stages.map(({ endMs }) => {
    const at = Math.max(before, endMs(render));
    const duration = at - before;
    before = at;
    return duration;
  });
}

function line(first: number, second: number | undefined, text: string): string {
  const cells = [first, second].map((ms) => (ms === undefined ? '–' : String(Math.round(ms))).padStart(9));
  return `${cells.join('')}  ${text}`;
}

/** @param name one of preview.ts's moments */
function markAt({ documents }: Render, name: string): number {
  const mark = documents.at(-1)?.moments.find((moment) => moment.name === name);
  if (!mark) throw new Error(`The native engine did not mark “${name}”.`);
  return mark.atMs;
}

function packsOf({ documents }: Render): LoadedFile[] {
  return documents.at(-1)?.files.filter(({ url }) => new URL(url).pathname.startsWith('/-/pack/')) ?? [];
}

/** The first such file of a document; its own page is among its files. */
function fileOf({ documents }: Render, document: 'shell' | 'frame', path: RegExp): LoadedFile | undefined {
  const { files } = documents.at(document === 'shell' ? 0 : -1) ?? { files: [] };
  return files.find(({ url }) => path.test(new URL(url).pathname));
}
