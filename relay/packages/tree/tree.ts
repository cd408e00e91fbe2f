// Resolves a whole dependency set as one consistent tree, as npm would, and keeps it: the same set gives the same tree
// until it is refreshed, also after a restart and without a registry.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { InFlight } from '../base/in-flight.ts';
import { PackageError, withRange } from '../base/package-error.ts';
import { type PackageLog, silentLog } from '../base/package-log.ts';
import { parseSpec } from '../base/package-spec.ts';
import { Semaphore } from '../base/semaphore.ts';
import type { NpmOptions } from '../npm/npm-config.ts';
import { readTarballSpec } from '../npm/packument.ts';
import { PackagePolicy } from '../policy/package-policy.ts';
import type { Registry } from '../registry/registry.ts';
import { type DependencyTree, toDependencyTree } from './dependency-tree.ts';
import { buildIdealTree } from './ideal-tree.ts';
import { type Ahead, prefetchPackuments } from './packument-prefetch.ts';
import { applyReactRules, findReactFaults, type TreeRequest } from './react-rules.ts';
import { TreeStore } from './tree-store.ts';

export type { DependencyTree, TreeNode } from './dependency-tree.ts';

export interface TreeResolverOptions {
  registry: Registry;
  npm: NpmOptions;
  /** Absolute folder; `trees/` and `tmp/` are made below it. */
  dataDir: string;
  /** Default: no rules. */
  policy?: PackagePolicy;
  log?: PackageLog;
}

/** A dependency set to resolve. */
export interface TreeInput {
  /** Package name → version, range, tag or `npm:name@range`. */
  dependencies: Readonly<Record<string, string>>;
  /** Versions to use for a package wherever in the tree it is asked for. */
  overrides?: Readonly<Record<string, string>>;
  /** Resolve anew even if the set was resolved before; when that fails, the earlier tree is returned. */
  refresh?: boolean;
  /** What to begin with while a set that is not known yet is resolved; for each of the callers that share a resolution. */
  ahead?: Ahead;
}

export interface TreeResolver {
  /**
   * Identical calls that run at the same time share one resolution.
   * @throws PackageError naming the package and the range that cannot be met
   */
  resolve(input: TreeInput): Promise<DependencyTree>;
  /**
   * A tree that was resolved before, by its id; undefined when it is not stored here.
   * @throws PackageError when the policy forbids it by now
   */
  get(id: string): Promise<DependencyTree | undefined>;
}

/** Part of each stored tree's name: raise it when the rules change, and sets are resolved anew. */
const rulesVersion = 1;
/** Resolving is CPU-bound; more at once would only delay each other. */
const resolvingAtOnce = 2;

export function createTreeResolver(options: TreeResolverOptions): TreeResolver {
  return new NpmTreeResolver(options);
}

class NpmTreeResolver implements TreeResolver {
  readonly #store: TreeStore;
  readonly #inFlight = new InFlight<DependencyTree>();
  readonly #permits = new Semaphore(resolvingAtOnce);
  readonly #log: PackageLog;
  readonly #policy: PackagePolicy;

  constructor(readonly options: TreeResolverOptions) {
    this.#log = options.log ?? silentLog;
    this.#policy = options.policy ?? new PackagePolicy();
    this.#store = new TreeStore(join(options.dataDir, 'trees'), this.#log);
  }

  async resolve(input: TreeInput): Promise<DependencyTree> {
    const request = readInput(input);
    const { minReleaseAgeMs } = this.#policy.settings;
    // Trees from before the age mattered hold versions of any age; they stay for the pages that have them open.
    const rules = minReleaseAgeMs === 0 ? [rulesVersion] : [rulesVersion, { minReleaseAgeMs }];
    const set = createHash('sha256')
      .update(JSON.stringify([...rules, request]))
      .digest('hex')
      .slice(0, 40);
    const refresh = input.refresh ?? false;
    const known = refresh ? undefined : await this.#known(set);
    if (known) return known;
    const { registry, npm } = this.options;
    // npm's resolver asks for one packument after the other; this walks ahead of it.
    const walk = registry.offline
      ? undefined
      : prefetchPackuments(request.dependencies, registry, npm, input.ahead);
    try {
      return await this.#inFlight.run(`${refresh} ${set}`, () => this.#find(set, request, refresh));
    } finally {
      walk?.stop();
    }
  }

