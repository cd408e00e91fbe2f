// Answers to dependency-set requests, finished: serialised and compressed, kept on disk, so that a relay that was just
// started answers with one file read. An entry is named after everything it was made from, so it is never out of date.
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants, gzip } from 'node:zlib';
import type { DependencySets, SetRequest } from './dependency-set.ts';
import { InFlight } from './in-flight.ts';
import type { PackageLog } from './package-log.ts';
import { VerifiedCache } from './verified-cache.ts';

const compressBrotli = promisify(brotliCompress);
const decompressBrotli = promisify(brotliDecompress);
const compressGzip = promisify(gzip);

/** The JSON of a manifest in every encoding. */
export interface FinishedSet {
  identity: Buffer;
  br: Buffer;
  gzip: Buffer;
}

/** Gets or makes answers. */
export class FinishedSets {
  readonly #sets: DependencySets;
  readonly #cache: VerifiedCache;
  readonly #running = new InFlight<FinishedSet>();

  /** @param options `folder`: absolute folder of the cache */
  constructor(options: { sets: DependencySets; folder: string; log: PackageLog }) {
    this.#sets = options.sets;
    this.#cache = new VerifiedCache({ ...options, what: 'an answer to a dependency set' });
  }

  /** @throws PackageError as resolving and assembling the set does; failures are not kept */
  async get(request: SetRequest): Promise<FinishedSet> {
    // Resolving comes first: it is where the operator's rules are applied to a known tree too.
    const key = await this.#sets.manifestKey(request);
    return this.#running.run(key, async () => (await this.#read(key)) ?? this.#make(key, request));
  }

  async #make(key: string, request: SetRequest): Promise<FinishedSet> {
    const { manifest, fallbacks } = await this.#sets.assemble(request);
    const identity = Buffer.from(JSON.stringify(manifest));
    const [br, gz] = await Promise.all([
      compressBrotli(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
      compressGzip(identity, { level: 6 }),
    ]);
    // A package that could not be built this time may be the next time.
    if (fallbacks.length === 0)
      await this.#cache.put(key, Buffer.concat([br, gz]), { tree: manifest.tree, brBytes: br.length });
    return { identity, br, gzip: gz };
  }

  async #read(key: string): Promise<FinishedSet | undefined> {
    const entry = await this.#cache.get(key);
    const brBytes = entry?.metadata.brBytes;
    if (!entry || typeof brBytes !== 'number') return undefined;
    const br = entry.data.subarray(0, brBytes);
    try {
      return { identity: await decompressBrotli(br), br, gzip: entry.data.subarray(brBytes) };
    } catch (error) {
      await this.#cache.discard(key, error);
      return undefined;
    }
  }
}
