// Tokens that open a private host, and the sessions of browsers that were let in. Only hashes are stored.
import type { HostTokenTable } from '../state/schema.ts';
import type { Database } from '../state/state.ts';
import { newId } from './host-registry.ts';
import { hashOfToken, makeToken } from './secret-token.ts';

/** What is told of a token after it was made: everything but the token. */
export type TokenRecord = Omit<HostTokenTable, 'hash'>;

/** How long a browser stays in without showing its token again, in milliseconds. */
export const sessionMs = 30 * 24 * 3_600_000;

const shown = [
  'id',
  'host_id',
  'prefix',
  'label',
  'created_at',
  'expires_at',
  'revoked_at',
  'last_used_at',
  'uses',
  'max_uses',
] as const;

/** See the head of this file. Every method looks into the database: revoking counts from the next request on. */
export class HostTokens {
  constructor(
    readonly db: Database,
    readonly now: () => number = Date.now,
  ) {}

  /** The same, as part of a transaction. */
  within(transaction: Database): HostTokens {
    return new HostTokens(transaction, this.now);
  }

  /**
   * @param options `expiresAt`: milliseconds since 1970; `maxUses`: how often it may open the host
   * @returns the token, this once
   */
  async create(
    hostId: string,
    { label = '', expiresAt, maxUses }: { label?: string; expiresAt?: number; maxUses?: number } = {},
  ): Promise<{ token: string; record: TokenRecord }> {
    const { token, hash, prefix } = makeToken('host');
    const record: TokenRecord = {
      id: newId(),
      host_id: hostId,
      prefix,
      label,
      created_at: this.now(),
      expires_at: expiresAt ?? null,
      revoked_at: null,
      last_used_at: null,
      uses: 0,
      max_uses: maxUses ?? null,
    };
    await this.db
      .insertInto('host_tokens')
      .values({ ...record, hash })
      .execute();
    return { token, record };
  }

  /** Newest first, revoked and expired ones too. */
  list(hostId: string): Promise<TokenRecord[]> {
    return this.db
      .selectFrom('host_tokens')
      .select(shown)
      .where('host_id', '=', hostId)
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute();
  }

