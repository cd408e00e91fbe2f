// Assets: the bundler's files at `/static/<fingerprint>/…` on the base host, from memory, immutable, for every preview origin.

import type { Bundler } from '../bundler/bundler.ts';
import { isRead, type PlainHandler } from '../http/plain-handler.ts';
import { pathOf } from '../http/target.ts';

/** Serves the bundler's files; anything else is left to the next handler. A path is a key, never a file name: no traversal. */
export function createAssets(bundler: Bundler): PlainHandler {
  const prefix = `/static/${bundler.fingerprint}/`;
  return (req, res, next) => {
    const path = pathOf(req);
    const file =
      isRead(req) && path.startsWith(prefix) ? bundler.files.get(path.slice(prefix.length)) : undefined;
    if (file) file.send(req, res);
    else next();
  };
}
