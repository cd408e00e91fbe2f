// The module graph with every `require` resolved: what runs without a bundler needs to look up nothing. Built for packs, by the
// same walk as the bundler's manifest, so that both have the same modules.
import { posix } from 'node:path';
import type { DependencyTree, TreeNode } from '../tree/tree.ts';
import {
  type BuildNode,
  locate,
  modulePath,
  packageJsonFor,
  type ReachedPackages,
  reachableFiles,
  reachPackages,
} from './module-graph.ts';
import type { Prebundle, PrebundledFile } from './prebundle.ts';

/** A file of a package, and where its requires lead. */
export interface LinkedModule {
  node: TreeNode;
  content: string;
  /** Whether it is CommonJS; else it is what its extension says. */
  isCode: boolean;
  /** Module paths by specifier, of those that lead somewhere. */
  links: Record<string, string>;
}

/** Everything that some specifiers reach. */
export interface LinkedModules {
  /** By path: `/node_modules/<key>/<file>`. */
  modules: Map<string, LinkedModule>;
  /** Module paths by specifier. */
  roots: Record<string, string>;
  /** Specifiers that lead to a package without such a module, and that package's node. */
  absent: Map<string, TreeNode>;
  /** Keys of nodes that have to be loaded file by file. */
  fallbacks: string[];
}

/**
 * Builds and links everything that `specifiers` need at run time.
 * @param specifiers bare specifiers; those that lead to no package of the tree are left out
 */
export async function linkModules(
  tree: DependencyTree,
  specifiers: readonly string[],
  build: BuildNode,
): Promise<LinkedModules> {
  const reached = await reachPackages(tree, specifiers, build);
  const modules = new Map<string, LinkedModule>();
  const fallbacks: string[] = [];
  for (const [key, subpaths] of reached.needed) {
    const node = tree.nodes[key] as TreeNode;
    const bundle = reached.built.get(key);
    if (!bundle) fallbacks.push(key);
    else
      for (const file of reachableFiles(bundle, subpaths)) {
        const { content, requires } = bundle.files[file] as PrebundledFile;
        modules.set(modulePath(key, file), {
          node,
          content: file === 'package.json' ? packageJsonFor(bundle) : content,
          isCode: requires !== undefined,
          links: linksOf(tree, reached, { key, bundle, file }),
        });
      }
  }
  const roots: Record<string, string> = {};
  const absent = new Map<string, TreeNode>();
  for (const specifier of specifiers) {
    const need = locate(tree, undefined, specifier);
    const path = find(tree, reached, undefined, specifier);
    if (path !== undefined) roots[specifier] = path;
    else if (need) absent.set(specifier, tree.nodes[need.key] as TreeNode);
  }
  return { modules, roots, absent, fallbacks: fallbacks.sort() };
}

function linksOf(
  tree: DependencyTree,
  reached: ReachedPackages,
  { key, bundle, file }: { key: string; bundle: Prebundle; file: string },
): Record<string, string> {
  const links = (bundle.files[file]?.requires ?? []).flatMap((specifier): [string, string][] => {
    const own = specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : undefined;
    if (own !== undefined) return bundle.files[own] ? [[specifier, modulePath(key, own)]] : [];
    const path = find(tree, reached, key, specifier);
    return path === undefined ? [] : [[specifier, path]];
  });
  return Object.fromEntries(links);
}

/** The module that a bare specifier means, from a node or from the artifact. */
function find(
  tree: DependencyTree,
  { built }: ReachedPackages,
  from: string | undefined,
  specifier: string,
): string | undefined {
  const need = locate(tree, from, specifier);
  const bundle = need && built.get(need.key);
  const file = bundle?.entries[need?.subpath ?? ''];
  return need && typeof file === 'string' && bundle?.files[file] ? modulePath(need.key, file) : undefined;
}
