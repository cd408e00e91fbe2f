// Answers to dependency-set requests as they travel: serialised and compressed once, kept while they are fresh.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { lifetimes, sharedFileHeaders } from '../http/headers.ts';
import { PreparedResponse } from '../http/prepared.ts';
import type { DependencySets, SetRequest } from '../packages/dependency-set.ts';

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

const maxBytes = 48 * 1024 * 1024;
const maxAgeMs = 5 * 60_000;

/** Prepared responses by request; identical requests share one run. */
export class SetResponses {
  readonly #sets: DependencySets;
  readonly #prepared = new LRUCache<string, { response: Promise<PreparedResponse>; bytes: number }>({
    maxSize: maxBytes,
    sizeCalculation: ({ bytes }) => bytes,
    ttl: maxAgeMs,
  });

  constructor(sets: DependencySets) {
    this.#sets = sets;
  }

  /** @throws PackageError; a failure is not kept */
  async get(request: SetRequest): Promise<PreparedResponse> {
    const key = createHash('sha256').update(JSON.stringify(request)).digest('hex');
    const known = this.#prepared.get(key);
    if (known) return known.response;
    const response = this.#prepare(key, request);
    this.#prepared.set(key, { response, bytes: 1 });
    response.catch(() => this.#prepared.delete(key));
    return response;
  }

  async #prepare(key: string, request: SetRequest): Promise<PreparedResponse> {
    const identity = Buffer.from(JSON.stringify(await this.#sets.manifest(request)));
    const [br, gz] = await Promise.all([
      compressBrotli(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
      compressGzip(identity, { level: 6 }),
    ]);
    const response = new PreparedResponse(
      { identity, br, gzip: gz },
      {
        ...sharedFileHeaders,
        'Content-Type': 'application/json; charset=utf-8',
        'Cache-Control': lifetimes.resolved,
      },
    );
    const bytes = identity.length + br.length + gz.length;
    this.#prepared.set(key, { response: Promise.resolve(response), bytes });
    return response;
  }
}