  /** @param change `expiresAt` null takes the expiry away. @returns undefined when there is none, or it is revoked */
  async update(
    hostId: string,
    tokenId: string,
    change: { expiresAt?: number | null; label?: string; maxUses?: number | null },
  ): Promise<TokenRecord | undefined> {
    const values = {
      ...(change.expiresAt !== undefined && { expires_at: change.expiresAt }),
      ...(change.label !== undefined && { label: change.label }),
      ...(change.maxUses !== undefined && { max_uses: change.maxUses }),
    };
    const query =
      Object.keys(values).length > 0 ? values : { label: (await this.#find(hostId, tokenId))?.label ?? '' };
    return this.db
      .updateTable('host_tokens')
      .set(query)
      .where('host_id', '=', hostId)
      .where('id', '=', tokenId)
      .where('revoked_at', 'is', null)
      .returning(shown)
      .executeTakeFirst();
  }

  /** Revokes one, or all of a host; with all, browsers that no token of the kit let in are out, too. @returns how many were not revoked yet */
  async revoke(hostId: string, tokenId?: string): Promise<number> {
    if (tokenId === undefined)
      await this.db
        .deleteFrom('host_sessions')
        .where('host_id', '=', hostId)
        .where('token_id', 'is', null)
        .execute();
    let query = this.db
      .updateTable('host_tokens')
      .set({ revoked_at: this.now() })
      .where('host_id', '=', hostId)
      .where('revoked_at', 'is', null);
    if (tokenId !== undefined) query = query.where('id', '=', tokenId);
    return Number((await query.executeTakeFirst()).numUpdatedRows);
  }

  /**
   * Whether a token opens a host now; it counts as one use.
   * @param token as it was given, which may be anything
   */
  async use(hostId: string, token: string): Promise<TokenRecord | undefined> {
    const hash = hashOfToken('host', token);
    if (hash === undefined) return undefined;
    const at = this.now();
    return this.db
      .updateTable('host_tokens')
      .set((change) => ({ uses: change('uses', '+', 1), last_used_at: at }))
      .where('hash', '=', hash)
      .where('host_id', '=', hostId)
      .where('revoked_at', 'is', null)
      .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', at)]))
      .where((where) => where.or([where('max_uses', 'is', null), where('uses', '<', where.ref('max_uses'))]))
      .returning(shown)
      .executeTakeFirst();
  }

  /** Whether a token that opened a host is still good; it counts as no use. */
  async isGood(hostId: string, token: string): Promise<boolean> {
    const hash = hashOfToken('host', token);
    if (hash === undefined) return false;
    const found = await this.db
      .selectFrom('host_tokens')
      .select('id')
      .where('hash', '=', hash)
      .where('host_id', '=', hostId)
      .where('revoked_at', 'is', null)
      .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', this.now())]))
      .executeTakeFirst();
    return found !== undefined;
  }

  /** Why a token that does not open a host does not: known, but no longer good. Of an unknown one nothing is told. */
  async whyNot(hostId: string, token: string): Promise<'unknown' | 'revoked' | 'expired' | 'used-up'> {
    const hash = hashOfToken('host', token);
    const found =
      hash === undefined
        ? undefined
        : await this.db
            .selectFrom('host_tokens')
            .select(shown)
            .where('hash', '=', hash)
            .where('host_id', '=', hostId)
            .executeTakeFirst();
    if (!found) return 'unknown';
    if (found.revoked_at !== null) return 'revoked';
    return found.expires_at !== null && found.expires_at <= this.now() ? 'expired' : 'used-up';
  }

  /**
   * Lets a browser in.
   * @param token that it showed: the kit's own with its id, another service's without; undefined where it knew the password
   * @returns what its cookie is to hold
   */
  async openSession(
    hostId: string,
    token?: Pick<TokenRecord, 'expires_at'> & { id?: string },
  ): Promise<{ secret: string; expiresAt: number }> {
    const { token: secret, hash } = makeToken('session');
    const at = this.now();
    const expiresAt = Math.min(at + sessionMs, token?.expires_at ?? Number.POSITIVE_INFINITY);
    await this.db
      .insertInto('host_sessions')
      .values({ hash, host_id: hostId, token_id: token?.id ?? null, created_at: at, expires_at: expiresAt })
      .execute();
    return { secret, expiresAt };
  }

  /**
   * Whether a cookie's secret lets a browser into this host now.
   * @param needsPassword whether a link is not enough: the session has to be one that a password opened
   */
  async hasSession(hostId: string, secret: string, needsPassword = false): Promise<boolean> {
    const hash = hashOfToken('session', secret);
    if (hash === undefined) return false;
    const at = this.now();
    const found = await this.db
      .selectFrom('host_sessions')
      .leftJoin('host_tokens', 'host_tokens.id', 'host_sessions.token_id')
      .select(['host_sessions.token_id', 'host_tokens.revoked_at', 'host_tokens.expires_at'])
      .where('host_sessions.hash', '=', hash)
      .where('host_sessions.host_id', '=', hostId)
      .where('host_sessions.expires_at', '>', at)
      .executeTakeFirst();
    if (!found || (needsPassword && found.token_id !== null)) return false;
    return found.revoked_at === null && (found.expires_at === null || found.expires_at > at);
  }

  /** Removes sessions that are over. */
  async sweepSessions(): Promise<number> {
    const { numDeletedRows } = await this.db
      .deleteFrom('host_sessions')
      .where('expires_at', '<=', this.now())
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  #find(hostId: string, tokenId: string): Promise<TokenRecord | undefined> {
    return this.db
      .selectFrom('host_tokens')
      .select(shown)
      .where('host_id', '=', hostId)
      .where('id', '=', tokenId)
      .executeTakeFirst();
  }
}
