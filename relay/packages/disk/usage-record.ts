// When entries of the store were last used: the modification time of one file of each, renewed at most once an hour.
// The pruner goes by it, and never removes what was used within `minUnusedMs`, so nothing vanishes under a reader.
import { utimes } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';

/** How old the record of an entry in use may become. */
const renewAfterMs = 3_600_000;
/** Younger entries may be in use by some process: longer than {@link renewAfterMs}, with time to finish. */
export const minUnusedMs = 2 * renewAfterMs;
const maxRemembered = 50_000;

/** Marks entries as used; one for each process will do. */
export class UsageRecord {
  readonly #touched = new LRUCache<string, number>({ max: maxRemembered });

  /**
   * Notes that the entry with this marker file is used now.
   * @returns false when the file is gone; a file system that cannot be written to says true
   */
  async touch(file: string): Promise<boolean> {
    const now = Date.now();
    if (now - (this.#touched.get(file) ?? 0) < renewAfterMs) return true;
    try {
      await utimes(file, now / 1000, now / 1000);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    }
    this.#touched.set(file, now);
    return true;
  }
}
