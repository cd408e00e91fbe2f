// Answers the frame's one request: a set of ranges becomes a tree, the tree and the artifact's imports become a manifest.
import { createHash } from 'node:crypto';
import type { SetAddition, SetManifest } from '../../shared/set-manifest.ts';
import type { SetRequest } from '../../shared/set-query.ts';
import { InFlight } from '../base/in-flight.ts';
import { PackageError } from '../base/package-error.ts';
import type { PackageLog } from '../base/package-log.ts';
import { parseSpec } from '../base/package-spec.ts';
import { splitSpecifier } from '../base/specifier.ts';
import { atOnce, type Turn } from '../base/turn.ts';
import { readTarballSpec } from '../npm/packument.ts';
import { type LinkedModules, linkModules } from '../prebundle/linked-modules.ts';
import { collectModules } from '../prebundle/module-graph.ts';
import { prebundleVersion } from '../prebundle/prebundle.ts';
import type { PrebundleStore } from '../prebundle/prebundle-store.ts';
import { fileJson } from '../prebundle/stored-prebundle.ts';
import type { AskedPackages } from '../registry/asked-packages.ts';
import { isBuiltin } from '../sources/node-builtins.ts';
import type { Ahead } from '../tree/packument-prefetch.ts';
import type { DependencyTree, TreeNode, TreeResolver } from '../tree/tree.ts';
import { matchCompilers } from './compilers.ts';
import { neededImports, reactImportsOf, sureImports } from './needed-imports.ts';
import type { SetsLock } from './sets-lock.ts';
import { describeTree } from './tree-description.ts';

/** A manifest, and the keys of nodes that are left to be loaded file by file because they cannot be pre-bundled. */
export interface AssembledSet {
  manifest: SetManifest;
  fallbacks: string[];
}

/** Modules without a bundler. */
export interface LinkedSet extends LinkedModules {
  /** What every React preview imports, whatever its artifact does; none without react-dom. */
  react: readonly string[];
}

/** A request whose tree is known: all that is made of it is made of this one tree, whoever refreshes the set meanwhile. */
export interface ResolvedSet {
  tree: DependencyTree;
  /** What the manifest depends on, as a key. */
  key: string;
  /** Collects what the imports need; calls for equal keys that run at the same time share one run. @throws PackageError */
  assemble(): Promise<AssembledSet>;
  /**
   * Builds what the imports need, each package in its turn; {@link assemble} then has nothing left to build.
   * @param onBuilt told of each node that is ready
   * @throws PackageError
   */
  build(turn: Turn, onBuilt: (node: TreeNode) => void): Promise<void>;
}

/** Part of each manifest's key: raise it when the same tree and imports give another manifest. */
const manifestVersion = 1;

/** Packages the bundler itself works with; it adds them to every set, with these ranges. */
const bundlerDependencies = { 'node-libs-browser': '2.2.1', '@babel/runtime': '^7.3.1' };
const reactRefresh = { 'react-refresh': '0.9.0' };
const maxDependencies = 400;

/** Resolves sets and collects their modules; identical requests share one run. */
export class DependencySets {
  readonly #trees: TreeResolver;
  readonly #prebundles: PrebundleStore;
  readonly #asked: AskedPackages;
  readonly #lock: SetsLock | undefined;
  readonly #log: PackageLog;
  readonly #running = new InFlight<AssembledSet>();

  constructor(options: {
    trees: TreeResolver;
    prebundles: PrebundleStore;
    asked: AskedPackages;
    lock?: SetsLock | undefined;
    log: PackageLog;
  }) {
    this.#trees = options.trees;
    this.#asked = options.asked;
    this.#lock = options.lock;
    this.#prebundles = options.prebundles;
    this.#log = options.log;
  }

  /**
   * The manifest of a set.
   * @throws PackageError naming the package and the range that cannot be had
   */
  async manifest(request: SetRequest): Promise<SetManifest> {
    const { assemble } = await this.resolve(request);
    return (await assemble()).manifest;
  }

