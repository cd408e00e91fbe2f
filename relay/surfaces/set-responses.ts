// Answers to dependency-set requests as ready-made responses, kept in memory while they are fresh.
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { lifetimes, sharedFileHeaders } from '../http/headers.ts';
import { PreparedResponse } from '../http/prepared.ts';
import type { SetRequest } from '../packages/dependency-set.ts';
import type { FinishedSets } from '../packages/finished-sets.ts';

const maxBytes = 48 * 1024 * 1024;
const maxAgeMs = 5 * 60_000;

/** Prepared responses by request; identical requests share one run. */
export class SetResponses {
  readonly #finished: FinishedSets;
  readonly #prepared = new LRUCache<string, { response: Promise<PreparedResponse>; bytes: number }>({
    maxSize: maxBytes,
    sizeCalculation: ({ bytes }) => bytes,
    ttl: maxAgeMs,
  });

  constructor(finished: FinishedSets) {
    this.#finished = finished;
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
    const body = await this.#finished.get(request);
    const response = new PreparedResponse(body, {
      ...sharedFileHeaders,
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': lifetimes.resolved,
    });
    const bytes = body.identity.length + body.br.length + body.gzip.length;
    this.#prepared.set(key, { response: Promise.resolve(response), bytes });
    return response;
  }
}
