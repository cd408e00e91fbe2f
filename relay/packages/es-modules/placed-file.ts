// The last step: esbuild's output becomes a file with a place. Specifiers of the package's own modules turn relative, so that
// the package can be served below any address; those of other packages are listed, to be filled in when it is served.
import { posix } from 'node:path';
import { init, parse } from 'es-module-lexer';
import { plainPrefix } from '../sources/package-plugin.ts';
import { dataModulePath, type EsFile, type EsImport } from './es-package.ts';
import { ownPrefix, requirePrefix } from './module-text.ts';

/** Free names of Node that code for bundlers expects, by the names that esbuild puts in their place. */
const nodeNames: Record<string, { local: string; specifier: string }> = {
  process: { local: '__kitProcess', specifier: 'kit:process' },
  setImmediate: { local: '__kitSetImmediate', specifier: 'kit:process' },
  clearImmediate: { local: '__kitClearImmediate', specifier: 'kit:process' },
  Buffer: { local: '__kitBuffer', specifier: 'buffer' },
};

/** esbuild's `define` for Node's free names. */
export const nodeDefines: Record<string, string> = {
  global: 'globalThis',
  __dirname: '"/"',
  __filename: '"/index.js"',
  ...Object.fromEntries(Object.entries(nodeNames).map(([name, { local }]) => [name, local])),
};

/**
 * @param text an ES module
 * @param path where it will be in the package
 */
export async function placeFile(text: string, path: string): Promise<EsFile> {
  await init;
  const code = importNodeNames(text);
  const [found, exported] = parse(code);
  const imports: EsImport[] = [];
  let content = '';
  let done = 0;
  for (const entry of found) {
    if (entry.type === 'import-meta' || entry.specifier === undefined) continue;
    const isDynamic = entry.type === 'dynamic';
    if (isDynamic && entry.glob) continue;
    const start = isDynamic ? entry.start + 1 : entry.start;
    const end = isDynamic ? entry.end - 1 : entry.end;
    const { specifier } = entry;
    if (/^(https?:|data:|\/|\.)/.test(specifier)) continue;
    const own = ownPath(specifier);
    const plain = own === undefined ? specifier.replace(requirePrefix, '') : relativeTo(path, own);
    content += code.slice(done, start) + plain;
    done = end;
    if (own !== undefined) continue;
    const kind = specifier.startsWith(requirePrefix) ? 'require' : isDynamic ? 'dynamic' : 'import';
    imports.push({ specifier: plain, kind, start: content.length - plain.length, end: content.length });
  }
  const hasDefault = exported.some((entry) => entry.type !== 'reexport-all' && entry.name === 'default');
  return { content: (content + code.slice(done)).trimEnd(), imports, hasDefault };
}

function ownPath(specifier: string): string | undefined {
  if (specifier.startsWith(ownPrefix)) return specifier.slice(ownPrefix.length);
  if (specifier.startsWith(plainPrefix)) return dataModulePath(specifier.slice(plainPrefix.length));
  return undefined;
}

/** A relative specifier; each part encoded as addresses want it. */
export function relativeTo(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to).split('/').map(encodeURIComponent).join('/');
  return path.startsWith('../') ? path : `./${path}`;
}

function importNodeNames(text: string): string {
  const bySpecifier = new Map<string, string[]>();
  // esbuild's own names; where a string happens to have one, an import too many does no harm.
  for (const [name, { local, specifier }] of Object.entries(nodeNames))
    if (text.includes(local))
      bySpecifier.set(specifier, [...(bySpecifier.get(specifier) ?? []), `${name} as ${local}`]);
  const lines = [...bySpecifier].map(
    ([specifier, names]) => `import{${names.join()}}from${JSON.stringify(specifier)};`,
  );
  return lines.join('') + text;
}
