// Handlers that need nothing of Express, at the speed of Node's own server. Every surface is one; those that do need Express
// bring it along (express-part.ts).
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Hands the request on to the next handler, or to the error page when something was thrown. */
export type Next = (error?: unknown) => void;

/**
 * Answers, or calls `next` and leaves the response untouched. What it throws goes to the error page. It is never async: nobody
 * waits for a promise of it, and an unhandled rejection ends the process.
 */
export type PlainHandler = (req: IncomingMessage, res: ServerResponse, next: Next) => void;

/** Asks `handlers` one after the other until one of them answers; an error goes past all that are left. */
export function inTurn(handlers: readonly PlainHandler[]): PlainHandler {
  return handlers.reduceRight<PlainHandler>(
    (rest, handler) => (req, res, next) => {
      try {
        handler(req, res, (error) => (error === undefined ? rest(req, res, next) : next(error)));
      } catch (error) {
        next(error);
      }
    },
    (_req, _res, next) => next(),
  );
}

/** Whether the request only reads: prepared answers exist for GET and HEAD. */
export function isRead(req: IncomingMessage): boolean {
  return req.method === 'GET' || req.method === 'HEAD';
}
