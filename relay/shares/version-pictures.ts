// Pictures of public shares: one for each version, taken in the background after publishing or when somebody first asks, and kept as blobs.
import { LRUCache } from 'lru-cache';
import type { HostRecord } from '../hosts/host-record.ts';
import type { BlobStore } from '../state/blob-store.ts';
import type { Database } from '../state/state.ts';
import type { PageCamera } from './page-camera.ts';
import { settingsOf } from './share-service.ts';
import type { VersionRecord } from './share-versions.ts';

/** A page that could not be shown is not tried again for a while. */
const retryMs = 10 * 60_000;

/** See the head of this file. */
export class VersionPictures {
  readonly #taking = new Map<string, Promise<Buffer | undefined>>();
  readonly #failed = new LRUCache<string, true>({ max: 1_000, ttl: retryMs });

  constructor(readonly parts: { db: Database; blobs: BlobStore; camera: PageCamera | undefined }) {}

  /** Whether pictures are taken here at all. */
  async isReady(): Promise<boolean> {
    return (await this.parts.camera?.isReady()) ?? false;
  }

  /** @returns a PNG; undefined when there is none, and none can be taken now */
  async of(host: HostRecord, version: VersionRecord): Promise<Buffer | undefined> {
    const { db, blobs } = this.parts;
    const stored = await db
      .selectFrom('version_pictures')
      .select('digest')
      .where('version_id', '=', version.id)
      .executeTakeFirst();
    if (stored) return blobs.read(stored.digest);
    if (this.#failed.has(version.id)) return undefined;
    let taking = this.#taking.get(version.id);
    if (!taking) {
      taking = this.#take(host, version).finally(() => this.#taking.delete(version.id));
      this.#taking.set(version.id, taking);
    }
    return taking;
  }

  async #take(host: HostRecord, version: VersionRecord): Promise<Buffer | undefined> {
    const { db, blobs, camera } = this.parts;
    const picture = await camera?.take(host.name, settingsOf(host).bar);
    if (!picture) {
      this.#failed.set(version.id, true);
      return undefined;
    }
    const { digest } = await blobs.put(picture);
    await db.transaction().execute(async (transaction) => {
      // Among the version's blobs, so that no sweeper takes it.
      await transaction
        .insertInto('version_blobs')
        .values({ version_id: version.id, digest })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await transaction
        .insertInto('version_pictures')
        .values({ version_id: version.id, digest })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    });
    return picture;
  }
}
