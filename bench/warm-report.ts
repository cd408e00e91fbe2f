// What bench/warm.ts measured, as docs/benchmarks/warm.md.
import { formatBytes } from '../relay/measures.ts';
import { busyWarning, isQuiet, type Machine } from './report/machine.ts';
import { markdownTable } from './report/markdown-table.ts';
import { median, spread } from './report/statistics.ts';

/** One run of the warm command. */
export interface WarmRun {
  seconds: number;
  /** CPU time of the command and esbuild; it does not depend on what else the machine does. Undefined without /proc. */
  cpuSeconds: number | undefined;
  /** Largest sum over the command and esbuild. */
  peakBytes: number | undefined;
}

export interface WarmResults {
  /** All of LibreChat's sets into an empty store. */
  cold: WarmRun;
  /** All sets, of packages that are stored. */
  all: WarmRun;
  /** The standard set (React 18), of packages that are stored. */
  standard: WarmRun[];
  /** All sets, when they were warmed before. */
  again: WarmRun;
  /** First answers of relays that were just started, in ms: the artifact was warmed. */
  known: number[];
  /** The same; nobody has asked for this combination of packages before. */
  unknown: number[];
  storeBytes: number;
}

/** Rows for people: what, time or size, CPU time, memory, goal. */
export function warmTable(results: WarmResults): string {
  const { cold, all, standard, again, known, unknown, storeBytes } = results;
  const run = (what: string, runs: WarmRun[], goal = ''): string[] => [
    what,
    `${median(runs.map(({ seconds }) => seconds)).toFixed(1)} s`,
    of(
      runs.map(({ cpuSeconds }) => cpuSeconds),
      (values) => `${median(values).toFixed(1)} s`,
    ),
    of(
      runs.map(({ peakBytes }) => peakBytes),
      (values) => formatBytes(Math.max(...values)),
    ),
    goal,
  ];
  const answer = (what: string, times: number[]): string[] => [
    `first answer of a relay that was just started, ${what}`,
    `${Math.round(median(times))} ms (${spread(times)})`,
    '',
    '',
    'under 100 ms',
  ];
  return markdownTable(
    ['', 'time or size', 'CPU time', 'memory', 'goal'],
    [
      run('all sets, from the registry', [cold]),
      run('all sets, from stored packages', [all]),
      run('all sets, nothing to do', [again]),
      run('standard set (React 18), from stored packages', standard, 'under 10 s, at most 600 MB'),
      answer('known artifact', known),
      answer('new artifact', unknown),
      ['store on disk', formatBytes(storeBytes), '', '', ''],
    ],
  );
}

/**
 * The page in docs/benchmarks.
 * @param loadAfter load average when it was over; two programs of its own are part of it
 */
export function warmMarkdown(results: WarmResults, machine: Machine, loadAfter: number): string {
  return `${[
    '# Warming and first answers',
    '`npm run bench:warm` writes this page.',
    `Measured on ${machine.date}: ${machine.hardware}; Node ${machine.node}; load average ${machine.loadAverage.toFixed(1)} before and ${loadAfter.toFixed(1)} after it.`,
    ...(isQuiet(machine) ? [] : [busyWarning(machine)]),
    warmTable(results),
    `Medians of ${results.standard.length} runs of the standard set and of ${results.known.length} relays; ranges in brackets. Memory is the most that the command and esbuild held together. What comes from the registry depends on the network.`,
    'First answers are measured from the request to the last byte of the answer and of its packs, right after the relay said where it listens; each relay is a new process with an empty memory, on the same warmed data folder, offline, with `ENGINE=native`. *Known*: `examples/dashboard.tsx` was warmed, so its packs are on disk. *New*: the same artifact with one more package, so the packs that small packages share are made, sent with quick compression, and stored with better.',
  ].join('\n\n')}\n`;
}

function of(values: (number | undefined)[], write: (known: number[]) => string): string {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? 'not known' : write(known);
}
