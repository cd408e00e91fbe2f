// `/pages`: where people manage their shares. The page is rendered here; what it changes goes through the API, with the cookie of its session.
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { HostReports } from '../hosts/host-reports.ts';
import {
  type OwnerSession,
  type OwnerSessions,
  ownerCookie,
  ownerCookieOf,
} from '../hosts/owner-sessions.ts';
import type { ViewCounts } from '../hosts/view-counts.ts';
import { readBuilt } from '../http/built-file.ts';
import { HttpError } from '../http/errors.ts';
import { lifetimes } from '../http/headers.ts';
import { PreparedResponse } from '../http/prepared.ts';
import type { ShareService } from '../shares/share-service.ts';
import { managePage, shownDays } from './manage-page.ts';
import { type PublicPlace, viewReport, viewShare } from './share-views.ts';

/** What the pages are made of. */
export interface ManageParts {
  service: ShareService;
  views: ViewCounts;
  owners: OwnerSessions;
  reports: HostReports;
}

const listed = 200;
const headers = {
  'Cache-Control': lifetimes.never,
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
};
const operator: OwnerSession = { owner: 'operator', isOperator: true };

/**
 * Builds the router, to be mounted at `/pages`.
 * @param options `isLocal`: nobody but this machine's own people reach it, and whoever comes without a link is the operator
 */
export function createManagePages(options: {
  open: () => Promise<ManageParts>;
  place: (req: Request) => PublicPlace;
  browserDir: string;
  isLocal: boolean;
}): Router {
  const { open, place, browserDir, isLocal } = options;
  const router = Router();
  router.use((_req, res, next) => {
    res.set(headers);
    next();
  });
  for (const [name, type] of [
    ['manage-page.js', 'text/javascript; charset=utf-8'],
    ['manage-page.css', 'text/css; charset=utf-8'],
  ] as const)
    router.get(`/${name}`, sendFile(readBuilt(browserDir, name), type));

  const letIn = (req: Request, res: Response, secret: string | undefined) =>
    res.append('Set-Cookie', ownerCookie(secret, req.secure));

  router.get('/enter', async (req, res) => {
    // Browsers and chats that look ahead must not use the link up.
    if (/prefetch|prerender/.test(String(req.headers['sec-purpose'] ?? '')) || req.method === 'HEAD')
      return void res.status(204).end();
    const { owners } = await open();
    const secret = await owners.exchange(String(req.query.link ?? ''));
    const isIn = secret !== undefined || (await owners.find(ownerCookieOf(req, req.secure))) !== undefined;
    if (!isIn) throw new HttpError('PAGES_LINK_USED', 'This link was used before, or is too old.');
    if (secret !== undefined) letIn(req, res, secret);
    res.redirect(303, '/pages');
  });
  /** For the playground, which is at the same place. */
  if (isLocal)
    router.post('/enter', async (req, res) => {
      if (req.headers['sec-fetch-site'] !== 'same-origin') throw new HttpError('PAGES_LINK_NEEDED', '');
      const { owners } = await open();
      if (!(await owners.find(ownerCookieOf(req, req.secure)))) letIn(req, res, await owners.open(operator));
      res.status(204).end();
    });
  router.post('/leave', async (req, res) => {
    const { owners } = await open();
    const secret = ownerCookieOf(req, req.secure);
    if (secret !== undefined && req.headers['sec-fetch-site'] !== 'cross-site') {
      await owners.close(secret);
      letIn(req, res, undefined);
    }
    res.redirect(303, '/pages');
  });
  router.get('/', async (req, res) => {
    const parts = await open();
    let session = await parts.owners.find(ownerCookieOf(req, req.secure));
    if (!session && isLocal) {
      session = operator;
      letIn(req, res, await parts.owners.open(operator));
    }
    if (!session) throw new HttpError('PAGES_LINK_NEEDED', '');
    res.type('html').send(await renderList(parts, session, place(req)));
  });
  return router;
}

async function renderList(
  { service, views, reports }: ManageParts,
  session: OwnerSession,
  place: PublicPlace,
): Promise<string> {
  const actor = { owner: session.owner, name: session.owner };
  const [shown, deleted] = await Promise.all([
    service.list(actor, { limit: listed }),
    service.list(actor, { limit: listed, deleted: true }),
  ]);
  const counts = await views.lastDays(
    shown.rows.map(({ host }) => host.id),
    shownDays,
  );
  return managePage({
    session,
    shares: shown.rows.map((share) => ({
      share: viewShare(share, place),
      views: counts.get(share.host.id) ?? [],
    })),
    deleted: deleted.rows.map((share) => viewShare(share, place)),
    reports: session.isOperator ? (await reports.list()).map(viewReport) : [],
    hasMore: shown.next !== undefined,
    now: Date.now(),
  });
}

function sendFile(text: string, type: string): RequestHandler {
  const file = new PreparedResponse(text, {
    ...headers,
    'Content-Type': type,
    'Cache-Control': lifetimes.revalidate,
  });
  return (req, res) => file.send(req, res);
}
