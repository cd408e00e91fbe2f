// `/api/shares`: publish, list, change and withdraw pages, and the tokens of private ones. Thin: reads the call, asks the service, answers.
import express, { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { ApiScope, ApiTokens } from '../hosts/api-tokens.ts';
import type { HostReports } from '../hosts/host-reports.ts';
import type { HostTokens } from '../hosts/host-tokens.ts';
import type { OwnerSessions } from '../hosts/owner-sessions.ts';
import type { RecordedTokens } from '../hosts/recorded-tokens.ts';
import type { ViewCounts } from '../hosts/view-counts.ts';
import { publishRequest, RequestRefused, readRequest, updateRequest } from '../shares/share-request.ts';
import type { ShareService } from '../shares/share-service.ts';
import type { ShareVersions } from '../shares/share-versions.ts';
import { CallRefused, failureHeaders, failureOf } from './api-errors.ts';
import { authenticate, type Caller } from './authenticate.ts';
import { linkOf, type PublicPlace, viewReport, viewShare, viewToken, viewVersion } from './share-views.ts';

/** What calls are answered with. */
export interface SharesApiParts {
  service: ShareService;
  tokens: HostTokens;
  /** The same, for changes. */
  links: RecordedTokens;
  versions: ShareVersions;
  apiTokens: ApiTokens;
  views: ViewCounts;
  owners: OwnerSessions;
  reports: HostReports;
}

/** A zip of the largest share, in base64, and its surroundings. */
const bodyOverhead = 1.5;

const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(100).optional(),
  deleted: z.stringbool().default(false),
});

const viewsQuery = z.strictObject({ days: z.coerce.number().int().min(1).max(366).default(30) });

const tokenRequest = z.strictObject({
  label: z.string().max(200).optional(),
  expiresAt: z.iso.datetime({ offset: true }).nullable().optional(),
  maxUses: z.number().int().positive().nullable().optional(),
});

/**
 * Builds the router, to be mounted at `/api`.
 * @param options `open`: the state; it is opened by the first call
 */
export function createSharesApi(options: {
  open: () => Promise<SharesApiParts>;
  place: (req: Request) => PublicPlace;
  maxShareBytes: number;
  log: Logger;
}): Router {
  const { open, place, log } = options;
  const router = Router();
  router.use((_req, res, next) => {
    res.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
    next();
  });
  /** The caller is known before its body is read. */
  const allow =
    (scope: ApiScope): RequestHandler =>
    async (req, res, next) => {
      const parts = await open();
      res.locals.parts = parts;
      const pages = { sessions: parts.owners, isSecure: req.secure };
      res.locals.actor = await authenticate(req, parts.apiTokens, scope, pages);
      next();
    };
  const json = express.json({ limit: Math.ceil(options.maxShareBytes * bodyOverhead) });
  const read = allow('shares:read');
  const write = [allow('shares:write'), json];
  const call =
    (handle: (call: Call) => Promise<{ status?: number; body?: unknown }>): RequestHandler =>
    async (req, res) => {
      const { status = 200, body } = await handle({
        ...(res.locals as Pick<Call, 'parts' | 'actor'>),
        name: String(req.params.name ?? ''),
        tokenId: String(req.params.tokenId ?? ''),
        body: req.body as unknown,
        query: req.query,
        place: place(req),
      });
      res.status(status);
      if (body === undefined) res.end();
      else res.json(body);
    };

  router.route('/shares').get(read, call(listShares)).post(write, call(publishShare));
  router
    .route('/shares/:name')
    .get(
      read,
      call(async ({ parts, actor, name, place: at }) => ({
        body: { share: viewShare(await parts.service.find(actor, name), at) },
      })),
    )
    .patch(write, call(updateShare))
    .delete(
      write,
      call(async ({ parts, actor, name, place: at }) => ({
        body: { share: viewShare(await parts.service.remove(actor, name), at) },
      })),
    );
  router.get('/shares/:name/versions', read, call(listVersions));
  router.get('/shares/:name/views', read, call(listViews));
  router.get('/reports', read, call(listReports));
  router.post('/reports/:tokenId/close', write, call(closeReport));
  router.post(
    '/shares/:name/restore',
    write,
    call(async ({ parts, actor, name, place: at }) => ({
      body: { share: viewShare(await parts.service.restore(actor, name), at) },
    })),
  );
  router.post(
    '/shares/:name/unpublish',
    write,
    call(async ({ parts, actor, name, place: at }) => ({
      body: { share: viewShare(await parts.service.unpublish(actor, name, true), at) },
    })),
  );
  router.post(
    '/shares/:name/republish',
    write,
    call(async ({ parts, actor, name, place: at }) => ({
      body: { share: viewShare(await parts.service.unpublish(actor, name, false), at) },
    })),
  );
  router
    .route('/shares/:name/tokens')
    .get(read, call(listTokens))
    .post(write, call(createToken))
    .delete(write, call(revokeTokens));
  router
    .route('/shares/:name/tokens/:tokenId')
    .patch(write, call(updateToken))
    .delete(write, call(revokeTokens));
  router.use(answerFailure(log));
  return router;
}

