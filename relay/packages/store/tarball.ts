// Unpacks a package's tarball into plain files. Every entry is judged before a byte of it is written: no links, no paths
// that leave the folder, bounded bytes, entries and depth. Tarballs come from strangers; nothing in them is trusted.
import { createHash } from 'node:crypto';
import { createReadStream, writeFile } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { PackageError, type PackageErrorFacts } from '../base/package-error.ts';
import { Semaphore } from '../base/semaphore.ts';

/** Bounds of what is unpacked. */
export interface TarballLimits {
  maxUnpackedBytes: number;
  maxEntries: number;
  /** Folders and file name of one path, counted together. */
  maxDepth: number;
}

/** One file of a package, as jsDelivr's flat list has it. */
export interface PackedFile {
  /** From the package's root, with a leading slash: `/dist/index.js`. */
  path: string;
  size: number;
  /** SHA-256, base64. */
  hash: string;
}

const fileTypes = new Set(['File', 'OldFile', 'ContiguousFile']);
/** One file is held in memory while it is hashed. */
const maxFileBytes = 128 * 1024 * 1024;
const writesAtOnce = 16;
/** With its promise-based twin, opening and closing each of thousands of files would take twice as long. */
const writeWhole = promisify(writeFile);
/** Reading pauses while more than this waits to be written. */
const maxPendingBytes = 32 * 1024 * 1024;

/**
 * @param file the tarball, gzipped as npm's are
 * @param folder an empty folder to unpack into
 * @returns its files, sorted by path
 * @throws PackageError TARBALL_INVALID or TARBALL_TOO_LARGE; file system errors as they are
 */
export async function unpackTarball(
  file: string,
  folder: string,
  limits: TarballLimits,
  facts: PackageErrorFacts,
): Promise<PackedFile[]> {
  const unpacking = new Unpacking(folder, limits, facts);
  // The callback keeps a failure from being unhandled; iterating reports it.
  const unzipped = pipeline(createReadStream(file), createGunzip(), () => {});
  try {
    for await (const chunk of unzipped) await unpacking.write(chunk);
    return await unpacking.end();
  } catch (error) {
    await unpacking.abort();
    throw toTarballError(error, facts);
  }
}

/** What a file system says of paths that only a hostile or broken tarball has. */
const pathFaults = new Set(['ENAMETOOLONG', 'EEXIST', 'ENOTDIR', 'EISDIR', 'EINVAL', 'EILSEQ']);

function toTarballError(error: unknown, facts: PackageErrorFacts): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const invalid = code.startsWith('Z_') || code.startsWith('TAR_') || pathFaults.has(code);
  return invalid ? new PackageError('TARBALL_INVALID', facts, error) : error;
}

class Unpacking {
  readonly #parser: Parser;
  readonly #files = new Map<string, PackedFile>();
  readonly #folders = new Map<string, Promise<unknown>>();
  readonly #writeSlots = new Semaphore(writesAtOnce);
  readonly #writes = new Map<string, Promise<void>>();
  /** Entries come one after the other: when the last one is read, all are. */
  #lastEntry: Promise<void> = Promise.resolve();
  #pendingBytes = 0;
  #unpackedBytes = 0;
  #readBytes = 0;
  #entries = 0;
  #fault: unknown;

