// The pipeline, and nothing else: classify the host once, then exactly one surface answers, or the error page.
import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import { classifyHost, type HostClass } from './host.ts';
import { answerFaultsTo } from './http/answer-faults.ts';
import { createErrorPage, refuse } from './http/error-page.ts';
import type { ErrorTemplates } from './http/error-templates.ts';
import { expressPart } from './http/express-part.ts';
import { keepHost } from './http/host-routing.ts';
import { inTurn, type PlainHandler } from './http/plain-handler.ts';

/** The surfaces of each kind of host, in the order in which they are asked; a host without any ends at the error page. */
export type SurfaceTable = Partial<Record<HostClass['kind'], readonly PlainHandler[]>>;

/**
 * Builds the relay's request handler.
 * @param options base host name and those of the API, proxies that tell the client's address, log, and the table of surfaces
 */
export function createApp(options: {
  hostname: string;
  apiHostnames?: readonly string[];
  trustProxy: string[];
  log: Logger;
  surfaces: SurfaceTable;
  /** The operator's own error pages, for hosts of published pages. */
  errorTemplates?: ErrorTemplates | undefined;
}): RequestListener {
  const { hostname, apiHostnames, trustProxy, log, surfaces, errorTemplates } = options;
  const failures = new WeakMap<object, unknown>();
  const end = expressPart(
    trustProxy,
    [(req, _res, next) => next(failures.get(req)), refuse(hostname)],
    createErrorPage(log, errorTemplates),
  );
  const table = new Map(Object.entries(surfaces).map(([kind, handlers]) => [kind, inTurn(handlers)]));
  const nobody = inTurn([]);
  const watchAnswer = answerFaultsTo(log);
  return (req, res) => {
    watchAnswer(res);
    const host = classifyHost(req.headers.host, hostname, apiHostnames);
    keepHost(res, host);
    const answer = table.get(host.kind) ?? nobody;
    answer(req, res, (failure) => {
      if (failure !== undefined) failures.set(req, failure);
      end(req, res, () => res.destroy());
    });
  };
}
