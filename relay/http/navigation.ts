// Whether a request is for a document that a window or frame will show.
import type { IncomingMessage } from 'node:http';

/**
 * Browsers say what a request is for (https://www.w3.org/TR/fetch-metadata/#sec-fetch-dest-header), but only to origins that they
 * trust; for the others Accept has to do.
 */
export function isNavigation({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const destination = headers['sec-fetch-dest'];
  if (typeof destination === 'string') return /^(document|iframe|frame)$/.test(destination);
  return headers.accept?.includes('text/html') ?? false;
}
