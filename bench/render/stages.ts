// The parts of a render, from Sandpack's messages; the same for every bundler that speaks its protocol.

import { median } from '../report/statistics.ts';
import type { Render } from './host-page.ts';

/** Name of each part and the message that ends it. */
const ends = [
  ['boot', 'start'],
  ['packages', 'transpiling'],
  ['transpile', 'evaluating'],
  ['evaluate', 'done'],
] as const;

export const stageNames = ends.map(([name]) => name);

/** What each part is, for people. */
export const stageMeaning: Record<(typeof stageNames)[number], string> = {
  boot: 'mount until the bundler takes the files (`start`)',
  packages: 'until it begins with them (`status: transpiling`)',
  transpile: 'until it runs them (`status: evaluating`)',
  evaluate: 'until `done`',
};

/** Durations of the parts in ms, medians over renders; they need not add up to the median of the whole. */
export function medianStages(renders: Render[]): number[] {
  return ends.map((_, index) => median(renders.map((render) => durations(render)[index] ?? 0)));
}

function durations({ marks, renderMs }: Render): number[] {
  let before = 0;
  return ends.map(([, message]) => {
    const at = message === 'done' ? renderMs : (marks.find(({ name }) => name === message)?.atMs ?? before);
    const duration = Math.max(0, at - before);
    before = Math.max(before, at);
    return duration;
  });
}
