// What a set needs beside what its artifact imports: modules that compiled code requires although nobody names them.
import type { DependencyTree } from '../tree/tree.ts';

/** What code compiled by Babel requires although no artifact names it. */
const babelImports = [
  '@babel/runtime/helpers/interopRequireDefault',
  '@babel/runtime/helpers/interopRequireWildcard',
];
/** What compiled React code requires although no artifact names it. */
const reactImports = [
  'react',
  'react/jsx-runtime',
  'react/jsx-dev-runtime',
  'react-dom',
  'react-dom/client',
  'react-refresh/runtime',
];

/** What the bundler itself evaluates before an Angular artifact, without waiting for a download. */
const angularImports = ['zone.js'];

/** What is asked for, and what compiled code needs beside it; sorted, each once. */
export function neededImports(tree: DependencyTree, asked: readonly string[]): string[] {
  return sureImports(tree.root, asked);
}

/** What React needs in every preview; nothing without react-dom. @param root the set's dependencies by name */
export function reactImportsOf(root: Readonly<Record<string, string>>): readonly string[] {
  return root['react-dom'] ? reactImports : [];
}

/** @param root the set's dependencies by name */
export function sureImports(root: Readonly<Record<string, string>>, asked: readonly string[]): string[] {
  const react = reactImportsOf(root);
  const angular = root['zone.js'] ? angularImports : [];
  return [...new Set([...asked, ...babelImports, ...react, ...angular])].sort();
}
