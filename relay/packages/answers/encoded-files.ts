// Files of packages as they travel: named by what they are made of, compressed once, kept beside the built packages.
import { createHash } from 'node:crypto';
import type { Encoding } from '../base/compression.ts';
import type { PackageLog } from '../base/package-log.ts';
import { type EncodedContent, EncodedStore } from '../disk/encoded-store.ts';
import { type ContentAnswer, readContent } from './content-answer.ts';

/** Content in any encoding. */
export interface TravellingFile extends EncodedContent {
  /** There is nothing to gain: every encoding is the identity. */
  isPlain: boolean;
}

/** Part of every key: raise it when the same file is to be compressed differently. */
const encodedVersion = 1;
/** Below this, headers weigh more than what compressing saves. */
const minBytes = 512;
/** Brotli at its best takes about two seconds a megabyte. */
const maxBestBytes = 1024 * 1024;
const best = { brotli: 11, gzip: 9 };
const good = { brotli: 9, gzip: 6 };
const hurried = { brotli: 4, gzip: 4 };
/** The first look at a new artifact asks for dozens of files, one soon after the other. */
const quietMs = 1_500;

/** See the head of this file. */
export class EncodedFiles {
  readonly #store: EncodedStore;

  /** @param options `folder`: absolute folder of the cache; `quietMs`: see {@link EncodedStore}, for tests */
  constructor(options: { folder: string; log: PackageLog; quietMs?: number }) {
    this.#store = new EncodedStore({
      quietMs,
      ...options,
      what: 'a compressed file',
      first: hurried,
      kept: (bytes) => (bytes > maxBestBytes ? good : best),
    });
  }

  /**
   * The content of an answer; read only when it is not stored.
   * @throws what reading throws
   */
  async get(answer: Pick<ContentAnswer, 'identity' | 'read' | 'source'>): Promise<TravellingFile> {
    if (answer.identity !== undefined) return this.#stored(answer.identity, answer);
    const content = await readContent(answer);
    if (content.length < minBytes) return travelPlain(content);
    const { source } = answer;
    return this.#stored(digestOf(content), { read: async () => content, ...(source ? { source } : {}) });
  }

  /** Drops what waits to be compressed. */
  close(): Promise<void> {
    return this.#store.close();
  }

  /** Resolves when all that was asked for so far is stored. */
  settled(): Promise<void> {
    return this.#store.settled();
  }

  async #stored(name: string, answer: Pick<ContentAnswer, 'read' | 'source'>): Promise<TravellingFile> {
    const key = createHash('sha256')
      .update(JSON.stringify([encodedVersion, name]))
      .digest('hex')
      .slice(0, 40);
    const file = await this.#store.get(key, async () => ({
      content: await readContent(answer),
      facts: answer.source === undefined ? {} : { package: answer.source },
    }));
    return { ...file, isPlain: false };
  }
}

/** Content that is sent as it is. */
export function travelPlain(content: Buffer): TravellingFile {
  return { digest: digestOf(content), encode: async (_encoding: Encoding) => content, isPlain: true };
}

function digestOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('base64url');
}
