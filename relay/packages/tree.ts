// Resolves a whole dependency set as one consistent tree, as npm would, and keeps it: the same set gives the same tree
// until it is refreshed, also after a restart and without a registry.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type DependencyTree, toDependencyTree } from './dependency-tree.ts';
import { buildIdealTree } from './ideal-tree.ts';
import { InFlight } from './in-flight.ts';
import type { NpmOptions } from './npm-config.ts';
import { PackageError } from './package-error.ts';
import { type PackageLog, silentLog } from './package-log.ts';
import { parseSpec } from './package-spec.ts';
import { readTarballSpec } from './packument.ts';
import { prefetchPackuments } from './packument-prefetch.ts';
import { applyReactRules, findReactFaults, type TreeRequest } from './react-rules.ts';
import type { Registry } from './registry.ts';
import { Semaphore } from './semaphore.ts';
import { TreeStore } from './tree-store.ts';

export type { DependencyTree, TreeNode } from './dependency-tree.ts';

export interface TreeResolverOptions {
  registry: Registry;
  npm: NpmOptions;
  /** Absolute folder; `trees/` and `tmp/` are made below it. */
  dataDir: string;
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
}

export interface TreeResolver {
  /**
   * Identical calls that run at the same time share one resolution.
   * @throws PackageError naming the package and the range that cannot be met
   */
  resolve(input: TreeInput): Promise<DependencyTree>;
  /** A tree that was resolved before, by its id; undefined when it is not stored here. */
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

  constructor(readonly options: TreeResolverOptions) {
    this.#log = options.log ?? silentLog;
    this.#store = new TreeStore(join(options.dataDir, 'trees'), this.#log);
  }

  async resolve(input: TreeInput): Promise<DependencyTree> {
    const request = readInput(input);
    const set = createHash('sha256')
      .update(JSON.stringify([rulesVersion, request]))
      .digest('hex')
      .slice(0, 40);
    const refresh = input.refresh ?? false;
    return this.#inFlight.run(`${refresh} ${set}`, () => this.#find(set, request, refresh));
  }

  async get(id: string): Promise<DependencyTree | undefined> {
    return this.#store.tree(id);
  }

  async #find(set: string, request: TreeRequest, refresh: boolean): Promise<DependencyTree> {
    const known = await this.#store.find(set);
    if (known && !refresh) return known;
    try {
      const tree = await this.#permits.run(() => this.#resolve(request));
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

  async #resolve(asked: TreeRequest): Promise<DependencyTree> {
    const startedAt = performance.now();
    const { registry } = this.options;
    // npm's resolver asks for one packument after the other; this walks ahead of it.
    const prefetching = registry.offline ? undefined : prefetchPackuments(asked.dependencies, registry);
    try {
      const request = await applyReactRules(asked, registry);
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
    } finally {
      prefetching?.stop();
    }
  }

  async #build(request: TreeRequest): Promise<DependencyTree> {
    const { npm, registry, dataDir } = this.options;
    const ideal = await buildIdealTree(request, {
      npm,
      packument: (name) => registry.packument(name),
      temporaryFolder: join(dataDir, 'tmp'),
    });
    return toDependencyTree(ideal);
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
