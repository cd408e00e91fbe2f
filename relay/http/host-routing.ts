// The one classification of a request's host, kept on `res.locals.host` for every later step.
import type { ServerResponse } from 'node:http';
import type { HostClass } from '../host.ts';

/** Express keeps `locals` when they are there already. */
type LocatedResponse = ServerResponse & { locals?: Record<string, unknown> & { host?: HostClass } };

/** Notes what the request's host was classified as. */
export function keepHost(res: ServerResponse, host: HostClass): void {
  (res as LocatedResponse).locals = { host };
}

/** What {@link keepHost} noted. */
export function hostOf(res: ServerResponse): HostClass {
  const host = (res as LocatedResponse).locals?.host;
  if (!host) throw new Error('The host of this request was not classified.');
  return host;
}

/** The base host as the browser reaches it, e.g. `preview.localhost:1580`. */
export function baseAuthorityOf(res: ServerResponse): string {
  const host = hostOf(res);
  if (!('baseAuthority' in host)) throw new Error('This host has no base.');
  return host.baseAuthority;
}
