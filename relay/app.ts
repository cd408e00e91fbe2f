// The pipeline, and nothing else: classify the host once, then exactly one surface answers, or the error page.
import type { RequestListener } from 'node:http';
import express, { type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { classifyHost, type HostClass } from './host.ts';
import { createErrorPage, notFound } from './http/error-page.ts';
import { keepHost, onHost, refuseUnknownHosts } from './http/host-routing.ts';
import { inTurn, type PlainHandler } from './http/plain-handler.ts';

/** The surfaces, in the order in which they are asked. */
export interface Surfaces {
  /** Ready-made answers, asked before Express: nearly every request ends in one of them. */
  prepared: Partial<Record<HostClass['kind'], PlainHandler[]>>;
  health: RequestHandler;
  base: RequestHandler[];
  preview: RequestHandler[];
}

/**
 * Builds the relay's request handler.
 * @param options base host name, proxies that tell the client's address, log, and the surfaces that `relay.ts` put together
 */
export function createApp(options: {
  hostname: string;
  trustProxy: string[];
  log: Logger;
  surfaces: Surfaces;
}): RequestListener {
  const { hostname, trustProxy, log, surfaces } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', trustProxy);
  app.use(refuseUnknownHosts(hostname));
  app.use(onHost(['base', 'probe'], surfaces.health));
  app.use(onHost(['base'], ...surfaces.base));
  app.use(onHost(['preview'], ...surfaces.preview));
  app.use(notFound);
  app.use(createErrorPage(log));

  const prepared = new Map(
    Object.entries(surfaces.prepared).map(([kind, handlers]) => [kind, inTurn(handlers)]),
  );
  return (req, res) => {
    const host = classifyHost(req.headers.host, hostname);
    keepHost(res, host);
    const answer = prepared.get(host.kind);
    if (!answer) return app(req, res);
    try {
      answer(req, res, () => app(req, res));
    } catch (err) {
      log.error({ err, url: req.url?.slice(0, 120) }, 'a prepared answer failed');
      res.destroy();
    }
  };
}
