// Keeps the store within its bounds: what was unused the longest goes first, pinned sets stay. Safe beside running relays:
// nothing used within the last hours is touched, folders are renamed away before they are deleted, and whatever turns out
// to be needed again is fetched or made again.
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import cacache from 'cacache';
import type { PackageLog } from '../base/package-log.ts';
import { minUnusedMs } from '../disk/usage-record.ts';
import { readPins } from './pins.ts';
import { entryKinds, isMade, listStore, madeFolders, readTree, type StoreEntry } from './store-entries.ts';

export interface StorePrunerSettings {
  dataDir: string;
  /** Most that the store may take up; 0: no bound. */
  maxBytes: number;
  /** How long entries are kept unused, in ms; 0: no bound. */
  maxAgeMs: number;
  /** Nothing that had to be fetched is removed: it could not be fetched again. */
  offline: boolean;
  log: PackageLog;
}

/** What a run did, or would do. */
export interface PruneReport {
  entries: number;
  bytesBefore: number;
  bytesAfter: number;
  removed: StoreEntry[];
  /** Bytes of what pins keep. */
  pinnedBytes: number;
}

/** Without `removeFully`, which the published types leave out, a key would leave a line behind for ever. */
const removeKey = cacache.rm.entry as (folder: string, key: string, options: object) => Promise<unknown>;
const firstRunAfterMs = 10_000;
const everyMs = 3_600_000;
/** Parts of files that a process left when it was killed. */
const unfinishedAfterMs = 3_600_000;

/** See the head of this file. */
export class StorePruner {
  constructor(readonly settings: StorePrunerSettings) {}

  /** Prunes soon and from then on every hour, without keeping the process alive. @returns a function that ends it */
  start(): () => void {
    const { maxBytes, maxAgeMs, log } = this.settings;
    if (maxBytes === 0 && maxAgeMs === 0) return () => {};
    const run = (): void => {
      this.prune().catch((err) => log.error({ err }, 'pruning the store failed'));
    };
    const first = setTimeout(run, firstRunAfterMs).unref();
    const timer = setInterval(run, everyMs).unref();
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }

  /**
   * Removes what is beyond the bounds.
   * @param options `dryRun`: only says what would go
   * @throws Error when a pin is damaged
   */
  async prune(options: { dryRun?: boolean } = {}): Promise<PruneReport> {
    const { dataDir, maxBytes, maxAgeMs, log } = this.settings;
    // Before the list is made, so that what is pinned while it is made counts.
    const entries = await listStore(dataDir);
    const pinned = await this.#pinned(entries);
    await spreadUsage(entries);
    const now = Date.now();
    const bytesBefore = sum(entries);
    let bytes = bytesBefore;
    const removed: StoreEntry[] = [];
    for (const entry of entries.sort(leastRecentlyUsedFirst)) {
      const tooOld = maxAgeMs > 0 && now - entry.lastUsedMs > maxAgeMs;
      const tooMuch = maxBytes > 0 && bytes > maxBytes;
      if (!tooOld && !tooMuch) continue;
      if (pinned.has(entry) || !this.#mayGo(entry, now)) continue;
      if (!options.dryRun && !(await this.#remove(entry))) continue;
      bytes -= entry.bytes;
      removed.push(entry);
    }
    if (!options.dryRun) await removeUnfinished(dataDir, now);
    const report = {
      entries: entries.length,
      bytesBefore,
      bytesAfter: bytes,
      removed,
      pinnedBytes: sum([...pinned]),
    };
    if (removed.length > 0)
      log.info({ removed: removed.length, bytesBefore, bytesAfter: bytes }, 'the store was pruned');
    if (maxBytes > 0 && bytes > maxBytes)
      log.warn(
        { bytes, maxBytes, pinnedBytes: report.pinnedBytes },
        'the store is larger than STORE_MAX_BYTES, but the rest of it is pinned or in use',
      );
    return report;
  }

  #mayGo(entry: StoreEntry, now: number): boolean {
    const fetched = !isMade(entry.kind);
    return !(this.settings.offline && fetched) && now - entry.lastUsedMs > minUnusedMs;
  }

  async #pinned(entries: StoreEntry[]): Promise<Set<StoreEntry>> {
    const pins = await readPins(this.settings.dataDir);
    const trees = new Set(pins.flatMap((pin) => pin.trees));
    const versions = new Set(pins.flatMap((pin) => pin.packages));
    for (const entry of entries)
      if (entry.kind === 'tree' && trees.has(entry.id))
        for (const version of await versionsOf(entry)) versions.add(version);
    const names = new Set([...versions].map(nameOf));
    const keeps: Record<StoreEntry['kind'], (entry: StoreEntry) => boolean> = {
      set: ({ tree = '' }) => trees.has(tree),
      tree: ({ id }) => trees.has(id),
      finished: () => false,
      linked: () => false,
      pack: () => false,
      prebundle: ({ wide = false, source = '' }) => wide && versions.has(source),
      'es-module': ({ source = '' }) => versions.has(source),
      encoded: ({ source = '' }) => versions.has(source),
      package: ({ id }) => versions.has(id),
      packument: ({ id }) => names.has(id),
    };
    return new Set(entries.filter((entry) => keeps[entry.kind](entry)));
  }

  /** @returns false when it was used meanwhile, or cannot be removed */
  async #remove(entry: StoreEntry): Promise<boolean> {
    const { dataDir, log } = this.settings;
    const found = await stat(entry.marker).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs <= minUnusedMs) return false;
    try {
      if (isMade(entry.kind)) {
        const folder = join(dataDir, madeFolders[entry.kind]);
        for (const key of entry.keys ?? []) await removeKey(folder, key, { removeFully: true });
        await cacache.rm.content(folder, entry.integrity ?? '');
      } else if (entry.kind === 'package') {
        const away = join(dataDir, 'tmp', randomUUID());
        await mkdir(join(dataDir, 'tmp'), { recursive: true });
        await rename(entry.path, away);
        await rm(away, { recursive: true, force: true });
      } else await rm(entry.path, { force: true });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Another pruner was faster.
      if (code === 'ENOENT') return true;
      log.warn({ entry: entry.id, detail: String(code) }, 'an entry of the store could not be removed');
      return false;
    }
    return true;
  }
}

