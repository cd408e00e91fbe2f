// Walks a dependency set ahead of npm's resolver, which asks for packuments nearly one by one: many are fetched at once
// and wait in the store, and what will be built is named early. It only guesses versions; a wrong guess costs a request, or a
// package that is not needed, and nothing else.
import npa from 'npm-package-arg';
import { Semaphore } from '../base/semaphore.ts';
import type { NpmOptions } from '../npm/npm-config.ts';
import type { Packument, PackumentVersion } from '../npm/packument.ts';
import { pickVersion } from '../npm/version-pick.ts';

interface Source {
  packument(name: string): Promise<Packument>;
}

/** What to do with guesses. */
export interface Ahead {
  /** Dependencies of the set, by name, whose code will be needed. */
  needed: ReadonlySet<string>;
  /**
   * Told once of each package version that will probably be needed: those above, and what they depend on.
   * @param dependency name in the set; undefined for what came along
   */
  guessed(packageName: string, version: string, dependency: string | undefined): void;
}

/** Beyond so many packages a set is left to the resolver. */
const maxPackages = 2_000;
/** As many as the registry is asked at once: what waits here can still be called off. */
const fetchesAtOnce = 12;

/** Starts the walk; `stop` ends it. Failures are the resolver's to report. */
export function prefetchPackuments(
  dependencies: Readonly<Record<string, string>>,
  source: Source,
  npm: NpmOptions,
  ahead?: Ahead,
): { stop(): void } {
  const seen = new Set<string>();
  const told = new Set<string>();
  const permits = new Semaphore(fetchesAtOnce);
  let stopped = false;
  const visit = async (name: string, spec: string, isNeeded: boolean, dependency?: string): Promise<void> => {
    const key = `${name}@${spec} ${isNeeded}`;
    if (stopped || seen.has(key) || seen.size > maxPackages) return;
    seen.add(key);
    const target = registryTarget(name, spec);
    if (!target) return;
    const packument = await permits.run(async () => (stopped ? undefined : source.packument(target.name)));
    const manifest = packument && pickVersion(packument, target.range, npm);
    if (!manifest || stopped) return;
    const version = `${target.name}@${manifest.version}`;
    if (isNeeded && !told.has(version)) {
      told.add(version);
      ahead?.guessed(target.name, manifest.version, dependency);
    }
    const code = Object.entries(manifest.dependencies ?? {});
    await Promise.all([
      ...code.map(([next, range]) => visit(next, range, isNeeded)),
      ...besides(manifest).map(([next, range]) => visit(next, range, false)),
    ]);
  };
  const isNeeded = ([name]: [string, string]): boolean => ahead?.needed.has(name) ?? false;
  // What is built as soon as it is there goes first.
  const inOrder = Object.entries(dependencies).sort((a, b) => Number(isNeeded(b)) - Number(isNeeded(a)));
  for (const entry of inOrder) void visit(...entry, isNeeded(entry), entry[0]).catch(() => {});
  return {
    stop: () => {
      stopped = true;
    },
  };
}

function registryTarget(name: string, spec: string): { name: string; range: string } | undefined {
  const parsed = npa.resolve(name, spec);
  const target = parsed.type === 'alias' ? parsed.subSpec : parsed;
  return target.registry && target.name ? { name: target.name, range: target.fetchSpec } : undefined;
}

/** What comes along without being imported for certain. */
function besides(manifest: PackumentVersion): [string, string][] {
  const peers = Object.entries(manifest.peerDependencies ?? {}).filter(
    ([name]) => !manifest.peerDependenciesMeta?.[name]?.optional,
  );
  return [...Object.entries(manifest.optionalDependencies ?? {}), ...peers];
}
