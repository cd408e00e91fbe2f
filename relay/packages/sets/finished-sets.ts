// Answers to dependency-set requests, finished: serialised and compressed, kept on disk, so that a relay that was just
// started answers with one file read. An entry is named after everything it was made from, so it is never out of date.
import type { SetManifest } from '../../shared/set-manifest.ts';
import type { SetRequest } from '../../shared/set-query.ts';
import type { PackageLog } from '../base/package-log.ts';
import type { Turn } from '../base/turn.ts';
import { type EncodedContent, EncodedStore } from '../disk/encoded-store.ts';
import { fileJson } from '../prebundle/stored-prebundle.ts';
import type { DependencyTree, TreeNode } from '../tree/tree.ts';
import type { DependencySets, ResolvedSet } from './dependency-set.ts';

/** Gets or makes answers. */
export class FinishedSets {
  readonly #sets: DependencySets;
  readonly #store: EncodedStore;

  /** @param options `folder`: absolute folder of the cache */
  constructor(options: { sets: DependencySets; folder: string; log: PackageLog }) {
    this.#sets = options.sets;
    // A new answer is wanted at once; the one that is kept is made right after it. Sets are large, and few ask for one again.
    this.#store = new EncodedStore({
      ...options,
      what: 'an answer to a dependency set',
      first: { brotli: 1, gzip: 1 },
      kept: () => ({ brotli: 5, gzip: 6 }),
      quietMs: 0,
    });
  }

  /** @throws PackageError as resolving and assembling the set does; failures are not kept */
  async get(request: SetRequest): Promise<EncodedContent> {
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
    if (await this.#store.has(set.key)) return;
    told.onTree(set.tree);
    await set.build(turn, told.onBuilt);
    await turn(() => this.#readOrMake(set));
    await this.settled();
  }

  /** Resolves when every answer that was given so far is stored. */
  settled(): Promise<void> {
    return this.#store.settled();
  }

  #readOrMake({ key, assemble }: ResolvedSet): Promise<EncodedContent> {
    return this.#store.get(key, async () => {
      const { manifest, fallbacks } = await assemble();
      return {
        content: toJson(manifest),
        facts: { tree: manifest.tree },
        // A package that could not be built this time may be the next time.
        isPassing: fallbacks.length > 0,
      };
    });
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
