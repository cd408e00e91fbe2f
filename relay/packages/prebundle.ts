// Builds one package version into a few CommonJS files that the bundler runs as they are: esbuild bundles the package's own
// files (several entries, shared chunks, so that an internal module exists once), other packages stay `require` calls.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, extname, posix, relative, sep } from 'node:path';
import { build, type Metafile, type Plugin, transform } from 'esbuild';
import { amendmentFor } from './amendments.ts';
import {
  entriesToBuild,
  type PackageFolder,
  replaceByBrowserField,
  resolveEntry,
  resolvePrivateImport,
  splitSpecifier,
} from './entry-points.ts';
import { isBuiltin } from './node-builtins.ts';

/** Part of every cache key: raise it when the output for the same package changes. */
export const prebundleVersion = 4;

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
const target = 'es2022';
const codeExtensions = new Set(['.js', '.mjs', '.cjs', '.jsx', '.ts', '.tsx', '.mts', '.cts']);
const assetExtensions = new Set([
  '.png',
  '.jpg',
  '.jpeg',
  '.gif',
  '.svg',
  '.webp',
  '.avif',
  '.ico',
  '.woff',
  '.woff2',
  '.ttf',
  '.otf',
  '.eot',
  '.mp3',
  '.mp4',
  '.webm',
  '.wasm',
  '.glb',
  '.bin',
]);
/** A stylesheet or data file that code of the package imports; the bundler loads it from its own place. */
const plainPrefix = 'kit-plain:';

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
  const codeEntries = new Map<string, string>();
  for (const subpath of subpaths) {
    const file = resolveEntry(folder, subpath);
    if (file === undefined) result.entries[subpath] = null;
    else if (codeExtensions.has(extname(file))) {
      result.entries[subpath] = outputFor(subpath);
      codeEntries.set(outputFor(subpath), file);
    } else {
      // Styles, JSON and the like: the file as it is, at the place the import names.
      result.entries[subpath] = subpath === '.' ? file : subpath.slice(2);
      if (!assetExtensions.has(extname(file)))
        result.files[result.entries[subpath] as string] = { content: await readUtf8(folder, file) };
      else
        result.files[`${result.entries[subpath]}.js`] = {
          content: `module.exports=${assetAddress(folder, file)};`,
          requires: [],
        };
    }
  }
  if (codeEntries.size > 0) await bundle(folder, codeEntries, result);
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

async function bundle(folder: PackageFolder, entries: Map<string, string>, result: Prebundle): Promise<void> {
  const entryNames = new Map([...entries].map(([output], index) => [`entry-${index}`, output]));
  const built = await build({
    absWorkingDir: folder.dir,
    entryPoints: [...entries.values()].map((file, index) => ({
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
    legalComments: 'inline',
    charset: 'utf8',
    logLevel: 'silent',
    logLimit: 5,
    define: { 'process.env.NODE_ENV': '"development"' },
    loader: { '.js': 'jsx', '.mjs': 'js', '.cjs': 'js' },
    tsconfigRaw: '{}',
    plugins: [packagePlugin(folder)],
  }).catch((error: Error & { errors?: { text: string; location?: { file: string } | null }[] }) => {
    const first = error.errors?.[0];
    throw new PrebundleError(
      first ? `${first.text}${first.location ? ` (${first.location.file})` : ''}` : error.message,
    );
  });
  const outputs = new Map(
    built.outputFiles.map((file) => [
      posix.normalize(relative(`${folder.dir}${sep}__out__`, file.path).split(sep).join('/')),
      file.text,
    ]),
  );
  const place = (output: string): string => {
    const base = output.replace(/\.js$/, '');
    return entryNames.get(base) ?? `.kit/${output}`;
  };
  await Promise.all(
    [...outputs].map(async ([output, code]) => {
      const meta = built.metafile.outputs[`__out__/${output}`];
      const path = place(output);
      result.files[path] = await toCommonJs(code, path, place, meta, isCommonJsEntry(built.metafile, meta));
    }),
  );
}

/** The bundle step's resolver: the package's own files stay inside, everything else outside. */
function packagePlugin(folder: PackageFolder): Plugin {
  return {
    name: 'package',
    setup({ onResolve, onLoad }) {
      const absolute = (file: string) => `${folder.dir}${sep}${file.split('/').join(sep)}`;
      onResolve({ filter: /.*/ }, ({ path, kind, resolveDir }) => {
        if (kind === 'entry-point') return undefined;
        if (/^(https?:|data:|\/\/)/.test(path)) return { path, external: true };
        if (path.startsWith('#')) {
          const target = resolvePrivateImport(folder, path);
          if (target === undefined) return undefined;
          return target.startsWith('./')
            ? { path: absolute(target.slice(2)) }
            : { path: target, external: true };
        }
        if (path.startsWith('.') || path.startsWith('/')) {
          const extension = extname(path.replace(/\?.*$/, ''));
          const file = posix.join(
            relative(folder.dir, resolveDir).split(sep).join('/'),
            path.replace(/\?.*$/, ''),
          );
          if (/^\.(css|scss|sass|less|styl|vue|svelte)$/.test(extension) && !file.startsWith('..'))
            return { path: plainPrefix + file, external: true };
          if (assetExtensions.has(extension)) return { path: file, namespace: 'asset' };
          return undefined;
        }
        const bare = path.replace(/^node:/, '').replace(/\/$/, '');
        const replacement = replaceByBrowserField(folder, bare);
        if (replacement === '') return { path: bare, namespace: 'empty' };
        if (replacement?.startsWith('.')) {
          const file = resolveEntry(
            { ...folder, packageJson: { ...folder.packageJson, exports: undefined } },
            replacement,
          );
          return file ? { path: absolute(file) } : undefined;
        }
        const request = replacement ?? bare;
        const { name, subpath } = splitSpecifier(request);
        if (name === folder.packageJson.name && !isBuiltin(request)) {
          const own = resolveEntry(folder, subpath);
          if (own && codeExtensions.has(extname(own))) return { path: absolute(own) };
        }
        return { path: request, external: true };
      });
      onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'module.exports={};', loader: 'js' }));
      onLoad({ filter: /.*/, namespace: 'asset' }, ({ path }) => ({
        contents: `export default ${assetAddress(folder, path)};`,
        loader: 'js',
      }));
      onLoad({ filter: /\.m?js$/ }, async ({ path }) => {
        const file = relative(folder.dir, path).split(sep).join('/');
        const source = await readUtf8(folder, file);
        if (!/\bimport\.meta\.(url|env|hot)\b/.test(source)) return undefined;
        const contents = source
          .replace(/\bimport\.meta\.url\b/g, `(${assetAddress(folder, file)})`)
          .replace(/\bimport\.meta\.env\b/g, '({MODE:"development",DEV:true,PROD:false,SSR:false})')
          .replace(/\bimport\.meta\.hot\b/g, 'undefined');
        return { contents, loader: 'jsx', resolveDir: dirname(path) };
      });
    },
  };
}

