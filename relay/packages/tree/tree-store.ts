// Resolved trees on disk, by id, and which set of ranges led to which tree. Trees are never changed, and dropped by the
// pruner only: pages that were opened with an earlier tree go on asking for its modules.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { PackageLog } from '../base/package-log.ts';
import { UsageRecord } from '../disk/usage-record.ts';
import { writeAtomic } from '../disk/write-atomic.ts';
import { type DependencyTree, treeIdOf } from './dependency-tree.ts';

const treesInMemory = 32;
const treeId = /^[0-9a-f]{32}$/;

/** `<folder>/<tree id>.json` and `<folder>/sets/<set>.json`; `set` is a hash in hexadecimal. */
export class TreeStore {
  readonly #usage = new UsageRecord();
  readonly #trees = new LRUCache<string, DependencyTree>({ max: treesInMemory });
  readonly #sets = new LRUCache<string, string>({ max: treesInMemory * 16 });

  constructor(
    readonly folder: string,
    readonly log: PackageLog,
  ) {}

  /** The tree that `set` was last resolved to. */
  async find(set: string): Promise<DependencyTree | undefined> {
    // The file first: another process may have refreshed the set.
    const id = (await readJson<{ tree?: string }>(this.#setFile(set)))?.tree ?? this.#sets.get(set);
    const tree = id === undefined ? undefined : await this.tree(id);
    if (tree) this.#sets.set(set, tree.id);
    return tree;
  }

  /** The tree with this id; `id` may come from anyone. */
  async tree(id: string): Promise<DependencyTree | undefined> {
    if (!treeId.test(id)) return undefined;
    const tree = this.#trees.get(id) ?? (await this.#readTree(id));
    if (!tree) return undefined;
    this.#trees.set(id, tree);
    await this.#usage.touch(this.#treeFile(id));
    return tree;
  }

  /** Keeps the tree as the one that `set` resolves to. A full disk costs resolving it again, not this preview. */
  async keep(set: string, tree: DependencyTree): Promise<void> {
    this.#trees.set(tree.id, tree);
    this.#sets.set(set, tree.id);
    try {
      await writeAtomic(this.#treeFile(tree.id), JSON.stringify(tree));
      await writeAtomic(this.#setFile(set), JSON.stringify({ tree: tree.id }));
    } catch (error) {
      this.log.error({ err: error, tree: tree.id }, 'a resolved tree could not be stored');
    }
  }

  /** Undefined when the stored tree is not the one that its id was made from. */
  async #readTree(id: string): Promise<DependencyTree | undefined> {
    const tree = await readJson<DependencyTree>(this.#treeFile(id));
    if (tree === undefined || (tree?.id === id && treeIdOf(tree) === id)) return tree;
    this.log.warn({ tree: id }, 'a stored tree was damaged; it is resolved again');
    return undefined;
  }

  #treeFile(id: string): string {
    return join(this.folder, `${id}.json`);
  }

  #setFile(set: string): string {
    return join(this.folder, 'sets', `${set}.json`);
  }
}

/** Undefined when the file is missing or damaged: what it held is made again. */
async function readJson<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
