// Versions of shares: immutable lists of content-addressed files. A version is there as soon as its row is, and its files are on the disk
// before: whoever is killed in between leaves files that the sweeper takes, and nothing half there.
import { sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { HostRecord } from '../hosts/host-record.ts';
import { newId } from '../hosts/host-registry.ts';
import type { BlobStore } from '../state/blob-store.ts';
import type { VersionTable } from '../state/schema.ts';
import type { Database } from '../state/state.ts';
import { readManifest, type ShareFile, type ShareManifest } from './share-files.ts';

export type VersionRecord = VersionTable;

/** How much may be published, in bytes. */
export interface ShareQuota {
  /** By one owner. */
  ownerBytes: number;
  /** By all. */
  totalBytes: number;
}

/** There is no room for what is published; nothing of it was kept. */
export class QuotaExceeded extends Error {
  override name = 'QuotaExceeded';
  constructor(
    readonly whose: 'owner' | 'total',
    readonly usedBytes: number,
    readonly limitBytes: number,
    readonly askedBytes: number,
  ) {
    super(`${askedBytes} bytes are too many beside ${usedBytes}: ${limitBytes} bytes may be used.`);
  }
}

const maxManifests = 1_000;
/** Numbers are given by the database; two who publish at once may ask for the same one. */
const maxAttempts = 10;
/** Younger blobs may belong to a version that is being made. */
const graceMs = 3_600_000;

/** See the head of this file. */
export class ShareVersions {
  /** By digest, so never out of date. */
  readonly #manifests = new LRUCache<string, ShareManifest>({ max: maxManifests });

  constructor(readonly parts: { db: Database; blobs: BlobStore; quota: ShareQuota; now?: () => number }) {}

  /**
   * Adds a version to a share.
   * @param files at least one
   * @param entry path of the file that is answered at `/`
   * @throws QuotaExceeded; Error of the file system or the database, and then there is no such version
   */
  async add(host: HostRecord, files: readonly ShareFile[], entry: string): Promise<VersionRecord> {
    const { blobs } = this.parts;
    const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
    await this.#checkQuota(host.owner, bytes);
    const manifest: ShareManifest = { files: {}, entry };
    for (const { path, type, content } of files)
      manifest.files[path] = { type, ...(await blobs.put(content)) };
    const listed = await blobs.put(Buffer.from(JSON.stringify(manifest)));
    const digests = new Set([listed.digest, ...Object.values(manifest.files).map(({ digest }) => digest)]);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#insert(host.id, { manifest: listed.digest, bytes }, [...digests]);
      } catch (error) {
        if (attempt === maxAttempts || !isTaken(error)) throw error;
      }
    }
  }

  #insert(
    hostId: string,
    { manifest, bytes }: { manifest: string; bytes: number },
    digests: string[],
  ): Promise<VersionRecord> {
    const at = this.#now();
    const id = newId();
    return this.parts.db.transaction().execute(async (transaction) => {
      // Writes first: SQLite refuses a transaction that read before another process wrote.
      const version = await transaction
        .insertInto('versions')
        .columns(['id', 'host_id', 'number', 'manifest', 'bytes', 'created_at'])
        .expression((from) =>
          from
            .selectFrom('versions')
            .select((column) => [
              column.val(id).as('id'),
              column.val(hostId).as('host_id'),
              sql<number>`coalesce(max(${column.ref('number')}), 0) + 1`.as('number'),
              column.val(manifest).as('manifest'),
              sql<number>`cast(${bytes} as bigint)`.as('bytes'),
              sql<number>`cast(${at} as bigint)`.as('created_at'),
            ])
            .where('host_id', '=', hostId),
        )
        .returningAll()
        .executeTakeFirstOrThrow();
      await transaction
        .insertInto('version_blobs')
        .values(digests.map((digest) => ({ version_id: id, digest })))
        .execute();
      await transaction.updateTable('hosts').set({ updated_at: at }).where('id', '=', hostId).execute();
      return version;
    });
  }

  /** The version that a share shows: the one it points at, or the newest. */
  shown({ id, pinned_version }: HostRecord): Promise<VersionRecord | undefined> {
    let query = this.parts.db.selectFrom('versions').selectAll().where('host_id', '=', id);
    query =
      pinned_version === null
        ? query.orderBy('number', 'desc').limit(1)
        : query.where('number', '=', pinned_version);
    return query.executeTakeFirst();
  }

  /** Newest first. */
  list(hostId: string): Promise<VersionRecord[]> {
    return this.parts.db
      .selectFrom('versions')
      .selectAll()
      .where('host_id', '=', hostId)
      .orderBy('number', 'desc')
      .execute();
  }

  /** @throws BlobDamaged; Error when the data folder lacks what the database names */
  async manifestOf({ manifest: digest }: VersionRecord): Promise<ShareManifest> {
    const known = this.#manifests.get(digest);
    if (known) return known;
    const manifest = readManifest(String(await this.read(digest)));
    this.#manifests.set(digest, manifest);
    return manifest;
  }

  /** @throws BlobDamaged; Error when the data folder lacks what the database names */
  async read(digest: string): Promise<Buffer> {
    const content = await this.parts.blobs.read(digest);
    if (content) return content;
    throw new Error(`The stored file ${digest} is missing: restore the data folder with the database.`);
  }

  async usedBytes(owner?: string): Promise<number> {
    let query = this.parts.db
      .selectFrom('versions')
      .innerJoin('hosts', 'hosts.id', 'versions.host_id')
      .select(({ fn }) => fn.sum<number | string | null>('versions.bytes').as('bytes'));
    if (owner !== undefined) query = query.where('hosts.owner', '=', owner);
    // PostgreSQL's sum of `bigint` is `numeric`, which comes as text.
    return Number((await query.executeTakeFirst())?.bytes ?? 0);
  }

  /** Removes files that no version needs. @returns how many */
  async sweep(): Promise<number> {
    const { db, blobs } = this.parts;
    const before = this.#now() - graceMs;
    let removed = 0;
    for await (const { digest, storedAt } of blobs.list()) {
      if (storedAt >= before) continue;
      const needed = await db
        .selectFrom('version_blobs')
        .select('digest')
        .where('digest', '=', digest)
        .limit(1)
        .executeTakeFirst();
      if (needed) continue;
      await blobs.remove(digest);
      removed += 1;
    }
    return removed;
  }

  async #checkQuota(owner: string, askedBytes: number): Promise<void> {
    const { ownerBytes, totalBytes } = this.parts.quota;
    const limits = [
      ['owner', ownerBytes, await this.usedBytes(owner)],
      ['total', totalBytes, await this.usedBytes()],
    ] as const;
    for (const [whose, limitBytes, usedBytes] of limits)
      if (usedBytes + askedBytes > limitBytes)
        throw new QuotaExceeded(whose, usedBytes, limitBytes, askedBytes);
  }

  #now(): number {
    return (this.parts.now ?? Date.now)();
  }
}

/** Both databases say so of a number that is given already. */
function isTaken(error: unknown): boolean {
  return /unique/i.test((error as Error).message);
}
