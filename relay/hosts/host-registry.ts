// The registry: name → what answers it, whose it is, who may see it. State is looked up at every request, nothing is remembered here, so
// that several relays on one database agree at once.
import { sql } from 'kysely';
import { customAlphabet } from 'nanoid';
import { BuiltQuery } from '../state/built-query.ts';
import type { HostTable, HostViewTable, Visibility } from '../state/schema.ts';
import type { Database } from '../state/state.ts';
import type { HostRecord } from './host-record.ts';

export const newId: () => string = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 20);

/** What is decided when a host is made. */
export interface NewHost {
  name: string;
  kind: HostTable['kind'];
  owner: string;
  title: string;
  visibility: Visibility;
  passwordHash?: string;
  settings: object;
  /** Milliseconds since 1970. */
  expiresAt?: number;
}

/** What may change; what is not named stays. `null` takes away. */
export interface HostChange {
  title?: string;
  visibility?: Visibility;
  passwordHash?: string | null;
  settings?: object;
  pinnedVersion?: number | null;
  expiresAt?: number | null;
}

/** The name is another host's, or was and may be restored. */
export class NameTaken extends Error {
  override name = 'NameTaken';
  constructor(readonly hostName: string) {
    super(`The name “${hostName}” is taken.`);
  }
}

/** One page of a list. */
export interface Page<Row> {
  rows: Row[];
  /** Where the next page begins; undefined on the last. */
  next: string | undefined;
}

/** Which part of a list is wanted. */
export interface ListQuery {
  limit: number;
  /** `next` of the page before. */
  after?: string;
  /** Those that are deleted and can be restored, instead of the others. */
  deleted?: boolean;
}

/** See the head of this file. */
export class HostRegistry {
  readonly #byName: BuiltQuery<HostRecord, [name: string]>;

