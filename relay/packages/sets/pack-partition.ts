// Which modules travel together. A pack is named after its text, so what is divided alike for many artifacts is fetched once:
// React by itself, each large package by itself, and small ones in two lots that depend on nothing but the package's name.
import type { LinkedModule, LinkedModules } from '../prebundle/linked-modules.ts';

/** Modules by path, in the order of the paths. */
export type PackContents = [path: string, module: LinkedModule][];

/** Reached code of a package from which on it has a pack of its own, in characters. */
const minOwnChars = 48_000;
const maxPacks = 7;

/** Packages that come with Radix's components and with little else. */
const besideRadix = new Set([
  'aria-hidden',
  'detect-node-es',
  'get-nonce',
  'react-remove-scroll',
  'react-remove-scroll-bar',
  'react-style-singleton',
  'tslib',
  'use-callback-ref',
  'use-sidecar',
]);

/**
 * Divides modules into at most seven packs, React's first, then the largest.
 * @param react specifiers that every React preview imports
 */
export function partitionPacks(linked: LinkedModules, react: readonly string[]): PackContents[] {
  const { ofReact, own, shared } = divide(linked, react);
  const room = maxPacks - shared.length - (ofReact.length > 0 ? 1 : 0);
  const smallest = own.length > room ? own.splice(room - 1).flat() : [];
  const rest = [...own, ...shared, smallest].filter(({ length }) => length > 0);
  rest.sort(largestFirst);
  return [ofReact, ...rest].filter(({ length }) => length > 0).map(inOrder);
}

/** Of the packs, those that are the same whatever else an artifact imports: React's, and those of one large package. */
export function partitionConstantPacks(linked: LinkedModules, react: readonly string[]): PackContents[] {
  const { ofReact, own } = divide(linked, react);
  return [ofReact, ...own].filter(({ length }) => length > 0).map(inOrder);
}

/** @returns `own`: of one large package each, the largest first; `shared`: of many small ones */
function divide(
  { modules, roots }: LinkedModules,
  react: readonly string[],
): { ofReact: PackContents; own: PackContents[]; shared: PackContents[] } {
  const first = reachableFrom(
    modules,
    react.flatMap((specifier) => roots[specifier] ?? []),
  );
  const ofReact: PackContents = [];
  const byNode = new Map<string, PackContents>();
  for (const entry of modules) {
    const [path, { node }] = entry;
    const ofNode = byNode.get(node.key) ?? [];
    if (!first.has(path)) byNode.set(node.key, ofNode);
    (first.has(path) ? ofReact : ofNode).push(entry);
  }
  const own: PackContents[] = [];
  const radix: PackContents = [];
  const others: PackContents = [];
  for (const contents of byNode.values()) {
    const name = contents[0]?.[1].node.packageName ?? '';
    if (charsOf(contents) >= minOwnChars) own.push(contents);
    else (isOfRadix(name) ? radix : others).push(...contents);
  }
  const shared = [radix, others].filter(({ length }) => length > 0);
  return { ofReact, own: own.sort(largestFirst), shared };
}

function isOfRadix(name: string): boolean {
  return /^@(radix-ui|floating-ui)\//.test(name) || besideRadix.has(name);
}

function charsOf(contents: PackContents): number {
  return contents.reduce((sum, [, { content }]) => sum + content.length, 0);
}

/** By name where sizes are equal: the division must not depend on the order of the walk. */
function largestFirst(a: PackContents, b: PackContents): number {
  return charsOf(b) - charsOf(a) || ((a[0]?.[0] ?? '') < (b[0]?.[0] ?? '') ? -1 : 1);
}

function inOrder(contents: PackContents): PackContents {
  return contents.sort(([a], [b]) => (a < b ? -1 : 1));
}

function reachableFrom(modules: LinkedModules['modules'], paths: string[]): Set<string> {
  const found = new Set<string>();
  const queue = [...paths];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    queue.push(...Object.values(modules.get(path)?.links ?? {}));
  }
  return found;
}
