// Things that were made once and can be made again, on disk under a key: cacache, which verifies what it reads. Damage and
// a full disk cost making a thing again, and nothing else; what is used is marked for the pruner.
import { access } from 'node:fs/promises';
import cacache from 'cacache';
import type { PackageLog } from '../base/package-log.ts';
import { UsageRecord } from './usage-record.ts';

/** A stored entry. */
export interface CacheEntry {
  data: Buffer;
  metadata: Record<string, unknown>;
}

/** A folder of cacache. */
export class VerifiedCache {
  readonly #usage = new UsageRecord();

  /** @param settings `folder`: absolute; `what`: what the entries are, for the log */
  constructor(readonly settings: { folder: string; what: string; log: PackageLog }) {}

  /** The entry; undefined when it is not there or damaged. */
  async get(key: string): Promise<CacheEntry | undefined> {
    const { folder } = this.settings;
    try {
      const entry = await cacache.get.info(folder, key);
      if (!entry) return undefined;
      const [data] = await Promise.all([
        cacache.get.byDigest(folder, entry.integrity),
        this.#usage.touch(entry.path),
      ]);
      return { data, metadata: entry.metadata ?? {} };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') await this.discard(key, error);
      return undefined;
    }
  }

  /** Whether there is an entry; it may still turn out to be damaged. */
  async has(key: string): Promise<boolean> {
    return (await cacache.get.info(this.settings.folder, key)) !== null;
  }

  /** The same, and marks it as used: whoever is told so will ask for it. */
  async use(key: string): Promise<boolean> {
    const entry = await cacache.get.info(this.settings.folder, key);
    if (entry === null) return false;
    await this.#usage.touch(entry.path);
    return access(entry.path).then(
      () => true,
      () => false,
    );
  }

  /** Stores an entry; `metadata` can be read without the data. */
  async put(key: string, data: Buffer, metadata: Record<string, unknown>): Promise<void> {
    const { folder, what, log } = this.settings;
    await cacache
      .put(folder, key, data, { metadata })
      .catch((error) => log.warn({ detail: String(error.code), key }, `${what} could not be stored`));
  }

  /**
   * Removes the content of an entry that is damaged. The same content has the same address, and cacache never
   * overwrites: it would stay damaged for ever.
   */
  async discard(key: string, reason: unknown): Promise<void> {
    const { folder, what, log } = this.settings;
    log.warn({ key, detail: String(reason) }, `${what} was damaged; it is made again`);
    const entry = await cacache.get.info(folder, key).catch(() => null);
    if (entry) await cacache.rm.content(folder, entry.integrity).catch(() => {});
  }
}
