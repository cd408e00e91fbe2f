// Domains of the operator's own, each of one host. Every request may bring any name in its Host header, so the names are known as a
// whole, read anew at most every two seconds: a flood of made-up names is no load on the database.
import type { Database } from '../state/state.ts';

export interface DomainRecord {
  /** A whole host name, lower case, in ASCII. */
  domain: string;
  /** Name of its host. */
  name: string;
  /** Milliseconds since 1970. */
  createdAt: number;
}

/** How long another relay's change may take to be seen here; what is known of a name that is there is asked for at each request. */
const staleMs = 2_000;

/** See the head of this file. */
export class HostDomains {
  #known = new Set<string>();
  /** By id of the host: the domain that it got first. */
  #first = new Map<string, string>();
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(
    readonly db: Database,
    readonly now: () => number = Date.now,
  ) {}

  /** Whether a name is some host's. @param domain lower case */
  async has(domain: string): Promise<boolean> {
    await this.#refresh();
    return this.#known.has(domain);
  }

  /** A domain of a host, the first one it got; undefined when it has none. */
  async of(hostId: string): Promise<string | undefined> {
    await this.#refresh();
    return this.#first.get(hostId);
  }

  /** Oldest first. @param hostId whose; without one, everybody's */
  async list(hostId?: string): Promise<DomainRecord[]> {
    let query = this.db
      .selectFrom('host_domains')
      .innerJoin('hosts', 'hosts.id', 'host_domains.host_id')
      .select(['host_domains.domain', 'hosts.name', 'host_domains.created_at as createdAt'])
      .orderBy('host_domains.created_at')
      .orderBy('host_domains.domain');
    if (hostId !== undefined) query = query.where('hosts.id', '=', hostId);
    return query.execute();
  }

  /** @returns `taken` when it is another host's; that has to give it up first */
  async add(hostId: string, domain: string): Promise<'added' | 'there' | 'taken'> {
    const { numInsertedOrUpdatedRows = 0n } = await this.db
      .insertInto('host_domains')
      .values({ domain, host_id: hostId, created_at: this.now() })
      .onConflict((conflict) => conflict.column('domain').doNothing())
      .executeTakeFirst();
    this.#readAt = Number.NEGATIVE_INFINITY;
    if (numInsertedOrUpdatedRows > 0n) return 'added';
    const row = await this.db
      .selectFrom('host_domains')
      .select('host_id')
      .where('domain', '=', domain)
      .executeTakeFirst();
    return row?.host_id === hostId ? 'there' : 'taken';
  }

  /** @returns whether it was there */
  async remove(hostId: string, domain: string): Promise<boolean> {
    const { numDeletedRows } = await this.db
      .deleteFrom('host_domains')
      .where('domain', '=', domain)
      .where('host_id', '=', hostId)
      .executeTakeFirst();
    this.#readAt = Number.NEGATIVE_INFINITY;
    return numDeletedRows > 0n;
  }

  async #refresh(): Promise<void> {
    const at = this.now();
    if (at - this.#readAt < staleMs) return;
    this.#reading ??= this.#read(at).finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  async #read(at: number): Promise<void> {
    // A database that fails is asked again no sooner than one that answers.
    this.#readAt = at;
    const rows = await this.db
      .selectFrom('host_domains')
      .select(['domain', 'host_id'])
      .orderBy('created_at')
      .orderBy('domain')
      .execute();
    this.#known = new Set(rows.map(({ domain }) => domain));
    this.#first = new Map(rows.reverse().map(({ domain, host_id }) => [host_id, domain]));
  }
}
