// How a person gets to the page of their own shares: by a link that works once and for minutes, which becomes a cookie of that host alone.
// Only hashes are stored.
import type { IncomingMessage } from 'node:http';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { OwnerSessionTable } from '../state/schema.ts';
import type { Database } from '../state/state.ts';
import { hashOfToken, makeToken } from './secret-token.ts';

/** Who a browser acts for. */
export interface OwnerSession {
  owner: string;
  /** Whether this is the operator, who sees what visitors reported. */
  isOperator: boolean;
}

/** How long a link waits to be opened, and how long whoever opened it stays in, in milliseconds. */
export const linkMs = 10 * 60_000;
export const staysMs = 12 * 3_600_000;

/** As with hosts' cookies (visitor.ts): the first over TLS, the second for plain http at localhost. */
const secureCookie = '__Host-preview_pages';
const plainCookie = 'preview_pages';

/** See the head of this file. */
export class OwnerSessions {
  constructor(
    readonly db: Database,
    readonly now: () => number = Date.now,
  ) {}

  /** @returns what a link is to carry */
  createLink(session: OwnerSession): Promise<string> {
    return this.#create(session, true, linkMs);
  }

  /** Lets a browser in at once. @returns what its cookie is to hold */
  open(session: OwnerSession): Promise<string> {
    return this.#create(session, false, staysMs);
  }

  /** Uses a link up. @param secret as it was given. @returns what the cookie is to hold; undefined for a link that is none, or no longer */
  async exchange(secret: string): Promise<string | undefined> {
    const hash = hashOfToken('manage', secret);
    if (hash === undefined) return undefined;
    const link = await this.db
      .deleteFrom('owner_sessions')
      .where('hash', '=', hash)
      .where('is_link', '=', 1)
      .where('expires_at', '>', this.now())
      .returningAll()
      .executeTakeFirst();
    return link && this.open(sessionOf(link));
  }

  /** @param secret as a cookie holds it */
  async find(secret: string | undefined): Promise<OwnerSession | undefined> {
    const hash = secret === undefined ? undefined : hashOfToken('manage', secret);
    if (hash === undefined) return undefined;
    const row = await this.db
      .selectFrom('owner_sessions')
      .selectAll()
      .where('hash', '=', hash)
      .where('is_link', '=', 0)
      .where('expires_at', '>', this.now())
      .executeTakeFirst();
    return row && sessionOf(row);
  }

  async close(secret: string): Promise<void> {
    const hash = hashOfToken('manage', secret);
    if (hash !== undefined) await this.db.deleteFrom('owner_sessions').where('hash', '=', hash).execute();
  }

  async #create({ owner, isOperator }: OwnerSession, isLink: boolean, lastsMs: number): Promise<string> {
    const { token, hash } = makeToken('manage');
    const at = this.now();
    await this.db.deleteFrom('owner_sessions').where('expires_at', '<=', at).execute();
    await this.db
      .insertInto('owner_sessions')
      .values({
        hash,
        owner,
        is_link: Number(isLink),
        is_operator: Number(isOperator),
        created_at: at,
        expires_at: at + lastsMs,
      })
      .execute();
    return token;
  }
}

function sessionOf({ owner, is_operator }: OwnerSessionTable): OwnerSession {
  return { owner, isOperator: is_operator === 1 };
}

type Request = Pick<IncomingMessage, 'headers' | 'method'>;

/** What a browser's cookie holds; over TLS only the cookie that no other host can have set. */
export function ownerCookieOf({ headers }: Request, isSecure: boolean): string | undefined {
  return parseCookie(headers.cookie ?? '')[isSecure ? secureCookie : plainCookie];
}

/** The value of `Set-Cookie`. @param secret undefined takes the cookie away */
export function ownerCookie(secret: string | undefined, isSecure: boolean): string {
  return stringifySetCookie({
    name: isSecure ? secureCookie : plainCookie,
    value: secret ?? '',
    httpOnly: true,
    path: '/',
    secure: isSecure,
    sameSite: 'lax',
    maxAge: secret === undefined ? 0 : staysMs / 1000,
  });
}

/**
 * Whether a request that changes something was made by a page of the same origin. Browsers say so themselves
 * (https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header); where they do not, `Origin` has to be this host.
 */
export function isOwnRequest({ headers }: Request): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}
