// Compiles a stylesheet of an artifact: what it imports from the artifact becomes part of it, files that it shows become data: URLs,
// a CSS module's classes get names of their own. Packages' stylesheets are left to the caller, as imports.
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { OnResolveResult, Plugin } from 'esbuild';
import { callEsbuild } from '../esbuild/esbuild-call.ts';
import { dataUrl } from './asset-file.ts';
import { type FileResult, plainFile, problemsOf, timeoutMs } from './file-result.ts';
import type { LocalPaths } from './local-paths.ts';
import { refuseNesting } from './nesting.ts';

export function isStylePath(path: string): boolean {
  return path.endsWith('.css');
}

/** Whether what a stylesheet compiles to depends on other files. */
export function readsOtherFiles(source: string): boolean {
  return /@import|url\(|image-set\(|composes/i.test(source);
}

/** @param files the artifact's */
export async function compileStyle(
  path: string,
  files: Record<string, string>,
  paths: LocalPaths,
): Promise<FileResult> {
  const source = files[path] ?? '';
  const isModule = path.endsWith('.module.css');
  if (!isModule && !readsOtherFiles(source)) return plainFile('', { style: source });
  const sheet = new Sheet(files, paths);
  try {
    const { outputFiles } = await callEsbuild({ what: path, timeoutMs }, ({ build }) =>
      build({
        ...(isModule ? { stdin: { contents: exportNames(path) } } : { entryPoints: [path] }),
        bundle: true,
        write: false,
        outdir: '/',
        format: 'cjs',
        charset: 'utf8',
        logLevel: 'silent',
        legalComments: 'none',
        // esbuild's own comments would stay otherwise.
        minifyWhitespace: true,
        plugins: [sheet.plugin],
      }),
    );
    const text = (extension: string) => outputFiles.find((file) => file.path.endsWith(extension))?.text ?? '';
    return plainFile(text('.js').replace(/^"use strict";/, ''), {
      style: text('.css'),
      imports: [...sheet.imports],
    });
  } catch (error) {
    return problemsOf(error, (place) => sheet.fileOf(place) ?? path);
  }
}

/** The names of a module's classes, as a whole and each by its name. */
function exportNames(path: string): string {
  return `import names from ${JSON.stringify(path)};module.exports=Object.defineProperty({...names,default:names},"__esModule",{value:true})`;
}

/** Lets esbuild see the artifact's files and nothing else. */
class Sheet {
  /** Packages' stylesheets. */
  readonly imports = new Set<string>();
  readonly #files: Record<string, string>;
  readonly #paths: LocalPaths;
  /** By the name that esbuild knows them by. */
  readonly #names = new Map<string, string>();

  constructor(files: Record<string, string>, paths: LocalPaths) {
    this.#files = files;
    this.#paths = paths;
  }

  /** @param place as esbuild's messages name files */
  fileOf(place: string): string | undefined {
    return this.#names.get(place.replace(/^artifact:/, ''));
  }

  get plugin(): Plugin {
    return {
      name: 'artifact-files',
      setup: ({ onResolve, onLoad }) => {
        onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
          const from = this.fileOf(importer);
          if (from === undefined) return this.#named(path);
          return kind === 'url-token' ? this.#resolveUrl(path, from) : this.#resolveImport(path, from);
        });
        onLoad({ filter: /.*/, namespace: 'package' }, () => ({ contents: '', loader: 'css' }));
        onLoad({ filter: /.*/, namespace: 'artifact' }, ({ path }) => {
          const file = this.fileOf(path) ?? path;
          const contents = this.#files[file] ?? '';
          const refusal = refuseNesting(contents);
          if (refusal) return { errors: [{ text: refusal }] };
          return {
            contents,
            loader: file.endsWith('.module.css') ? 'local-css' : 'css',
          };
        });
      },
    };
  }

  #resolveImport(specifier: string, from: string): OnResolveResult {
    const sibling = posix.join(posix.dirname(from), specifier);
    // In CSS, a bare name is relative; in bundlers, a package's. A `~` before a package's is an old custom of theirs.
    const target = Object.hasOwn(this.#files, sibling)
      ? { file: sibling }
      : this.#paths.resolve(specifier, from);
    if (target === undefined) {
      const bare = specifier.replace(/^~/, '');
      this.imports.add(bare);
      return { path: bare, namespace: 'package' };
    }
    if ('url' in target) return { path: target.url, external: true };
    if ('missing' in target) return { errors: [{ text: target.missing }] };
    return isStylePath(target.file)
      ? this.#named(target.file)
      : { errors: [{ text: `'${specifier}' is not a stylesheet` }] };
  }

  #resolveUrl(specifier: string, from: string): OnResolveResult {
    const [path = ''] = specifier.split(/[?#]/, 1);
    const places = path.startsWith('/') ? [path, `/public${path}`] : [posix.join(posix.dirname(from), path)];
    const file = places.find((place) => path !== '' && Object.hasOwn(this.#files, place));
    return { path: file ? dataUrl(file, this.#files[file] ?? '') : specifier, external: true };
  }

  /** esbuild names a module's classes after its file: two of one name are told apart by their folder. */
  #named(file: string): OnResolveResult {
    const suffix = createHash('sha256').update(file).digest('hex').slice(0, 6);
    const path = file.endsWith('.module.css') ? file.replace(/\.module\.css$/, `_${suffix}`) : file;
    this.#names.set(path, file);
    return { path, namespace: 'artifact' };
  }
}
