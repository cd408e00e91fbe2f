// Carries out a warm plan: resolves trees, stores every package in them, builds what may be imported, finishes known answers.
// One failure never ends the rest; each is reported with what it was and why.
import { ArtifactCompiler } from '../../../compile/compile-artifact.ts';
import { compileWithNeeds } from '../../../compile/package-needs.ts';
import { PackageError } from '../../base/package-error.ts';
import { parseSpec } from '../../base/package-spec.ts';
import { Semaphore } from '../../base/semaphore.ts';
import { splitSpecifier } from '../../base/specifier.ts';
import type { PackageEngine } from '../../engine.ts';
import type { LinkingProgress } from '../../sets/linked-sets.ts';
import { isBuiltin } from '../../sources/node-builtins.ts';
import type { DependencyTree, TreeNode } from '../../tree/tree.ts';
import type { WarmSet } from './warm-plan.ts';

export type WarmPhase = 'resolve' | 'store' | 'build';

/** Told whenever something was done. */
export type WarmProgress = (state: { phase: WarmPhase; done: number; total: number; item: string }) => void;

/** Something that is not in the store now. */
export interface WarmFailure {
  /** Set, package, specifier or address. */
  what: string;
  why: string;
}

/** What became of a set. */
export interface WarmedSet {
  name: string;
  /** Undefined when the set could not be resolved. */
  tree: DependencyTree | undefined;
  /** Bytes of the files of each package version that is stored now: `name@version` → bytes. */
  sizes: Map<string, number>;
  failures: WarmFailure[];
}

/** How to warm a set. */
export interface WarmSetOptions {
  /** Whose answers to make. */
  shownBy: 'native' | 'bundler';
  /** Resolve anew even when the set is known. */
  refresh?: boolean;
  progress?: WarmProgress;
}

/** Downloads wait for the registry, not for this machine. */
const storesAtOnce = 12;
const maxRedirects = 5;

/**
 * Prepares one set, so that afterwards a relay without a registry answers anything that only needs these packages.
 */
export async function warmSet(
  engine: PackageEngine,
  set: WarmSet,
  options: WarmSetOptions,
): Promise<WarmedSet> {
  const { progress = () => {} } = options;
  const failures: WarmFailure[] = [];
  progress({ phase: 'resolve', done: 0, total: 1, item: set.name });
  const dependencies = await leaveOutMissing(engine, set, failures);
  let tree: DependencyTree;
  try {
    tree = await engine.sets.tree({ dependencies, resolutions: {} }, { refresh: options.refresh ?? false });
  } catch (error) {
    return {
      name: set.name,
      tree: undefined,
      sizes: new Map(),
      failures: [...failures, { what: set.name, why: reasonOf(error) }],
    };
  }
  progress({ phase: 'resolve', done: 1, total: 1, item: set.name });
  const sizes = await storePackages(engine, tree, failures, progress);
  const possible = { ...set, dependencies, specifiers: set.specifiers.filter(isOf(dependencies)) };
  const stored = sizes.size === new Set(Object.values(tree.nodes).map(packageVersion)).size;
  if (stored) await build(engine, tree, possible, { ...options, failures, progress });
  return { name: set.name, tree, sizes, failures };
}

/** The dependencies, without those of the operator's that do not exist. */
async function leaveOutMissing(
  engine: PackageEngine,
  set: WarmSet,
  failures: WarmFailure[],
): Promise<Record<string, string>> {
  const dependencies = { ...set.dependencies };
  await Promise.all(
    set.added.map(async (name) => {
      try {
        const { packageName, range } = parseSpec(name, dependencies[name] ?? 'latest');
        await engine.registry.resolve(packageName, range);
      } catch (error) {
        delete dependencies[name];
        failures.push({ what: name, why: reasonOf(error) });
      }
    }),
  );
  return dependencies;
}

const packageVersion = (node: Pick<TreeNode, 'packageName' | 'version'>): string =>
  `${node.packageName}@${node.version}`;

/** Whether a specifier is of one of these packages, or one of Node's modules. */
const isOf =
  (dependencies: Record<string, string>) =>
  (specifier: string): boolean =>
    dependencies[splitSpecifier(specifier).name] !== undefined || isBuiltin(specifier);

