// Routing around the pure host classifier: one classification a request, kept on `res.locals.host` for every later step.
import type { ServerResponse } from 'node:http';
import { type RequestHandler, Router } from 'express';
import type { HostClass } from '../host.ts';
import { isStaticId } from '../shared/preview-id.ts';
import { HttpError } from './errors.ts';

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

/** Ends requests for hosts that are not ours: 421 Misdirected Request (RFC 9110 §15.5.20). */
export function refuseUnknownHosts(hostname: string): RequestHandler {
  return (req, res, next) => {
    const { kind } = hostOf(res);
    if (kind === 'unknown' || (kind === 'probe' && !/^\/(health|ready)z$/.test(req.path)))
      throw new HttpError(
        'HOST_UNKNOWN',
        `“${(req.headers.host ?? '').slice(0, 200)}”, but it serves ${hostname} and <id>-${hostname} only`,
      );
    next();
  };
}

/** Runs `handlers` one after the other on hosts of these kinds, until one of them answers. */
export function onHost(kinds: HostClass['kind'][], ...handlers: RequestHandler[]): RequestHandler {
  const router = Router();
  for (const handler of handlers) router.use(handler);
  return (req, res, next) => (kinds.includes(hostOf(res).kind) ? router(req, res, next) : next());
}

/** Runs `handler` for previews that Sandpack's static client opened. */
export function onStaticPreviews(handler: RequestHandler): RequestHandler {
  return (req, res, next) => {
    const host = hostOf(res);
    if (host.kind === 'preview' && isStaticId(host.id)) return handler(req, res, next);
    next();
  };
}
