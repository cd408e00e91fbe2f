// Writes a store, or the part of it that certain pins need, into one file for a machine without a network. Every content is
// checked against the store's own hashes while it is written; the file appears only when it is whole.
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import cacache from 'cacache';
import { Header, type HeaderData } from 'tar';
import { unsealJson } from '../../disk/sealed-json.ts';
import type { PackageMeta } from '../../store/package-files.ts';
import { type Pin, readPins } from '../pins.ts';
import { listStore, readTree, type StoreEntry } from '../store-entries.ts';
import {
  type BundleEntry,
  BundleError,
  type BundleManifest,
  bundleFormat,
  bundleVersion,
  manifestPath,
} from './bundle-manifest.ts';

/** Told of each content that is written. */
export type BundleProgress = (done: number, total: number, bytes: number) => void;

/** What was written. */
export interface BundleSummary {
  manifest: BundleManifest;
  /** Of the contents, before compression. */
  bytes: number;
  /** Size of the file, and its SHA-256 in hexadecimal: for comparing after the transport. */
  fileBytes: number;
  sha256: string;
}

/** A content: in memory, or a file that has not changed since its hash was made. */
type Source = Buffer | { path: string };

const tarBlock = 512;

/**
 * @param options `pins`: names of pins whose sets to export, or all of them; undefined: the whole store
 * @throws BundleError when the store is damaged, a pin is unknown or there is nothing to export
 */
export async function exportBundle(
  file: string,
  options: { dataDir: string; pins?: string[] | 'all' | undefined; progress?: BundleProgress },
): Promise<BundleSummary> {
  const { dataDir, progress = () => {} } = options;
  const pins = await choosePins(dataDir, options.pins);
  const stored = await listStore(dataDir);
  const chosen = options.pins === undefined ? stored : await neededBy(pins, stored);
  const sources = new Map<string, Source>();
  const entries: BundleEntry[] = [];
  for (const item of chosen) {
    const entry = await describe(item, sources);
    if (entry) entries.push(entry);
  }
  if (entries.length === 0)
    throw new BundleError(`There is nothing to export in ${dataDir}; run npm run warm first.`);
  const manifest = {
    format: bundleFormat,
    version: bundleVersion,
    createdAt: new Date().toISOString(),
    pins,
    entries,
  };
  const temporary = `${file}.${randomUUID()}.tmp`;
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    await pipeline(
      Readable.from(
        archive(manifest as BundleManifest, sources, (done, size) => {
          bytes += size;
          progress(done, sources.size, bytes);
        }),
      ),
      createGzip({ level: 6 }),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          yield chunk;
        }
      },
      createWriteStream(temporary),
    );
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  const { size: fileBytes } = await stat(file);
  return { manifest: manifest as BundleManifest, bytes, fileBytes, sha256: hash.digest('hex') };
}

async function choosePins(dataDir: string, names: string[] | 'all' | undefined): Promise<Pin[]> {
  const pins = await readPins(dataDir);
  if (names === undefined || names === 'all') return pins;
  const unknown = names.find((name) => !pins.some((pin) => pin.name === name));
  if (unknown !== undefined) {
    const known = pins.map(({ name }) => `“${name}”`).join(', ') || 'none';
    throw new BundleError(`There is no set “${unknown}” in the store; warmed sets: ${known}.`);
  }
  return pins.filter(({ name }) => names.includes(name));
}

/** The trees of the pins with everything in them, and what warming made of it. */
async function neededBy(pins: Pin[], stored: StoreEntry[]): Promise<StoreEntry[]> {
  const trees = new Set(pins.flatMap((pin) => pin.trees));
  const versions = new Set(pins.flatMap((pin) => pin.packages));
  for (const entry of stored)
    if (entry.kind === 'tree' && trees.has(entry.id))
      for (const { packageName, version } of Object.values((await readTree(entry))?.nodes ?? {}))
        versions.add(`${packageName}@${version}`);
  const names = new Set([...versions].map((version) => version.slice(0, version.lastIndexOf('@'))));
  return stored.filter(({ kind, id, tree = '', source = '' }) => {
    if (kind === 'tree') return trees.has(id);
    if (kind === 'set' || kind === 'finished' || kind === 'linked') return trees.has(tree);
    if (kind === 'prebundle' || kind === 'es-module' || kind === 'encoded' || kind === 'pack')
      return versions.has(source);
    return kind === 'package' ? versions.has(id) : names.has(id);
  });
}

