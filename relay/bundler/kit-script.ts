// A script of the kit's own among the bundler's files: immutable under a name that carries its hash.
import { createHash } from 'node:crypto';
import { readBuilt } from '../http/built-file.ts';
import { lifetimes, sharedFileHeaders } from '../http/headers.ts';
import { PreparedResponse } from '../http/prepared.ts';
import type { Bundler } from './bundler.ts';

/**
 * Adds a built script to the files that every preview origin loads from the base host.
 * @returns its path below the bundler's folder
 * @throws Error when it is not built
 */
export function addKitScript(bundler: Bundler, browserDir: string, name: string): string {
  const script = readBuilt(browserDir, name);
  const hash = createHash('sha256').update(script).digest('hex').slice(0, 12);
  const path = `kit/${hash}/${name}`;
  const headers = {
    ...sharedFileHeaders,
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': lifetimes.immutable,
  };
  bundler.files.set(path, new PreparedResponse(script, headers));
  return path;
}
