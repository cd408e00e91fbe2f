// `/healthz`: the process answers. `/readyz`: it can serve previews. For load balancers and container health checks.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { lifetimes } from '../http/headers.ts';
import { isRead, type PlainHandler } from '../http/plain-handler.ts';
import { pathOf } from '../http/target.ts';

/** What `/readyz` reports: each part by name, and why it is not ready. */
export type Readiness = () => Record<string, 'ok' | string>;

/** Answers the two probes with small JSON bodies; 503 while any part is not ready. */
export function createHealth(readiness: Readiness): PlainHandler {
  return (req, res, next) => {
    const path = pathOf(req);
    if (!isRead(req) || (path !== '/healthz' && path !== '/readyz')) return next();
    if (path === '/healthz') return sendJson(req, res, 200, { status: 'ok' });
    const parts = readiness();
    const ready = Object.values(parts).every((state) => state === 'ok');
    sendJson(req, res, ready ? 200 : 503, { status: ready ? 'ok' : 'not ready', parts });
  };
}

function sendJson(req: IncomingMessage, res: ServerResponse, status: number, content: object): void {
  const body = JSON.stringify(content);
  res.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': lifetimes.never,
    'Content-Length': Buffer.byteLength(body),
  });
  res.end(req.method === 'HEAD' ? undefined : body);
}
