// Asks the operator's own sign-in (oauth2-proxy, Authelia, authentik …) who is at the other end, as nginx's `auth_request` does: a request with
// the visitor's cookies, and its status is the answer. Nothing is remembered: who signs out is out with the next request.
import type { IncomingMessage } from 'node:http';

/** What was found out. */
export type SignedIn =
  | { kind: 'user'; user: string }
  | { kind: 'nobody' }
  /** The service did not answer as one does; nobody gets in. @see reason for the log */
  | { kind: 'failed'; reason: string };

export interface SignInSettings {
  /** Answers 2xx to whoever is signed in, 401 or 403 to others: https://oauth2-proxy.github.io/oauth2-proxy/configuration/integration */
  authUrl: string;
  /** Where people sign in; gets the address to come back to as `rd`. Empty for none. */
  signInUrl: string;
}

/** Names of headers by which such services tell the user, the first that is there. */
const userHeaders = [
  'x-auth-request-email',
  'x-auth-request-user',
  'remote-email',
  'remote-user',
  'x-authentik-email',
];
const timeoutMs = 5_000;
const maxUserLength = 200;

/**
 * @param req the visitor's request
 * @param place where the visitor is: scheme and authority of the host
 */
export async function askSignedIn(
  { authUrl }: Pick<SignInSettings, 'authUrl'>,
  req: Pick<IncomingMessage, 'headers' | 'method' | 'url'>,
  place: { scheme: string; authority: string; address: string },
): Promise<SignedIn> {
  const { cookie, authorization } = req.headers;
  if (cookie === undefined && authorization === undefined) return { kind: 'nobody' };
  try {
    const response = await fetch(authUrl, {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        ...(cookie !== undefined && { Cookie: cookie }),
        ...(authorization !== undefined && { Authorization: authorization }),
        'X-Forwarded-For': place.address,
        'X-Forwarded-Host': place.authority,
        'X-Forwarded-Method': req.method ?? 'GET',
        'X-Forwarded-Proto': place.scheme,
        'X-Forwarded-Uri': req.url ?? '/',
      },
    });
    await response.body?.cancel();
    if (response.ok) {
      const user = userHeaders.map((name) => response.headers.get(name)).find(Boolean) ?? 'someone';
      return { kind: 'user', user: user.slice(0, maxUserLength) };
    }
    // A redirect leads to the sign-in.
    if (
      response.status === 401 ||
      response.status === 403 ||
      (response.status >= 300 && response.status < 400)
    )
      return { kind: 'nobody' };
    return { kind: 'failed', reason: `${authUrl} answered ${response.status}` };
  } catch (error) {
    const { message, cause } = error as Error;
    return { kind: 'failed', reason: `${authUrl}: ${cause instanceof Error ? cause.message : message}` };
  }
}

/** Where to send somebody who has to sign in; undefined where the operator names no place. @param back the address to come back to */
export function signInAddress(
  { signInUrl }: Pick<SignInSettings, 'signInUrl'>,
  back: string,
): string | undefined {
  if (signInUrl === '') return undefined;
  const url = new URL(signInUrl);
  url.searchParams.set('rd', back);
  return url.href;
}
