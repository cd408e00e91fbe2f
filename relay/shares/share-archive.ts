// Zip archives as people send them: read within bounds, and as folders of plain files only; and shares as archives to take along.
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { mediaType } from '../packages/base/media-type.ts';
import { type ShareFile, sharePath } from './share-files.ts';

/** How large a share may be. */
export interface ShareLimits {
  maxFiles: number;
  /** Of all files together, unpacked. */
  maxBytes: number;
}

/** What somebody published cannot be a share; the message says why, and is for them. */
export class ShareRefused extends Error {
  override name = 'ShareRefused';
}

const fileTypeMask = 0o170000;
const regularFile = 0o100000;
/** Of `version made by`: attributes are those of Unix. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT §4.4.2 */
const madeByUnix = 3;
/** What archivers add by themselves. */
const droppings = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/;

/**
 * Reads an archive.
 * @returns its files; a folder around all of them is taken off
 * @throws ShareRefused for what is no archive, leads out of it, is a link, encrypted, twice there, or more than `limits`
 */
export async function readArchive(content: Buffer, limits: ShareLimits): Promise<ShareFile[]> {
  const files = new Map<string, Buffer>();
  let bytes = 0;
  try {
    const archive = await yauzl.fromBufferPromise(content, { strictFileNames: true, lazyEntries: true });
    for await (const entry of archive.eachEntry()) {
      const name = entry.fileName;
      if (name.endsWith('/') || droppings.test(name)) continue;
      checkEntry(entry);
      const path = sharePath(name);
      if (path === undefined)
        throw new ShareRefused(
          `The archive’s file “${name}” leads out of it, or has a name that no browser can ask for.`,
        );
      if (files.has(path)) throw new ShareRefused(`The archive has “${name}” twice.`);
      if (files.size + 1 > limits.maxFiles)
        throw new ShareRefused(`The archive has more than ${limits.maxFiles} files.`);
      if (bytes + entry.uncompressedSize > limits.maxBytes) throw tooLarge(limits);
      const file = await readEntry(archive, entry, limits, bytes);
      bytes += file.length;
      files.set(path, file);
    }
  } catch (error) {
    if (error instanceof ShareRefused) throw error;
    throw new ShareRefused(`This is no zip archive that can be read: ${(error as Error).message}`);
  }
  if (files.size === 0) throw new ShareRefused('The archive has no files.');
  return [...withoutFolder(files)].map(([path, file]) => ({ path, type: mediaType(path), content: file }));
}

function checkEntry(entry: yauzl.Entry): void {
  if (entry.isEncrypted()) throw new ShareRefused(`The archive’s file “${entry.fileName}” is encrypted.`);
  const mode = entry.externalFileAttributes >>> 16;
  const type = mode & fileTypeMask;
  if (entry.versionMadeBy >> 8 === madeByUnix && type !== 0 && type !== regularFile)
    throw new ShareRefused(`The archive’s “${entry.fileName}” is a link or a device, not a file.`);
}

/** What an archive says of its sizes need not be true: what comes out is counted, too. */
async function readEntry(
  archive: yauzl.ZipFile,
  entry: yauzl.Entry,
  limits: ShareLimits,
  before: number,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = before;
  for await (const chunk of await archive.openReadStreamPromise(entry)) {
    bytes += (chunk as Buffer).length;
    if (bytes > limits.maxBytes) throw tooLarge(limits);
    chunks.push(chunk as Buffer);
  }
  const file = Buffer.concat(chunks);
  if (crc32(file) !== entry.crc32)
    throw new ShareRefused(`The archive’s file “${entry.fileName}” is damaged.`);
  return file;
}

const tooLarge = ({ maxBytes }: ShareLimits) =>
  new ShareRefused(`The archive unpacks to more than ${maxBytes} bytes.`);

/** `site/index.html` and `site/app.js` are `/index.html` and `/app.js`: people zip a folder. */
function withoutFolder(files: Map<string, Buffer>): Map<string, Buffer> {
  const folders = new Set([...files.keys()].map((path) => path.split('/')[1]));
  const [folder] = folders;
  const prefix = `/${folder}`;
  if (folders.size !== 1 || files.has(prefix)) return files;
  return new Map([...files].map(([path, file]) => [path.slice(prefix.length), file]));
}
