// Builds a package version as ES modules: its chunks, in one run of esbuild. Other files are built when they are asked for.
import { sep } from 'node:path';
import { callEsbuild, isBuildFailure } from '../../esbuild/esbuild-call.ts';
import { describeFailure, nameOf } from '../sources/build-failure.ts';
import { isOneValue } from '../sources/commonjs-exports.ts';
import { type PackageFolder, resolveCommonJsTwin, resolveEntry } from '../sources/entry-points.ts';
import { packagePlugin } from '../sources/package-plugin.ts';
import { ChunkNames } from './chunk-names.ts';
import { findChunkRoots } from './chunk-roots.ts';
import { addressFrom, outputOptions } from './es-output.ts';
import { type ChunkedModule, type Env, type EsFile, type EsPackage, kitFolder } from './es-package.ts';
import { esPlugin, readSource } from './es-plugin.ts';
import { chunkText } from './module-text.ts';
import { partition } from './partition.ts';
import { placeFile } from './placed-file.ts';
import { ExportCollector } from './source-facts.ts';
import type { SourceGraph } from './source-graph.ts';

/**
 * Builds the chunks of a package.
 * @param folder the extracted package, with the rules of browsers
 */
export async function buildEsPackage(folder: PackageFolder, env: Env): Promise<EsPackage> {
  const { name, version } = folder.packageJson;
  const { roots, parts, graph, isLenient } = await findChunkRoots(folder, env);
  const result: EsPackage = { name, version, env, isLenient, files: {}, chunked: {}, failures: {} };
  const exports = new ExportCollector(folder, env);
  const reached = partition(graph, roots);
  const apart = await commonJsOf(parts, exports, new Set(reached.flat()));
  const chunks = new Map(
    [...reached, apart]
      .filter((files) => files.length > 0)
      .map((files, index) => [`${kitFolder}/chunk-${index}.js`, files]),
  );
  const names = new ChunkNames();
  for (const [chunk, files] of chunks)
    for (const file of files) result.chunked[file] = await describe(file, chunk, exports, names);
  await markTwins(folder, result);
  const entries = Object.fromEntries(
    [...chunks].map(([chunk, files]) => [chunk, chunkText(files, names.of(chunk))]),
  );
  const run = (paths: string[]) => runChunks(folder, result, { graph, entries, exports }, paths);
  const paths = [...chunks.keys()];
  if (paths.length === 0) return result;
  try {
    Object.assign(result.files, await run(paths));
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    for (const path of paths)
      try {
        Object.assign(result.files, await run([path]));
      } catch (error) {
        result.failures[path] = describeFailure(error);
      }
  }
  return result;
}

async function commonJsOf(
  files: string[],
  exports: ExportCollector,
  without: Set<string>,
): Promise<string[]> {
  const formats = await Promise.all(
    files.map((file) =>
      exports.facts(file).then(
        ({ format }) => format,
        () => undefined,
      ),
    ),
  );
  return files.filter((file, index) => formats[index] === 'cjs' && !without.has(file));
}

async function describe(
  file: string,
  chunk: string,
  exports: ExportCollector,
  chunkNames: ChunkNames,
): Promise<ChunkedModule> {
  const { format } = await exports.facts(file);
  const { names, stars } = await exports.exported(file);
  if (format === 'cjs')
    return {
      chunk,
      format,
      names: {},
      load: chunkNames.name(chunk, file),
      likely: [...names.keys()],
      stars,
    };
  const list = [...names].map(([name, origin]) => [name, chunkNames.name(chunk, origin, name)]);
  return { chunk, format, names: Object.fromEntries(list), stars };
}

/** Marks ES modules that CommonJS knows as one value, most often a function. */
async function markTwins(folder: PackageFolder, { chunked }: EsPackage): Promise<void> {
  const file = resolveEntry(folder, '.');
  const module = file === undefined ? undefined : chunked[file];
  const twin = resolveCommonJsTwin(folder, '.');
  if (module?.names.default === undefined || twin === undefined || twin === file) return;
  const text = await readSource(folder, twin).catch(() => '');
  if (isOneValue(text)) module.isOneValue = true;
}

async function runChunks(
  folder: PackageFolder,
  { chunked, isLenient, env }: EsPackage,
  {
    graph,
    entries,
    exports,
  }: { graph: SourceGraph; entries: Record<string, string>; exports: ExportCollector },
  paths: string[],
): Promise<Record<string, EsFile>> {
  const { outputFiles } = await callEsbuild({ what: nameOf(folder) }, ({ build }) =>
    build({
      ...outputOptions(folder, env, `${kitFolder}/x.js`),
      entryPoints: paths.map((path) => ({ in: `kit-entry:${path}`, out: path.replace(/\.js$/, '') })),
      plugins: [
        esPlugin(folder, {
          chunked,
          entries,
          graph,
          formatOf: async (file) => (await exports.facts(file)).format,
          isTogether: (importer, file) => {
            const chunk = chunked[file]?.chunk;
            return chunk !== undefined && (importer === chunk || chunked[importer]?.chunk === chunk);
          },
        }),
        packagePlugin(folder, { isLenient, env, address: addressFrom(`${kitFolder}/x.js`) }),
      ],
    }),
  );
  const placed = await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      const file = `${kitFolder}/${path.slice(path.lastIndexOf(sep) + 1)}`;
      return [file, await placeFile(text, file)] as const;
    }),
  );
  return Object.fromEntries(placed);
}
