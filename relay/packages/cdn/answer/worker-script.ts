// A module of a package as the script of a worker: with all that it imports of its package, in one file, and nothing else. The package's
// ES modules will not do: their chunks hold what pages need too, and a worker has no document.
import { join } from 'node:path';
import { callEsbuild, esbuildVersion } from '../../../esbuild/esbuild-call.ts';
import { type ContentAnswer, fileAnswer } from '../../answers/content-answer.ts';
import { PackageError } from '../../base/package-error.ts';
import { describeFailure } from '../../sources/build-failure.ts';
import { publicAddress } from '../../sources/package-asset.ts';
import { packageInput, packagePlugin } from '../../sources/package-plugin.ts';
import type { PackageFiles } from '../../store/package-files.ts';

/**
 * The script, for `new Worker` or `importScripts`.
 * @param path with a leading slash
 * @param exact whether the address names the version
 * @throws PackageError FILE_NOT_FOUND; BUILD_FAILED when it is read
 */
export async function workerScript(
  files: PackageFiles,
  path: string,
  exact: boolean,
): Promise<ContentAnswer> {
  const published = await fileAnswer(files, path, exact);
  return {
    ...published,
    identity: `${published.identity} as a worker by esbuild ${esbuildVersion}`,
    type: 'text/javascript; charset=utf-8',
    read: () => bundle(files, path),
  };
}

async function bundle(files: PackageFiles, path: string): Promise<string> {
  await files.verify();
  const { name, version } = files;
  const address = (file: string): string => JSON.stringify(publicAddress(files, file));
  try {
    const { outputFiles } = await callEsbuild({ what: `${name}@${version}${path}` }, ({ build }) =>
      build({
        absWorkingDir: files.dir,
        entryPoints: [join(files.dir, path)],
        bundle: true,
        format: 'iife',
        platform: 'browser',
        target: 'es2022',
        write: false,
        minify: true,
        legalComments: 'none',
        charset: 'utf8',
        logLevel: 'silent',
        logLimit: 5,
        define: { 'process.env.NODE_ENV': '"production"' },
        ...packageInput,
        plugins: [packagePlugin(files, { isLenient: true, address, env: 'production' })],
      }),
    );
    return outputFiles[0]?.text ?? '';
  } catch (error) {
    throw new PackageError('BUILD_FAILED', { packageName: name, version, path }, describeFailure(error));
  }
}
