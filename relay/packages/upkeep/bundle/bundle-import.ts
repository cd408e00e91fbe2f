// Brings a store bundle into a data folder. Everything is unpacked and verified beside the store first; then each entry is
// moved into its place whole, what others depend on before what depends on it, so that a running relay never meets a part.
// What is there already stays, unless it is damaged or older.
import { randomUUID } from 'node:crypto';
import { copyFile, link, mkdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import cacache from 'cacache';
import { unsealJson } from '../../disk/sealed-json.ts';
import { writeAtomic } from '../../disk/write-atomic.ts';
import { findDamage, type PackageMeta, packageFolder } from '../../store/package-files.ts';
import { type DependencyTree, treeIdOf } from '../../tree/dependency-tree.ts';
import { writePin } from '../pins.ts';
import { type MadeKind, madeFolders } from '../store-entries.ts';
import type { BundleEntry, BundleManifest } from './bundle-manifest.ts';
import { type ReadProgress, readBundle } from './bundle-read.ts';

/** How many entries were new, and how many stayed as they were. */
export interface ImportSummary {
  manifest: BundleManifest;
  added: number;
  kept: number;
}

type EntryOf<Kind extends BundleEntry['kind']> = Extract<BundleEntry, { kind: Kind }>;

const order: BundleEntry['kind'][] = [
  'package',
  'packument',
  'prebundle',
  'es-module',
  'encoded',
  'tree',
  'finished',
  'pack',
  'linked',
  'set',
];

/**
 * @param options `progress`: told of each content that was verified
 * @throws BundleError when the file is damaged or foreign; nothing of it is in the store then
 */
export async function importBundle(
  file: string,
  options: { dataDir: string; progress?: ReadProgress },
): Promise<ImportSummary> {
  const { dataDir, progress } = options;
  const work = join(dataDir, 'tmp', `import-${randomUUID()}`);
  const blobs = join(work, 'blobs');
  try {
    const manifest = await readBundle(file, { folder: blobs, ...(progress ? { progress } : {}) });
    const summary: ImportSummary = { manifest, added: 0, kept: 0 };
    const placing = new Placing(dataDir, blobs, work);
    const entries = manifest.entries.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
    for (const entry of entries) summary[(await placing.place(entry)) ? 'added' : 'kept'] += 1;
    for (const pin of manifest.pins) await writePin(dataDir, pin);
    return summary;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

class Placing {
  constructor(
    readonly dataDir: string,
    readonly blobs: string,
    readonly work: string,
  ) {}

  /** @returns whether the store has something now that it had not */
  async place(entry: BundleEntry): Promise<boolean> {
    switch (entry.kind) {
      case 'package':
        return this.#placePackage(entry);
      case 'packument':
        return this.#placeNewer(join('packuments', `${entry.name}.json`), entry, entry.checkedAt);
      case 'set':
        return this.#placeNewer(join('trees', 'sets', `${entry.id}.json`), entry, entry.resolvedAt);
      case 'tree':
        return this.#placeTree(entry);
      default:
        return this.#placeCached(madeFolders[entry.kind], entry);
    }
  }

  async #placePackage({ name, version, files }: EntryOf<'package'>): Promise<boolean> {
    const target = packageFolder(join(this.dataDir, 'packages'), name, version);
    if (await isSound(target)) return false;
    const staged = join(this.work, randomUUID());
    const folders = new Set(files.map(({ path }) => dirname(join(staged, path))));
    for (const folder of folders) await mkdir(folder, { recursive: true });
    for (const { path, sha256 } of files) await this.#duplicate(sha256, join(staged, path));
    await mkdir(dirname(target), { recursive: true });
    // What is in the way is damaged; it is moved away first, because a folder cannot be replaced in one step.
    await rename(target, join(this.work, randomUUID())).catch(ignore('ENOENT'));
    // A relay that fetched it meanwhile was faster: its copy is verified too.
    await rename(staged, target).catch(ignore('ENOTEMPTY', 'EEXIST', 'EPERM'));
    return true;
  }

  /** Packages never change, so files with the same content can be one file. */
  async #duplicate(sha256: string, target: string): Promise<void> {
    const source = join(this.blobs, sha256);
    await link(source, target).catch(() => copyFile(source, target));
  }

  async #placeNewer(path: string, { sha256 }: { sha256: string }, timeMs: number): Promise<boolean> {
    const target = join(this.dataDir, path);
    const found = await stat(target).catch(() => undefined);
    if (found && Math.round(found.mtimeMs) >= Math.round(timeMs)) return false;
    await writeAtomic(target, await readFile(join(this.blobs, sha256), 'utf8'));
    // As old as it was there: a relay with a registry asks whether there is something newer.
    const seconds = Math.min(timeMs, Date.now()) / 1000;
    await utimes(target, seconds, seconds);
    return true;
  }

  async #placeTree({ id, sha256 }: EntryOf<'tree'>): Promise<boolean> {
    const target = join(this.dataDir, 'trees', `${id}.json`);
    const known = await readFile(target, 'utf8').catch(() => '');
    if (isTree(known, id)) return false;
    const content = await readFile(join(this.blobs, sha256), 'utf8');
    if (!isTree(content, id)) return false;
    await writeAtomic(target, content);
    return true;
  }

  async #placeCached(part: string, { keys, sha256 }: EntryOf<MadeKind>): Promise<boolean> {
    const folder = join(this.dataDir, part);
    const content = await readFile(join(this.blobs, sha256));
    let added = false;
    for (const { key, metadata } of keys) {
      if (await cacache.get.info(folder, key)) continue;
      await cacache.put(folder, key, content, { metadata });
      added = true;
    }
    return added;
  }
}

/** Whether a stored package is whole and undamaged. */
async function isSound(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, 'meta.json'), 'utf8').catch(() => '');
  const meta = unsealJson<PackageMeta>(text);
  return meta !== undefined && (await findDamage(join(folder, 'files'), meta.files)) === undefined;
}

function isTree(text: string, id: string): boolean {
  try {
    return treeIdOf(JSON.parse(text) as DependencyTree) === id;
  } catch {
    return false;
  }
}

function ignore(...codes: string[]): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (!codes.includes(error.code ?? '')) throw error;
  };
}
