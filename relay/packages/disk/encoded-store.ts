// Content as it travels: made once, compressed once, kept on disk in both encodings, so that whoever asks later is sent bytes
// that are ready. The first answer is compressed in a hurry; the one that is kept is made when nobody is waiting.
import { createHash } from 'node:crypto';
import PQueue from 'p-queue';
import { compress, decompress, type Effort, type Encoding } from '../base/compression.ts';
import { Compressor } from '../base/compressor.ts';
import { InFlight } from '../base/in-flight.ts';
import type { PackageLog } from '../base/package-log.ts';
import { VerifiedCache } from './verified-cache.ts';

/** What there is under a key. */
export interface EncodedContent {
  /** SHA-256 of the content, in base64url: the same in every encoding. */
  digest: string;
  encode(encoding: Encoding): Promise<Buffer>;
  /** Resolves when the store has a better one than this; undefined when this is what the store has. */
  replaced?: Promise<void>;
}

/** Content that was made for a key. */
export interface MadeContent {
  content: Buffer;
  /** Kept beside it: `package` or `tree` for the pruner. */
  facts: Record<string, unknown>;
  /** Whether the next one to ask must make it anew. */
  isPassing?: boolean;
}

export interface EncodedStoreSettings {
  /** Absolute. */
  folder: string;
  /** What the entries are, for the log. */
  what: string;
  log: PackageLog;
  /** For the answer that somebody waits for. */
  first: Effort;
  /** For what is kept, by its size in bytes. */
  kept: (bytes: number) => Effort;
  /** How long nothing may have been made before compressing for keeps begins, in ms; 0: at once. */
  quietMs: number;
}

/** Content that waits to be compressed; what goes beyond this is compressed when it is asked for again. */
const maxWaitingBytes = 16 * 1024 * 1024;

/** See the head of this file. */
export class EncodedStore {
  readonly #settings: EncodedStoreSettings;
  readonly #cache: VerifiedCache;
  readonly #running = new InFlight<EncodedContent>();
  readonly #waiting: PQueue;
  readonly #compressor = new Compressor();
  #waitingBytes = 0;
  #quiet: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(settings: EncodedStoreSettings) {
    this.#settings = settings;
    this.#cache = new VerifiedCache(settings);
    this.#waiting = new PQueue({ concurrency: 1, autoStart: settings.quietMs === 0 });
  }

  /**
   * What is stored under `key`, or what `make` makes of it; identical calls share one run.
   * @param key names everything that the content is made from
   * @throws what `make` throws; a failure is not kept
   */
  get(key: string, make: () => Promise<MadeContent>): Promise<EncodedContent> {
    return this.#running.run(key, async () => (await this.#read(key)) ?? this.#make(key, make));
  }

  /** Whether there is something under `key`; its content is not looked at. */
  has(key: string): Promise<boolean> {
    return this.#cache.has(key);
  }

  /** The same, and marks it as used. */
  use(key: string): Promise<boolean> {
    return this.#cache.use(key);
  }

  /** What is stored under `key`; what is being made is not yet. */
  find(key: string): Promise<EncodedContent | undefined> {
    return this.#read(key);
  }

  /** Resolves when all that was made so far is stored, however much is asked meanwhile. */
  async settled(): Promise<void> {
    clearTimeout(this.#quiet);
    this.#waiting.start();
    await this.#waiting.onIdle();
  }

  /** Drops what waits: it is made again when it is asked for. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#quiet);
    this.#waiting.clear();
    await this.#waiting.onIdle();
    this.#compressor.close();
  }

  async #make(key: string, make: () => Promise<MadeContent>): Promise<EncodedContent> {
    this.#waitForQuiet();
    const { content, facts, isPassing = false } = await make();
    const digest = createHash('sha256').update(content).digest('base64url');
    const replaced = isPassing ? undefined : this.#keep(key, content, { ...facts, digest });
    return {
      digest,
      encode: async (encoding) =>
        encoding === 'identity' ? content : compress(content, encoding, this.#settings.first),
      ...(replaced ? { replaced } : {}),
    };
  }

  #keep(key: string, content: Buffer, facts: Record<string, unknown>): Promise<void> | undefined {
    if (this.#isClosed || this.#waitingBytes + content.length > maxWaitingBytes) return undefined;
    this.#waitingBytes += content.length;
    const stored = this.#waiting.add(async () => {
      const effort = this.#settings.kept(content.length);
      const br = await this.#compressor.compress(content, 'br', effort);
      const gz = await this.#compressor.compress(content, 'gzip', effort);
      await this.#cache.put(key, Buffer.concat([br, gz]), { ...facts, brBytes: br.length });
    });
    return stored
      .catch((error) => this.#settings.log.warn({ key, detail: String(error) }, 'compressing failed'))
      .finally(() => {
        this.#waitingBytes -= content.length;
      });
  }

  #waitForQuiet(): void {
    const { quietMs } = this.#settings;
    if (quietMs === 0 || this.#isClosed) return;
    this.#waiting.pause();
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#waiting.start(), quietMs).unref();
  }

  async #read(key: string): Promise<EncodedContent | undefined> {
    const entry = await this.#cache.get(key);
    const { brBytes, digest } = entry?.metadata ?? {};
    if (!entry || typeof brBytes !== 'number' || typeof digest !== 'string') return undefined;
    const gz = entry.data.subarray(brBytes);
    // Copies: whoever keeps one encoding would keep the memory of both.
    const encodings = {
      br: async () => Buffer.from(entry.data.subarray(0, brBytes)),
      gzip: async () => Buffer.from(gz),
      identity: () => decompress(gz, 'gzip'),
    };
    return { digest, encode: (encoding) => encodings[encoding]() };
  }
}
