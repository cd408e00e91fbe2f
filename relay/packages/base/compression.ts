// Content codings (RFC 9110 §8.4.1) off the event loop: zlib compresses in threads of its own.
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants, gunzip, gzip } from 'node:zlib';

/** How a body travels. */
export type Encoding = 'br' | 'gzip' | 'identity';

/** How hard to try: Brotli's quality, 0 to 11, and gzip's level, 1 to 9. */
export interface Effort {
  brotli: number;
  gzip: number;
}

const toBrotli = promisify(brotliCompress);
const fromBrotli = promisify(brotliDecompress);
const toGzip = promisify(gzip);
const fromGzip = promisify(gunzip);

/** Handing over piece by piece would take longer than compressing. */
const chunkSize = 1024 * 1024;

/** @returns `content` in that encoding */
export function compress(
  content: Buffer,
  encoding: Exclude<Encoding, 'identity'>,
  effort: Effort,
): Promise<Buffer> {
  if (encoding === 'gzip') return toGzip(content, { chunkSize, level: effort.gzip });
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: effort.brotli, [BROTLI_PARAM_SIZE_HINT]: content.length };
  return toBrotli(content, { chunkSize, params });
}

/** What {@link compress} was given. @throws Error when `content` is damaged */
export function decompress(content: Buffer, encoding: Exclude<Encoding, 'identity'>): Promise<Buffer> {
  return encoding === 'gzip' ? fromGzip(content, { chunkSize }) : fromBrotli(content, { chunkSize });
}