  /**
   * Resolves the tree of a set; where it is not known yet, begins to build what will be needed meanwhile.
   * @param turn for what is built meanwhile
   * @throws PackageError naming the package and the range that cannot be had
   */
  async resolve(request: SetRequest, turn: Turn = atOnce): Promise<ResolvedSet> {
    const started = performance.now();
    const tree = await this.tree(request, { ahead: this.#startAhead(request, turn) });
    const resolvedMs = performance.now() - started;
    const imports = neededImports(tree, request.imports);
    const parts = [manifestVersion, prebundleVersion, tree.id, imports];
    const key = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
    const log = turn === atOnce ? this.#log.info : this.#log.debug;
    const assemble = () => this.#assemble(tree, imports, resolvedMs, log.bind(this.#log));
    return {
      tree,
      key,
      assemble: () => this.#running.run(key, assemble),
      build: async (turn, onBuilt) => {
        await collectModules(tree, imports, async (node, subpaths) => {
          const bundle = await turn(() => this.#prebundles.get(this.#exactly(tree, node), subpaths));
          onBuilt(node);
          return bundle;
        });
      },
    };
  }

  /**
   * Builds what these imports need, in any combination, without making an answer of it.
   * @param onBuilt told of each node that is ready
   * @returns specifiers that the tree has no module for, and the nodes that cannot be pre-bundled
   * @throws PackageError when a package cannot be had
   */
  async prepare(
    tree: DependencyTree,
    imports: readonly string[],
    onBuilt: (key: string) => void = () => {},
  ): Promise<{ missing: string[]; fallbacks: string[] }> {
    const { missing, fallbacks } = await collectModules(
      tree,
      neededImports(tree, imports),
      async (node, subpaths) => {
        const bundle = await this.#prebundles.widen(this.#exactly(tree, node), subpaths);
        onBuilt(node.key);
        return bundle;
      },
    );
    return { missing, fallbacks };
  }

  /**
   * What these imports and React's own reach in a tree, every require resolved.
   * @param turn for each package that has to be built; `onBuilt` is told of each node that is ready
   * @throws PackageError when a package cannot be had
   */
  async link(
    tree: DependencyTree,
    imports: readonly string[],
    turn: Turn = atOnce,
    onBuilt: (node: TreeNode) => void = () => {},
  ): Promise<LinkedSet> {
    const react = reactImportsOf(tree.root);
    const needed = [...new Set([...imports, ...react])].sort();
    const linked = await linkModules(tree, needed, async (node, subpaths) => {
      const bundle = await turn(() => this.#prebundles.get(this.#exactly(tree, node), subpaths));
      onBuilt(node);
      return bundle;
    });
    return { ...linked, react };
  }

  /** The same in a tree that was resolved before; undefined when there is no such tree. */
  async linkStored(treeId: string, imports: readonly string[]): Promise<LinkedSet | undefined> {
    const tree = await this.#stored(treeId);
    return tree && this.link(tree, imports);
  }

  /** The resolved tree of a set, with the bundler's own packages. */
  async tree(
    request: Pick<SetRequest, 'dependencies' | 'resolutions'>,
    options: { refresh?: boolean; ahead?: Ahead } = {},
  ): Promise<DependencyTree> {
    const { dependencies, resolutions } = request;
    if (Object.keys(dependencies).length > maxDependencies)
      throw new PackageError('INVALID_RANGE', {
        packageName: `a set of ${Object.keys(dependencies).length} packages`,
        range: `at most ${maxDependencies}`,
      });
    const overrides = plainResolutions(resolutions);
    const react = dependencies['react-dom'] === undefined ? {} : reactRefresh;
    const own = { ...bundlerDependencies, ...react };
    const chosen = Object.entries(dependencies).filter(([name]) => !Object.hasOwn(own, name));
    const { policy } = this.#asked;
    for (const [name, spec] of chosen) policy.checkAsked(realName(name, spec));
    // An override may put another package in the place of one that comes along.
    for (const [name, spec] of Object.entries(overrides))
      if (realName(name, spec) !== name) policy.checkAsked(realName(name, spec));
    const locked = options.refresh ? undefined : this.#lock?.find(request);
    if (locked) this.#asked.policy.checkTree(locked);
    const resolving =
      locked ??
      this.#trees.resolve({
        dependencies: { ...matchCompilers(dependencies), ...own },
        overrides,
        ...options,
      });
    const tree = await resolving;
    for (const [name] of chosen) {
      const node = tree.nodes[tree.root[name] ?? ''];
      if (node) policy.checkAsked(node.packageName, node.version);
    }
    this.#asked.admit(tree);
    return tree;
  }

  /**
   * Modules that make more specifiers importable in a tree, beside what a page has for `known` ones.
   * @returns undefined when there is no such tree
   */
  async addition(
    treeId: string,
    { known, added }: { known: readonly string[]; added: readonly string[] },
  ): Promise<SetAddition | undefined> {
    const tree = await this.#stored(treeId);
    if (!tree) return undefined;
    const collect = (imports: readonly string[]) =>
      collectModules(tree, neededImports(tree, imports), (node, subpaths) =>
        this.#prebundles.get(this.#exactly(tree, node), subpaths),
      );
    const before = await collect(known);
    const after = await collect([...known, ...added]);
    const isThere = (path: string): boolean => {
      const [file, newer] = [before.contents[path], after.contents[path]];
      return file !== undefined && newer !== undefined && fileJson(file).equals(fileJson(newer));
    };
    return {
      contents: Object.fromEntries(Object.entries(after.contents).filter(([path]) => !isThere(path))),
      missing: added.filter((specifier) => after.missing.includes(specifier)),
      replaces: Object.keys(before.contents).some((path) => !isThere(path)),
    };
  }

  async #stored(treeId: string): Promise<DependencyTree | undefined> {
    const tree = this.#lock?.tree(treeId) ?? (await this.#trees.get(treeId));
    if (tree) this.#asked.admit(tree);
    return tree;
  }

  /** A lock decides the very tarball too; otherwise the registry states what a version's tarball is. */
  #exactly(
    tree: DependencyTree,
    { packageName, version, integrity }: TreeNode,
  ): Parameters<PrebundleStore['get']>[0] {
    const locked = integrity !== undefined && this.#lock?.tree(tree.id) !== undefined;
    return { packageName, version, ...(locked ? { integrity } : { likely: integrity }) };
  }

