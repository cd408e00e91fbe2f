// Answers the frame's one request: a set of ranges becomes a tree, the tree and the artifact's imports become a manifest.
import { createHash } from 'node:crypto';
import { InFlight } from './in-flight.ts';
import { type Contents, collectModules } from './module-graph.ts';
import { PackageError } from './package-error.ts';
import type { PackageLog } from './package-log.ts';
import type { PrebundleStore } from './prebundle-store.ts';
import type { DependencyTree, TreeResolver } from './tree.ts';

/** What the frame asks for. */
export interface SetRequest {
  /** Ranges by package name, as the artifact's package.json has them. */
  dependencies: Record<string, string>;
  /** Yarn-style resolutions: they win over every range in the tree. */
  resolutions: Record<string, string>;
  /** Bare specifiers that the artifact imports. */
  imports: string[];
}

/** The bundler's merged manifest (codesandbox-client, `packager/fetch-dependencies`), with the tree it came from. */
export interface SetManifest {
  tree: string;
  contents: Contents;
  dependencies: { name: string; version: string }[];
  dependencyDependencies: Record<
    string,
    { semver: string; resolved: string; parents: string[]; entries: string[] }
  >;
  dependencyAliases: Record<string, Record<string, string>>;
}

/** Packages the bundler itself works with; it adds them to every set, with these ranges. */
const bundlerDependencies = { 'node-libs-browser': '2.2.1', '@babel/runtime': '^7.3.1' };
const reactRefresh = { 'react-refresh': '0.9.0' };
/** What compiled React code requires although no artifact names it. */
/** What code compiled by Babel requires although no artifact names it. */
const babelImports = [
  '@babel/runtime/helpers/interopRequireDefault',
  '@babel/runtime/helpers/interopRequireWildcard',
];
const reactImports = [
  'react',
  'react/jsx-runtime',
  'react/jsx-dev-runtime',
  'react-dom',
  'react-dom/client',
  'react-refresh/runtime',
];

const maxDependencies = 400;

/** Resolves sets and collects their modules; identical requests share one run. */
export class DependencySets {
  readonly #trees: TreeResolver;
  readonly #prebundles: PrebundleStore;
  readonly #log: PackageLog;
  readonly #running = new InFlight<SetManifest>();

  constructor(options: { trees: TreeResolver; prebundles: PrebundleStore; log: PackageLog }) {
    this.#trees = options.trees;
    this.#prebundles = options.prebundles;
    this.#log = options.log;
  }

  /**
   * The manifest of a set.
   * @throws PackageError naming the package and the range that cannot be had
   */
  async manifest(request: SetRequest): Promise<SetManifest> {
    const key = createHash('sha256').update(JSON.stringify(request)).digest('hex');
    return this.#running.run(key, () => this.#assemble(request));
  }

  /** The resolved tree of a set, with the bundler's own packages. */
  async tree(request: Pick<SetRequest, 'dependencies' | 'resolutions'>): Promise<DependencyTree> {
    const { dependencies, resolutions } = request;
    if (Object.keys(dependencies).length > maxDependencies)
      throw new PackageError('INVALID_RANGE', {
        packageName: `a set of ${Object.keys(dependencies).length} packages`,
        range: `at most ${maxDependencies}`,
      });
    const react = dependencies['react-dom'] === undefined ? {} : reactRefresh;
    return this.#trees.resolve({
      dependencies: { ...dependencies, ...bundlerDependencies, ...react },
      overrides: plainResolutions(resolutions),
    });
  }

  /**
   * Modules that make one more specifier importable in a tree.
   * @returns undefined when the tree has no such module, or its package is served file by file
   */
  async modules(treeId: string, specifier: string): Promise<Contents | undefined> {
    const tree = await this.#trees.get(treeId);
    if (!tree) return undefined;
    const { contents, missing } = await collectModules(tree, [specifier], (node, subpaths) =>
      this.#prebundles.get(node, subpaths),
    );
    return missing.length > 0 || Object.keys(contents).length === 0 ? undefined : contents;
  }

  async #assemble(request: SetRequest): Promise<SetManifest> {
    const started = performance.now();
    const tree = await this.tree(request);
    const resolvedMs = performance.now() - started;
    const imports = new Set([...request.imports, ...babelImports]);
    if (tree.root['react-dom']) for (const specifier of reactImports) imports.add(specifier);
    const { contents, missing, fallbacks } = await collectModules(tree, imports, (node, subpaths) =>
      this.#prebundles.get(node, subpaths),
    );
    this.#log.info(
      {
        packages: Object.keys(tree.nodes).length,
        files: Object.keys(contents).length,
        missing,
        fallbacks,
        resolvedMs: Math.round(resolvedMs),
        totalMs: Math.round(performance.now() - started),
      },
      'dependency set assembled',
    );
    return { tree: tree.id, contents, ...describeTree(tree, request.dependencies) };
  }
}

/** Yarn's resolutions may name a path (`**\/react`, `a/b`); what npm's resolver can follow is the package at its end. */
function plainResolutions(resolutions: Record<string, string>): Record<string, string> {
  const plain = Object.entries(resolutions).map(([path, range]) => [
    /(@[^/*]+\/)?[^/*]+$/.exec(path)?.[0] ?? path,
    range,
  ]);
  return Object.fromEntries(plain);
}

/** The tree in the bundler's terms. */
export function describeTree(
  tree: DependencyTree,
  asked: Record<string, string>,
): Pick<SetManifest, 'dependencies' | 'dependencyDependencies' | 'dependencyAliases'> {
  const dependencies = Object.entries(tree.root).map(([name, key]) => ({
    name,
    version: tree.nodes[key]?.version ?? asked[name] ?? '',
  }));
  const rootKeys = new Set(Object.values(tree.root));
  const dependencyDependencies: SetManifest['dependencyDependencies'] = {};
  const dependencyAliases: SetManifest['dependencyAliases'] = {};
  for (const node of Object.values(tree.nodes)) {
    if (!rootKeys.has(node.key))
      dependencyDependencies[node.key] = {
        semver: node.version,
        resolved: node.version,
        parents: [],
        entries: [],
      };
    for (const [name, key] of Object.entries(node.dependencies)) {
      if (key === name) continue;
      const aliases = dependencyAliases[node.key] ?? {};
      aliases[name] = key;
      dependencyAliases[node.key] = aliases;
    }
  }
  return { dependencies, dependencyDependencies, dependencyAliases };
}
