// `/mcp`: the tools over streamable HTTP (https://modelcontextprotocol.io/specification/2025-06-18/basic/transports), without sessions:
// every call says who calls, and nothing is kept between two.
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express, { type Request, Router } from 'express';
import type { Logger } from 'pino';
import { failureHeaders, failureOf } from '../api/api-errors.ts';
import { authenticate } from '../api/authenticate.ts';
import type { PublicPlace } from '../api/share-views.ts';
import type { ApiTokens } from '../hosts/api-tokens.ts';
import type { OwnerSessions } from '../hosts/owner-sessions.ts';
import type { RecordedTokens } from '../hosts/recorded-tokens.ts';
import type { ShareService } from '../shares/share-service.ts';
import { createShareTools } from './share-tools.ts';

/** What calls are answered with. */
export interface McpParts {
  service: ShareService;
  links: RecordedTokens;
  apiTokens: ApiTokens;
  owners: OwnerSessions;
}

const bodyOverhead = 1.5;

/** Builds the router, to be mounted at `/mcp`. @param options `open`: the state; it is opened by the first call */
export function createMcpEndpoint(options: {
  open: () => Promise<McpParts>;
  place: (req: Request) => PublicPlace;
  /** Origin of the page where people manage their shares. */
  address: () => string;
  maxShareBytes: number;
  version: string;
  log: Logger;
}): Router {
  const { open, place, address, version, log } = options;
  const router = Router();
  const json = express.json({ limit: Math.ceil(options.maxShareBytes * bodyOverhead) });
  router.post(
    '/',
    async (req, res, next) => {
      const parts = await open();
      res.locals.parts = parts;
      res.locals.actor = await authenticate(req, parts.apiTokens, 'shares:write');
      next();
    },
    json,
    async (req, res) => {
      const { service, links, owners } = res.locals.parts as McpParts;
      const server = createShareTools({
        service,
        links,
        owners,
        address: address(),
        actor: res.locals.actor,
        place: place(req),
        version,
        onFault: (err) => log.error({ err }, 'an MCP tool failed'),
      });
      const transport = new StreamableHTTPServerTransport({
        enableJsonResponse: true,
      });
      res.once('close', () => void server.close());
      // The SDK's own classes do not agree with each other under exactOptionalPropertyTypes.
      await server.connect(transport as Parameters<typeof server.connect>[0]);
      await transport.handleRequest(req, res, req.body);
    },
  );
  // No stream from the server, and no session to end: the specification has 405 for both.
  router.all('/', (_req, res) => void res.set('Allow', 'POST').status(405).end());
  router.use(((error, _req, res, next) => {
    const failure = failureOf(error);
    if (!failure || res.headersSent) return next(error);
    res.set(failureHeaders(failure));
    const message = `${failure.code}: ${failure.message}`;
    res.status(failure.status).json({ jsonrpc: '2.0', error: { code: -32_000, message }, id: null });
  }) satisfies express.ErrorRequestHandler);
  return router;
}
