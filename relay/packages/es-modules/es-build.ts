// Builds a package version as ES modules: its bundles, in one run of esbuild. Other files are built when they are asked for.
import { sep } from 'node:path';
import { build } from 'esbuild';
import { describeFailure } from '../sources/build-failure.ts';
import { type PackageFolder, resolveCommonJsTwin, resolveEntry } from '../sources/entry-points.ts';
import { packagePlugin } from '../sources/package-plugin.ts';
import { BundleNames } from './bundle-names.ts';
import { findBundleRoots } from './bundle-roots.ts';
import { addressFrom, outputOptions } from './es-output.ts';
import { type BundledModule, type Env, type EsFile, type EsPackage, kitFolder } from './es-package.ts';
import { esPlugin, readSource } from './es-plugin.ts';
import type { SourceGraph } from './module-graph-scan.ts';
import { bundleText } from './module-text.ts';
import { partition } from './partition.ts';
import { placeFile } from './placed-file.ts';
import { ExportCollector } from './source-facts.ts';

/** A CommonJS file whose `module.exports` is no table of names. */
const oneValue = /\bmodule\.exports\s*=(?!\s*(\{|__toCommonJS\b|exports\b))/;

/**
 * Builds the bundles of a package.
 * @param folder the extracted package, with the rules of browsers
 */
export async function buildEsPackage(folder: PackageFolder, env: Env): Promise<EsPackage> {
  const { name, version } = folder.packageJson;
  const { roots, parts, graph, isLenient } = await findBundleRoots(folder, env);
  const result: EsPackage = { name, version, env, isLenient, files: {}, bundled: {}, failures: {} };
  const exports = new ExportCollector(folder, env);
  const reached = partition(graph, roots);
  const apart = await commonJsOf(parts, exports, new Set(reached.flat()));
  const bundles = new Map(
    [...reached, apart]
      .filter((files) => files.length > 0)
      .map((files, index) => [`${kitFolder}/bundle-${index}.js`, files]),
  );
  const names = new BundleNames();
  for (const [bundle, files] of bundles)
    for (const file of files) result.bundled[file] = await describe(file, bundle, exports, names);
  await markTwins(folder, result);
  const entries = Object.fromEntries(
    [...bundles].map(([bundle, files]) => [bundle, bundleText(files, names.of(bundle))]),
  );
  const run = (paths: string[]) => runBundles(folder, result, { graph, entries, exports }, paths);
  const paths = [...bundles.keys()];
  if (paths.length === 0) return result;
  try {
    Object.assign(result.files, await run(paths));
  } catch {
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
  bundle: string,
  exports: ExportCollector,
  bundleNames: BundleNames,
): Promise<BundledModule> {
  const { format } = await exports.facts(file);
  const { names, stars } = await exports.exported(file);
  if (format === 'cjs')
    return {
      bundle,
      format,
      names: {},
      load: bundleNames.name(bundle, file),
      likely: [...names.keys()],
      stars,
    };
  const list = [...names].map(([name, origin]) => [name, bundleNames.name(bundle, origin, name)]);
  return { bundle, format, names: Object.fromEntries(list), stars };
}

/** Marks ES modules that CommonJS knows as one value, most often a function. */
async function markTwins(folder: PackageFolder, { bundled }: EsPackage): Promise<void> {
  const file = resolveEntry(folder, '.');
  const module = file === undefined ? undefined : bundled[file];
  const twin = resolveCommonJsTwin(folder, '.');
  if (module?.names.default === undefined || twin === undefined || twin === file) return;
  const text = await readSource(folder, twin).catch(() => '');
  if (oneValue.test(text) && !/__esModule/.test(text)) module.isOneValue = true;
}

async function runBundles(
  folder: PackageFolder,
  { bundled, isLenient, env }: EsPackage,
  {
    graph,
    entries,
    exports,
  }: { graph: SourceGraph; entries: Record<string, string>; exports: ExportCollector },
  paths: string[],
): Promise<Record<string, EsFile>> {
  const { outputFiles } = await build({
    ...outputOptions(folder, env, `${kitFolder}/x.js`),
    entryPoints: paths.map((path) => ({ in: `kit-entry:${path}`, out: path.replace(/\.js$/, '') })),
    plugins: [
      esPlugin(folder, {
        bundled,
        entries,
        graph,
        formatOf: async (file) => (await exports.facts(file)).format,
        isTogether: (importer, file) => {
          const bundle = bundled[file]?.bundle;
          return bundle !== undefined && (importer === bundle || bundled[importer]?.bundle === bundle);
        },
      }),
      packagePlugin(folder, { isLenient, env, address: addressFrom(`${kitFolder}/x.js`) }),
    ],
  });
  const placed = await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      const file = `${kitFolder}/${path.slice(path.lastIndexOf(sep) + 1)}`;
      return [file, await placeFile(text, file)] as const;
    }),
  );
  return Object.fromEntries(placed);
}
