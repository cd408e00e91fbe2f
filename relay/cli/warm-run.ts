// Carries out a warm plan as a command: progress, pins, the lock file, and a summary with everything that failed.
import { writeFile } from 'node:fs/promises';
import { formatBytes, formatSeconds } from '../measures.ts';
import type { PackageEngine } from '../packages/engine.ts';
import { formatSetsLock } from '../packages/sets/sets-lock.ts';
import { writePin } from '../packages/upkeep/pins.ts';
import type { WarmPlan } from '../packages/upkeep/warm/warm-plan.ts';
import { type WarmedSet, type WarmFailure, warmFile, warmSet } from '../packages/upkeep/warm/warmer.ts';
import type { Progress } from '../terminal/progress.ts';

/** How to warm. */
export interface WarmOptions {
  dataDir: string;
  /** What shows React artifacts. */
  shownBy: 'native' | 'bundler';
  /** Keep what is warmed from being pruned. */
  pin: boolean;
  /** Resolve known sets anew. */
  refresh: boolean;
  /** Where to write the resolved trees. */
  lockFile: string | undefined;
  progress: Progress;
}

/** What was done. */
export interface WarmSummary {
  sets: WarmedSet[];
  /** Distinct package versions, and the bytes of their files. */
  packages: number;
  bytes: number;
  ms: number;
  failures: WarmFailure[];
}

/** Name of the pin that keeps files of CDNs. */
const filesPin = 'files of CDNs';

/** Warms everything in the plan; failures are in the summary and never end the rest. */
export async function runWarm(
  engine: PackageEngine,
  plan: WarmPlan,
  options: WarmOptions,
): Promise<WarmSummary> {
  const { progress } = options;
  const startedAt = performance.now();
  const sizes = new Map<string, number>();
  const sets: WarmedSet[] = [];
  for (const set of plan.sets) {
    const setStartedAt = performance.now();
    const warmed = await warmSet(engine, set, {
      shownBy: options.shownBy,
      refresh: options.refresh,
      progress: ({ phase, done, total, item }) =>
        progress.update(`${set.name}: ${phaseNames[phase]}`, done, total, item),
    });
    sets.push(warmed);
    for (const [name, bytes] of warmed.sizes) sizes.set(name, bytes);
    // A set that is one of LibreChat's after all, because nothing of what was added to it exists, is pinned as that.
    const isOwn = set.added.length === 0 || set.added.some((name) => warmed.tree?.root[name] !== undefined);
    if (options.pin && warmed.tree && isOwn)
      await writePin(options.dataDir, { name: set.name, trees: [warmed.tree.id], packages: [] });
    progress.line(describeSet(warmed, performance.now() - setStartedAt));
  }
  // What is missing from both React sets is named once.
  const failures = [
    ...new Map(sets.flatMap((set) => set.failures).map((f) => [JSON.stringify(f), f])).values(),
  ];
  failures.push(...(await warmFiles(engine, plan.files, options)));
  if (options.lockFile !== undefined) await writeLock(plan, sets, options.lockFile);
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const summary = { sets, packages: sizes.size, bytes, ms: performance.now() - startedAt, failures };
  for (const line of describeSummary(summary, plan, options)) progress.line(line);
  return summary;
}

async function warmFiles(
  engine: PackageEngine,
  addresses: string[],
  { dataDir, pin, progress }: WarmOptions,
): Promise<WarmFailure[]> {
  const failures: WarmFailure[] = [];
  const sources = new Set<string>();
  for (const [index, address] of addresses.entries()) {
    const warmed = await warmFile(engine, address);
    for (const source of warmed.sources) sources.add(source);
    if (warmed.failure) failures.push(warmed.failure);
    progress.update('CDN files', index + 1, addresses.length, address);
  }
  if (pin && sources.size > 0)
    await writePin(dataDir, { name: filesPin, trees: [], packages: [...sources].sort() });
  return failures;
}

async function writeLock(plan: WarmPlan, sets: WarmedSet[], file: string): Promise<void> {
  const locked = plan.sets.flatMap(({ name, dependencies }, index) => {
    const tree = sets[index]?.tree;
    return tree ? [{ name, dependencies: { ...dependencies }, resolutions: {}, tree }] : [];
  });
  await writeFile(file, formatSetsLock(locked));
}

const phaseNames = { resolve: 'resolving', store: 'packages', build: 'pre-bundling' };

function describeSet({ name, tree, sizes, failures }: WarmedSet, ms: number): string {
  if (!tree) return `✗ ${name}: not resolved`;
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const failed = failures.length === 0 ? '' : `, ${failures.length} failed`;
  return `${failures.length === 0 ? '✓' : '✗'} ${name}: ${sizes.size} packages, ${formatBytes(bytes)}, ${formatSeconds(ms)}${failed}`;
}

function describeSummary(summary: WarmSummary, plan: WarmPlan, options: WarmOptions): string[] {
  const { sets, packages, bytes, ms, failures } = summary;
  const lines = failures.map(({ what, why }) => `  ${what}: ${why}`);
  if (lines.length > 0) lines.unshift('', `Not in the store (${failures.length}):`);
  return [
    ...lines,
    '',
    `${sets.length} sets, ${packages} packages (${formatBytes(bytes)}) and ${plan.files.length} CDN files in ${formatSeconds(ms)}` +
      `${options.pin ? '; pinned' : ''}.`,
    ...(options.lockFile === undefined ? [] : [`The resolved trees are in ${options.lockFile}.`]),
  ];
}