async function storePackages(
  engine: PackageEngine,
  tree: DependencyTree,
  failures: WarmFailure[],
  progress: WarmProgress,
): Promise<Map<string, number>> {
  const wanted = new Map(Object.values(tree.nodes).map((node) => [packageVersion(node), node] as const));
  const permits = new Semaphore(storesAtOnce);
  let done = 0;
  const sizes = new Map<string, number>();
  await Promise.all(
    [...wanted].map(([what, { packageName, version }]) =>
      permits.run(async () => {
        try {
          const files = await engine.registry.files(packageName, version);
          sizes.set(
            what,
            (await files.list()).reduce((sum, { size }) => sum + size, 0),
          );
        } catch (error) {
          failures.push({ what, why: reasonOf(error) });
        }
        done += 1;
        progress({ phase: 'store', done, total: wanted.size, item: what });
      }),
    ),
  );
  return sizes;
}

async function build(
  engine: PackageEngine,
  tree: DependencyTree,
  set: WarmSet,
  {
    shownBy,
    failures,
    progress,
  }: Required<Pick<WarmSetOptions, 'shownBy' | 'progress'>> & { failures: WarmFailure[] },
): Promise<void> {
  const fail = (what: string, why: string): void => {
    failures.push({ what: `${what} (${set.name})`, why });
  };
  const total = Object.keys(tree.nodes).length;
  const built = new Set<string>();
  try {
    const { missing } = await engine.sets.prepare(tree, set.specifiers, (key) => {
      built.add(key);
      progress({ phase: 'build', done: built.size, total, item: key });
    });
    for (const specifier of missing)
      if (set.specifiers.includes(specifier)) fail(specifier, 'The set has no such module.');
    await (shownBy === 'native' ? link(engine, set) : finish(engine, set));
  } catch (error) {
    fail('building', reasonOf(error));
  }
  progress({ phase: 'build', done: total, total, item: set.name });
}

/** Makes the bundler's answers to the set's artifacts. */
async function finish({ finished }: PackageEngine, set: WarmSet): Promise<void> {
  for (const { imports } of set.artifacts)
    await finished.get({
      dependencies: { ...set.dependencies },
      resolutions: {},
      imports: [...imports].sort(),
    });
  await finished.settled();
}

/** Makes packs: those that artifacts of the set share, and those of known artifacts with their answers. */
async function link({ linked }: PackageEngine, set: WarmSet): Promise<void> {
  const dependencies = { ...set.dependencies };
  const imports = Object.keys(dependencies);
  await linked.prepareConstantPacks({ dependencies, resolutions: {}, imports }, unheard);
  await linked.settled();
  const compiler = new ArtifactCompiler();
  for (const { files, declared } of set.artifacts) {
    const needs = await compileWithNeeds(compiler, files, { declared });
    await linked.prepare(needs.set, unheard);
    await linked.settled();
  }
}

const unheard: LinkingProgress = { onTree: () => {}, onBuilt: () => {} };

/**
 * Stores what is behind a CDN address, the package or what is made of it, following redirects.
 * @returns `sources`: the package versions that it is from; `failure`: why it is not there
 */
export async function warmFile(
  engine: PackageEngine,
  address: string,
): Promise<{ sources: string[]; failure?: WarmFailure }> {
  try {
    const { sources, why } = await storeFile(engine, address);
    await engine.encoded.settled();
    return why === undefined ? { sources } : { sources, failure: { what: address, why } };
  } catch (error) {
    return { sources: [], failure: { what: address, why: reasonOf(error) } };
  }
}

/**
 * The same.
 * @returns `why`: why nothing can be stored for this address
 * @throws PackageError when its package cannot be had
 */
export async function storeFile(
  engine: Pick<PackageEngine, 'cdn' | 'encoded'>,
  address: string,
): Promise<{ sources: string[]; why?: string }> {
  let url = new URL(address);
  for (let hops = 0; hops < maxRedirects; hops += 1) {
    const answer = await engine.cdn(url.host, decodeURIComponent(url.pathname), url.searchParams);
    if (!answer) return { sources: [], why: 'The kit does not answer for this address.' };
    if (answer.kind === 'content') {
      if (answer.isBuilt) await engine.encoded.get(answer);
      const others = (await answer.otherSources?.()) ?? [];
      return { sources: answer.source === undefined ? others : [answer.source, ...others] };
    }
    url = new URL(answer.location);
  }
  return { sources: [], why: 'It redirects in circles.' };
}

function reasonOf(error: unknown): string {
  if (error instanceof PackageError) return error.message;
  return error instanceof Error ? error.message : String(error);
}
