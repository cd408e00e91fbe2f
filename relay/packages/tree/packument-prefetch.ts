// Walks a dependency set ahead of npm's resolver, which asks for packuments nearly one by one: many are fetched at once
// and wait in the store. It only guesses versions; a wrong guess costs a request and nothing else.
import npa from 'npm-package-arg';
import { Semaphore } from '../base/semaphore.ts';
import type { NpmOptions } from '../npm/npm-config.ts';
import type { Packument, PackumentVersion } from '../npm/packument.ts';
import { pickVersion } from '../npm/version-pick.ts';

interface Source {
  packument(name: string): Promise<Packument>;
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
): { stop(): void } {
  const seen = new Set<string>();
  const permits = new Semaphore(fetchesAtOnce);
  let stopped = false;
  const visit = async (name: string, spec: string): Promise<void> => {
    const key = `${name}@${spec}`;
    if (stopped || seen.has(key) || seen.size > maxPackages) return;
    seen.add(key);
    const target = registryTarget(name, spec);
    if (!target) return;
    const packument = await permits.run(async () => (stopped ? undefined : source.packument(target.name)));
    const manifest = packument && pickVersion(packument, target.range, npm);
    if (manifest) await Promise.all(wanted(manifest).map(([next, range]) => visit(next, range)));
  };
  for (const [name, spec] of Object.entries(dependencies)) void visit(name, spec).catch(() => {});
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

function wanted(manifest: PackumentVersion): [string, string][] {
  const peers = Object.entries(manifest.peerDependencies ?? {}).filter(
    ([name]) => !manifest.peerDependenciesMeta?.[name]?.optional,
  );
  return [...Object.entries({ ...manifest.dependencies, ...manifest.optionalDependencies }), ...peers];
}
