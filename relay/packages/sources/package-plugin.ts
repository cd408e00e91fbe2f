// esbuild's resolver and loader for one package: its own files stay inside, everything else outside.
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, extname, posix, relative, sep } from 'node:path';
import type { BuildOptions, OnResolveResult, Plugin } from 'esbuild';
import { splitSpecifier } from '../base/specifier.ts';
import { nameOf } from './build-failure.ts';
import {
  type PackageFolder,
  replaceByBrowserField,
  resolveEntry,
  resolvePrivateImport,
} from './entry-points.ts';
import { replaceImportMeta } from './import-meta.ts';
import { isBuiltin } from './node-builtins.ts';
import { isAsset } from './package-asset.ts';

/** Marks a stylesheet or the like that code of the package imports; it stays a file of its own, at its own place. */
export const plainPrefix = 'kit-plain:';
/** Marks an entry of the same package; it exists once, in the file that is built for it. */
export const ownPrefix = 'kit-own:';

/** File extensions that are code, for entries. */
export const codeExtensions = new Set(['.js', '.mjs', '.cjs', '.jsx', '.ts', '.tsx', '.mts', '.cts']);
/** How esbuild reads published packages. */
export const packageInput = {
  loader: { '.js': 'jsx', '.mjs': 'js', '.cjs': 'js', '.node': 'empty', '.txt': 'text', '.md': 'text' },
  // Published code first: esbuild would prefer a TypeScript source that lies beside it.
  resolveExtensions: ['.js', '.mjs', '.cjs', '.jsx', '.json', '.ts', '.tsx', '.css'],
  tsconfigRaw: '{}',
} satisfies BuildOptions;
const plainExtension = /^\.(css|scss|sass|less|styl|vue|svelte)$/;
/** Keeps the resolver from asking itself. */
const seen = 'seen';
const elsewhere = /^(https?:|data:|\/\/)/;
/** All but `./file` and `./file.js`, which esbuild finds by itself: asking takes longer than finding, a thousand times over. */
const notPlainRelative = /^[^./]|^\/\/|\.[^./]*[^./js][^./]*$/;

/** What differs between the forms that packages are built into. */
export interface PackagePluginOptions {
  /** Files that are built, by subpath: imports of the package's own name lead there. Default: none. */
  outputs?: ReadonlyMap<string, string>;
  /** What is not there fails when it is asked for, as with webpack: many a file in a package is never reached. */
  isLenient: boolean;
  /** A JavaScript expression for the address of a file of the package. */
  address: (file: string) => string;
  env: 'production' | 'development';
}

export function packagePlugin(
  folder: PackageFolder,
  { outputs = new Map(), isLenient, address, env }: PackagePluginOptions,
): Plugin {
  const metaMembers = {
    env: JSON.stringify({ MODE: env, DEV: env === 'development', PROD: env === 'production', SSR: false }),
    hot: 'undefined',
    webpackHot: 'undefined',
  };
  const absolute = (file: string) => `${folder.dir}${sep}${file.split('/').join(sep)}`;
  const inPackage = (path: string) => relative(folder.dir, path).split(sep).join('/');
  const missing = (path: string): OnResolveResult => ({ path, namespace: 'missing' });

  /** A bare specifier: another package, a built-in module, or this package by its own name. */
  function resolveBare(path: string): OnResolveResult {
    const bare = path.replace(/^node:/, '').replace(/\/$/, '');
    const replacement = replaceByBrowserField(folder, bare);
    if (replacement === '') return { path: bare, namespace: 'empty' };
    if (replacement?.startsWith('.')) {
      const { exports: _, ...packageJson } = folder.packageJson;
      const file = resolveEntry({ ...folder, packageJson }, replacement);
      return file ? { path: absolute(file) } : missing(path);
    }
    const request = replacement ?? bare;
    const { name, subpath } = splitSpecifier(request);
    if (name === folder.packageJson.name && !isBuiltin(request)) {
      const output = outputs.get(subpath);
      if (output) return { path: ownPrefix + output, external: true };
      const own = resolveEntry(folder, subpath);
      if (own && codeExtensions.has(extname(own))) return { path: absolute(own) };
    }
    return { path: request, external: true };
  }

  return {
    name: 'package',
    setup({ onResolve, onLoad, resolve }) {
      onResolve(
        { filter: isLenient ? /.*/ : notPlainRelative },
        async ({ path, kind, importer, resolveDir, pluginData }) => {
          if (kind === 'entry-point' || pluginData === seen) return undefined;
          if (elsewhere.test(path)) return { path, external: true };
          if (path.startsWith('#')) {
            const target = resolvePrivateImport(folder, path);
            if (target === undefined) return missing(path);
            return target.startsWith('./') ? { path: absolute(target.slice(2)) } : resolveBare(target);
          }
          if (!path.startsWith('.') && !path.startsWith('/')) return resolveBare(path);
          const plain = path.replace(/\?.*$/, '');
          const file = posix.join(inPackage(resolveDir), plain);
          if (plainExtension.test(extname(plain)) && !file.startsWith('..'))
            return { path: plainPrefix + file, external: true };
          if (isAsset(extname(plain))) return { path: file, namespace: 'asset' };
          // Asking makes esbuild read the whole folder anew: only for what is not there at a glance.
          if (!isLenient || isThere(absolute(file))) return undefined;
          const found = await resolve(path, { kind, importer, resolveDir, pluginData: seen });
          // A name that differs in case alone is the same for esbuild, and not for the file system.
          if (found.errors.length > 0 || !existsSync(found.path)) return missing(path);
          // esbuild does not say here that the browser field has `false` for the file.
          return replaceByBrowserField(folder, `./${inPackage(found.path)}`) === ''
            ? { path: found.path, namespace: 'empty' }
            : { path: found.path };
        },
      );
      onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'module.exports={};', loader: 'js' }));
      onLoad({ filter: /.*/, namespace: 'missing' }, ({ path }) => ({
        contents: throwMissing(path),
        loader: 'js',
      }));
      onLoad({ filter: /.*/, namespace: 'asset' }, ({ path }) => ({
        contents: `export default ${address(path)};`,
        loader: 'js',
      }));
      onLoad({ filter: /\.m?js$/ }, async ({ path }) => {
        const what = nameOf(folder, inPackage(path));
        const members = { ...metaMembers, url: address(inPackage(path)) };
        // What is no JavaScript is esbuild's to refuse.
        const contents = await replaceImportMeta(what, await readFile(path, 'utf8'), members).catch(
          () => undefined,
        );
        return contents === undefined ? undefined : { contents, loader: 'jsx', resolveDir: dirname(path) };
      });
    },
  };
}

/** Whether a path leads to a file as it is, or with an extension that esbuild tries. */
function isThere(path: string): boolean {
  return ['', ...packageInput.resolveExtensions].some((extension) =>
    statSync(path + extension, { throwIfNoEntry: false })?.isFile(),
  );
}

/** Code for what happens where a module of the package is not there. */
export function throwMissing(specifier: string): string {
  return `throw Object.assign(new Error(${JSON.stringify(`Cannot find module '${specifier}'`)}),{code:"MODULE_NOT_FOUND"});`;
}
