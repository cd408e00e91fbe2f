// Answers a page's request for a public CDN file with the kit's own copy. The page must not notice: same address, same bytes.
import { errorText } from '../error-text.ts';
import { findRedirectTarget } from './mirror-address.ts';

export interface MirrorOptions {
  timeoutMs: number;
  /** Hosts that are mirrored. */
  hosts: ReadonlySet<string>;
  /** Told the size of a body that is passed on, in bytes as they travel; 0 where it is not known. */
  onAnswer(bytes: number): void;
}

/** The kit's copy could not be had; the message says why and is meant for people. */
export class MirrorFailure extends Error {
  override readonly name = 'MirrorFailure';
}

// All that a cross-origin response shows anyway (https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name), less
// Content-Length, which counts compressed bytes while the body arrives decompressed.
const passedHeaders = ['cache-control', 'content-type', 'expires', 'last-modified'];

/**
 * Fetches `address`, the kit's copy of `request.url`.
 * @returns a Response of the page's own making: with no `url`, so that relative imports in it resolve against the address
 * that the page asked for, and not opaque, so that integrity checks and error messages work.
 * @throws MirrorFailure
 */
export async function fetchFromMirror(
  request: Pick<Request, 'url' | 'method' | 'signal'>,
  address: string,
  options: MirrorOptions,
): Promise<Response> {
  const aborter = new AbortController();
  const timer = setTimeout(
    () =>
      aborter.abort(
        new MirrorFailure(describe(request.url, address, `no answer within ${options.timeoutMs / 1000} s`)),
      ),
    options.timeoutMs,
  );
  request.signal.addEventListener('abort', () => aborter.abort(request.signal.reason), { once: true });
  try {
    const copy = await fetch(address, {
      method: request.method,
      mode: 'cors',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: aborter.signal,
    });
    const redirectTarget = copy.redirected
      ? findRedirectTarget(new URL(request.url), copy.url, options.hosts)
      : undefined;
    if (redirectTarget) {
      // The browser comes back with the new address: redirects made by a worker pass through the worker again, and the
      // copy just fetched is in the HTTP cache. https://fetch.spec.whatwg.org/#http-redirect-fetch
      void copy.body?.cancel();
      return Response.redirect(redirectTarget, 302);
    }
    return rebuild(copy, options);
  } catch (error) {
    if (error instanceof MirrorFailure) throw error;
    throw new MirrorFailure(describe(request.url, address, errorText(error)));
  } finally {
    clearTimeout(timer);
  }
}

function describe(url: string, address: string, cause: string): string {
  return `${url} could not be had from the preview server (${address}): ${cause}.`;
}

function rebuild(copy: Response, { onAnswer }: MirrorOptions): Response {
  const headers = new Headers({ 'access-control-allow-origin': '*' });
  for (const name of passedHeaders) {
    const value = copy.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  onAnswer(Number(copy.headers.get('content-length') ?? 0));
  // The body is handed over as it is: browsers pass such a stream on without waking the worker for each piece.
  return new Response(copy.body, { status: copy.status, statusText: copy.statusText, headers });
}
