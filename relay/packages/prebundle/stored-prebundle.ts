// How built packages are stored: a line that says what is where, then every file as the JSON that it is in an answer;
// compressed where they are large. So a manifest is put together from pieces that are ready, and only what is looked at is parsed.
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Prebundle, PrebundledFile } from './prebundle.ts';

/** The first line. */
interface Head extends Omit<Prebundle, 'files'> {
  files: { path: string; jsonBytes: number; requires?: string[] }[];
}

const compress = promisify(gzip);
const decompress = promisify(gunzip);
/** Nine tenths of the bytes are in a tenth of the packages; for the others, decompressing takes longer than it is worth. */
const minCompressedBytes = 64 * 1024;
const maxChunkBytes = 4 * 1024 * 1024;
const newline = 0x0a;
const openingBrace = 0x7b;
/** The JSON that files were read from. */
const pieces = new WeakMap<object, Buffer>();

/** @returns what {@link decodePrebundle} reads */
export async function encodePrebundle({ files, ...facts }: Prebundle): Promise<Buffer> {
  const json = Object.values(files).map((file) => Buffer.from(JSON.stringify(file)));
  const places = Object.entries(files).map(([path, { requires }], index) => ({
    path,
    jsonBytes: json[index]?.length ?? 0,
    ...(requires ? { requires } : {}),
  }));
  const head: Head = { ...facts, files: places };
  const data = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...json]);
  return data.length < minCompressedBytes ? data : compress(data);
}

/** @throws Error when `stored` is nothing of the kind */
export async function decodePrebundle(stored: Buffer): Promise<Prebundle> {
  const data = stored[0] === openingBrace ? stored : await inflate(stored);
  const end = data.indexOf(newline);
  const { files, ...facts } = JSON.parse(data.toString('utf8', 0, end)) as Head;
  let offset = end + 1;
  const decoded = files.map(({ path, jsonBytes, requires }): [string, PrebundledFile] => {
    const json = data.subarray(offset, offset + jsonBytes);
    offset += jsonBytes;
    return [path, lazyFile(json, requires)];
  });
  return { ...facts, files: Object.fromEntries(decoded) };
}

/** The file as JSON in UTF-8. */
export function fileJson(file: PrebundledFile): Buffer {
  return pieces.get(file) ?? Buffer.from(JSON.stringify(file));
}

/** In one piece, of the size that the end of the data states: handing over many takes longer than decompressing. */
function inflate(stored: Buffer): Promise<Buffer> {
  const chunkSize = Math.min(maxChunkBytes, Math.max(64, stored.readUInt32LE(stored.length - 4) + 1));
  return decompress(stored, { chunkSize });
}

function lazyFile(json: Buffer, requires: string[] | undefined): PrebundledFile {
  const file = {
    get content() {
      return (JSON.parse(json.toString('utf8')) as PrebundledFile).content;
    },
    ...(requires ? { requires } : {}),
  };
  pieces.set(file, json);
  return file;
}
