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
const minChunkSize = 1024;

/** @returns `content` in that encoding */
export async function compress(
  content: Buffer,
  encoding: Exclude<Encoding, 'identity'>,
  effort: Effort,
): Promise<Buffer> {
  const size = Math.max(minChunkSize, Math.min(chunkSize, content.length));
  if (encoding === 'gzip') return alone(await toGzip(content, { chunkSize: size, level: effort.gzip }));
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: effort.brotli, [BROTLI_PARAM_SIZE_HINT]: content.length };
  return alone(await toBrotli(content, { chunkSize: size, params }));
}

/** What {@link compress} was given. @throws Error when `content` is damaged */
export async function decompress(content: Buffer, encoding: Exclude<Encoding, 'identity'>): Promise<Buffer> {
  return alone(await (encoding === 'gzip' ? fromGzip : fromBrotli)(content, { chunkSize }));
}

/** zlib's results are parts of its chunks: a small one that is kept would keep all of its chunk. */
function alone(result: Buffer): Buffer {
  return result.length * 2 < result.buffer.byteLength ? Buffer.from(result) : result;
}
