// Turns what a client answers into the Response that the artifact's page gets. Pure. Nothing is cached, and no header is added
// that could change what the artifact means: the origin belongs to the artifact alone.
import { permissionsPolicy } from '../../shared/permissions-policy.ts';
import type { PreviewAnswer } from '../../shared/relay-messages.ts';
import { type PageCode, replaceConsoleHook } from './console-hook.ts';

// https://fetch.spec.whatwg.org/#null-body-status: a body with one of these makes the constructor throw.
const nullBodyStatuses = new Set([204, 205, 304]);

/** A Response and the size of its body. */
export interface SizedResponse {
  response: Response;
  bytes: number;
}

/**
 * @param answer what the client sent
 * @param method the page's method: HEAD gets headers only
 * @param around `policy`: directives of a content policy, '' for none; code that runs before the page's own; `prepare`: makes an HTML
 * document's frames ready for it
 * @throws TypeError if a header name or value is not one
 */
export function buildPreviewResponse(
  answer: PreviewAnswer,
  method: string,
  { policy, prepare, ...code }: PageCode & { policy: string; prepare: (html: string) => string },
): SizedResponse {
  const headers = new Headers(answer.headers);
  const type = headers.get('content-type') ?? '';
  // No `X-Content-Type-Options: nosniff`: clients send no type at all for extensions they do not know, and such scripts and
  // styles would stop working. Nothing else lives on this origin that sniffing could endanger.
  if (typeof answer.body === 'string' && lacksCharset(type))
    headers.set('content-type', `${type}; charset=utf-8`);
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  // Beside what the artifact says itself: of two policies, both hold.
  if (policy !== '') headers.append('content-security-policy', policy);
  if (isHtml(type)) {
    headers.set('origin-agent-cluster', '?1');
    headers.set('permissions-policy', permissionsPolicy);
  }
  const body = encode(
    isHtml(type)
      ? replaceConsoleHook(prepareText(withoutByteOrderMark(answer.body), prepare), code)
      : answer.body,
  );
  const bodyless = method === 'HEAD' || nullBodyStatuses.has(answer.status);
  return {
    response: new Response(bodyless ? null : body, { status: answer.status, headers }),
    bytes: bodyless ? 0 : body.byteLength,
  };
}

/** Bytes that are not valid UTF-8 stay as they are. */
function prepareText(
  body: string | Uint8Array<ArrayBuffer>,
  prepare: (html: string) => string,
): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return prepare(body);
  try {
    const html = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    const prepared = prepare(html);
    return prepared === html ? body : new TextEncoder().encode(prepared);
  } catch {
    return body;
  }
}

function isHtml(type: string): boolean {
  return /^\s*text\/html\b/i.test(type);
}

/**
 * Sandpack's client parses a page and writes it anew. A mark in front of the doctype, which browsers take off a file, is text in the
 * body by then, and has a line of its own at the top.
 */
function withoutByteOrderMark<Body extends string | Uint8Array<ArrayBuffer>>(html: Body): Body | string {
  return typeof html === 'string' ? html.replace(/(<\/head><body[^>]*>)\uFEFF/, '$1') : html;
}

/** Text is sent as UTF-8; without a charset browsers would guess, and turn `é` into `Ã©`. */
function lacksCharset(type: string): boolean {
  return /^\s*text\//i.test(type) && !/;\s*charset=/i.test(type);
}

function encode(body: string | Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return typeof body === 'string' ? new TextEncoder().encode(body) : body;
}
