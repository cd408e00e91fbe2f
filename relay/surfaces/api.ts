// The API and the MCP server, at the host that is theirs and at the control listener.
import { type ErrorRequestHandler, type RequestHandler, Router } from 'express';
import type { Logger } from 'pino';
import { createCodeSandboxApi } from '../api/codesandbox-api.ts';
import { createDomainsApi } from '../api/domains-api.ts';
import { createForwardAuth } from '../api/forward-auth.ts';
import { createManagePages } from '../api/manage-pages.ts';
import type { PublicPlace } from '../api/share-views.ts';
import { createSharesApi } from '../api/shares-api.ts';
import type { KnownNames } from '../hosts/domain-name.ts';
import { stateFailure } from '../hosts/state-failure.ts';
import type { LazyShares } from '../shares/open-shares.ts';

export interface ApiOptions {
  shares: LazyShares;
  /** The relay's own names, and those of pages that show previews. */
  names: KnownNames;
  /** Where shares are, for their links. */
  place: () => PublicPlace;
  /** Where this is served, as its own people reach it: an origin, for links to the page of somebody's shares. */
  address: () => string;
  /** Folder of the compiled browser code. */
  browserDir: string;
  maxShareBytes: number;
  /** The kit's. */
  version: string;
  log: Logger;
}

/**
 * Answers `/api`, `/pages`, `/sandbox`, `/auth` and `/mcp`; hands everything else on.
 * @param isLocal for the control listener, where nobody but this machine's own people are
 */
export function createApi(options: ApiOptions, isLocal: boolean): RequestHandler {
  const { shares, names, place, address, browserDir, maxShareBytes, version, log } = options;
  const open = () => shares.open();
  const router = Router();
  router.use('/pages', createManagePages({ open, place, browserDir, isLocal }));
  router.use('/api', createDomainsApi({ open, place, names, log }));
  router.use('/api', createSharesApi({ open, place, maxShareBytes, log }));
  router.use('/sandbox', createCodeSandboxApi(open));
  router.use('/auth', createForwardAuth({ open: () => shares.openExisting(), hostname: names.hostname }));
  let endpoint: Promise<RequestHandler> | undefined;
  // The protocol's library is loaded when somebody speaks it.
  router.use('/mcp', async (req, res, next) => {
    endpoint ??= import('../mcp/mcp-endpoint.ts').then(({ createMcpEndpoint }) =>
      createMcpEndpoint({ open, place, address, maxShareBytes, version, log }),
    );
    (await endpoint)(req, res, next);
  });
  router.use(((error, _req, _res, next) => next(stateFailure(error) ?? error)) satisfies ErrorRequestHandler);
  return router;
}

/** Where browsers reach previews. @param address origin of the base host */
export function publicPlace(address: string): PublicPlace {
  const { protocol, host } = new URL(address);
  return { scheme: protocol.slice(0, -1), authority: host };
}

/** Origin at which people manage their pages: the API's host, or where there is none, the control listener. */
export function managedAt(
  { apiHostname, controlPort }: { apiHostname: string; controlPort: number },
  address: string,
): string {
  if (apiHostname === '') return `http://localhost:${controlPort}`;
  const { protocol, port } = new URL(address);
  return `${protocol}//${apiHostname}${port === '' ? '' : `:${port}`}`;
}
