// Builds a source file that is in no chunk: a module by itself, whose imports of other files are kept.
import { extname } from 'node:path';
import { callEsbuild, isBuildFailure } from '../../esbuild/esbuild-call.ts';
import { describeFailure, nameOf } from '../sources/build-failure.ts';
import type { PackageFolder } from '../sources/entry-points.ts';
import { codeExtensions, packagePlugin } from '../sources/package-plugin.ts';
import { dataModule } from './data-module.ts';
import { addressFrom, outputOptions } from './es-output.ts';
import {
  dataModulePath,
  EsBuildError,
  type EsFile,
  type EsPackage,
  type LooseFile,
  loaderPath,
} from './es-package.ts';
import { esPlugin } from './es-plugin.ts';
import { looseFacadeText, sourcePrefix } from './module-text.ts';
import { placeFile } from './placed-file.ts';
import { ExportCollector } from './source-facts.ts';

/**
 * @param file code of the package, by its path
 * @throws EsBuildError naming the file
 */
export async function buildLooseFile(
  folder: PackageFolder,
  { chunked, isLenient, env }: EsPackage,
  file: string,
): Promise<LooseFile> {
  if (!codeExtensions.has(extname(file)))
    return { [dataModulePath(file)]: await dataModule(folder, file, env) };
  const exports = new ExportCollector(folder, env);
  try {
    const { format } = await exports.facts(file);
    const path = format === 'es' ? file : loaderPath(file);
    const run = async (lenient: boolean): Promise<EsFile> => {
      const { outputFiles } = await callEsbuild({ what: nameOf(folder, file) }, ({ build }) =>
        build({
          ...outputOptions(folder, env, path),
          entryPoints: [{ in: format === 'es' ? `${sourcePrefix}${file}` : 'kit-entry:loader', out: 'out' }],
          plugins: [
            esPlugin(folder, {
              chunked,
              entries: { loader: `export const r=()=>require(${JSON.stringify(sourcePrefix + file)});` },
              formatOf: async (other) => (await exports.facts(other)).format,
              isTogether: (_, other) => other === file,
            }),
            packagePlugin(folder, { isLenient: lenient, env, address: addressFrom(path) }),
          ],
        }),
      );
      return placeFile(outputFiles[0]?.text ?? '', path);
    };
    const built = await run(isLenient).catch((error) => {
      if (!isBuildFailure(error)) throw error;
      return run(true);
    });
    if (format === 'es') return { [file]: built };
    const { names, stars } = await exports.exported(file);
    return { [file]: await placeFile(looseFacadeText(file, [...names.keys()], stars), file), [path]: built };
  } catch (error) {
    throw new EsBuildError(`${describeFailure(error)} – while building ${file}`);
  }
}
