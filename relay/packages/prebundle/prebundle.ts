// Builds one package version into a few CommonJS files that the bundler runs as they are: esbuild bundles the package's own
// files (several entries, shared chunks, so that an internal module exists once), other packages stay `require` calls.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, posix, relative, sep } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';
import { callEsbuild, isBuildFailure } from '../../esbuild/esbuild-call.ts';
import { describeFailure, nameOf } from '../sources/build-failure.ts';
import { isOneValue } from '../sources/commonjs-exports.ts';
import {
  entriesToBuild,
  type PackageFolder,
  resolveCommonJsTwin,
  resolveEntry,
} from '../sources/entry-points.ts';
import { assetAddress, isAsset } from '../sources/package-asset.ts';
import { codeExtensions, packageInput, packagePlugin } from '../sources/package-plugin.ts';
import { buildStylesheet } from '../sources/stylesheet.ts';
import { amendmentFor } from './amendments.ts';
import { type EntryKind, forwardingFile, target, toCommonJs } from './commonjs-file.ts';

/** Part of every cache key: raise it when the output for the same package changes. */
export const prebundleVersion = 13;

/** One file as it stands below `/node_modules/<node key>/`. */
export interface PrebundledFile {
  content: string;
  /** What it requires: relative paths of files here, bare specifiers of other packages. Absent: the bundler transpiles it. */
  requires?: string[];
}

/** A built package version; plain data, stored as JSON. */
export interface Prebundle {
  name: string;
  version: string;
  /** Files by path relative to the package, e.g. `.kit/main.js`. */
  files: Record<string, PrebundledFile>;
  /** Entry file by subpath (`.`, `./client`); a subpath that exists nowhere maps to null. */
  entries: Record<string, string | null>;
}

/** Where the main entry is put; package.json's `main` points here. */
export const mainFile = '.kit/main.js';

/** A package that cannot be built this way; the message says what stands in the way. */
export class PrebundleError extends Error {
  override name = 'PrebundleError';
}

/**
 * Builds `requested` subpaths of a package, with its other entries where they are few.
 * @param folder the extracted package
 * @param requested subpaths such as `.` and `./client`
 * @throws PrebundleError when esbuild cannot bundle it (the caller falls back to plain files)
 */
export async function prebundle(folder: PackageFolder, requested: Iterable<string>): Promise<Prebundle> {
  const wanted = new Set(requested);
  const all = entriesToBuild(folder, wanted);
  try {
    return await buildEntries(folder, all);
  } catch (error) {
    // Entries that nobody asked for (a server build, say) must not spoil the ones that are needed.
    if (all.length > wanted.size) return await buildEntries(folder, [...wanted].sort());
    throw error;
  }
}

async function buildEntries(folder: PackageFolder, subpaths: string[]): Promise<Prebundle> {
  const { name, version } = folder.packageJson;
  const result: Prebundle = { name, version, files: {}, entries: {} };
  /** Source file by subpath. */
  const code = new Map<string, string>();
  for (const subpath of subpaths) {
    const file = resolveEntry(folder, subpath);
    if (file === undefined) result.entries[subpath] = null;
    else if (codeExtensions.has(extname(file))) {
      const output = outputFor(subpath);
      result.entries[subpath] = output;
      // `./lib` and `./lib.js` are one file for the bundler: the one of that name.
      const exact = `./${output}`;
      const isTaken =
        exact !== subpath && subpaths.includes(exact) && resolveEntry(folder, exact) !== undefined;
      if (!isTaken) code.set(subpath, file);
    } else result.entries[subpath] = await addPlainEntry(folder, subpath, file, result.files);
  }
  if (code.size > 0) await bundle(folder, code, result);
  for (const [subpath, path] of Object.entries(result.entries)) {
    const file = path === null ? undefined : result.files[path];
    if (file) file.content += amendmentFor(name, version, subpath);
  }
  return result;
}

/** Where a subpath's file must be so that the bundler's resolver finds it without an `exports` map. */
function outputFor(subpath: string): string {
  if (subpath === '.') return mainFile;
  const path = subpath.slice(2);
  return /\.(js|jsx|ts|tsx|mjs|cjs|json)$/.test(path) ? path : `${path}.js`;
}

/** An entry that is no code: a stylesheet, JSON, an image. @returns its file */
async function addPlainEntry(
  folder: PackageFolder,
  subpath: string,
  file: string,
  files: Prebundle['files'],
): Promise<string> {
  const asked = subpath === '.' ? file : subpath.slice(2);
  if (isAsset(extname(file))) {
    files[`${asked}.js`] = { content: `module.exports=${assetAddress(folder, file)};`, requires: [] };
    return `${asked}.js`;
  }
  // The bundler goes by the extension: `swiper/css` has to lead to a file that has one.
  const path = extname(asked) === extname(file) ? asked : file;
  files[path] = { content: await plainContent(folder, file) };
  if (path === asked) return path;
  files[`${asked}.js`] = forwardingFile(`${asked}.js`, path);
  return `${asked}.js`;
}

