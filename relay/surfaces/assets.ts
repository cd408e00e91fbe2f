// Assets: the bundler's files at `/static/<fingerprint>/…` on the base host, from memory, immutable, for every preview origin.
import type { RequestHandler } from 'express';
import type { Bundler } from './bundler.ts';

/** Serves the bundler's files; anything else is left to the next handler. A path is a key, never a file name: no traversal. */
export function createAssets(bundler: Bundler): RequestHandler {
  const prefix = `/static/${bundler.fingerprint}/`;
  return (req, res, next) => {
    const { path } = req;
    if (!path.startsWith(prefix) || (req.method !== 'GET' && req.method !== 'HEAD')) return next();
    const file = bundler.files.get(path.slice(prefix.length));
    if (file) file.send(req, res);
    else next();
  };
}
