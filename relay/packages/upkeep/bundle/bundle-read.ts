// Reads a store bundle as a stream and judges everything before a byte of it counts: the table of contents first, then each
// content against its size and hash. Unlisted, repeated and missing contents are faults; so is anything but a plain file.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Header } from 'tar';
import {
  BundleError,
  type BundleManifest,
  distinctBlobs,
  manifestPath,
  maxManifestBytes,
  parseManifest,
} from './bundle-manifest.ts';
import { ByteReader } from './byte-reader.ts';

/** Told of each content that was verified. */
export type ReadProgress = (done: number, total: number) => void;

const tarBlock = 512;
const foreign = (): BundleError => new BundleError('It is not a store bundle of this kit.');

/**
 * @param options `folder`: where to put the contents, named by their SHA-256; without it they are only verified
 * @throws BundleError saying what is wrong with the file; file system errors as they are
 */
export async function readBundle(
  file: string,
  options: { folder?: string; progress?: ReadProgress } = {},
): Promise<BundleManifest> {
  const { folder, progress = () => {} } = options;
  if (folder !== undefined) await mkdir(folder, { recursive: true });
  const compressed = createReadStream(file);
  // The callback keeps a failure from being unhandled; reading reports it.
  const bytes = new ByteReader(pipeline(compressed, createGunzip(), () => {}));
  let manifest: BundleManifest | undefined;
  try {
    manifest = await readManifest(bytes);
    const missing = distinctBlobs(manifest);
    const total = missing.size;
    while (missing.size > 0) {
      const header = await readHeader(bytes);
      if (!header) throw new BundleError(`It is cut off: ${missing.size} of ${total} contents are missing.`);
      const hash = /^blobs\/([0-9a-f]{64})$/.exec(header.path)?.[1] ?? '';
      if (missing.get(hash) !== header.size)
        throw new BundleError(
          `It holds something that does not belong there: ${JSON.stringify(header.path.slice(0, 100))}.`,
        );
      await readBlob(bytes, hash, header.size, folder);
      missing.delete(hash);
      progress(total - missing.size, total);
    }
    return manifest;
  } catch (error) {
    throw toBundleError(error, file, manifest !== undefined);
  } finally {
    compressed.destroy();
  }
}

async function readManifest(bytes: ByteReader): Promise<BundleManifest> {
  const header = await readHeader(bytes);
  if (header?.path !== manifestPath) throw foreign();
  if (header.size > maxManifestBytes) throw new BundleError('Its table of contents is too large.');
  const content = await bytes.take(header.size);
  await bytes.take(paddingOf(header.size));
  return parseManifest(content.toString('utf8'));
}

/** The next file of the archive; undefined at its end. */
async function readHeader(bytes: ByteReader): Promise<{ path: string; size: number } | undefined> {
  const block = await bytes.take(tarBlock);
  if (block.length < tarBlock) return undefined;
  const header = new Header(block, 0);
  if (header.nullBlock) return undefined;
  if (!header.cksumValid || header.type !== 'File') throw new BundleError('It is damaged.');
  return { path: header.path ?? '', size: header.size ?? 0 };
}

async function readBlob(
  bytes: ByteReader,
  hash: string,
  size: number,
  folder: string | undefined,
): Promise<void> {
  const check = createHash('sha256');
  const target = folder === undefined ? undefined : await open(join(folder, hash), 'w');
  try {
    for await (const chunk of bytes.stream(size)) {
      check.update(chunk);
      await target?.writeFile(chunk);
    }
  } finally {
    await target?.close();
  }
  if (check.digest('hex') !== hash)
    throw new BundleError('It is damaged: a content does not match its hash.');
  await bytes.take(paddingOf(size));
}

const paddingOf = (size: number): number => (tarBlock - (size % tarBlock)) % tarBlock;

function toBundleError(error: unknown, file: string, begun: boolean): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOENT') return new BundleError(`There is no file ${file}.`);
  if (code === 'EISDIR') return new BundleError('It is a folder.');
  if (code === 'EACCES' || code === 'EPERM') return new BundleError('This user may not read it.');
  if (code === 'Z_DATA_ERROR' && !begun) return foreign();
  if (code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE')
    return new BundleError('It is damaged or cut off.');
  return error instanceof BundleError && !begun && error.message === 'It is damaged.' ? foreign() : error;
}
