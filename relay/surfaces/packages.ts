// Packages, at `/-/…` on the base host: dependency sets for the frame, and a twin of every CDN address at `/-/cdn/<host>/<path>`.
import compression from 'compression';
import { type Request, type RequestHandler, type Response, Router, text } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import { HttpError } from '../http/errors.ts';
import { lifetimes, sharedFileHeaders } from '../http/headers.ts';
import { PackageError } from '../packages/base/package-error.ts';
import type { AddressLog } from '../packages/cdn/rules/address-log.ts';
import type { PackageEngine } from '../packages/engine.ts';
import { createEsModules } from './es-modules.ts';
import { SetResponses } from './set-responses.ts';

const ranges = z.record(z.string().min(1).max(214), z.string().max(300));
const specifiers = z.array(z.string().min(1).max(300)).max(1000);
/** Dependencies, resolutions, imports. */
const setQuery = z.object({ d: ranges, r: ranges.default({}), i: specifiers.default([]) });
/** Imports that a page has the modules for, and those it needs now. */
const additionQuery = z.object({ i: specifiers, n: specifiers.min(1) });
/** For what would be longer in an address than proxies allow. */
const queryBody = text({ type: () => true, limit: '256kb' });

/**
 * Serves the package engine to preview origins; every failure is JSON with a message for people.
 * @param addresses what is told which CDN addresses were asked for
 */
export function createPackages(engine: PackageEngine, addresses: AddressLog, log: Logger): RequestHandler {
  const router = Router();
  const responses = new SetResponses(engine.finished);
  router.use('/-', (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD' && req.method !== 'POST')
      return next(new HttpError('METHOD_NOT_ALLOWED', req.method));
    res.set(sharedFileHeaders);
    next();
  });
  const answerSet = async (query: unknown, req: Request, res: Response): Promise<void> => {
    const { d, r, i } = readQuery(setQuery, query);
    await responses.send({ dependencies: d, resolutions: r, imports: [...i].sort() }, req, res);
  };
  router.get('/-/set', (req, res) => answerSet(req.query.q, req, res));
  router.post('/-/set', queryBody, (req, res) => answerSet(req.body, req, res));
  const answerAddition = async (id: string, query: unknown, res: Response): Promise<void> => {
    const { i, n } = readQuery(additionQuery, query);
    const addition = await engine.sets.addition(id, { known: i, added: n });
    if (!addition) throw new HttpError('PAGE_NOT_FOUND', `dependency tree ${id.slice(0, 40)}`);
    res.set('Cache-Control', lifetimes.resolved).json(addition);
  };
  router.get('/-/tree/:id/modules', compression(), (req, res) =>
    answerAddition(String(req.params.id), req.query.q, res),
  );
  router.post('/-/tree/:id/modules', queryBody, compression(), (req, res) =>
    answerAddition(String(req.params.id), req.body, res),
  );
  router.use(createEsModules(engine.esModules));
  router.use('/-/cdn/:host', compression(), async (req, res) => {
    // Express has cut `/-/cdn/<host>` off; what is left is the CDN's own path, still encoded.
    const [path = '/', search = ''] = req.url.split('?', 2);
    const host = String(req.params.host);
    const decoded = decodePath(path);
    const answer = await addresses.watch(`https://${host}${req.url}`, () =>
      engine.cdn(host, decoded, new URLSearchParams(search)),
    );
    if (!answer) throw new HttpError('PAGE_NOT_FOUND', `file at https://${host}${path}`);
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

function readQuery<T>(schema: z.ZodType<T>, text: unknown): T {
  try {
    return schema.parse(JSON.parse(String(text)));
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
