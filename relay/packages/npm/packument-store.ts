// Packuments in memory and on disk, revalidated by etag. Stale ones are served when the registry fails; failures are never kept.
// Only the registry that is configured now is believed: at another one, the same name may be another package.
import { readFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import npa, { type Result as NpmSpec } from 'npm-package-arg';
import npmFetch from 'npm-registry-fetch';
import { InFlight } from '../base/in-flight.ts';
import { PackageError } from '../base/package-error.ts';
import type { PackageLog } from '../base/package-log.ts';
import { sealJson, unsealJson } from '../disk/sealed-json.ts';
import { writeAtomic } from '../disk/write-atomic.ts';
import type { NpmOptions } from './npm-config.ts';
import { type Packument, parsePackument } from './packument.ts';
import type { Upstream } from './upstream.ts';

export interface PackumentStoreSettings {
  npm: NpmOptions;
  upstream: Upstream;
  /** Folder of the stored packuments. */
  folder: string;
  maxAgeMs: number;
  offline: boolean;
  /** Ask for full documents: only they have publishing times. */
  needsTimes: boolean;
  log: PackageLog;
}

/** What is kept; on disk without `checkedAt`, which is the file's modification time so that a 304 rewrites nothing. */
interface StoredPackument {
  packument: Packument;
  /** Who said so, as {@link addressWithoutCredentials} writes it. */
  registry: string;
  etag?: string;
  /** Made from a full document. */
  full?: boolean;
  checkedAt: number;
}

/** Full documents of packages with thousands of versions reach 40 MB; install documents a quarter of that. */
const maxPackumentBytes = 100 * 1024 * 1024;
/** Counted in characters of the reduced JSON; V8 needs about twice that. */
const maxMemoryChars = 8 * 1024 * 1024;
/** After a failed revalidation, and while one takes its time, the stale packument counts as fresh for so long. */
const staleGraceMs = 30_000;
/** How long a request waits for the revalidation of what is stored; it goes on behind its back (RFC 5861, stale-while-revalidate). */
const patienceMs = 2_000;
const installDocument = 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8, */*';

/** See the head of this file. */
export class PackumentStore {
  readonly #memory = new LRUCache<string, StoredPackument>({ maxSize: maxMemoryChars });
  readonly #inFlight = new InFlight<Packument>();

  constructor(readonly settings: PackumentStoreSettings) {}

  /**
   * @param name a valid package name
   * @param options `revalidate`: ask the registry even when the stored packument is young
   * @throws PackageError PACKAGE_NOT_FOUND, OFFLINE_MISSING or REGISTRY_…
   */
  get(name: string, options: { revalidate?: boolean } = {}): Promise<Packument> {
    const revalidate = options.revalidate ?? false;
    return this.#inFlight.run(`${revalidate} ${name}`, () => this.#load(name, revalidate));
  }

  async #load(name: string, revalidate: boolean): Promise<Packument> {
    const { offline, maxAgeMs, upstream, log, npm } = this.settings;
    const spec = npa(name);
    const registry = npmFetch.pickRegistry(spec, npm);
    const url = `${registry.replace(/\/+$/, '')}/${spec.escapedName}`;
    const stored = this.#memory.get(name) ?? (await this.#readDisk(name));
    if (offline) {
      // Whoever said it: a bundle brings what another machine's registry said, and there is nobody else to ask.
      if (!stored) throw new PackageError('OFFLINE_MISSING', { packageName: name });
      return stored.packument;
    }
    const from = addressWithoutCredentials(registry);
    // What was stored before publishing times were needed has none.
    const usable = stored?.registry === from && (!this.settings.needsTimes || stored.full === true);
    if (!usable) return this.#fetch(name, spec, url, from, undefined);
    if (!revalidate && Date.now() - stored.checkedAt < maxAgeMs) return stored.packument;
    if (upstream.isDown(url)) return stored.packument;
    const serveStale = (): Packument => {
      stored.checkedAt = Date.now() - maxAgeMs + Math.min(staleGraceMs, maxAgeMs);
      return stored.packument;
    };
    const fetched = this.#fetch(name, spec, url, from, stored).catch((error) => {
      if (!(error instanceof PackageError) || error.code === 'PACKAGE_NOT_FOUND') throw error;
      log.warn(
        { packageName: name, code: error.code, detail: error.detail },
        'the registry failed; its last answer is served',
      );
      return serveStale();
    });
    return revalidate ? fetched : firstOf(fetched, patienceMs, serveStale);
  }

  async #fetch(
    name: string,
    spec: NpmSpec,
    url: string,
    registry: string,
    stored: StoredPackument | undefined,
  ): Promise<Packument> {
    const full = this.settings.needsTimes;
    const request = {
      url,
      spec,
      maxBytes: maxPackumentBytes,
      facts: { packageName: name },
      headers: {
        accept: full ? 'application/json' : installDocument,
        ...(stored?.etag === undefined ? {} : { 'if-none-match': stored.etag }),
      },
    };
    return this.settings.upstream.request(request, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response.body) chunks.push(chunk);
      if (response.status === 304 && stored) {
        stored.checkedAt = Date.now();
        await utimes(this.#file(name), new Date(), new Date()).catch(() => {});
        return stored.packument;
      }
      const packument = parsePackument(name, Buffer.concat(chunks).toString('utf8'));
      if (full && !packument.time)
        this.settings.log.warn({ packageName: name }, 'the registry states no publishing times');
      const etag = response.header('etag');
      await this.#keep(name, {
        packument,
        registry,
        ...(etag === undefined ? {} : { etag }),
        ...(full ? { full } : {}),
        checkedAt: Date.now(),
      });
      return packument;
    });
  }

  async #keep(name: string, { checkedAt, ...record }: StoredPackument): Promise<void> {
    const text = sealJson(record);
    this.#memory.set(name, { ...record, checkedAt }, { size: text.length });
    // A full or read-only disk must not keep a preview from being answered.
    await writeAtomic(this.#file(name), text).catch((error) =>
      this.settings.log.warn(
        { packageName: name, detail: String(error.code) },
        'a packument could not be stored',
      ),
    );
  }

  async #readDisk(name: string): Promise<StoredPackument | undefined> {
    try {
      const file = this.#file(name);
      const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
      const stored = unsealJson<Omit<StoredPackument, 'checkedAt'>>(text);
      if (!stored) {
        this.settings.log.warn({ packageName: name }, 'a stored packument was damaged; it is fetched again');
        return undefined;
      }
      const record = { ...stored, checkedAt: mtimeMs };
      // On file systems that ignore case, `JSONStream` and `jsonstream` are one file.
      if (record.packument.name !== name) return undefined;
      this.#memory.set(name, record, { size: text.length });
      return record;
    } catch {
      return undefined;
    }
  }

  #file(name: string): string {
    return join(this.settings.folder, `${name}.json`);
  }
}

/** Names a registry in what is stored, and exported in bundles: npm takes addresses with a password in them. */
function addressWithoutCredentials(registry: string): string {
  const { origin, pathname } = new URL(registry);
  return `${origin}${pathname.replace(/\/*$/, '/')}`;
}

/** What `promise` gives within a time, else what `instead` gives; the promise goes on, and how it ends then matters to nobody. */
async function firstOf<T>(promise: Promise<T>, timeoutMs: number, instead: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((done) => {
    timer = setTimeout(() => done(instead()), timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
    promise.catch(() => {});
  }
}