  constructor(
    readonly folder: string,
    readonly limits: TarballLimits,
    readonly facts: PackageErrorFacts,
  ) {
    this.#parser = new Parser({ brotli: false, zstd: false, onReadEntry: (entry) => this.#take(entry) });
    this.#parser.on('error', (error: unknown) => this.#fail(error));
    this.#parser.on('warn', (code: string, message: string) => {
      if (code === 'TAR_BAD_ARCHIVE') this.#fail(new PackageError('TARBALL_INVALID', this.facts, message));
    });
  }

  /** Feeds the parser at the pace of the disk. */
  async write(chunk: Buffer): Promise<void> {
    // The parser would unzip what looks zipped, past our count of bytes.
    if (this.#readBytes === 0 && chunk[0] === 0x1f) this.#fail(this.#invalid('zipped twice'));
    this.#readBytes += chunk.length;
    // Headers and padding count too: an archive of empty entries is a bomb as well.
    if (this.#readBytes > this.limits.maxUnpackedBytes + (this.limits.maxEntries + 2) * 2_048)
      this.#failTooLarge();
    if (this.#fault === undefined) this.#parser.write(chunk);
    if (this.#pendingBytes > maxPendingBytes) await Promise.all(this.#writes.values());
    if (this.#fault !== undefined) throw this.#fault;
  }

  /** Waits for the last write. */
  async end(): Promise<PackedFile[]> {
    this.#parser.end();
    if (this.#fault === undefined) await this.#lastEntry;
    await Promise.all(this.#writes.values());
    if (this.#fault !== undefined) throw this.#fault;
    if (this.#files.size === 0) throw this.#invalid('no files');
    return [...this.#files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Writes no more; afterwards the folder can be removed. */
  async abort(): Promise<void> {
    this.#fault ??= new Error('aborted');
    await Promise.all(this.#writes.values());
  }

  #take(entry: ReadEntry): void {
    this.#entries += 1;
    if (this.#entries > this.limits.maxEntries)
      this.#fail(
        new PackageError('TARBALL_TOO_LARGE', { ...this.facts, limit: `${this.limits.maxEntries} files` }),
      );
    const path = this.#fault === undefined ? this.#safePath(entry) : undefined;
    if (path !== undefined) this.#unpackedBytes += entry.size;
    if (entry.size > maxFileBytes || this.#unpackedBytes > this.limits.maxUnpackedBytes) this.#failTooLarge();
    if (path === undefined || this.#fault !== undefined) {
      entry.resume();
      return;
    }
    // Nobody waits for an entry that another one follows: each takes care of its own failure.
    this.#lastEntry = entry
      .concat()
      .then((content) => this.#store(path, content))
      .catch((error) => this.#fail(error));
  }

  /** The path below the package's root, or undefined for what is left out: folders (made as needed), links and devices. */
  #safePath(entry: ReadEntry): string | undefined {
    const raw = String(entry.path);
    if (!fileTypes.has(entry.type) || raw.includes('\\')) return undefined;
    const segments = raw.split('/').filter((segment) => segment !== '' && segment !== '.');
    if (raw.startsWith('/') || segments.includes('..') || raw.includes('\0'))
      this.#fail(this.#invalid(`unsafe path ${JSON.stringify(raw)}`));
    // npm packs everything into one folder, usually `package/`; it is not part of the path.
    const path = segments.slice(1);
    if (path.length > this.limits.maxDepth)
      this.#fail(this.#invalid(`deeper than ${this.limits.maxDepth} folders`));
    return path.length === 0 ? undefined : `/${path.join('/')}`;
  }

  #store(path: string, content: Buffer): void {
    const hash = createHash('sha256').update(content).digest('base64');
    this.#files.set(path, { path, size: content.length, hash });
    this.#pendingBytes += content.length;
    // Of a path that comes twice the last one wins, as with npm: it waits for the write before it.
    const write = (this.#writes.get(path) ?? Promise.resolve())
      .then(() => this.#writeSlots.run(() => this.#writeFile(join(this.folder, path), content)))
      .catch((error) => this.#fail(error))
      .finally(() => {
        this.#pendingBytes -= content.length;
        if (this.#writes.get(path) === write) this.#writes.delete(path);
      });
    this.#writes.set(path, write);
  }

  async #writeFile(file: string, content: Buffer): Promise<void> {
    if (this.#fault !== undefined) return;
    const folder = dirname(file);
    const made = this.#folders.get(folder) ?? mkdir(folder, { recursive: true });
    this.#folders.set(folder, made);
    await made;
    await writeWhole(file, content);
  }

  #invalid(detail: string): PackageError {
    return new PackageError('TARBALL_INVALID', this.facts, detail);
  }

  #failTooLarge(): void {
    const limit = `${this.limits.maxUnpackedBytes} bytes unpacked`;
    this.#fail(new PackageError('TARBALL_TOO_LARGE', { ...this.facts, limit }));
  }

  #fail(error: unknown): void {
    this.#fault ??= error;
  }
}
