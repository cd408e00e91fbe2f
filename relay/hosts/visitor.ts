// What a request to a host shows of itself: a token, a cookie. Names are those of CodeSandbox's hosts where it has them, so that its
// clients need no change. Pure.
import type { IncomingMessage } from 'node:http';
import { parseCookie, stringifySetCookie } from 'cookie';
import { pathOf, queryOf } from '../http/target.ts';

/** https://codesandbox.io/docs/sdk/hosts */
export const tokenQuery = 'preview_token';
export const tokenHeader = 'csb-preview-token';
export const tokenCookie = 'csb_preview_token';

/**
 * Browsers send a cookie of this name to the host alone that set it, over TLS alone: https://www.rfc-editor.org/rfc/rfc6265#section-4.1.3
 * (draft-ietf-httpbis-rfc6265bis, “__Host-”).
 */
const secureSession = '__Host-preview_session';
/** For plain http at localhost, where not every browser takes the other. */
const plainSession = 'preview_session';

/** See the head of this file; undefined where there is none. */
export interface Visitor {
  /** In the address: it goes on to the clean one. */
  queryToken: string | undefined;
  /** In a header or in the cookie of CodeSandbox's SDK, as programs have it. */
  token: string | undefined;
  /** What the cookie of an earlier visit holds. */
  session: string | undefined;
}

type Headers = IncomingMessage['headers'];

/** @param isSecure whether the browser came by TLS */
export function readVisitor(req: Pick<IncomingMessage, 'url' | 'headers'>, isSecure: boolean): Visitor {
  const cookies = parseCookie(req.headers.cookie ?? '');
  return {
    queryToken: new URLSearchParams(queryOf(req)).get(tokenQuery) ?? undefined,
    token: single(req.headers, tokenHeader) ?? bearerOf(req.headers) ?? cookies[tokenCookie],
    session: cookies[isSecure ? secureSession : plainSession],
  };
}

/** The token of `Authorization: Bearer …` (RFC 6750 §2.1). */
export function bearerOf({ authorization }: Headers): string | undefined {
  return /^Bearer +([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1];
}

/** The address without its token, everything else as it was. @returns a path and query, never another host's address */
export function cleanTarget(req: Pick<IncomingMessage, 'url'>): string {
  const query = queryOf(req)
    .split('&')
    .filter((pair) => decoded(pair.split('=')[0] ?? '') !== tokenQuery)
    .join('&');
  // `//elsewhere` would be another host.
  const path = pathOf(req).replace(/^[/\\]+/, '/');
  return query === '' ? path : `${path}?${query}`;
}

/**
 * The value of `Set-Cookie` that lets a browser back in. In a chat's page it is in a partition of that page's own:
 * https://developer.mozilla.org/en-US/docs/Web/Privacy/Guides/Privacy_sandbox/Partitioned_cookies
 */
export function sessionCookie(
  { secret, expiresAt }: { secret: string; expiresAt: number },
  { isSecure, now }: { isSecure: boolean; now: number },
): string {
  return stringifySetCookie({
    name: isSecure ? secureSession : plainSession,
    value: secret,
    httpOnly: true,
    path: '/',
    maxAge: Math.max(0, Math.floor((expiresAt - now) / 1000)),
    ...(isSecure ? { secure: true, sameSite: 'none', partitioned: true } : { sameSite: 'lax' }),
  });
}

function single(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