/** A tree in use keeps what is in it; a packument is used with its packages, a set with its tree. */
async function spreadUsage(entries: StoreEntry[]): Promise<void> {
  const used = new Map<string, number>();
  const note = (key: string, ms: number): void => {
    used.set(key, Math.max(ms, used.get(key) ?? 0));
  };
  for (const entry of entries) {
    if (entry.kind === 'tree') {
      note(`set ${entry.id}`, entry.lastUsedMs);
      for (const version of await versionsOf(entry)) note(`package ${version}`, entry.lastUsedMs);
    }
  }
  for (const entry of entries)
    if (entry.kind === 'package')
      entry.lastUsedMs = Math.max(entry.lastUsedMs, used.get(`package ${entry.id}`) ?? 0);
  for (const entry of entries)
    if (entry.kind === 'package') note(`packument ${nameOf(entry.id)}`, entry.lastUsedMs);
  for (const entry of entries) {
    const key = entry.kind === 'set' ? `set ${entry.tree}` : `${entry.kind} ${entry.id}`;
    entry.lastUsedMs = Math.max(entry.lastUsedMs, used.get(key) ?? 0);
  }
}

async function versionsOf(tree: StoreEntry): Promise<string[]> {
  const nodes = Object.values((await readTree(tree))?.nodes ?? {});
  return nodes.map(({ packageName, version }) => `${packageName}@${version}`);
}

const nameOf = (version: string): string => version.slice(0, version.lastIndexOf('@'));
const sum = (entries: StoreEntry[]): number => entries.reduce((total, { bytes }) => total + bytes, 0);

function leastRecentlyUsedFirst(a: StoreEntry, b: StoreEntry): number {
  return a.lastUsedMs - b.lastUsedMs || entryKinds.indexOf(a.kind) - entryKinds.indexOf(b.kind);
}

async function removeUnfinished(dataDir: string, now: number): Promise<void> {
  for (const part of ['packuments', 'trees', 'pins'])
    for (const file of await readdir(join(dataDir, part), { recursive: true }).catch(() => [])) {
      if (!file.endsWith('.tmp')) continue;
      const path = join(dataDir, part, file);
      const found = await stat(path).catch(() => undefined);
      if (found && now - found.mtimeMs > unfinishedAfterMs) await rm(path, { force: true });
    }
}
