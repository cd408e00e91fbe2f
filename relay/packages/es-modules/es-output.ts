// What all builds of ES modules have in common.
import { posix, sep } from 'node:path';
import type { BuildOptions } from 'esbuild';
import type { PackageFolder } from '../sources/entry-points.ts';
import { packageInput } from '../sources/package-plugin.ts';
import type { Env } from './es-package.ts';
import { nodeDefines, relativeTo } from './placed-file.ts';

/** The address of a file, as an expression for a module at `path`: the package may be served anywhere. */
export function addressFrom(path: string): (file: string) => string {
  return (file) => `new URL(${JSON.stringify(relativeTo(path, posix.normalize(file)))},import.meta.url).href`;
}

/** @param path where the output will be in the package */
export function outputOptions(folder: PackageFolder, env: Env, path: string) {
  const minify = env === 'production';
  return {
    absWorkingDir: folder.dir,
    outdir: `${folder.dir}${sep}__out__${sep}${posix.dirname(path)}`,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minifyWhitespace: true,
    minifySyntax: true,
    minifyIdentifiers: minify,
    // Once each, however many files have the same.
    legalComments: 'eof',
    charset: 'utf8',
    logLevel: 'silent',
    logLimit: 5,
    define: { ...nodeDefines, 'process.env.NODE_ENV': JSON.stringify(env), 'process.browser': 'true' },
    ...packageInput,
  } satisfies BuildOptions;
}
