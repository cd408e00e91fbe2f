// ES modules for browsers, at `/-/esm/…` on the base host. Every address is exact, so every answer is for ever.
import compression from 'compression';
import { type RequestHandler, Router } from 'express';
import { HttpError } from '../http/errors.ts';
import { lifetimes } from '../http/headers.ts';
import type { EsModules } from '../packages/es-modules/es-modules.ts';

/** Serves below the packages surface, which adds headers and reports failures. */
export function createEsModules(modules: EsModules): RequestHandler {
  const router = Router();
  router.use('/-/esm', compression(), async (req, res) => {
    const answer = await modules.file(decodePath(req.path).slice(1));
    if (!answer) throw new HttpError('PAGE_NOT_FOUND', `module at ${req.path.slice(0, 200)}`);
    res.set('Cache-Control', lifetimes.immutable).set('Content-Type', answer.type);
    res.send(Buffer.from(answer.content));
  });
  return router;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new HttpError('BAD_REQUEST', 'The address is not valid percent-encoding.');
  }
}
