// Answers to dependency-set requests, finished: serialised and compressed, kept on disk, so that a relay that was just
// started answers with one file read. An entry is named after everything it was made from, so it is never out of date.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gunzip, gzip } from 'node:zlib';
import type { SetManifest } from '../../shared/set-manifest.ts';
import type { SetRequest } from '../../shared/set-query.ts';
import type { Encoding } from '../base/compression.ts';
import { InFlight } from '../base/in-flight.ts';
import type { PackageLog } from '../base/package-log.ts';
import type { Turn } from '../base/turn.ts';
import { VerifiedCache } from '../disk/verified-cache.ts';
import { fileJson } from '../prebundle/stored-prebundle.ts';
import type { DependencyTree, TreeNode } from '../tree/tree.ts';
import type { DependencySets, ResolvedSet } from './dependency-set.ts';

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);
const decompressGzip = promisify(gunzip);

/** A new answer is wanted at once; the stored one, made right after it, is for all that ask later. */
const atOnce = { brotli: 1, gzip: 1 };
const stored = { brotli: 5, gzip: 6 };

/** Handing over piece by piece would take longer than compressing. */
const chunkSize = 1024 * 1024;

/** The JSON of a manifest. */
export interface FinishedSet {
  /** SHA-256 of the JSON, in base64url: the same in every encoding. */
  digest: string;
  /** Bytes of the JSON in one encoding. */
  encode(encoding: Encoding): Promise<Buffer>;
}

/** Gets or makes answers. */
export class FinishedSets {
  readonly #sets: DependencySets;
  readonly #cache: VerifiedCache;
  readonly #running = new InFlight<FinishedSet>();
  readonly #storing = new Set<Promise<void>>();

  /** @param options `folder`: absolute folder of the cache */
  constructor(options: { sets: DependencySets; folder: string; log: PackageLog }) {
    this.#sets = options.sets;
    this.#cache = new VerifiedCache({ ...options, what: 'an answer to a dependency set' });
  }

  /** @throws PackageError as resolving and assembling the set does; failures are not kept */
  async get(request: SetRequest): Promise<FinishedSet> {
    // Resolving comes first: it is where the operator's rules are applied to a known tree too.
    const set = await this.#sets.resolve(request);
    return this.#readOrMake(set);
  }

  /**
   * Makes and stores an answer that nobody waits for, unless it is stored; those who ask for it meanwhile share the work on
   * each package, and need not wait for its turn.
   * @param told `onTree`: there is something to do for this tree; `onBuilt`: a node is ready
   * @throws PackageError
   */
  async prepare(
    request: SetRequest,
    turn: Turn,
    told: { onTree: (tree: DependencyTree) => void; onBuilt: (node: TreeNode) => void },
  ): Promise<void> {
    const set = await this.#sets.resolve(request, turn);
    if (await this.#cache.has(set.key)) return;
    told.onTree(set.tree);
    await set.build(turn, told.onBuilt);
    await turn(() => this.#readOrMake(set));
    await this.settled();
  }

  /** Resolves when every answer that was given so far is stored. */
  async settled(): Promise<void> {
    await Promise.all(this.#storing);
  }

  #readOrMake(set: ResolvedSet): Promise<FinishedSet> {
    return this.#running.run(set.key, async () => (await this.#read(set.key)) ?? this.#make(set));
  }

  async #make({ key, assemble }: ResolvedSet): Promise<FinishedSet> {
    const { manifest, fallbacks } = await assemble();
    const identity = toJson(manifest);
    const digest = createHash('sha256').update(identity).digest('base64url');
    // A package that could not be built this time may be the next time.
    if (fallbacks.length === 0) {
      const storing: Promise<void> = this.#store(key, identity, { tree: manifest.tree, digest }).finally(() =>
        this.#storing.delete(storing),
      );
      this.#storing.add(storing);
    }
    return {
      digest,
      encode: async (encoding) => (encoding === 'identity' ? identity : compress(identity, encoding, atOnce)),
    };
  }

  async #store(key: string, identity: Buffer, facts: { tree: string; digest: string }): Promise<void> {
    const br = await compress(identity, 'br', stored);
    const gz = await compress(identity, 'gzip', stored);
    await this.#cache.put(key, Buffer.concat([br, gz]), { ...facts, brBytes: br.length });
  }

  async #read(key: string): Promise<FinishedSet | undefined> {
    const entry = await this.#cache.get(key);
    const { brBytes, digest } = entry?.metadata ?? {};
    if (!entry || typeof brBytes !== 'number' || typeof digest !== 'string') return undefined;
    const gz = entry.data.subarray(brBytes);
    const encodings = {
      br: async () => entry.data.subarray(0, brBytes),
      gzip: async () => gz,
      identity: () => decompressGzip(gz, { chunkSize }),
    };
    return { digest, encode: (encoding) => encodings[encoding]() };
  }
}

/** As `JSON.stringify` has it; most of it is JSON already. */
function toJson({ tree, contents, ...described }: SetManifest): Buffer {
  const parts: Buffer[] = [Buffer.from(`{"tree":${JSON.stringify(tree)},"contents":{`)];
  for (const [path, file] of Object.entries(contents))
    parts.push(Buffer.from(`${parts.length === 1 ? '' : ','}${JSON.stringify(path)}:`), fileJson(file));
  parts.push(Buffer.from(`},${JSON.stringify(described).slice(1)}`));
  return Buffer.concat(parts);
}

function compress(
  identity: Buffer,
  encoding: 'br' | 'gzip',
  level: { brotli: number; gzip: number },
): Promise<Buffer> {
  if (encoding === 'gzip') return compressGzip(identity, { chunkSize, level: level.gzip });
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: level.brotli, [BROTLI_PARAM_SIZE_HINT]: identity.length };
  return compressBrotli(identity, { chunkSize, params });
}
