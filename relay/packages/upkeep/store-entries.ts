// What is in the store: every package version, packument, tree, build and answer, with its size and when it was last used.
// The pruner and the export of bundles go by this; it reads names, sizes and times, and follows nothing.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import cacache from 'cacache';
import { Semaphore } from '../base/semaphore.ts';
import type { PackageMeta } from '../store/package-files.ts';
import type { DependencyTree } from '../tree/dependency-tree.ts';

/** A tree comes before what it needs, things that can be made again before things that have to be fetched. */
export const entryKinds = [
  'set',
  'tree',
  'finished',
  'linked',
  'pack',
  'encoded',
  'prebundle',
  'es-module',
  'package',
  'packument',
] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Folders of what was made here and can be made again, by kind. */
export const madeFolders = {
  prebundle: 'prebundles',
  'es-module': 'es-modules',
  finished: 'finished',
  linked: 'linked',
  pack: 'packs',
  encoded: 'encoded',
} as const;
export type MadeKind = keyof typeof madeFolders;

export function isMade(kind: EntryKind): kind is MadeKind {
  return Object.hasOwn(madeFolders, kind);
}

/** One thing in the store that is there whole or not at all. */
export interface StoreEntry {
  kind: EntryKind;
  /** `react@18.3.1`, `react`, a tree's or set's id, or a key of cacache. */
  id: string;
  /** The file or folder that is the entry; of builds and answers, the file with the content. */
  path: string;
  /** The file whose modification time says when it was used. */
  marker: string;
  lastUsedMs: number;
  /** On disk, in blocks of 4 KiB. */
  bytes: number;
  /** Of `set`: its tree. */
  tree?: string;
  /** Of `prebundle`, `es-module`, `encoded` and `pack`: the package version it was made of, when known. */
  source?: string;
  /** Of `prebundle`: made by warming, for everything that may be imported. */
  wide?: boolean;
  /** Of what was made: every key with this content, and the content's integrity. */
  keys?: string[];
  integrity?: string;
}

const blockBytes = 4096;
const readsAtOnce = 16;
const onDisk = (bytes: number): number => Math.ceil(bytes / blockBytes) * blockBytes;
/** Packages never change: their sizes are read once. By path. */
const packageSizes = new Map<string, number>();

/** Everything below `dataDir`, in no order; what vanishes or is damaged meanwhile is left out. */
export async function listStore(dataDir: string): Promise<StoreEntry[]> {
  const lists = await Promise.all([
    listPackages(join(dataDir, 'packages')),
    listFiles(join(dataDir, 'packuments'), 'packument'),
    listFiles(join(dataDir, 'trees'), 'tree'),
    ...Object.entries(madeFolders).map(([kind, folder]) =>
      listCache(join(dataDir, folder), kind as MadeKind),
    ),
  ]);
  return lists.flat();
}

/** A stored tree; undefined when it is gone or no tree. */
export async function readTree(entry: StoreEntry): Promise<DependencyTree | undefined> {
  return readJson<DependencyTree>(entry.path);
}

async function listPackages(folder: string): Promise<StoreEntry[]> {
  const permits = new Semaphore(readsAtOnce);
  const entries: Promise<StoreEntry | undefined>[] = [];
  for (const name of await namesBelow(folder))
    for (const version of await readdir(join(folder, name)).catch(() => [])) {
      const path = join(folder, name, version);
      entries.push(permits.run(() => readPackage(path, `${name}@${version}`)));
    }
  return (await Promise.all(entries)).filter((entry) => entry !== undefined);
}

async function readPackage(path: string, id: string): Promise<StoreEntry | undefined> {
  const marker = join(path, 'meta.json');
  const found = await stat(marker).catch(() => undefined);
  if (!found) return undefined;
  let bytes = packageSizes.get(path);
  if (bytes === undefined) {
    const meta = await readJson<PackageMeta>(marker);
    if (!meta) return undefined;
    bytes = meta.files.reduce((sum, { size }) => sum + onDisk(size), onDisk(found.size));
    packageSizes.set(path, bytes);
  }
  return { kind: 'package', id, path, marker, lastUsedMs: found.mtimeMs, bytes };
}

/** Names of packages: the folders, and those one deeper below a scope. */
async function namesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const scoped = names
    .filter((name) => name.startsWith('@'))
    .map(async (scope) =>
      (await readdir(join(folder, scope)).catch(() => [])).map((name) => `${scope}/${name}`),
    );
  return [...names.filter((name) => !name.startsWith('@')), ...(await Promise.all(scoped)).flat()];
}

/** JSON files, also those in folders; `sets/…` among trees are sets. Unfinished ones have another extension. */
async function listFiles(folder: string, kind: 'packument' | 'tree'): Promise<StoreEntry[]> {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  const entries = files
    .filter((file) => file.endsWith('.json'))
    .map(async (file): Promise<StoreEntry | undefined> => {
      const path = join(folder, file);
      const found = await stat(path).catch(() => undefined);
      if (!found?.isFile()) return undefined;
      const id = relative(folder, path).slice(0, -'.json'.length).split(sep).join('/');
      const entry = { path, marker: path, lastUsedMs: found.mtimeMs, bytes: onDisk(found.size) };
      if (kind === 'packument' || !id.startsWith('sets/')) return { ...entry, kind, id };
      const tree = (await readJson<{ tree?: string }>(path))?.tree ?? '';
      return { ...entry, kind: 'set', id: id.slice('sets/'.length), tree };
    });
  return (await Promise.all(entries)).filter((entry) => entry !== undefined);
}

async function listCache(folder: string, kind: MadeKind): Promise<StoreEntry[]> {
  const listed = Object.values(await cacache.ls(folder).catch(() => ({})));
  const byContent = new Map<string, StoreEntry>();
  for (const { key, path, integrity, size, metadata } of listed) {
    const known = byContent.get(integrity);
    const wide = metadata?.wide === true || known?.wide === true;
    const found = known ?? (await stat(path).catch(() => undefined));
    if (!found) continue;
    byContent.set(integrity, {
      kind,
      id: known?.id ?? key,
      path,
      marker: path,
      lastUsedMs: 'mtimeMs' in found ? found.mtimeMs : found.lastUsedMs,
      bytes: onDisk(size),
      integrity,
      keys: [...(known?.keys ?? []), key],
      ...(typeof metadata?.package === 'string' ? { source: metadata.package } : {}),
      ...(typeof metadata?.tree === 'string' ? { tree: metadata.tree } : {}),
      ...(wide ? { wide } : {}),
    });
  }
  return [...byContent.values()];
}

async function readJson<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
