// Packages, at `/-/…` on the base host: dependency sets for the frame, and a twin of every CDN address at `/-/cdn/<host>/<path>`.
import compression from 'compression';
import { type Request, type RequestHandler, type Response, Router, text } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import { HttpError } from '../http/errors.ts';
import { lifetimes, sharedFileHeaders } from '../http/headers.ts';
import type { PackageEngine } from '../packages/engine.ts';
import { PackageError } from '../packages/package-error.ts';
import { SetResponses } from './set-responses.ts';

const ranges = z.record(z.string().min(1).max(214), z.string().max(300));
const setQuery = z.object({
  d: ranges,
  r: ranges.default({}),
  i: z.array(z.string().min(1).max(300)).max(1000).default([]),
});

/** Serves the package engine to preview origins; every failure is JSON with a message for people. */
export function createPackages(engine: PackageEngine, log: Logger): RequestHandler {
  const router = Router();
  const responses = new SetResponses(engine.finished);
  router.use('/-', (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD' && req.method !== 'POST')
      return next(new HttpError('METHOD_NOT_ALLOWED', req.method));
    res.set(sharedFileHeaders);
    next();
  });
  const answerSet = async (query: unknown, req: Request, res: Response): Promise<void> => {
    const { d, r, i } = readSetQuery(query);
    const answer = await responses.get({ dependencies: d, resolutions: r, imports: [...i].sort() });
    answer.send(req, res);
  };
  router.get('/-/set', (req, res) => answerSet(req.query.q, req, res));
  // For sets whose query would be longer than proxies allow.
  router.post('/-/set', text({ type: () => true, limit: '256kb' }), (req, res) =>
    answerSet(req.body, req, res),
  );
  router.get('/-/tree/:id/modules', compression(), async (req, res) => {
    const specifier = String(req.query.i ?? '');
    const contents = await engine.sets.modules(String(req.params.id), specifier);
    if (!contents) throw new HttpError('PAGE_NOT_FOUND', `module ${specifier.slice(0, 200)}`);
    res.set('Cache-Control', lifetimes.immutable).json({ contents });
  });
  router.use('/-/cdn/:host', compression(), async (req, res) => {
    // Express has cut `/-/cdn/<host>` off; what is left is the CDN's own path, still encoded.
    const [path = '/', search = ''] = req.url.split('?', 2);
    const answer = await engine.cdn(String(req.params.host), decodePath(path), new URLSearchParams(search));
    if (!answer) throw new HttpError('PAGE_NOT_FOUND', `file at https://${req.params.host}${path}`);
    res.set('Cache-Control', lifetimes[answer.lifetime]);
    if (answer.kind === 'redirect') {
      const { host, pathname } = new URL(answer.location);
      res.redirect(302, `/-/cdn/${host}${pathname}`);
    } else {
      res.set(answer.headers ?? {}).set('Content-Type', answer.type);
      res.send(Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body));
    }
  });
  router.use('/-', (error: unknown, _req: Request, res: Response, next: (error: unknown) => void) => {
    if (!(error instanceof PackageError) || res.headersSent) return next(error);
    if (error.status >= 500)
      log.warn({ code: error.code, detail: error.detail, message: error.message }, 'package request failed');
    res
      .status(error.status)
      .set('Cache-Control', lifetimes.never)
      .json({ error: { code: error.code, message: error.message, remedy: error.remedy } });
  });
  return router;
}

function readSetQuery(text: unknown): z.infer<typeof setQuery> {
  try {
    return setQuery.parse(JSON.parse(String(text)));
  } catch {
    throw new HttpError('BAD_REQUEST', 'The dependency set in ?q= is not what this relay expects.');
  }
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new HttpError('BAD_REQUEST', 'The address is not valid percent-encoding.');
  }
}
