// A lock of resolved sets: which tree a set of ranges stands for, written once and honoured on any machine without asking
// a registry. Sets that are not in it are resolved as always.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { SetRequest } from '../../shared/set-query.ts';
import { type DependencyTree, treeIdOf } from '../tree/dependency-tree.ts';

/** What identifies a set. */
type LockedRequest = Pick<SetRequest, 'dependencies' | 'resolutions'>;

/** One set in a lock file. */
export interface LockedSet extends LockedRequest {
  /** For people. */
  name: string;
  /** Id of its tree. */
  tree: string;
}

const lockVersion = 1;
const specs = z.record(z.string().min(1), z.string());
const node = z.strictObject({
  key: z.string(),
  name: z.string(),
  packageName: z.string(),
  version: z.string(),
  integrity: z.string().optional(),
  dependencies: specs,
});
const lockFile = z.object({
  lockVersion: z.literal(lockVersion),
  sets: z.array(z.object({ name: z.string(), dependencies: specs, resolutions: specs, tree: z.string() })),
  trees: z.array(z.object({ id: z.string(), root: specs, nodes: z.record(z.string(), node) })),
});

/** The trees of a lock file; immutable. */
export class SetsLock {
  readonly #trees: Map<string, DependencyTree>;
  readonly #sets: Map<string, string>;

  constructor(
    readonly sets: readonly LockedSet[],
    trees: readonly DependencyTree[],
  ) {
    this.#trees = new Map(trees.map((tree) => [tree.id, tree]));
    this.#sets = new Map(sets.map((set) => [keyOf(set), set.tree]));
  }

  /** The tree that a set is locked to. */
  find(request: LockedRequest): DependencyTree | undefined {
    return this.tree(this.#sets.get(keyOf(request)) ?? '');
  }

  /** A tree of the lock by its id. */
  tree(id: string): DependencyTree | undefined {
    return this.#trees.get(id);
  }
}

/**
 * Reads a lock file.
 * @throws Error for people that names the file and what is wrong with it
 */
export async function readSetsLock(file: string): Promise<SetsLock> {
  const refuse = (why: string): Error =>
    new Error(
      `SETS_LOCK=${file}: ${why}. Write it again with \`npm run warm -- --lock ${file}\`, or unset SETS_LOCK.`,
    );
  const text = await readFile(file, 'utf8').catch((error) => {
    throw refuse(error.code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${error.code})`);
  });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw refuse('it is not JSON, or cut off');
  }
  const { data, error } = lockFile.safeParse(content);
  if (!data) {
    const issue = error.issues[0];
    throw refuse(`it is no lock of sets (${issue?.path.join('.') || 'top level'}: ${issue?.message})`);
  }
  const trees = data.trees as DependencyTree[];
  const damaged = trees.find((tree) => treeIdOf(tree) !== tree.id);
  if (damaged) throw refuse(`the tree ${damaged.id} was changed or damaged`);
  const lost = data.sets.find((set) => !trees.some((tree) => tree.id === set.tree));
  if (lost) throw refuse(`the tree of the set “${lost.name}” is missing`);
  return new SetsLock(data.sets, trees);
}

/** The text of a lock file; the same sets give the same text. */
export function formatSetsLock(
  sets: readonly (Omit<LockedSet, 'tree'> & { tree: DependencyTree })[],
): string {
  const trees = new Map(sets.map(({ tree }) => [tree.id, tree]));
  const content = {
    lockVersion,
    sets: sets.map(({ tree, ...set }) => ({ ...set, tree: tree.id })),
    trees: [...trees.values()],
  };
  return `${JSON.stringify(content, null, 1)}\n`;
}

function keyOf({ dependencies, resolutions }: LockedRequest): string {
  const sorted = (ranges: Record<string, string>) =>
    Object.entries(ranges)
      .map(([name, range]) => [name, range.trim()])
      .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return JSON.stringify([sorted(dependencies), sorted(resolutions)]);
}
