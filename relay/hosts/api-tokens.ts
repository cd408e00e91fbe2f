// Tokens for the kit's API: whose shares they are about, and what they may do. Only hashes are stored.
import type { ApiTokenTable } from '../state/schema.ts';
import type { Database } from '../state/state.ts';
import { newId } from './host-registry.ts';
import { hashOfToken, makeToken } from './secret-token.ts';

/** What a token may do. */
export const apiScopes = ['shares:read', 'shares:write', 'operator'] as const;
export type ApiScope = (typeof apiScopes)[number];

/** What is told of a token after it was made. */
export type ApiTokenRecord = Omit<ApiTokenTable, 'hash' | 'scopes'> & { scopes: ApiScope[] };

const shown = [
  'id',
  'prefix',
  'label',
  'scopes',
  'owner',
  'created_at',
  'expires_at',
  'revoked_at',
  'last_used_at',
] as const;
/** That a token was used is written once in a while, not at each request. */
const lastUsedStepMs = 60_000;
/** Of the one token that the configuration names. */
const configuredId = 'configured';

/** See the head of this file. */
export class ApiTokens {
  constructor(
    readonly db: Database,
    readonly now: () => number = Date.now,
  ) {}

  /**
   * @param options `owner`: whose shares it is about; without one, whoever uses it says so with each request, as LibreChat does for its users
   * @returns the token, this once
   */
  async create(options: {
    label: string;
    scopes: readonly ApiScope[];
    owner?: string;
    expiresAt?: number;
  }): Promise<{ token: string; record: ApiTokenRecord }> {
    const { token, hash, prefix } = makeToken('api');
    const row = {
      id: newId(),
      prefix,
      label: options.label,
      scopes: options.scopes.join(' '),
      owner: options.owner ?? null,
      created_at: this.now(),
      expires_at: options.expiresAt ?? null,
      revoked_at: null,
      last_used_at: null,
    };
    await this.db
      .insertInto('api_tokens')
      .values({ ...row, hash })
      .execute();
    return { token, record: read(row) };
  }

  /** The token that somebody shows, if it is good. @param token as it was given, which may be anything */
  async find(token: string): Promise<ApiTokenRecord | undefined> {
    const hash = hashOfToken('api', token);
    if (hash === undefined) return undefined;
    const at = this.now();
    const row = await this.db
      .selectFrom('api_tokens')
      .select(shown)
      .where('hash', '=', hash)
      .where('revoked_at', 'is', null)
      .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', at)]))
      .executeTakeFirst();
    if (row && (row.last_used_at === null || row.last_used_at < at - lastUsedStepMs))
      await this.db.updateTable('api_tokens').set({ last_used_at: at }).where('id', '=', row.id).execute();
    return row && read(row);
  }

  /**
   * Takes the token that the configuration names by its hash for LibreChat's, in place of the one that it named before. One that was revoked
   * stays so until the configuration names another.
   * @param hash '' for none: then the one before is over
   */
  async keepForChat(hash: string): Promise<void> {
    if (hash === '') {
      await this.db.deleteFrom('api_tokens').where('id', '=', configuredId).execute();
      return;
    }
    const known = await this.db
      .selectFrom('api_tokens')
      .select('id')
      .where('hash', '=', hash)
      .executeTakeFirst();
    if (known) return;
    const fresh = {
      hash,
      prefix: `#${hash.slice(0, 9)}`,
      label: 'LibreChat',
      scopes: 'shares:read shares:write',
      owner: null,
      created_at: this.now(),
      expires_at: null,
      revoked_at: null,
      last_used_at: null,
    };
    await this.db
      .insertInto('api_tokens')
      .values({ id: configuredId, ...fresh })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(fresh))
      .execute();
  }

  /** Newest first, revoked ones too. */
  async list(): Promise<ApiTokenRecord[]> {
    const rows = await this.db
      .selectFrom('api_tokens')
      .select(shown)
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute();
    return rows.map(read);
  }

  /** @param which the id, or the first characters that lists show. @returns how many were not revoked yet */
  async revoke(which: string): Promise<number> {
    const { numUpdatedRows } = await this.db
      .updateTable('api_tokens')
      .set({ revoked_at: this.now() })
      .where((where) => where.or([where('id', '=', which), where('prefix', '=', which)]))
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return Number(numUpdatedRows);
  }
}

function read(row: Omit<ApiTokenTable, 'hash'>): ApiTokenRecord {
  return { ...row, scopes: row.scopes.split(' ') as ApiScope[] };
}
