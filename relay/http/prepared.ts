// A response that is computed once and sent many times: body in every encoding, headers as a flat list.
// The hot path of the relay: no allocation but the header copy, no stream, no file system.

import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import parseRange from 'range-parser';
import type { Encoding } from '../packages/base/compression.ts';

interface Variant {
  body: Buffer;
  headers: string[];
  etag: string;
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

/**
 * A ready-made 200 answer with a strong ETag for each encoding, content negotiation, conditional and range requests
 * (RFC 9110 §8.8.3, §12.5.3, §13.1.2, §14.2). Ranges are of the identity: parts of what is compressed anew would not fit together.
 */
export class PreparedResponse {
  readonly #variants: Partial<Record<Encoding, Variant>> = {};
  readonly #headers: string[];
  /** What all tags of this content begin with. */
  readonly #tag: string;
  readonly #ranges: boolean;

  /**
   * @param body the content; a string is compressed here, buffers are taken as they are
   * @param headers all response headers but Content-Length, Content-Encoding, Accept-Ranges, Vary and ETag
   * @param options `ranges`: clients may ask for parts
   */
  constructor(
    body: PreparedBody | EncodedBody | string,
    headers: Record<string, string>,
    { ranges = false }: { ranges?: boolean } = {},
  ) {
    this.#ranges = ranges;
    const given = typeof body === 'string' ? compressSmall(body) : body;
    const bodies: Partial<PreparedBody> = 'digest' in given ? { [given.encoding]: given.content } : given;
    const digest =
      'digest' in given ? given.digest : createHash('sha256').update(given.identity).digest('base64url');
    this.#tag = `"${digest.slice(0, 22)}`;
    this.#headers = Object.entries(headers).flat();
    if ('digest' in given || given.br || given.gzip) this.#headers.push('Vary', 'Accept-Encoding');
    for (const encoding of ['br', 'gzip', 'identity'] as const) {
      const content = bodies[encoding];
      if (!content) continue;
      // The length tells what was compressed in a hurry from what was compressed well.
      const etag = `${this.#tag}${encoding === 'identity' ? '' : `.${encoding}${content.length.toString(36)}`}"`;
      const list = [...this.#headers, 'ETag', etag, 'Content-Length', String(content.length)];
      if (encoding !== 'identity') list.push('Content-Encoding', encoding);
      else if (ranges) list.push('Accept-Ranges', 'bytes');
      this.#variants[encoding] = { body: content, headers: list, etag };
    }
  }

  /** Sends the best variant for a GET or HEAD request. */
  send(req: IncomingMessage, res: ServerResponse): void {
    const { identity } = this.#variants;
    const range =
      this.#ranges && req.headers.range !== undefined && identity !== undefined && req.method === 'GET';
    const variant = range ? identity : (this.#variants[chooseEncoding(req, this.#variants)] as Variant);
    if (this.#isUnchanged(req.headers['if-none-match'])) {
      res.writeHead(304, [...this.#headers, 'ETag', variant.etag]).end();
      return;
    }
    if (range && this.#sendRange(identity, req, res)) return;
    res.writeHead(200, variant.headers);
    if (req.method === 'HEAD') res.end();
    else res.end(variant.body);
  }

  /** @returns whether the range was answered; several at once, and those of another version, are given all of it */
  #sendRange({ body, etag }: Variant, { headers }: IncomingMessage, res: ServerResponse): boolean {
    const condition = headers['if-range'];
    if (condition !== undefined && condition !== etag) return false;
    const found = parseRange(body.length, headers.range as string);
    const list = [...this.#headers, 'ETag', etag, 'Accept-Ranges', 'bytes'];
    if (found === unsatisfiable) {
      res.writeHead(416, [...list, 'Content-Range', `bytes */${body.length}`, 'Content-Length', '0']).end();
      return true;
    }
    const [only, ...others] = found === malformed || found.type !== 'bytes' ? [] : found;
    if (only === undefined || others.length > 0) return false;
    const part = body.subarray(only.start, only.end + 1);
    const span = `bytes ${only.start}-${only.end}/${body.length}`;
    res.writeHead(206, [...list, 'Content-Range', span, 'Content-Length', String(part.length)]).end(part);
    return true;
  }

  /** Weak comparison, as If-None-Match wants it: whoever has this content in any encoding has it. Proxies mark our tags as weak. */
  #isUnchanged(field: string | undefined): boolean {
    if (field === undefined) return false;
    return field.split(',').some((tag) => {
      const plain = tag.trim().replace(/^W\//, '');
      return plain === '*' || plain === `${this.#tag}"` || plain.startsWith(`${this.#tag}.`);
    });
  }
}

/** What `range-parser` returns for a range beyond the end, and for what is no range. */
const unsatisfiable = -1;
const malformed = -2;

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

function compressSmall(text: string): PreparedBody {
  const identity = Buffer.from(text);
  if (identity.length < 512) return { identity };
  return {
    identity,
    br: brotliCompressSync(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    gzip: gzipSync(identity, { level: 9 }),
  };
}
