// Who gets in: one decision for every request to a host, whatever answers there. Nothing is remembered between requests.
import type { ForeignTokens } from './foreign-tokens.ts';
import { type HostObstacle, type HostRecord, obstacleOf } from './host-record.ts';
import type { HostTokens } from './host-tokens.ts';
import type { Visitor } from './visitor.ts';

/** What is to be done with a request. */
export type Access =
  | { kind: 'open' }
  /** The token in the address opens the host: the browser gets a cookie, and the address without the token. */
  | { kind: 'enter'; session: { secret: string; expiresAt: number } }
  | { kind: 'closed'; obstacle: HostObstacle }
  | { kind: 'token-needed'; given: 'none' | 'unknown' | 'revoked' | 'expired' | 'used-up' }
  | { kind: 'password-needed' }
  | { kind: 'sign-in-needed' };

/** Who is signed in with the operator's own service, for hosts of visibility `signed-in`; undefined when nobody is. */
export type AskSignedIn = () => Promise<string | undefined>;

/** See the head of this file. */
export class HostAccess {
  /** @param foreign tokens of another service, which open private hosts as the kit's own do */
  constructor(
    readonly tokens: HostTokens,
    readonly foreign: Pick<ForeignTokens, 'check'> | undefined,
    readonly now: () => number = Date.now,
  ) {}

  /** @param host undefined when there is none of that name */
  async decide(
    host: HostRecord | undefined,
    visitor: Visitor,
    askSignedIn: AskSignedIn = async () => undefined,
  ): Promise<Access> {
    const obstacle = obstacleOf(host, this.now());
    if (!host || obstacle) return { kind: 'closed', obstacle: obstacle ?? 'missing' };
    switch (host.visibility) {
      case 'public':
        return { kind: 'open' };
      case 'private':
        return this.#byToken(host, visitor);
      case 'password': {
        const isIn =
          visitor.session !== undefined && (await this.tokens.hasSession(host.id, visitor.session, true));
        return isIn ? { kind: 'open' } : { kind: 'password-needed' };
      }
      case 'signed-in':
        return (await askSignedIn()) === undefined ? { kind: 'sign-in-needed' } : { kind: 'open' };
    }
  }

  /** Whether somebody who was let in may still be there. It counts as no use of a token. @param host as it is now */
  async remains(
    host: HostRecord | undefined,
    { token, session }: Visitor,
    askSignedIn: AskSignedIn,
  ): Promise<boolean> {
    if (!host || obstacleOf(host, this.now())) return false;
    if (host.visibility === 'public') return true;
    if (host.visibility === 'signed-in') return (await askSignedIn()) !== undefined;
    const needsPassword = host.visibility === 'password';
    if (session !== undefined && (await this.tokens.hasSession(host.id, session, needsPassword))) return true;
    if (host.visibility !== 'private' || token === undefined) return false;
    return (
      (await this.tokens.isGood(host.id, token)) ||
      (await this.foreign?.check(host.name, token))?.kind === 'good'
    );
  }

  async #byToken({ id, name }: HostRecord, { queryToken, token, session }: Visitor): Promise<Access> {
    if (queryToken !== undefined) {
      const used = await this.tokens.use(id, queryToken);
      if (used) return { kind: 'enter', session: await this.tokens.openSession(id, used) };
    }
    // A browser that is in already stays in, although it opens a link whose token is used up.
    if (session !== undefined && (await this.tokens.hasSession(id, session))) return { kind: 'open' };
    if (token !== undefined && (await this.tokens.use(id, token))) return { kind: 'open' };
    const shown = queryToken ?? token;
    if (shown === undefined) return { kind: 'token-needed', given: 'none' };
    const foreign = await this.foreign?.check(name, shown);
    if (foreign?.kind === 'good') {
      if (queryToken === undefined) return { kind: 'open' };
      const until = { expires_at: foreign.expiresAt };
      return { kind: 'enter', session: await this.tokens.openSession(id, until) };
    }
    const given = foreign?.kind === 'expired' ? 'expired' : await this.tokens.whyNot(id, shown);
    return { kind: 'token-needed', given };
  }
}