  async get(id: string): Promise<DependencyTree | undefined> {
    const tree = await this.#store.tree(id);
    if (tree) this.#policy.checkTree(tree);
    return tree;
  }

  /** What was resolved before, and may be served. */
  async #known(set: string): Promise<DependencyTree | undefined> {
    const stored = await this.#store.find(set);
    return stored && this.#mayServe(stored) ? stored : undefined;
  }

  async #find(set: string, request: TreeRequest, refresh: boolean): Promise<DependencyTree> {
    const known = await this.#known(set);
    if (known && !refresh) return known;
    try {
      const tree = await this.#resolve(request);
      this.#policy.checkTree(tree);
      await this.#store.keep(set, tree);
      return tree;
    } catch (error) {
      if (!known || !(error instanceof PackageError)) throw error;
      this.#log.warn(
        { code: error.code, detail: error.detail },
        'refreshing a tree failed; the earlier one stays',
      );
      return known;
    }
  }

  /** A tree from before the rules were made may break them. */
  #mayServe(tree: DependencyTree): boolean {
    try {
      this.#policy.checkTree(tree);
      return true;
    } catch {
      return false;
    }
  }

  async #resolve(asked: TreeRequest): Promise<DependencyTree> {
    // Nobody waits in line to find out that the registry is silent: all sets ask it at the same time.
    const named = Object.entries(asked.dependencies).map(([name, spec]) => parseSpec(name, spec));
    await Promise.all(
      named.map(({ packageName, range }) =>
        this.options.registry.packument(packageName).catch((error) => {
          throw withRange(error, range);
        }),
      ),
    );
    return this.#permits.run(() => this.#resolveNow(asked));
  }

  async #resolveNow(asked: TreeRequest): Promise<DependencyTree> {
    const startedAt = performance.now();
    const request = await applyReactRules(asked, this.options.registry);
    let tree = await this.#build(request);
    const corrections = findReactFaults(tree, request.dependencies, false);
    if (corrections) {
      tree = await this.#build({ ...request, overrides: { ...corrections, ...request.overrides } });
      findReactFaults(tree, request.dependencies, true);
    }
    const ms = Math.round(performance.now() - startedAt);
    this.#log.info(
      { tree: tree.id, nodes: Object.keys(tree.nodes).length, ms },
      'resolved a dependency tree',
    );
    return tree;
  }

  async #build(request: TreeRequest, mayRetry = true): Promise<DependencyTree> {
    const { npm, registry, dataDir } = this.options;
    try {
      const ideal = await buildIdealTree(request, {
        npm,
        packument: (name) => registry.packument(name),
        temporaryFolder: join(dataDir, 'tmp'),
        maxPackages: this.#policy.settings.maxTreePackages,
      });
      return toDependencyTree(ideal);
    } catch (error) {
      if (!(error instanceof PackageError) || error.code !== 'VERSION_NOT_FOUND') throw error;
      const { packageName = '', range = '*' } = error.facts;
      // Asks the registry again: the version may have been published a moment ago.
      const exists = await registry.resolve(packageName, range).catch(() => undefined);
      if (exists !== undefined && mayRetry) return this.#build(request, false);
      const packument = await registry.packument(packageName).catch(() => undefined);
      const explained = packument ? this.#policy.explain(error, packument) : error;
      // It may have been published since the registry was last asked.
      throw registry.offline && explained === error
        ? new PackageError('OFFLINE_MISSING', error.facts, error.detail)
        : explained;
    }
  }
}

/** Checks and sorts what was asked for, so that equal sets are equal. An override of a direct dependency takes its place. */
function readInput(input: TreeInput): TreeRequest {
  const overrides = readSpecs(input.overrides ?? {});
  const dependencies = readSpecs(input.dependencies);
  for (const name of Object.keys(overrides)) {
    if (dependencies[name] === undefined) continue;
    dependencies[name] = overrides[name] as string;
    // npm refuses an override that differs from the project's own dependency; `$name` refers to that.
    overrides[name] = `$${name}`;
  }
  return { dependencies, overrides };
}

function readSpecs(specs: Readonly<Record<string, string>>): Record<string, string> {
  const read = Object.entries(specs).map(([name, given]): [string, string] => {
    const spec = readTarballSpec(given.trim()) || '*';
    parseSpec(name, spec);
    return [name, spec];
  });
  return Object.fromEntries(read.sort(([a], [b]) => (a < b ? -1 : 1)));
}
