// Handlers that need nothing of Express. Surfaces made of prepared answers are such handlers and run before Express, at the
// speed of Node's own server; they also fit `app.use`.
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers, or calls `next` at once and leaves the response untouched. */
export type PlainHandler = (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

/** Asks `handlers` one after the other until one of them answers. */
export function inTurn(handlers: PlainHandler[]): PlainHandler {
  return handlers.reduceRight<PlainHandler>(
    (rest, handler) => (req, res, next) => handler(req, res, () => rest(req, res, next)),
    (_req, _res, next) => next(),
  );
}

/** Whether the request only reads: prepared answers exist for GET and HEAD. */
export function isRead(req: IncomingMessage): boolean {
  return req.method === 'GET' || req.method === 'HEAD';
}

/** The path as the client wrote it, without the query: still encoded, never normalised. */
export function pathOf(req: IncomingMessage): string {
  const target = req.url ?? '/';
  const end = target.indexOf('?');
  return end < 0 ? target : target.slice(0, end);
}
