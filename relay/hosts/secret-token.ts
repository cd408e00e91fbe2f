// Tokens of the kit: 256 random bits, shown once. What is stored is a hash, by which they are found again.
import { createHash, randomBytes } from 'node:crypto';

/** What a token opens. The first letters of a token say so, for people and for scanners that look for leaked secrets. */
export type TokenKind = 'host' | 'api' | 'session' | 'manage';

const heads: Record<TokenKind, string> = { host: 'pkh_', api: 'pka_', session: 'pks_', manage: 'pkm_' };
const form = /^pk[hasm]_[A-Za-z0-9_-]{43}$/;
const prefixLength = 10;

/** A token as it is made. */
export interface MadeToken {
  token: string;
  hash: string;
  /** Its first characters, for lists. */
  prefix: string;
}

export function makeToken(kind: TokenKind): MadeToken {
  const token = heads[kind] + randomBytes(32).toString('base64url');
  return { token, hash: hashOf(token), prefix: token.slice(0, prefixLength) };
}

/**
 * How a token is stored: SHA-256 in hexadecimal. 256 random bits need no slow hash, and a look-up by hash takes no time that depends
 * on what is stored.
 * @returns undefined for what is no token of that kind, so that nobody looks for it
 */
export function hashOfToken(kind: TokenKind, token: string): string | undefined {
  return form.test(token) && token.startsWith(heads[kind]) ? hashOf(token) : undefined;
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
