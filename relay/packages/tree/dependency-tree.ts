// The shape of a resolved dependency set, and its making from npm's ideal tree: one flat table of nodes, keyed as
// Sandpack's bundler keys packages. Every key that a node or the root names is in the table.
import { createHash } from 'node:crypto';
import type { Node as NpmNode } from '@npmcli/arborist';
import { PackageError } from '../base/package-error.ts';

/** One package version in a tree. */
export interface TreeNode {
  /** `name` when hoisted, `name/version` for a further version: the folder below node_modules. */
  key: string;
  /** Folder name: an alias or the real name. */
  name: string;
  /** The name in the registry. */
  packageName: string;
  version: string;
  integrity?: string;
  /** What the package can import: dependency name → node key; peers and present optional ones included. */
  dependencies: Record<string, string>;
}

/** A resolved dependency set. */
export interface DependencyTree {
  /** Hash of root and nodes, 32 hexadecimal digits: the same tree has the same id everywhere. */
  id: string;
  /** Name as asked (may be an alias) → node key. */
  root: Record<string, string>;
  nodes: Record<string, TreeNode>;
}

/** The packages that `node` can import. */
function dependenciesOf(node: NpmNode): [string, NpmNode][] {
  return [...node.edgesOut.values()].flatMap((edge): [string, NpmNode][] => {
    const { to } = edge;
    if (!to || to.inert || !to.version) return [];
    const { os, cpu, libc } = to.package;
    // Native binaries for one platform are of no use in a browser.
    const native = edge.type === 'optional' && (os ?? cpu ?? libc) !== undefined;
    return native ? [] : [[edge.name, to]];
  });
}

/** All nodes that can be reached, the least nested first; the order decides who is hoisted, so it is a fixed one. */
function reachable(root: NpmNode): NpmNode[] {
  const found = new Set<NpmNode>();
  const queue = dependenciesOf(root).map(([, node]) => node);
  for (let node = queue.pop(); node; node = queue.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    queue.push(...dependenciesOf(node).map(([, next]) => next));
  }
  const depth = (node: NpmNode): number => node.location.split('node_modules/').length;
  return [...found].sort((a, b) => depth(a) - depth(b) || (a.location < b.location ? -1 : 1));
}

/** Gives each node its key: the least nested of a name is hoisted, equal versions share a key. */
function assignKeys(nodes: NpmNode[]): Map<NpmNode, string> {
  const hoisted = new Map<string, NpmNode>();
  const taken = new Map<string, string>();
  const keys = new Map<NpmNode, string>();
  for (const node of nodes) {
    const first = hoisted.get(node.name) ?? node;
    hoisted.set(node.name, first);
    const identity = identityOf(node);
    const key = identityOf(first) === identity ? node.name : `${node.name}/${node.version}`;
    if ((taken.get(key) ?? identity) !== identity)
      throw new PackageError('TREE_CONFLICT', { packageName: node.name, version: node.version });
    taken.set(key, identity);
    keys.set(node, key);
  }
  return keys;
}

function identityOf(node: NpmNode): string {
  return `${packageNameOf(node)}@${node.version}`;
}

/** A manifest without a name belongs to the package that the folder is called after. */
function packageNameOf(node: NpmNode): string {
  return node.packageName ?? node.name;
}

const sorted = <T>(entries: Iterable<[string, T]>): Record<string, T> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * Turns npm's ideal tree into a {@link DependencyTree}.
 * @throws PackageError TREE_CONFLICT when two packages claim one folder
 */
export function toDependencyTree(ideal: NpmNode): DependencyTree {
  const nodes = reachable(ideal);
  const keys = assignKeys(nodes);
  const links = (node: NpmNode): Record<string, string> =>
    sorted(dependenciesOf(node).map(([name, to]): [string, string] => [name, keys.get(to) as string]));
  const table = new Map<string, TreeNode>();
  for (const node of nodes) {
    const key = keys.get(node) as string;
    // Of nodes that share a key the least nested one says what it can import.
    if (table.has(key)) continue;
    table.set(key, {
      key,
      name: node.name,
      packageName: packageNameOf(node),
      version: node.version,
      ...(node.integrity ? { integrity: node.integrity } : {}),
      dependencies: links(node),
    });
  }
  const root = links(ideal);
  const tree = { root, nodes: sorted(dropUnused(root, table)) };
  return { id: treeIdOf(tree), ...tree };
}

/** The id that a tree with this content has. */
export function treeIdOf({ root, nodes }: Omit<DependencyTree, 'id'>): string {
  return createHash('sha256').update(JSON.stringify({ root, nodes })).digest('hex').slice(0, 32);
}

/** Without the nodes that only a copy with a shared key had needed. */
function dropUnused(root: Record<string, string>, table: Map<string, TreeNode>): Map<string, TreeNode> {
  const used = new Map<string, TreeNode>();
  const queue = Object.values(root);
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    const node = table.get(key);
    if (!node || used.has(key)) continue;
    used.set(key, node);
    queue.push(...Object.values(node.dependencies));
  }
  return used;
}
