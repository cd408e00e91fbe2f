// The calls about tokens of CodeSandbox's API, for clients that were written for it: `/sandbox/<name>/tokens`. A sandbox's id is the name of
// a page here. As published in @codesandbox/sdk 2.4.2 (dist/esm/api-clients/client/types.gen.d.ts), without two faults of the original: an
// expiry can be taken away by null, and revoking is no expiry.
import express, { type ErrorRequestHandler, type RequestHandler, Router } from 'express';
import { z } from 'zod';
import type { ApiScope, ApiTokens } from '../hosts/api-tokens.ts';
import type { HostTokens, TokenRecord } from '../hosts/host-tokens.ts';
import type { RecordedTokens } from '../hosts/recorded-tokens.ts';
import { RequestRefused, readRequest } from '../shares/share-request.ts';
import type { Actor, ShareService } from '../shares/share-service.ts';
import { failureHeaders, failureOf } from './api-errors.ts';
import { authenticate } from './authenticate.ts';

/** What calls are answered with. */
export interface CodeSandboxApiParts {
  service: ShareService;
  tokens: HostTokens;
  /** The same, for changes. */
  links: RecordedTokens;
  apiTokens: ApiTokens;
}

const tokenRequest = z.object({ expires_at: z.iso.datetime({ offset: true }).nullable().optional() });
const maxBodyBytes = 10_000;

/** Builds the router, to be mounted at `/sandbox`. */
export function createCodeSandboxApi(open: () => Promise<CodeSandboxApiParts>): Router {
  const router = Router();
  const allow =
    (scope: ApiScope): RequestHandler =>
    async (req, res, next) => {
      const parts = await open();
      const actor = await authenticate(req, parts.apiTokens, scope);
      Object.assign(res.locals, { parts, actor });
      next();
    };
  const json = express.json({ limit: maxBodyBytes });
  const call =
    (status: number, handle: (call: Call) => Promise<object>): RequestHandler =>
    async (req, res) => {
      const { parts, actor } = res.locals as Pick<Call, 'parts' | 'actor'>;
      const name = String(req.params.id);
      const { host } = await parts.service.find(actor, name);
      const { expires_at: expiresAt } = readRequest(tokenRequest, (req.body as unknown) ?? {});
      const data = await handle({
        parts,
        actor,
        name,
        hostId: host.id,
        tokenId: String(req.params.tokenId ?? ''),
        expiresAt,
      });
      res.status(status).set('Cache-Control', 'no-store').json({ success: true, errors: [], data });
    };
  router
    .route('/:id/tokens')
    .post(allow('shares:write'), json, call(201, createToken))
    .get(allow('shares:read'), call(200, listTokens))
    .delete(
      allow('shares:write'),
      call(200, async ({ parts, actor, hostId }) => {
        await parts.links.revoke(actor.name, hostId);
        return {};
      }),
    );
  router
    .route('/:id/tokens/:tokenId')
    .patch(allow('shares:write'), json, call(200, updateToken))
    .delete(allow('shares:write'), call(200, revokeToken));
  router.use(answerFailure);
  return router;
}

interface Call {
  parts: CodeSandboxApiParts;
  actor: Actor;
  name: string;
  hostId: string;
  tokenId: string;
  expiresAt: string | null | undefined;
}

async function createToken({ parts, actor, name, hostId, expiresAt }: Call) {
  const { token, record } = await parts.links.create(
    actor.name,
    hostId,
    typeof expiresAt === 'string' ? { expiresAt: Date.parse(expiresAt) } : {},
  );
  return { sandbox_id: name, token: { ...view(record), token } };
}

/** Not CodeSandbox's: there, one token is revoked by an expiry that is over. */
async function revokeToken({ parts, actor, hostId, tokenId }: Call) {
  if ((await parts.links.revoke(actor.name, hostId, tokenId)) !== 1) throw noToken(tokenId);
  return {};
}

/** Those that are good: revoked ones are no tokens there. */
async function listTokens({ parts, name, hostId }: Call) {
  const records = await parts.tokens.list(hostId);
  return { sandbox_id: name, tokens: records.filter(({ revoked_at }) => revoked_at === null).map(view) };
}

async function updateToken({ parts, actor, name, hostId, tokenId, expiresAt }: Call) {
  if (typeof expiresAt === 'string' && Date.parse(expiresAt) <= Date.now()) {
    // The SDK revokes one token by letting it expire now.
    const before = (await parts.tokens.list(hostId)).find(({ id }) => id === tokenId);
    if (before && (await parts.links.revoke(actor.name, hostId, tokenId)) === 1)
      return { sandbox_id: name, token: { ...view(before), expires_at: expiresAt } };
    throw noToken(tokenId);
  }
  const record = await parts.links.update(actor.name, hostId, tokenId, {
    ...(expiresAt !== undefined && { expiresAt: expiresAt === null ? null : Date.parse(expiresAt) }),
  });
  if (!record) throw noToken(tokenId);
  return { sandbox_id: name, token: view(record) };
}

const noToken = (id: string) =>
  new RequestRefused([
    { field: 'token_id', message: `is not right: there is no token ${id} that is still good` },
  ]);

function view(record: TokenRecord) {
  return {
    token_id: record.id,
    token_prefix: record.prefix,
    expires_at: moment(record.expires_at),
    last_used_at: moment(record.last_used_at),
  };
}

const moment = (at: number | null) => (at === null ? null : new Date(at).toISOString());

const answerFailure: ErrorRequestHandler = (error, _req, res, next) => {
  const failure = failureOf(error);
  if (!failure || res.headersSent) return next(error);
  res.set(failureHeaders(failure));
  res.status(failure.status).json({ success: false, errors: [failure.message] });
};
