// How much one client may ask of the package engine. Pages, bundler files and workers are cheap and not counted.
import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { HttpError } from './errors.ts';
import { sharedFileHeaders } from './headers.ts';

const windowMs = 60_000;

/**
 * Refuses a client that asks more than `perMinute` times a minute, with 429 and `Retry-After` (RFC 6585 §4). A client is an
 * address (of IPv6, its /56), as Express's `trust proxy` tells it.
 * @param perMinute 0 for no limit
 */
export function limitRate(perMinute: number): RequestHandler {
  if (perMinute === 0) return (_req, _res, next) => next();
  return rateLimit({
    windowMs,
    limit: perMinute,
    standardHeaders: false,
    legacyHeaders: false,
    // What the relay makes of a forged or missing X-Forwarded-For is `trust proxy`'s business, and tested here.
    validate: { xForwardedForHeader: false, trustProxy: false },
    handler: (_req, res, next) => {
      const { resetTime } = (res.req as unknown as { rateLimit: { resetTime?: Date } }).rateLimit;
      const seconds = Math.max(
        1,
        Math.ceil(((resetTime?.getTime() ?? Date.now() + windowMs) - Date.now()) / 1000),
      );
      res.set({ ...sharedFileHeaders, 'Retry-After': String(seconds) });
      next(new HttpError('RATE_LIMITED', `${perMinute} a minute`));
    },
  });
}
