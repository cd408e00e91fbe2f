// The request target as the client wrote it: never normalised, because a key or a CDN's address is made of it.
import type { IncomingMessage } from 'node:http';
import { HttpError } from './errors.ts';

/** The path without the query, still encoded. */
export function pathOf({ url = '/' }: Pick<IncomingMessage, 'url'>): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

/** The query without its `?`, however many more there are in it (RFC 3986 §3.4); empty when there is none. */
export function queryOf({ url = '/' }: Pick<IncomingMessage, 'url'>): string {
  const start = url.indexOf('?');
  return start < 0 ? '' : url.slice(start + 1);
}

/** @throws HttpError BAD_REQUEST when `path` is not valid percent-encoding */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new HttpError('BAD_REQUEST', 'The address is not valid percent-encoding.');
  }
}