  constructor(
    readonly db: Database,
    readonly now: () => number = Date.now,
  ) {
    this.#byName = new BuiltQuery(db, (built) =>
      built.selectFrom('hosts').selectAll().where('name', '=', ''),
    );
  }

  /** The same, as part of a transaction. */
  within(transaction: Database): HostRegistry {
    return new HostRegistry(transaction, this.now);
  }

  /** @throws NameTaken */
  async create(host: NewHost): Promise<HostRecord> {
    const at = this.now();
    const row: HostRecord = {
      id: newId(),
      name: host.name,
      kind: host.kind,
      owner: host.owner,
      title: host.title,
      visibility: host.visibility,
      password_hash: host.passwordHash ?? null,
      settings: JSON.stringify(host.settings),
      pinned_version: null,
      created_at: at,
      updated_at: at,
      expires_at: host.expiresAt ?? null,
      unpublished_at: null,
      deleted_at: null,
      disabled_at: null,
      disabled_reason: null,
    };
    const { numInsertedOrUpdatedRows = 0n } = await this.db
      .insertInto('hosts')
      .values(row)
      .onConflict((conflict) => conflict.column('name').doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) throw new NameTaken(host.name);
    return row;
  }

  find(name: string): Promise<HostRecord | undefined> {
    return this.#byName.first(name);
  }

  findById(id: string): Promise<HostRecord | undefined> {
    return this.db.selectFrom('hosts').selectAll().where('id', '=', id).executeTakeFirst();
  }

  /** @param domain a whole host name, lower case */
  findByDomain(domain: string): Promise<HostRecord | undefined> {
    return this.db
      .selectFrom('hosts')
      .innerJoin('host_domains', 'host_domains.host_id', 'hosts.id')
      .selectAll('hosts')
      .where('host_domains.domain', '=', domain)
      .executeTakeFirst();
  }

  /**
   * An owner’s hosts, those that changed last first; without deleted ones, or only those.
   */
  async list(owner: string, { limit, after, deleted = false }: ListQuery): Promise<Page<HostRecord>> {
    let query = this.db
      .selectFrom('hosts')
      .selectAll()
      .where('owner', '=', owner)
      .where('deleted_at', deleted ? 'is not' : 'is', null)
      .orderBy('updated_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1);
    if (after !== undefined) {
      const [at, id] = readPlace(after);
      query = query.where((where) =>
        where.or([
          where('updated_at', '<', at),
          where.and([where('updated_at', '=', at), where('id', '<', id)]),
        ]),
      );
    }
    const rows = await query.execute();
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { rows: rows.slice(0, limit), next: last && `${last.updated_at}.${last.id}` };
  }

  /** @returns the host as it is now; undefined when it is gone */
  async change(id: string, change: HostChange): Promise<HostRecord | undefined> {
    const { passwordHash, settings, pinnedVersion, expiresAt, ...plain } = change;
    const row = await this.db
      .updateTable('hosts')
      .set({
        ...plain,
        ...(passwordHash !== undefined && { password_hash: passwordHash }),
        ...(settings !== undefined && { settings: JSON.stringify(settings) }),
        ...(pinnedVersion !== undefined && { pinned_version: pinnedVersion }),
        ...(expiresAt !== undefined && { expires_at: expiresAt }),
        updated_at: this.now(),
      })
      .where('id', '=', id)
      .where('deleted_at', 'is', null)
      .returningAll()
      .executeTakeFirst();
    // Who came in by the old password has to know the new one, and is out where none is asked for any more.
    if (row && (passwordHash !== undefined || plain.visibility !== undefined))
      await this.db
        .deleteFrom('host_sessions')
        .where('host_id', '=', id)
        .where('token_id', 'is', null)
        .execute();
    return row;
  }

  /** Marks a host, or takes the mark away. @param reason of `disabled`, for the operator */
  async mark(
    id: string,
    what: 'unpublished' | 'deleted' | 'disabled',
    isSet: boolean,
    reason: string | null = null,
  ): Promise<HostRecord | undefined> {
    const at = isSet ? this.now() : null;
    return this.db
      .updateTable('hosts')
      .set({
        [`${what}_at`]: at,
        ...(what === 'disabled' && { disabled_reason: isSet ? reason : null }),
        updated_at: this.now(),
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
  }

  /** Removes for good what was deleted before `before`. @returns ids of hosts that are gone, at most `limit` */
  async sweep(before: number, limit: number): Promise<string[]> {
    const gone = await this.db
      .selectFrom('hosts')
      .select('id')
      .where('deleted_at', '<', before)
      .orderBy('deleted_at')
      .limit(limit)
      .execute();
    const ids = gone.map(({ id }) => id);
    if (ids.length > 0) await this.db.deleteFrom('hosts').where('id', 'in', ids).execute();
    return ids;
  }

  /** Adds to the views of a host today. A host that is gone has none. */
  async countViews(hostId: string, views: number): Promise<void> {
    const day = new Date(this.now()).toISOString().slice(0, 10);
    await this.db
      .insertInto('host_views')
      .columns(['host_id', 'day', 'views'])
      .expression((from) =>
        from
          .selectFrom('hosts')
          .select((column) => [
            'id',
            column.val(day).as('day'),
            sql<number>`cast(${views} as integer)`.as('views'),
          ])
          .where('id', '=', hostId),
      )
      .onConflict((conflict) =>
        conflict.columns(['host_id', 'day']).doUpdateSet((update) => ({
          views: sql<number>`${update.ref('host_views.views')} + ${update.ref('excluded.views')}`,
        })),
      )
      .execute();
  }

  /** Views of hosts by day, from `since` (`2026-11-28`) on; days without any are left out. */
  viewsSince(hostIds: string[], since: string): Promise<HostViewTable[]> {
    if (hostIds.length === 0) return Promise.resolve([]);
    return this.db
      .selectFrom('host_views')
      .selectAll()
      .where('host_id', 'in', hostIds)
      .where('day', '>=', since)
      .orderBy('day')
      .execute();
  }
}

function readPlace(place: string): [number, string] {
  const [at = '', id = ''] = place.split('.');
  return [Number(at), id];
}
