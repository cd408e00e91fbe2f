// Where the imports of a package lead, by the tree that npm would install for that package in that context: so ranges, peers
// and second versions follow npm's rules, and whoever agrees on a version shares the module.
import { LRUCache } from 'lru-cache';
import { PackageError } from '../base/package-error.ts';
import { parseSpec } from '../base/package-spec.ts';
import { splitSpecifier } from '../base/specifier.ts';
import type { Registry } from '../registry/registry.ts';
import { browserRules, type PackageFolder, resolveEntry } from '../sources/entry-points.ts';
import type { PackageFiles } from '../store/package-files.ts';
import type { DependencyTree, TreeNode, TreeResolver } from '../tree/tree.ts';
import { builtinOf } from './builtin-imports.ts';
import { formatAddress, kitAddress } from './es-address.ts';
import { type EsContext, isExternal } from './es-context.ts';
import type { EsImport } from './es-package.ts';
import { modulePath } from './module-text.ts';

/** Where the replacements of Node's modules come from, as in the bundler. */
const builtinPackage = { name: 'node-libs-browser', version: '2.2.1' };

/** An exact package version, as it is in a context. */
export interface EsOwner {
  files: PackageFiles;
  context: EsContext;
}

/** Resolves imports. */
export class EsLinks {
  readonly #peers = new LRUCache<string, Promise<Record<string, string>>>({ max: 2_000 });

  /** @param parts `asked`: the registry as far as artifacts may ask for its packages; `admit`: told of trees that are used */
  constructor(
    readonly parts: {
      registry: Registry;
      asked: Registry;
      trees: TreeResolver;
      admit: (tree: DependencyTree) => void;
    },
  ) {}

  /**
   * Where an import of a package leads.
   * @throws PackageError when it leads nowhere and cannot wait
   */
  async resolve(owner: EsOwner, { specifier, kind }: EsImport): Promise<string> {
    if (specifier.startsWith('kit:')) return kitAddress(specifier.slice('kit:'.length));
    const builtin = builtinOf(owner.files.packageJson, specifier);
    if (builtin) return this.#builtin(builtin.replacement, owner.context);
    const { name, subpath } = splitSpecifier(specifier);
    if (isExternal(owner.context, name)) return specifier;
    try {
      return await this.#dependency(owner, name, subpath, kind === 'require');
    } catch (error) {
      if (error instanceof PackageError && kind !== 'import') return kitAddress('missing');
      throw error;
    }
  }

  /** The address of a subpath of a package version. @throws PackageError FILE_NOT_FOUND */
  async address(name: string, version: string, subpath: string, context: EsContext): Promise<string> {
    const files = await this.parts.registry.files(name, version);
    const file = entryFile(files, subpath, context);
    if (file === undefined)
      throw new PackageError('FILE_NOT_FOUND', { packageName: name, version, path: subpath.slice(1) || '/' });
    return formatAddress({ context, name, version, file: modulePath(file) });
  }

  /**
   * The context as far as it matters to a package version: with it alone, npm picks the same versions.
   * @throws PackageError when the versions cannot be installed together
   */
  async canonical(name: string, version: string, context: EsContext): Promise<EsContext> {
    const { [name]: _, ...deps } = context.deps;
    if (Object.keys(deps).length === 0) return { ...context, deps };
    const [bare, pinned] = await Promise.all([
      this.#tree(name, version, {}),
      this.#tree(name, version, deps),
    ]);
    if (bare.id === pinned.id) return { ...context, deps: {} };
    const given = pick(deps, (dep) => versionsOf(pinned, dep).length > 0);
    const own = pinned.nodes[pinned.root[name] ?? ''];
    // All peers, named or not: whoever names one and whoever names two of them may mean the same versions.
    const present = { ...(own ? await this.#peersBelow(pinned, own) : {}), ...given };
    const different = pick(present, (dep, wanted) => versionsOf(bare, dep).join() !== wanted);
    const narrow = await this.#tree(name, version, different);
    return { ...context, deps: narrow.id === pinned.id ? different : present };
  }

  async #tree(
    name: string,
    version: string,
    overrides: Readonly<Record<string, string>>,
  ): Promise<DependencyTree> {
    const { trees, admit } = this.parts;
    const tree = await trees.resolve({ dependencies: { [name]: version }, overrides });
    admit(tree);
    return tree;
  }

  async #builtin(replacement: string | undefined, context: EsContext): Promise<string> {
    if (replacement === undefined) return kitAddress('empty');
    const tree = await this.#tree(builtinPackage.name, builtinPackage.version, {});
    const { name, subpath } = splitSpecifier(replacement);
    const node = tree.nodes[name];
    if (!node) return kitAddress('empty');
    return this.address(node.packageName, node.version, subpath, { ...context, deps: {}, external: [] });
  }

