// How a package's own files import each other, as esbuild sees it: with the dead branches of the other NODE_ENV left out.
import { sep } from 'node:path';
import { callEsbuild, isBuildFailure } from '../../esbuild/esbuild-call.ts';
import { describeFailure, nameOf } from '../sources/build-failure.ts';
import type { PackageFolder } from '../sources/entry-points.ts';
import { packageInput, packagePlugin } from '../sources/package-plugin.ts';
import { type Env, EsBuildError } from './es-package.ts';

/** Imports of every kind between files of the package, by file, in the order of the source. */
export type SourceGraph = Map<string, SourceImport[]>;

export interface SourceImport {
  /** As the file writes it. */
  specifier: string;
  /** Relative to the package. */
  file: string;
  /** Not before it is needed, if ever. */
  isDynamic: boolean;
}

/** What esbuild calls modules of plugins, files that `browser` sets to false, and modules of its own. */
const notAFile = /^[\w()-]+:|^</;

/**
 * Reads the files that `roots` reach.
 * @param roots relative to the package
 * @throws EsBuildError
 */
export async function scanSources(
  folder: PackageFolder,
  roots: string[],
  env: Env,
): Promise<{ graph: SourceGraph; isLenient: boolean }> {
  try {
    return { graph: await scan(folder, roots, env, false), isLenient: false };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    try {
      return { graph: await scan(folder, roots, env, true), isLenient: true };
    } catch (error) {
      throw new EsBuildError(describeFailure(error));
    }
  }
}

async function scan(
  folder: PackageFolder,
  roots: string[],
  env: Env,
  isLenient: boolean,
): Promise<SourceGraph> {
  const { metafile } = await callEsbuild({ what: nameOf(folder) }, ({ build }) =>
    build({
      absWorkingDir: folder.dir,
      entryPoints: roots.map((file, index) => ({
        in: `${folder.dir}${sep}${file.split('/').join(sep)}`,
        out: `root-${index}`,
      })),
      outdir: `${folder.dir}${sep}__out__`,
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      logLevel: 'silent',
      logLimit: 5,
      define: { 'process.env.NODE_ENV': JSON.stringify(env) },
      ...packageInput,
      plugins: [packagePlugin(folder, { isLenient, address: JSON.stringify, env })],
    }),
  );
  const files = Object.keys(metafile.inputs).filter((input) => !notAFile.test(input));
  const known = new Set(files);
  return new Map(
    files.map((file) => [
      file,
      (metafile.inputs[file]?.imports ?? []).flatMap(({ kind, external, path, original = '' }) =>
        external || !known.has(path)
          ? []
          : [{ specifier: original, file: path, isDynamic: kind === 'dynamic-import' }],
      ),
    ]),
  );
}