/** An expression for the address at which the kit serves a file of the package. */
function assetAddress({ packageJson }: PackageFolder, file: string): string {
  return `__previewKit.cdn+${JSON.stringify(`cdn.jsdelivr.net/npm/${packageJson.name}@${packageJson.version}/${file}`)}`;
}

function isCommonJsEntry(metafile: Metafile, meta: Metafile['outputs'][string] | undefined): boolean {
  const input = meta?.entryPoint === undefined ? undefined : metafile.inputs[meta.entryPoint];
  return (
    input?.format === 'cjs' ||
    (input !== undefined && input.format === undefined && meta?.exports.join() === 'default')
  );
}

async function toCommonJs(
  esm: string,
  path: string,
  place: (output: string) => string,
  meta: Metafile['outputs'][string] | undefined,
  isCommonJs: boolean,
): Promise<PrebundledFile> {
  // esbuild wraps `require` of other packages in a helper from a shared chunk; each file has a `require` of its own here.
  const source = esm.replace(/\b__require\((?=["'])/g, 'require(');
  const { code } = await transform(source, {
    format: 'cjs',
    platform: 'browser',
    target,
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'inline',
    charset: 'utf8',
    logLevel: 'silent',
  }).catch((error: Error & { errors?: { text: string }[] }) => {
    throw new PrebundleError(error.errors?.[0]?.text ?? error.message);
  });
  const requires = new Set<string>();
  let text = code;
  for (const { path: imported, external } of meta?.imports ?? []) {
    if (!external) {
      const output = imported.replace(/^__out__\//, '');
      const specifier = relativeSpecifier(path, place(output));
      text = text.replaceAll(`"./${output}"`, JSON.stringify(specifier));
      requires.add(specifier);
    } else if (imported.startsWith(plainPrefix)) {
      const specifier = relativeSpecifier(path, imported.slice(plainPrefix.length));
      text = text.replaceAll(JSON.stringify(imported), JSON.stringify(specifier));
      requires.add(specifier);
    } else if (!/^(https?:|data:|\/\/)/.test(imported)) requires.add(imported);
  }
  if (isCommonJs) text = `${text.trimEnd()}\nmodule.exports=module.exports.default;`;
  return { content: text, requires: [...requires].sort() };
}

function relativeSpecifier(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith('.') && !path.startsWith('.kit') ? path : `./${path}`;
}

/** Identifies a build: the package's bytes, its entries and this builder. */
export function prebundleKey(integrity: string, entries: string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([prebundleVersion, integrity, entries]))
    .digest('hex')
    .slice(0, 24);
}

async function readUtf8(folder: PackageFolder, file: string): Promise<string> {
  return readFile(`${folder.dir}${sep}${file.split('/').join(sep)}`, 'utf8');
}