  async #dependency(
    { files, context }: EsOwner,
    dependency: string,
    subpath: string,
    isRequired: boolean,
  ): Promise<string> {
    const { name, version } = files;
    if (dependency === name) return this.address(name, version, subpath, context);
    const { [name]: _, ...deps } = context.deps;
    const tree = await this.#tree(name, version, deps);
    const own = tree.nodes[tree.root[name] ?? ''];
    const node = tree.nodes[own?.dependencies[dependency] ?? ''];
    if (node) {
      const inherited = { ...context, deps: { ...(await this.#peersBelow(tree, node)), ...context.deps } };
      const { packageName, version: exact } = node;
      const settled = await this.canonical(packageName, exact, inherited).catch((error) => {
        if (!(error instanceof PackageError)) throw error;
        return this.canonical(packageName, exact, context);
      });
      return this.address(packageName, exact, subpath, settled);
    }
    const range = context.deps[dependency] ?? optionalRange(files, dependency);
    // What is required without being installed is what a `try` is around.
    if (range === undefined && isRequired)
      throw new PackageError('PACKAGE_NOT_FOUND', { packageName: dependency, requiredBy: name });
    const spec = parseSpec(dependency, range ?? 'latest');
    const exact = await this.parts.asked.resolve(spec.packageName, spec.range);
    const settled = await this.canonical(spec.packageName, exact, context);
    return this.address(spec.packageName, exact, subpath, settled);
  }

  #peersBelow(tree: DependencyTree, root: TreeNode): Promise<Record<string, string>> {
    const key = `${tree.id} ${root.key}`;
    const known = this.#peers.get(key) ?? this.#collectPeers(tree, root);
    this.#peers.set(key, known);
    known.catch(() => this.#peers.delete(key));
    return known;
  }

  /** The versions of peers that packages below a node were given here: they must not choose anew on their own. */
  async #collectPeers(tree: DependencyTree, root: TreeNode): Promise<Record<string, string>> {
    const pins: Record<string, string> = {};
    const seen = new Set<string>();
    const queue = [root];
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      if (seen.has(node.key)) continue;
      seen.add(node.key);
      const { versions } = await this.parts.registry.packument(node.packageName);
      const { peerDependencies = {} } = versions[node.version] ?? {};
      for (const [name, key] of Object.entries(node.dependencies)) {
        const target = tree.nodes[key];
        if (!target) continue;
        queue.push(target);
        const isPeer = Object.hasOwn(peerDependencies, name) && target.packageName === name;
        if (isPeer && target.key !== root.key) pins[name] ??= target.version;
      }
    }
    return pins;
  }
}

/** The source file that a subpath means; its own name for one that is asked for by file. */
export function entryFile(files: PackageFiles, subpath: string, { env }: EsContext): string | undefined {
  const folder: PackageFolder = {
    dir: files.dir,
    packageJson: files.packageJson,
    rules: browserRules(env),
  };
  return resolveEntry(folder, subpath);
}

/** The range of an optional dependency, which npm leaves out of the tree. */
function optionalRange({ packageJson }: PackageFiles, dependency: string): string | undefined {
  const { peerDependencies, optionalDependencies } = packageJson as Record<
    string,
    Record<string, string> | undefined
  >;
  return peerDependencies?.[dependency] ?? optionalDependencies?.[dependency];
}

function versionsOf(tree: DependencyTree, name: string): string[] {
  return Object.values(tree.nodes)
    .filter((node) => node.packageName === name)
    .map(({ version }) => version);
}

function pick(
  deps: Readonly<Record<string, string>>,
  keep: (name: string, version: string) => boolean,
): Record<string, string> {
  return Object.fromEntries(Object.entries(deps).filter(([name, version]) => keep(name, version)));
}
