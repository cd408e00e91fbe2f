// Brotli and gzip for files that are compressed once and served many times.
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

/** Brotli qualities above 9 take ten times as long for 5 % less: not worth a slow first start. */
const brotliQuality = 9;

/** Whether a file is text that compresses well. */
export function isText(path: string): boolean {
  return /\.(js|mjs|css|html|json|svg|txt|map)$/.test(path);
}

/** Compresses `content` both ways; the two run in parallel. */
export async function compressText(content: Buffer): Promise<{ br: Buffer; gz: Buffer }> {
  const [br, gz] = await Promise.all([
    brotliAsync(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
    gzipAsync(content, { level: 9 }),
  ]);
  return { br, gz };
}
