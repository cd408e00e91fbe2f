// The pipeline, and nothing else: classify the host once, then exactly one surface answers, or the error page.
import express, { type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { createErrorPage, notFound } from './http/error-page.ts';
import { classify, onHost } from './http/host-routing.ts';

/** The surfaces, in the order in which they are asked. */
export interface Surfaces {
  health: RequestHandler;
  base: RequestHandler[];
  preview: RequestHandler[];
}

/**
 * Builds the relay's request handler.
 * @param options base host name, log, and the surfaces that `main.ts` put together
 */
export function createApp(options: { hostname: string; log: Logger; surfaces: Surfaces }): Express {
  const { hostname, log, surfaces } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(classify(hostname));
  app.use(onHost(['base', 'probe'], surfaces.health));
  app.use(onHost(['base'], ...surfaces.base));
  app.use(onHost(['preview'], ...surfaces.preview));
  app.use(notFound);
  app.use(createErrorPage(log));
  return app;
}
