// Express, for the surfaces that need a router, a body parser or the client's address.
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import type { PlainHandler } from './plain-handler.ts';

/**
 * Makes one plain handler of Express handlers.
 * @param trustProxy proxies whose X-Forwarded-For tells the client's address
 * @param onError what becomes of errors. Default: they are handed on
 */
export function expressPart(
  trustProxy: string[],
  handlers: RequestHandler[],
  onError?: ErrorRequestHandler,
): PlainHandler {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', trustProxy);
  for (const handler of handlers) app.use(handler);
  if (onError) app.use(onError);
  return (req, res, next) => app(req as Request, res as Response, next);
}
