// Placeholder images at `/api/placeholder/<width>/<height>` on preview hosts: LibreChat's prompt promises them to the model. An SVG of that
// size that says how large it is, or what `?text=` says. Everything in it comes from the address.
import { lifetimes, sharedFileHeaders } from '../http/headers.ts';
import { isRead, type PlainHandler } from '../http/plain-handler.ts';
import { pathOf, queryOf } from '../http/target.ts';
import { placeholderPrefix } from '../shared/placeholder-path.ts';

/** What an address asks for, in CSS pixels. */
export interface Placeholder {
  width: number;
  height: number;
  text: string;
}

const maxPixels = 10_000;
const maxTextLength = 100;
/** How much of the width a letter takes, as a share of its size. */
const letterWidth = 0.6;

const headers = {
  ...sharedFileHeaders,
  // Opened by itself it is a document on the artifact's origin: it must load and run nothing.
  'Content-Security-Policy': "default-src 'none'",
};

/** Answers every path below {@link placeholderPrefix}; hands all others on. */
export function createPlaceholder(): PlainHandler {
  return (request, response, next) => {
    if (!request.url?.startsWith(placeholderPrefix) || !isRead(request)) return next();
    const placeholder = parsePlaceholder(request.url);
    const body = Buffer.from(placeholder ? renderPlaceholder(placeholder) : explanation);
    response.writeHead(placeholder ? 200 : 404, {
      ...headers,
      'Content-Type': placeholder ? 'image/svg+xml; charset=utf-8' : 'text/plain; charset=utf-8',
      'Cache-Control': placeholder ? lifetimes.immutable : lifetimes.never,
      'Content-Length': body.length,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}

const explanation = `Placeholders are at ${placeholderPrefix}<width>/<height>, from 1 to ${maxPixels} pixels.\n`;

/**
 * Reads `/api/placeholder/400/320`, `/api/placeholder/400x320`, `/api/placeholder/400`, with or without `?text=`.
 * @returns undefined for any other address, and for sizes out of bounds
 */
export function parsePlaceholder(target: string): Placeholder | undefined {
  const path = pathOf({ url: target });
  const size = /^(\d{1,5})(?:[/x](\d{1,5}))?(?:\.svg|\.png|\.jpg)?\/?$/.exec(
    path.slice(placeholderPrefix.length),
  );
  const width = Number(size?.[1]);
  const height = Number(size?.[2] ?? width);
  const isInBounds = [width, height].every((pixels) => pixels >= 1 && pixels <= maxPixels);
  if (!isInBounds) return undefined;
  const text = new URLSearchParams(queryOf({ url: target })).get('text')?.trim().slice(0, maxTextLength);
  return { width, height, text: text || `${width} × ${height}` };
}

/** The image: grey, with its text in the middle, as large as fits. */
export function renderPlaceholder({ width, height, text }: Placeholder): string {
  const fitting = Math.min(height * 0.4, (width * 0.8) / (text.length * letterWidth));
  const size = Math.round(Math.min(fitting, 64) * 10) / 10;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">` +
    `<title>${escapeXml(text)}</title><rect width="100%" height="100%" fill="#d4d4d8"/>` +
    `<text x="50%" y="50%" fill="#3f3f46" font-family="system-ui, sans-serif" font-size="${size}" ` +
    `text-anchor="middle" dominant-baseline="central">${escapeXml(text)}</text></svg>`
  );
}

function escapeXml(text: string): string {
  // Control characters are not XML at all, not even escaped.
  return [...text]
    .filter((character) => character >= ' ')
    .map((character) => (/[<>&"']/.test(character) ? `&#${character.charCodeAt(0)};` : character))
    .join('');
}
