// Versions of shares: immutable lists of content-addressed files. A version is there as soon as its row is, and its files are on the disk
// before: whoever is killed in between leaves files that the sweeper takes, and nothing half there.
import { sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { HostRecord } from '../hosts/host-record.ts';
import { newId } from '../hosts/host-registry.ts';
import type { Blob, BlobStore } from '../state/blob-store.ts';
import { BuiltQuery } from '../state/built-query.ts';
import type { VersionTable } from '../state/schema.ts';
import type { Database } from '../state/state.ts';
import { writeAlone } from '../state/write-alone.ts';
import { readManifest, type ShareFile, type ShareManifest } from './share-files.ts';

export type VersionRecord = VersionTable;

/** How much may be published, in bytes. */
export interface ShareQuota {
  /** By one owner. */
  ownerBytes: number;
  /** By all. */
  totalBytes: number;
}

/** Files that are on the disk, and no version's yet. */
export interface StoredFiles {
  /** Digest of what lists them. */
  manifest: string;
  /** Of all files together. */
  bytes: number;
  /** By digest, the list too. */
  contents: Map<string, Buffer>;
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

/** Of manifests, as text. */
const maxKeptLength = 32 * 1024 * 1024;
const sweepBatch = 200;
/** Younger blobs may belong to a version that is being made. */
const graceMs = 3_600_000;

/** See the head of this file. */
export class ShareVersions {
  /** By digest, so never out of date. */
  readonly #manifests = new LRUCache<string, ShareManifest>({ maxSize: maxKeptLength });

  readonly #newest: BuiltQuery<VersionRecord, [hostId: string]>;
  readonly #numbered: BuiltQuery<VersionRecord, [hostId: string, number: number]>;

  constructor(readonly parts: { db: Database; blobs: BlobStore; quota: ShareQuota; now?: () => number }) {
    const ofHost = (db: Database) => db.selectFrom('versions').selectAll().where('host_id', '=', '');
    this.#newest = new BuiltQuery(parts.db, (db) => ofHost(db).orderBy('number', 'desc').limit(sql.lit(1)));
    this.#numbered = new BuiltQuery(parts.db, (db) => ofHost(db).where('number', '=', 0));
  }

  /**
   * Adds a version to a share.
   * @param files at least one
   * @param entry path of the file that is answered at `/`
   * @throws QuotaExceeded; Error of the file system or the database, and then there is no such version
   */
  async add(host: HostRecord, files: readonly ShareFile[], entry: string): Promise<VersionRecord> {
    const stored = await this.store(host.owner, files, entry);
    return writeAlone(this.parts.db, (transaction) => this.insert(transaction, host, stored));
  }

  /** Stores the files of a version that is to be inserted. @throws as {@link add} */
  async store(owner: string, files: readonly ShareFile[], entry: string): Promise<StoredFiles> {
    const { blobs, db } = this.parts;
    const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
    await this.#checkQuota(db, owner, bytes);
    const contents = new Map<string, Buffer>();
    const put = async (content: Buffer): Promise<Blob> => {
      const blob = await blobs.put(content);
      contents.set(blob.digest, content);
      return blob;
    };
    const manifest: ShareManifest = { files: {}, entry };
    for (const { path, type, content } of files) manifest.files[path] = { type, ...(await put(content)) };
    const { digest } = await put(Buffer.from(JSON.stringify(manifest)));
    return { manifest: digest, bytes, contents };
  }

  /** @param transaction of {@link writeAlone} @throws as {@link add} */
  async insert(
    transaction: Database,
    { id: hostId, owner }: Pick<HostRecord, 'id' | 'owner'>,
    { manifest, bytes, contents }: StoredFiles,
  ): Promise<VersionRecord> {
    const { blobs } = this.parts;
    // Others may have published since, and a sweeper may have taken a file that was there already; now neither can.
    await this.#checkQuota(transaction, owner, bytes);
    for (const [digest, content] of contents) if (!(await blobs.has(digest))) await blobs.put(content);
    const at = this.#now();
    const version = await transaction
      .insertInto('versions')
      .columns(['id', 'host_id', 'number', 'manifest', 'bytes', 'created_at'])
      .expression((from) =>
        from
          .selectFrom('versions')
          .select((column) => [
            column.val(newId()).as('id'),
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
      .values([...contents.keys()].map((digest) => ({ version_id: version.id, digest })))
      .execute();
    await transaction.updateTable('hosts').set({ updated_at: at }).where('id', '=', hostId).execute();
    return version;
  }

  /** The version that a share shows: the one it points at, or the newest. */
  shown({ id, pinned_version }: HostRecord): Promise<VersionRecord | undefined> {
    return pinned_version === null ? this.#newest.first(id) : this.#numbered.first(id, pinned_version);
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
    const text = String(await this.read(digest));
    const manifest = readManifest(text);
    this.#manifests.set(digest, manifest, { size: text.length });
    return manifest;
  }

  /** @throws BlobDamaged; Error when the data folder lacks what the database names */
  async read(digest: string): Promise<Buffer> {
    const content = await this.parts.blobs.read(digest);
    if (content) return content;
    throw new Error(`The stored file ${digest} is missing: restore the data folder with the database.`);
  }

  /** Removes files that no version needs. @returns how many */
  async sweep(): Promise<number> {
    const { db, blobs } = this.parts;
    const before = this.#now() - graceMs;
    let removed = 0;
    let batch: string[] = [];
    const take = async (): Promise<void> => {
      const unneeded = await this.#unneeded(db, batch);
      batch = [];
      // Seldom any: whoever publishes waits meanwhile.
      if (unneeded.length > 0)
        await writeAlone(db, async (transaction) => {
          for (const digest of await this.#unneeded(transaction, unneeded)) {
            if (await blobs.removeOlder(digest, before)) removed += 1;
          }
        });
    };
    for await (const { digest, storedAt } of blobs.list()) {
      if (storedAt >= before) continue;
      batch.push(digest);
      if (batch.length === sweepBatch) await take();
    }
    await take();
    return removed;
  }

  async #unneeded(db: Database, digests: readonly string[]): Promise<string[]> {
    if (digests.length === 0) return [];
    const rows = await db
      .selectFrom('version_blobs')
      .select('digest')
      .distinct()
      .where('digest', 'in', digests)
      .execute();
    const needed = new Set(rows.map(({ digest }) => digest));
    return digests.filter((digest) => !needed.has(digest));
  }

  async #checkQuota(db: Database, owner: string, askedBytes: number): Promise<void> {
    const { ownerBytes, totalBytes } = this.parts.quota;
    const limits = [
      ['owner', ownerBytes, await usedBytes(db, owner)],
      ['total', totalBytes, await usedBytes(db)],
    ] as const;
    for (const [whose, limitBytes, used] of limits)
      if (used + askedBytes > limitBytes) throw new QuotaExceeded(whose, used, limitBytes, askedBytes);
  }

  #now(): number {
    return (this.parts.now ?? Date.now)();
  }
}

async function usedBytes(db: Database, owner?: string): Promise<number> {
  let query = db
    .selectFrom('versions')
    .select(({ fn }) => fn.sum<number | string | null>('versions.bytes').as('bytes'));
  if (owner !== undefined)
    query = query.innerJoin('hosts', 'hosts.id', 'versions.host_id').where('hosts.owner', '=', owner);
  // PostgreSQL's sum of `bigint` is `numeric`, which comes as text.
  return Number((await query.executeTakeFirst())?.bytes ?? 0);
}
