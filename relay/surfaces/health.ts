// `/healthz`: the process answers. `/readyz`: it can serve previews. For load balancers and container health checks.
import type { RequestHandler } from 'express';
import { lifetimes } from '../http/headers.ts';

/** What `/readyz` reports: each part by name, and why it is not ready. */
export type Readiness = () => Record<string, 'ok' | string>;

/** Answers the two probes with small JSON bodies; 503 while any part is not ready. */
export function createHealth(readiness: Readiness): RequestHandler {
  return (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return next();
    if (req.path === '/healthz') {
      res.set('Cache-Control', lifetimes.never).json({ status: 'ok' });
    } else if (req.path === '/readyz') {
      const parts = readiness();
      const ready = Object.values(parts).every((state) => state === 'ok');
      res
        .status(ready ? 200 : 503)
        .set('Cache-Control', lifetimes.never)
        .json({ status: ready ? 'ok' : 'not ready', parts });
    } else next();
  };
}