async function plainContent(folder: PackageFolder, file: string): Promise<string> {
  // What the bundler reads of a package.json must agree with the built files; what code reads of it is the rest.
  if (file === 'package.json') {
    const { exports: _e, imports: _i, module: _m, browser: _b, main: _main, ...rest } = folder.packageJson;
    return JSON.stringify(rest);
  }
  const styles = await buildStylesheet(folder, file);
  return styles ?? readFile(`${folder.dir}${sep}${file.split('/').join(sep)}`, 'utf8');
}

async function bundle(folder: PackageFolder, code: Map<string, string>, result: Prebundle): Promise<void> {
  const subpaths = [...code.keys()];
  const outdir = `${folder.dir}${sep}__out__`;
  const sources = [...code.values()];
  const outputs = new Map(subpaths.map((subpath) => [subpath, outputFor(subpath)]));
  const address = (file: string): string => assetAddress(folder, file);
  const plugin = (isLenient: boolean) =>
    packagePlugin(folder, { outputs, isLenient, address, env: 'development' });
  const built = await runEsbuild(folder, sources, plugin(false))
    .catch((error) => {
      if (!isBuildFailure(error)) throw error;
      return runEsbuild(folder, sources, plugin(true));
    })
    .catch((error) => {
      throw new PrebundleError(describeFailure(error));
    });
  const place = (output: string): string => {
    const entry = /^entry-(\d+)\.js$/.exec(output);
    return entry ? outputFor(subpaths[Number(entry[1])] as string) : `.kit/${output}`;
  };
  await Promise.all(
    built.outputFiles.map(async (file) => {
      const output = posix.normalize(relative(outdir, file.path).split(sep).join('/'));
      const path = place(output);
      const meta = built.metafile.outputs[`__out__/${output}`] as Metafile['outputs'][string];
      const kind = kindOf(folder, code, place, output, built.metafile, meta);
      result.files[path] = await toCommonJs(
        nameOf(folder),
        file.text,
        path,
        place,
        meta.imports,
        await kind,
      ).catch((error) => failingFile(folder, path, error));
    }),
  );
  await addStyles(folder, result);
}

function runEsbuild(folder: PackageFolder, sources: string[], plugin: Plugin) {
  return callEsbuild({ what: nameOf(folder) }, ({ build }) =>
    build({
      absWorkingDir: folder.dir,
      entryPoints: sources.map((file, index) => ({
        in: `${folder.dir}${sep}${file.split('/').join(sep)}`,
        out: `entry-${index}`,
      })),
      outdir: `${folder.dir}${sep}__out__`,
      chunkNames: 'chunk-[hash]',
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'browser',
      target,
      write: false,
      metafile: true,
      minifyWhitespace: true,
      minifySyntax: true,
      legalComments: 'eof',
      charset: 'utf8',
      logLevel: 'silent',
      logLimit: 5,
      define: { 'process.env.NODE_ENV': '"development"' },
      ...packageInput,
      plugins: [plugin],
    }),
  );
}

/** Stylesheets that code of the package imports, so that they travel with it. */
async function addStyles(folder: PackageFolder, { files }: Prebundle): Promise<void> {
  const imported = Object.entries(files).flatMap(([path, { requires = [] }]) =>
    requires
      .filter((specifier) => specifier.startsWith('.') && extname(specifier) === '.css')
      .map((specifier) => posix.join(posix.dirname(path), specifier)),
  );
  for (const path of new Set(imported)) {
    const content = files[path] ? undefined : await buildStylesheet(folder, path);
    if (content !== undefined) files[path] = { content };
  }
}

async function kindOf(
  folder: PackageFolder,
  code: Map<string, string>,
  place: (output: string) => string,
  output: string,
  { inputs }: Metafile,
  { entryPoint, exports }: Metafile['outputs'][string],
): Promise<EntryKind> {
  if (entryPoint === undefined) return 'chunk';
  const format = inputs[entryPoint]?.format;
  if (format === 'cjs' || (format === undefined && exports.join() === 'default')) return 'commonjs';
  const subpath = [...code.keys()].find((key) => outputFor(key) === place(output));
  const twin = subpath && exports.includes('default') ? resolveCommonJsTwin(folder, subpath) : undefined;
  if (twin === undefined || twin === code.get(subpath as string)) return 'es-module';
  const text = await readFile(`${folder.dir}${sep}${twin.split('/').join(sep)}`, 'utf8').catch(() => '');
  return isOneValue(text) ? 'es-module-of-one-value' : 'es-module';
}

/** Stands for a file that CommonJS cannot express, so that the rest of the package works. */
function failingFile(folder: PackageFolder, path: string, error: unknown): PrebundledFile {
  const reason = describeFailure(error);
  if (!/top-level await/i.test(reason)) throw new PrebundleError(reason);
  const { name, version } = folder.packageJson;
  const message = `${name}@${version} uses top-level await here (${path}), which previews cannot run: their modules are CommonJS.`;
  return { content: `throw new Error(${JSON.stringify(message)});`, requires: [] };
}

/** Identifies a build: the package's bytes, its entries and this builder. */
export function prebundleKey(integrity: string, entries: string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([prebundleVersion, integrity, entries]))
    .digest('hex')
    .slice(0, 24);
}
