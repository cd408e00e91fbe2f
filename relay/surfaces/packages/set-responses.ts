// Answers to dependency-set requests as ready-made responses, kept in memory while they are fresh.
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import { lifetimes, sharedFileHeaders } from '../../http/headers.ts';
import { chooseEncoding, PreparedResponse } from '../../http/prepared.ts';
import type { Encoding } from '../../packages/base/compression.ts';
import type { FinishedSets } from '../../packages/sets/finished-sets.ts';
import type { SetRequest } from '../../shared/set-query.ts';

const maxBytes = 12 * 1024 * 1024;
const maxAgeMs = 5 * 60_000;

/** Prepared responses by request and encoding; identical requests share one run. */
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

  /** Answers `req` with the manifest of a set. @throws PackageError; a failure is not kept */
  async send(request: SetRequest, req: IncomingMessage, res: ServerResponse): Promise<void> {
    (await this.#get(request, chooseEncoding(req))).send(req, res);
  }

  #get(request: SetRequest, encoding: Encoding): Promise<PreparedResponse> {
    const key = createHash('sha256')
      .update(JSON.stringify([encoding, request]))
      .digest('hex');
    const known = this.#prepared.get(key);
    if (known) return known.response;
    const response = this.#prepare(key, request, encoding);
    this.#prepared.set(key, { response, bytes: 1 });
    response.catch(() => this.#prepared.delete(key));
    return response;
  }

  async #prepare(key: string, request: SetRequest, encoding: Encoding): Promise<PreparedResponse> {
    const { digest, encode } = await this.#finished.get(request);
    const content = await encode(encoding);
    const response = new PreparedResponse(
      { encoding, content, digest },
      {
        ...sharedFileHeaders,
        'Content-Type': 'application/json; charset=utf-8',
        'Cache-Control': lifetimes.resolved,
      },
    );
    this.#prepared.set(key, { response: Promise.resolve(response), bytes: content.length });
    return response;
  }
}
