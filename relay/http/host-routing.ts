// Express middleware around the pure host classifier: one classification a request, kept on `res.locals.host`.
import { type RequestHandler, type Response, Router } from 'express';
import { classifyHost, type HostClass, isStaticId } from '../host.ts';
import { HttpError } from './errors.ts';

/** Classifies the request; a host that is not ours ends here with 421 Misdirected Request (RFC 9110 §15.5.20). */
export function classify(hostname: string): RequestHandler {
  return (req, res, next) => {
    const host = classifyHost(req.headers.host, hostname);
    if (host.kind === 'unknown' || (host.kind === 'probe' && !/^\/(health|ready)z$/.test(req.path)))
      throw new HttpError(
        'HOST_UNKNOWN',
        `“${(req.headers.host ?? '').slice(0, 200)}”, but it serves ${hostname} and <id>-${hostname} only`,
      );
    res.locals.host = host;
    next();
  };
}

/** Runs `handlers` one after the other on hosts of these kinds, until one of them answers. */
export function onHost(kinds: HostClass['kind'][], ...handlers: RequestHandler[]): RequestHandler {
  const router = Router().use(...handlers);
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

/** What {@link classify} found. */
export function hostOf(res: Response): HostClass {
  return res.locals.host as HostClass;
}

/** The base host as the browser reaches it, e.g. `preview.localhost:1580`. */
export function baseAuthorityOf(res: Response): string {
  const host = hostOf(res);
  if (!('baseAuthority' in host)) throw new Error('This host has no base.');
  return host.baseAuthority;
}
