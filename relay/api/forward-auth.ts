// Forward auth: a proxy asks, with the headers of a visitor's request, whether that one may see a host, and lets it through when the answer is
// 204. For nginx (`auth_request`), Traefik (`forwardAuth`) and Caddy (`forward_auth`), where something else than the relay answers for a host.
import { type RequestHandler, Router } from 'express';
import { classifyHost } from '../host.ts';
import type { HostAccess } from '../hosts/host-access.ts';
import type { HostDomains } from '../hosts/host-domains.ts';
import type { HostRegistry } from '../hosts/host-registry.ts';
import { readVisitor, sessionCookie } from '../hosts/visitor.ts';

/** What is asked. */
export interface ForwardAuthParts {
  hosts: HostRegistry;
  domains: HostDomains;
  access: HostAccess;
}

const statuses = {
  missing: 404,
  unpublished: 410,
  expired: 410,
  disabled: 403,
} as const;

/**
 * Answers `GET /`, to be mounted at `/auth`, and `GET /nginx`, in the words of nginx's `auth_request`, which takes anything but 2xx, 401 and
 * 403 for a failure: 204 to let the visitor in, with `Set-Cookie` where a token in the address opened the host; 401, 403,
 * 404 or 410 to keep it out, with the reason in `X-Preview-Kit-Reason`.
 * @param options `hostname`: the base host
 */
export function createForwardAuth(options: {
  open: () => Promise<ForwardAuthParts | undefined>;
  hostname: string;
}): Router {
  const { open, hostname } = options;
  const router = Router();
  router.get(['/', '/nginx'], (async (req, res) => {
    const isNginx = req.path === '/nginx';
    const asked = single(req.headers['x-forwarded-host']) ?? '';
    const isSecure = (single(req.headers['x-forwarded-proto']) ?? 'https') === 'https';
    const url = single(req.headers['x-forwarded-uri']) ?? '/';
    res.set('Cache-Control', 'no-store');
    const refuse = (status: number, reason: string) =>
      void res
        .status(isNginx && status !== 401 ? 403 : status)
        .set('X-Preview-Kit-Reason', reason)
        .end();
    if (asked === '') return refuse(400, 'X-Forwarded-Host is missing');
    const place = classifyHost(asked, hostname);
    const parts = await open();
    if (!parts || (place.kind !== 'named' && place.kind !== 'foreign')) return refuse(404, 'missing');
    const host =
      place.kind === 'named'
        ? await parts.hosts.find(place.name)
        : (await parts.domains.has(place.domain))
          ? await parts.hosts.findByDomain(place.domain)
          : undefined;
    const access = await parts.access.decide(host, readVisitor({ url, headers: req.headers }, isSecure));
    switch (access.kind) {
      case 'open':
        return void res.status(204).end();
      case 'enter':
        res.append('Set-Cookie', sessionCookie(access.session, { isSecure, now: Date.now() }));
        return void res.status(204).end();
      case 'closed':
        return refuse(statuses[access.obstacle], access.obstacle);
      case 'token-needed':
        return refuse(access.given === 'expired' ? 410 : 401, `token ${access.given}`);
      default:
        return refuse(401, access.kind);
    }
  }) satisfies RequestHandler);
  return router;
}

const single = (value: string | string[] | undefined): string | undefined =>
  (Array.isArray(value) ? value[0] : value)?.split(',')[0]?.trim();