/** The manifest's row for an entry; undefined when it vanished meanwhile. Its contents go to `sources`. */
async function describe(
  { kind, id, path, lastUsedMs, keys = [], integrity = '' }: StoreEntry,
  sources: Map<string, Source>,
): Promise<BundleEntry | undefined> {
  const keep = (content: Buffer) => {
    const sha256 = createHash('sha256').update(content).digest('hex');
    sources.set(sha256, content);
    return { sha256, size: content.length };
  };
  if (kind === 'package') {
    const text = await readFile(join(path, 'meta.json')).catch(() => undefined);
    if (!text) return undefined;
    const meta = unsealJson<PackageMeta>(text.toString('utf8'));
    if (!meta) throw damaged(id);
    const files = meta.files.map((file) => {
      const sha256 = Buffer.from(file.hash, 'base64').toString('hex');
      sources.set(sha256, { path: join(path, 'files', file.path) });
      return { path: `files${file.path}`, sha256, size: file.size };
    });
    const { name, version } = meta;
    return { kind, name, version, files: [{ path: 'meta.json', ...keep(text) }, ...files] };
  }
  const content = await readFile(path).catch(() => undefined);
  if (!content) return undefined;
  if (kind === 'packument') return { kind, name: id, checkedAt: lastUsedMs, ...keep(content) };
  if (kind === 'tree') return { kind, id, ...keep(content) };
  if (kind === 'set') return { kind, id, resolvedAt: lastUsedMs, ...keep(content) };
  const folder = cacheFolder(path);
  await cacache.get.byDigest(folder, integrity).catch(() => {
    throw damaged(`a ${kind} (${id})`);
  });
  const infos = await Promise.all(keys.map((key) => cacache.get.info(folder, key)));
  const rows = infos.flatMap((info) => (info ? [{ key: info.key, metadata: info.metadata ?? {} }] : []));
  return rows.length === 0 ? undefined : { kind, keys: rows, ...keep(content) };
}

/** The cache that a content file is in: `<folder>/content-v2/…`. */
function cacheFolder(path: string): string {
  return path.slice(0, path.lastIndexOf('content-v') - 1);
}

async function* archive(
  manifest: BundleManifest,
  sources: Map<string, Source>,
  written: (done: number, size: number) => void,
): AsyncGenerator<Buffer> {
  yield* tarFile(manifestPath, Buffer.from(JSON.stringify(manifest)));
  let done = 0;
  for (const [sha256, source] of sources) {
    const content = Buffer.isBuffer(source) ? source : await readVerified(source.path, sha256);
    yield* tarFile(`blobs/${sha256}`, content);
    done += 1;
    written(done, content.length);
  }
  yield Buffer.alloc(2 * tarBlock);
}

async function readVerified(path: string, sha256: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) {
      hash.update(chunk as Buffer);
      chunks.push(chunk as Buffer);
    }
  } catch {
    throw damaged(path);
  }
  if (hash.digest('hex') !== sha256) throw damaged(path);
  return Buffer.concat(chunks);
}

function damaged(what: string): BundleError {
  return new BundleError(
    `The store is damaged or was changed meanwhile: ${what}. Run npm run warm, which repairs it, and export again.`,
  );
}

function* tarFile(path: string, content: Buffer): Generator<Buffer> {
  const fields: HeaderData = { path, type: 'File', size: content.length, mode: 0o644, mtime: new Date(0) };
  const block = Buffer.alloc(tarBlock);
  new Header(fields).encode(block, 0);
  yield block;
  yield content;
  yield Buffer.alloc((tarBlock - (content.length % tarBlock)) % tarBlock);
}