interface Call {
  parts: SharesApiParts;
  actor: Caller;
  name: string;
  tokenId: string;
  body: unknown;
  query: unknown;
  place: PublicPlace;
}

async function publishShare({ parts, actor, body, place }: Call) {
  const published = await parts.service.publish(actor, readRequest(publishRequest, body));
  const { token, host } = published;
  return {
    status: 201,
    body: {
      share: viewShare(published, place),
      ...(token && { token: token.token, link: linkOf(host.name, token.token, place) }),
    },
  };
}

async function updateShare({ parts, actor, name, body, place }: Call) {
  return {
    body: {
      share: viewShare(await parts.service.update(actor, name, readRequest(updateRequest, body)), place),
    },
  };
}

async function listShares({ parts, actor, query, place }: Call) {
  const { limit, after, deleted } = readRequest(pageQuery, query);
  const { rows, next } = await parts.service.list(actor, {
    limit,
    deleted,
    ...(after !== undefined && { after }),
  });
  return { body: { shares: rows.map((share) => viewShare(share, place)), next: next ?? null } };
}

async function listVersions({ parts, actor, name }: Call) {
  const { host } = await parts.service.find(actor, name);
  return { body: { versions: (await parts.versions.list(host.id)).map(viewVersion) } };
}

async function listTokens({ parts, actor, name }: Call) {
  const { host } = await parts.service.find(actor, name);
  return { body: { tokens: (await parts.tokens.list(host.id)).map(viewToken) } };
}

async function listViews({ parts, actor, name, query }: Call) {
  const { days } = readRequest(viewsQuery, query);
  const { host } = await parts.service.find(actor, name);
  const views = (await parts.views.lastDays([host.id], days)).get(host.id) ?? [];
  return { body: { days: views, views: views.reduce((sum, day) => sum + day.views, 0) } };
}

async function listReports({ parts, actor }: Call) {
  mustBeOperator(actor);
  return { body: { reports: (await parts.reports.list()).map(viewReport) } };
}

async function closeReport({ parts, actor, tokenId: id }: Call) {
  mustBeOperator(actor);
  if (!(await parts.reports.close(id)))
    throw new RequestRefused([{ field: 'id', message: `is not right: there is no open report ${id}` }]);
  return { status: 204 };
}

function mustBeOperator({ isOperator, name }: Caller): void {
  if (!isOperator)
    throw new CallRefused(403, 'SCOPE_MISSING', `${name} may not do this: it is for the operator alone.`);
}

async function createToken({ parts, actor, name, body, place }: Call) {
  const { host } = await parts.service.find(actor, name);
  const { label, expiresAt, maxUses } = readRequest(tokenRequest, body ?? {});
  const { token, record } = await parts.links.create(actor.name, host.id, {
    ...(label !== undefined && { label }),
    ...(typeof expiresAt === 'string' && { expiresAt: Date.parse(expiresAt) }),
    ...(typeof maxUses === 'number' && { maxUses }),
  });
  return { status: 201, body: { token, link: linkOf(host.name, token, place), ...viewToken(record) } };
}

async function updateToken({ parts, actor, name, tokenId, body }: Call) {
  const { host } = await parts.service.find(actor, name);
  const { label, expiresAt, maxUses } = readRequest(tokenRequest, body ?? {});
  const record = await parts.links.update(actor.name, host.id, tokenId, {
    ...(label !== undefined && { label }),
    ...(expiresAt !== undefined && { expiresAt: expiresAt === null ? null : Date.parse(expiresAt) }),
    ...(maxUses !== undefined && { maxUses }),
  });
  if (!record) throw noToken(tokenId);
  return { body: viewToken(record) };
}

async function revokeTokens({ parts, actor, name, tokenId }: Call) {
  const { host } = await parts.service.find(actor, name);
  const revoked = await parts.links.revoke(actor.name, host.id, tokenId === '' ? undefined : tokenId);
  if (tokenId !== '' && revoked === 0) throw noToken(tokenId);
  return { body: { revoked } };
}

const noToken = (id: string) =>
  new RequestRefused([
    { field: 'tokenId', message: `is not right: this page has no token ${id} that is still good` },
  ]);

/** Answers what went wrong with a call, as far as it is the caller's. */
export function answerFailure(log: Logger): ErrorRequestHandler {
  return (error, req, res, next) => {
    if (res.headersSent) return next(error);
    const failure = failureOf(error) ?? parserFailure(error);
    if (!failure) return next(error);
    res.set(failureHeaders(failure));
    if (failure.status >= 500) log.error({ err: error, path: req.path }, 'a call of the API failed');
    else log.debug({ code: failure.code, path: req.path }, 'a call of the API was refused');
    const { status, ...body } = failure;
    res.status(status).json({ error: body });
  };
}

/** What Express's parser says of a body. */
function parserFailure(error: unknown) {
  const { status, limit, type } = (error ?? {}) as { status?: unknown; limit?: unknown; type?: unknown };
  if (status === 413)
    return { status: 413, code: 'BODY_TOO_LARGE', message: `The body is larger than ${limit} bytes.` };
  if (type === 'entity.parse.failed')
    return { status: 400, code: 'REQUEST_INVALID', message: 'The body is no JSON.' };
  return undefined;
}