  /**
   * Fetches and builds what will be needed while the tree is still being resolved: that waits for the registry mostly, this
   * for the machine. Failures are not looked at: what is needed after all is asked for again.
   */
  #startAhead({ dependencies, imports }: SetRequest, turn: Turn): Ahead {
    const subpaths = new Map<string, Set<string>>();
    for (const specifier of sureImports(dependencies, imports)) {
      if (isBuiltin(specifier)) continue;
      const { name, subpath } = splitSpecifier(specifier);
      subpaths.set(name, (subpaths.get(name) ?? new Set()).add(subpath));
    }
    return {
      needed: new Set(subpaths.keys()),
      guessed: (packageName, version, dependency = '') => {
        const imported = subpaths.get(dependency);
        const node = { packageName, version };
        const begin = async (): Promise<unknown> =>
          imported ? this.#prebundles.get(node, [...imported].sort()) : this.#prebundles.fetch(node);
        turn(begin).catch(() => {});
      },
    };
  }

  async #assemble(
    tree: DependencyTree,
    imports: readonly string[],
    resolvedMs: number,
    log: PackageLog['info'],
  ): Promise<AssembledSet> {
    const started = performance.now();
    const { contents, missing, fallbacks } = await collectModules(tree, imports, (node, subpaths) =>
      this.#prebundles.get(this.#exactly(tree, node), subpaths),
    );
    log(
      {
        packages: Object.keys(tree.nodes).length,
        files: Object.keys(contents).length,
        missing,
        fallbacks,
        resolvedMs: Math.round(resolvedMs),
        totalMs: Math.round(resolvedMs + performance.now() - started),
      },
      'dependency set assembled',
    );
    return { manifest: { tree: tree.id, contents, ...describeTree(tree) }, fallbacks };
  }
}

/** The package that a dependency means: an alias's target. */
function realName(name: string, spec: string): string {
  return parseSpec(name, readTarballSpec(spec.trim()) || '*').packageName;
}

/** Yarn's resolutions may name a path (`**\/react`, `a/b`); what npm's resolver can follow is the package at its end. */
function plainResolutions(resolutions: Record<string, string>): Record<string, string> {
  const plain = Object.entries(resolutions).map(([path, range]) => [
    /(@[^/*]+\/)?[^/*]+$/.exec(path)?.[0] ?? path,
    range,
  ]);
  return Object.fromEntries(plain);
}
