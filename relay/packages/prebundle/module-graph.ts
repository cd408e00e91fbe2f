// Which files a set of imports needs: walks from package to package, building each one for the subpaths that are reached.
import { posix } from 'node:path';
import type { Contents } from '../../shared/set-manifest.ts';
import { splitSpecifier } from '../base/specifier.ts';
import { browserBuiltin, isBuiltin } from '../sources/node-builtins.ts';
import type { DependencyTree, TreeNode } from '../tree/tree.ts';
import { mainFile, type Prebundle } from './prebundle.ts';

/** A place in the tree: a node's key and a subpath of that package. */
interface Need {
  key: string;
  subpath: string;
}

/** Builds a node's package for these subpaths; undefined when it has to be loaded file by file. */
export type BuildNode = (node: TreeNode, subpaths: string[]) => Promise<Prebundle | undefined>;

/** What was walked through. */
export interface ReachedPackages {
  /** Subpaths that are needed of each node, by its key. */
  needed: ReadonlyMap<string, ReadonlySet<string>>;
  /** Built for these subpaths; undefined: has to be loaded file by file. */
  built: ReadonlyMap<string, Prebundle | undefined>;
  /** Specifiers that lead to no package of the tree, nor to a built-in module. */
  unknown: string[];
}

/**
 * Builds everything that `specifiers` need at run time.
 * @param specifiers bare specifiers as the artifact writes them, e.g. `three/addons/controls/OrbitControls.js`
 */
export async function reachPackages(
  tree: DependencyTree,
  specifiers: Iterable<string>,
  build: BuildNode,
): Promise<ReachedPackages> {
  const needed = new Map<string, Set<string>>();
  const built = new Map<string, Prebundle | undefined>();
  const unknown = new Set<string>();
  const want = (need: Need | undefined): void => {
    if (!need) return;
    const subpaths = needed.get(need.key) ?? new Set();
    needed.set(need.key, subpaths.add(need.subpath));
  };
  for (const specifier of specifiers) {
    const need = locate(tree, undefined, specifier);
    if (need) want(need);
    else if (!isBuiltin(specifier)) unknown.add(specifier);
  }
  for (;;) {
    const stale = [...needed].filter(
      ([key, subpaths]) => !built.has(key) || !covers(built.get(key), subpaths),
    );
    if (stale.length === 0) break;
    await Promise.all(
      stale.map(async ([key, subpaths]) => {
        const node = tree.nodes[key] as TreeNode;
        built.set(key, await build(node, [...subpaths].sort()));
      }),
    );
    for (const [key] of stale) {
      const bundle = built.get(key);
      if (!bundle) continue;
      for (const file of reachableFiles(bundle, needed.get(key) ?? []))
        for (const required of bundle.files[file]?.requires ?? [])
          if (!required.startsWith('.')) want(locate(tree, key, required));
    }
  }
  return { needed, built, unknown: [...unknown] };
}

/**
 * Collects everything that `specifiers` need at run time, as the bundler takes it.
 * @returns the files, and the specifiers that no package of the tree answers
 */
export async function collectModules(
  tree: DependencyTree,
  specifiers: Iterable<string>,
  build: BuildNode,
): Promise<{ contents: Contents; missing: string[]; fallbacks: string[] }> {
  const { needed, built, unknown } = await reachPackages(tree, specifiers, build);
  const missing = new Set(unknown);
  const contents: Contents = {};
  const fallbacks: string[] = [];
  for (const [key, subpaths] of needed) {
    const bundle = built.get(key);
    if (!bundle) {
      fallbacks.push(key);
      continue;
    }
    for (const file of reachableFiles(bundle, subpaths))
      contents[modulePath(key, file)] = bundle.files[file] as Contents[string];
    contents[modulePath(key, 'package.json')] = { content: packageJsonFor(bundle) };
    for (const subpath of subpaths)
      if (bundle.entries[subpath] === null) missing.add(`${key}${subpath.slice(1)}`);
  }
  return { contents, missing: [...missing].sort(), fallbacks };
}

/** Where a file of a node is. */
export function modulePath(key: string, file: string): string {
  return `/node_modules/${key}/${file}`;
}

/** Where a specifier leads from a node (or from the artifact itself); undefined when the tree has no such package. */
export function locate(tree: DependencyTree, from: string | undefined, specifier: string): Need | undefined {
  const bare = specifier.replace(/^node:/, '');
  if (isBuiltin(bare)) {
    const replacement = browserBuiltin(bare);
    return replacement === undefined ? undefined : locateInTree(tree, undefined, replacement);
  }
  return locateInTree(tree, from, bare);
}

function locateInTree(tree: DependencyTree, from: string | undefined, specifier: string): Need | undefined {
  const { name, subpath } = splitSpecifier(specifier);
  // The bundler names a second version in the path itself: `dep/1.2.3/file`.
  const versioned = /^\.\/(\d+\.\d+\.\d+[^/]*)(?:\/(.*))?$/.exec(subpath);
  if (versioned && tree.nodes[`${name}/${versioned[1]}`])
    return { key: `${name}/${versioned[1]}`, subpath: versioned[2] ? `./${versioned[2]}` : '.' };
  const node = from === undefined ? undefined : tree.nodes[from];
  const key = (node && node.name === name ? node.key : node?.dependencies[name]) ?? tree.root[name] ?? name;
  return tree.nodes[key] ? { key, subpath } : undefined;
}

function covers(bundle: Prebundle | undefined, subpaths: ReadonlySet<string>): boolean {
  return bundle === undefined || [...subpaths].every((subpath) => Object.hasOwn(bundle.entries, subpath));
}

/** The files that these entries load, directly or not, within the package. */
export function reachableFiles(bundle: Prebundle, subpaths: Iterable<string>): Set<string> {
  const queue = [...subpaths].flatMap((subpath) => bundle.entries[subpath] ?? []);
  const found = new Set<string>();
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    const entry = bundle.files[file];
    if (found.has(file) || !entry) continue;
    found.add(file);
    for (const required of entry.requires ?? [])
      if (required.startsWith('.')) queue.push(posix.join(posix.dirname(file), required));
  }
  return found;
}

/** The package.json that the bundler sees: the built files are the package, so `exports` and `browser` have done their work. */
export function packageJsonFor({ name, version, files, entries }: Prebundle): string {
  const main = entries['.'] ?? (files[mainFile] ? mainFile : undefined);
  const published = JSON.parse(files['package.json']?.content ?? '{}') as Record<string, unknown>;
  return JSON.stringify({ ...published, name, version, ...(main ? { main: `./${main}` } : {}) });
}
