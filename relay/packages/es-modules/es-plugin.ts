// esbuild's plugin for one output: files that belong to it are put in place, all others stay where they are and are imported.
// Works on top of the package's own plugin, which knows what a specifier means.
import { readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { OnResolveResult, Plugin } from 'esbuild';
import { type PackageFolder, replaceByBrowserField } from '../sources/entry-points.ts';
import { plainPrefix } from '../sources/package-plugin.ts';
import { builtinOf } from './builtin-imports.ts';
import { type ChunkedModule, loaderPath } from './es-package.ts';
import {
  interopText,
  linkText,
  loaderText,
  modulePath,
  ownPrefix,
  requiredText,
  requirePrefix,
  sourcePrefix,
} from './module-text.ts';
import type { SourceGraph } from './source-graph.ts';

/** Keeps the resolver from asking itself. */
const inner = { inner: true };
const bare = /^(?!https?:|data:|\/\/)/;

/** What the plugin has to know of the rest of the package. */
export interface EsPluginOptions {
  chunked: Record<string, ChunkedModule>;
  /** Entry texts by name: `kit-entry:<name>`. */
  entries: Record<string, string>;
  /** Whether `file` is part of the output that `importer` is in. */
  isTogether: (importer: string, file: string) => boolean;
  formatOf: (file: string) => Promise<'es' | 'cjs'>;
  /** What is known of imports already: asking esbuild for thousands of them takes longer than building. Default: nothing. */
  graph?: SourceGraph;
}

/** See the head of this file. */
export function esPlugin(
  folder: PackageFolder,
  { chunked, entries, isTogether, formatOf, graph }: EsPluginOptions,
): Plugin {
  const absolute = (file: string) => `${folder.dir}${sep}${file.split('/').join(sep)}`;
  const inPackage = (path: string) => relative(folder.dir, path).split(sep).join('/');

  const targets = new Map(
    [...(graph ?? [])].map(([file, imports]) => [
      file,
      new Map(imports.map((entry) => [entry.specifier, entry.file])),
    ]),
  );

  /** Another file of the package, which is somewhere else. */
  async function elsewhere(file: string, kind: string): Promise<OnResolveResult> {
    const external = { path: ownPrefix + modulePath(file), external: true };
    if (kind === 'dynamic-import') return external;
    const module = chunked[file];
    const format = module?.format ?? (await formatOf(file));
    if (format === 'cjs') return { path: file, namespace: 'kit-load' };
    if (module) return { path: file, namespace: 'kit-link' };
    return kind === 'require-call' ? { path: external.path, namespace: 'kit-required' } : external;
  }

  return {
    name: 'es-modules',
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /^kit-entry:/ }, ({ path }) => ({
        path: path.slice('kit-entry:'.length),
        namespace: 'kit-entry',
      }));
      onResolve({ filter: /^kit-source:/ }, ({ path, importer, namespace, kind }) => {
        const file = path.slice(sourcePrefix.length);
        const isHere = namespace !== 'kit-entry' || isTogether(importer, file);
        return isHere ? { path: absolute(file) } : elsewhere(file, kind);
      });
      onResolve({ filter: /^(kit-own|kit-require):/ }, ({ path }) => ({ path, external: true }));
      onResolve({ filter: /^kit-(namespace|loader|interop)\b/ }, ({ path }) => {
        const [namespace = '', ...rest] = path.split(':');
        return { path: rest.join(':') || namespace, namespace };
      });
      onResolve({ filter: /.*/ }, async ({ path, kind, importer, namespace, resolveDir, pluginData }) => {
        if (kind === 'entry-point' || pluginData !== undefined || namespace !== 'file') return undefined;
        const from = inPackage(importer);
        const known = targets.get(from)?.get(path);
        if (known !== undefined) {
          if (isTogether(from, known)) return { path: absolute(known) };
          if (chunked[known]) return elsewhere(known, kind);
        }
        const found = await resolve(path, { kind, importer, resolveDir, pluginData: inner });
        // A `try` may be around it: it fails when it is run.
        if (found.errors.length > 0)
          return kind === 'require-call' ? { path, namespace: 'missing' } : undefined;
        if (found.external) {
          if (!bare.test(found.path) || found.path.startsWith(plainPrefix))
            return { path: found.path, external: true };
          const builtin = builtinOf(folder.packageJson, found.path);
          if (builtin && builtin.replacement === undefined) return { path: found.path, namespace: 'empty' };
          // A name that the replacement lacks is undefined then, and not a page that fails to load.
          const isLoose = builtin !== undefined && kind !== 'dynamic-import';
          if (kind !== 'require-call' && !isLoose) return { path: found.path, external: true };
          return { path: requirePrefix + found.path, namespace: 'kit-required' };
        }
        if (found.namespace !== 'file') return { path: found.path, namespace: found.namespace };
        const file = inPackage(found.path);
        if (replaceByBrowserField(folder, `./${file}`) === '') return { path: file, namespace: 'empty' };
        if (isTogether(from, file) || (file.endsWith('.json') && !chunked[file]))
          return { path: found.path, sideEffects: found.sideEffects };
        return elsewhere(file, kind);
      });
      const load = (namespace: string, text: (path: string) => string) =>
        onLoad({ filter: /.*/, namespace }, ({ path }) => ({
          contents: text(path),
          loader: 'js',
          resolveDir: folder.dir,
        }));
      load('kit-entry', (name) => entries[name] ?? '');
      load('kit-link', (file) => linkText(chunked[file] as ChunkedModule));
      load('kit-load', (file) => `module.exports=require(${JSON.stringify(`kit-loader:${file}`)}).r();`);
      load('kit-loader', (file) => {
        const { chunk, load: name } = chunked[file] ?? {};
        return chunk && name ? loaderText(chunk, name) : loaderText(loaderPath(file), 'r');
      });
      load('kit-required', requiredText);
      load('kit-namespace', (specifier) => `import*as ns from${JSON.stringify(specifier)};export{ns};`);
      load('kit-interop', () => interopText);
    },
  };
}

/** The bytes of a file that no build changes. */
export function readSource(folder: PackageFolder, file: string): Promise<string> {
  return readFile(`${folder.dir}${sep}${file.split('/').join(sep)}`, 'utf8');
}
