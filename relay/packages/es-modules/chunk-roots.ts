// The entries that decide how a package is cut into chunks. They depend on the package alone, never on what was asked for:
// whatever is imported first or later, a source file is in the same place.
import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import {
  explicitExports,
  maxDefaultEntries,
  type PackageFolder,
  resolveEntry,
} from '../sources/entry-points.ts';
import { codeExtensions } from '../sources/package-plugin.ts';
import { type Env, EsBuildError } from './es-package.ts';
import { inOrder } from './partition.ts';
import { type SourceGraph, scanSources } from './source-graph.ts';

/** An entry that gathers up more files than this is a chunk of its own, where a package offers hundreds of entries. */
const manyFiles = 24;
const maxGatherings = 12;

/** A file this large is a build of the whole package, which stands beside its parts. */
const maxPartBytes = 50_000;

/** Entry files, and the graph of what they reach. */
export interface ChunkRoots {
  roots: string[];
  /** Files that are one chunk if they are CommonJS, which runs when it is asked to: `lodash/…`. */
  parts: string[];
  graph: SourceGraph;
  isLenient: boolean;
}

/**
 * All entries of a package that names few; otherwise its main entry, and those that gather up many files (`date-fns/locale`).
 * Entries that cannot be read (a server build) are left out.
 */
export async function findChunkRoots(folder: PackageFolder, env: Env): Promise<ChunkRoots> {
  const offered = explicitExports(folder.packageJson);
  const files = ['.', ...offered].flatMap((subpath) => {
    const file = resolveEntry(folder, subpath);
    return file !== undefined && codeExtensions.has(extname(file)) ? [file] : [];
  });
  const flat = flatFiles(folder);
  const entries = [...new Set(files)];
  const found = await scanReadable(folder, [...new Set([...entries, ...flat])], env);
  const readable = found.roots.filter((file) => entries.includes(file));
  if (offered.length > maxDefaultEntries) return { ...found, roots: gatherings(readable, found.graph) };
  const parts = flat
    .flatMap((file) => [...inOrder(found.graph, file)])
    .filter((file) => isPart(folder, file));
  return { ...found, roots: readable, parts: [...new Set(parts)] };
}

/**
 * Files beside package.json where there are many and each may be imported. Not where other packages are needed: those
 * would be loaded for files that nobody asked for.
 */
function flatFiles({ dir, packageJson }: PackageFolder): string[] {
  const { exports, dependencies = {}, peerDependencies = {} } = packageJson;
  const needed = Object.keys({ ...(dependencies as object), ...(peerDependencies as object) });
  if (exports !== undefined || needed.length > 0) return [];
  const files = readdirSync(dir).filter((file) => file.endsWith('.js') && !file.endsWith('.min.js'));
  return files.length > manyFiles ? files.sort() : [];
}

function isPart({ dir }: PackageFolder, file: string): boolean {
  return file.endsWith('.js') && statSync(join(dir, file)).size <= maxPartBytes;
}

async function scanReadable(folder: PackageFolder, files: string[], env: Env): Promise<ChunkRoots> {
  const nothing = { roots: [], parts: [], graph: new Map(), isLenient: false };
  if (files.length === 0) return nothing;
  try {
    return { roots: files, parts: [], ...(await scanSources(folder, files, env)) };
  } catch (error) {
    if (!(error instanceof EsBuildError)) throw error;
    if (files.length === 1) return nothing;
    const readable: string[] = [];
    for (const file of files) {
      if (await isReadable(folder, file, env)) readable.push(file);
    }
    if (readable.length === files.length) throw error;
    return scanReadable(folder, readable, env);
  }
}

async function isReadable(folder: PackageFolder, file: string, env: Env): Promise<boolean> {
  try {
    await scanSources(folder, [file], env);
    return true;
  } catch (error) {
    if (!(error instanceof EsBuildError)) throw error;
    return false;
  }
}

function gatherings([main, ...rest]: string[], graph: SourceGraph): string[] {
  if (main === undefined) return [];
  const inMain = inOrder(graph, main);
  const sized = rest.map((file) => ({
    file,
    size: [...inOrder(graph, file)].filter((reached) => !inMain.has(reached)).length,
  }));
  const large = sized.filter(({ size }) => size > manyFiles).sort((a, b) => b.size - a.size);
  return [main, ...large.slice(0, maxGatherings).map(({ file }) => file)];
}
