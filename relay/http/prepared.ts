// A response that is computed once and sent many times: body in every encoding, headers as a flat list.
// The hot path of the relay: no allocation but the header copy, no stream, no file system.

import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';

interface Variant {
  body: Buffer;
  headers: string[];
}

/** Bodies by encoding. */
export interface PreparedBody {
  identity: Buffer;
  br?: Buffer | undefined;
  gzip?: Buffer | undefined;
}

/** One of the bodies, for requests that {@link chooseEncoding} chose it for. */
export interface EncodedBody {
  encoding: Encoding;
  content: Buffer;
  /** Digest of the identity, in base64url. */
  digest: string;
}

/** A ready-made 200 answer with ETag, content negotiation and conditional requests (RFC 9110 §12.5.3, §13.1.2). */
export class PreparedResponse {
  readonly #variants: Partial<Record<Encoding, Variant>> = {};
  readonly #etag: string;
  readonly #headers: string[];

  /**
   * @param body the content; a string is compressed here, buffers are taken as they are
   * @param headers all response headers but Content-Length, Content-Encoding, Vary and ETag
   */
  constructor(body: PreparedBody | EncodedBody | string, headers: Record<string, string>) {
    const given = typeof body === 'string' ? compressSmall(body) : body;
    const bodies: Partial<PreparedBody> = 'digest' in given ? { [given.encoding]: given.content } : given;
    const digest =
      'digest' in given ? given.digest : createHash('sha256').update(given.identity).digest('base64url');
    this.#etag = `"${digest.slice(0, 22)}"`;
    this.#headers = [...Object.entries(headers).flat(), 'ETag', this.#etag];
    if ('digest' in given || given.br || given.gzip) this.#headers.push('Vary', 'Accept-Encoding');
    for (const encoding of ['br', 'gzip', 'identity'] as const) {
      const content = bodies[encoding];
      if (!content) continue;
      const list = [...this.#headers, 'Content-Length', String(content.length)];
      if (encoding !== 'identity') list.push('Content-Encoding', encoding);
      this.#variants[encoding] = { body: content, headers: list };
    }
  }

  /** Sends the best variant for a GET or HEAD request. */
  send(req: IncomingMessage, res: ServerResponse): void {
    if (isUnchanged(req.headers['if-none-match'], this.#etag)) {
      res.writeHead(304, this.#headers).end();
      return;
    }
    const variant = this.#variants[chooseEncoding(req, this.#variants)] as Variant;
    res.writeHead(200, variant.headers);
    if (req.method === 'HEAD') res.end();
    else res.end(variant.body);
  }
}

/** The best encoding for a request, of those there are. Default: all. */
export function chooseEncoding(
  { headers }: IncomingMessage,
  { br, gzip }: { br?: unknown; gzip?: unknown } = { br: true, gzip: true },
): Encoding {
  const accepted = headers['accept-encoding'];
  const field = typeof accepted === 'string' ? accepted : '';
  if (br && accepts(field, codings.br)) return 'br';
  return gzip && accepts(field, codings.gzip) ? 'gzip' : 'identity';
}

const codings = {
  br: /(?:^|,)\s*br\s*(?:;\s*q=([\d.]+)\s*)?(?:,|$)/i,
  gzip: /(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q=([\d.]+)\s*)?(?:,|$)/i,
  any: /(?:^|,)\s*\*\s*(?:;\s*q=([\d.]+)\s*)?(?:,|$)/,
};

/** Whether Accept-Encoding names the coding, or any, with a weight above 0. */
function accepts(field: string, coding: RegExp): boolean {
  const found = coding.exec(field) ?? codings.any.exec(field);
  return found !== null && Number(found[1] ?? 1) > 0;
}

/** Weak comparison: proxies that compress mark our tag as weak. */
function isUnchanged(field: string | undefined, etag: string): boolean {
  if (field === undefined || field === etag) return field !== undefined;
  return field.split(',').some((tag) => {
    const plain = tag.trim().replace(/^W\//, '');
    return plain === etag || plain === '*';
  });
}

function compressSmall(text: string): PreparedBody {
  const identity = Buffer.from(text);
  if (identity.length < 512) return { identity };
  return {
    identity,
    br: brotliCompressSync(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    gzip: gzipSync(identity, { level: 9 }),
  };
}
