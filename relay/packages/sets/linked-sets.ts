// Packages of a native preview: a set's modules in packs, which are scripts named after their text, and where each specifier
// leads. Packs and answers are kept on disk, so that a relay that was just started answers with a few reads.
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { LinkedPackages, Pack } from '../../shared/native.ts';
import type { SetRequest } from '../../shared/set-query.ts';
import { InFlight } from '../base/in-flight.ts';
import { PackageError } from '../base/package-error.ts';
import type { PackageLog } from '../base/package-log.ts';
import { splitSpecifier } from '../base/specifier.ts';
import { atOnce, type Turn } from '../base/turn.ts';
import type { EncodedContent } from '../disk/encoded-store.ts';
import { VerifiedCache } from '../disk/verified-cache.ts';
import type { LinkedModules } from '../prebundle/linked-modules.ts';
import { locate } from '../prebundle/module-graph.ts';
import { prebundleVersion } from '../prebundle/prebundle.ts';
import { isBuiltin } from '../sources/node-builtins.ts';
import type { DependencyTree, TreeNode } from '../tree/tree.ts';
import type { DependencySets } from './dependency-set.ts';
import { type PackContents, partitionConstantPacks, partitionPacks } from './pack-partition.ts';
import { type KeptPacks, PackStore } from './pack-store.ts';
import type { UndeclaredPackages } from './undeclared-packages.ts';

/** What is made of a tree and imports; the rest of an answer is about what is in no tree. */
type Linked = Pick<LinkedPackages, 'tree' | 'packs' | 'roots' | 'missing' | 'fallbacks'>;

/** What a pack was made for, under its name. */
interface Recipe {
  /** Id of the tree. */
  tree: string;
  imports: readonly string[];
}

/** A set whose packages are linked, and what the artifact did not declare. */
type Extended = Pick<LinkedPackages, 'undeclared'> & {
  linked: Linked;
  /** Why packages are left out, by name. */
  refused: ReadonlyMap<string, string>;
};

/** What is told of preparing. */
export interface LinkingProgress {
  /** There is something to do for this tree. */
  onTree(tree: DependencyTree): void;
  /** A node is ready. */
  onBuilt(node: TreeNode): void;
}

/** Part of each answer's key: raise it when the same tree and imports give other packs. */
const linkVersion = 3;
const maxAnswers = 200;
const packName = /^[0-9a-f]{64}$/;

/** Gets or makes answers and packs. */
export class LinkedSets {
  readonly #sets: DependencySets;
  readonly #undeclared: UndeclaredPackages;
  readonly #packs: PackStore;
  readonly #answers: VerifiedCache;
  readonly #running = new InFlight<Linked>();
  readonly #remaking = new InFlight<EncodedContent | undefined>();
  readonly #known = new LRUCache<string, Linked>({ max: maxAnswers });

  /** @param options `packFolder`, `answerFolder`: absolute; `quietMs`: see {@link PackStore}, for tests */
  constructor(options: {
    sets: DependencySets;
    undeclared: UndeclaredPackages;
    packFolder: string;
    answerFolder: string;
    quietMs?: number;
    log: PackageLog;
  }) {
    const { log } = options;
    this.#sets = options.sets;
    this.#undeclared = options.undeclared;
    this.#answers = new VerifiedCache({
      folder: options.answerFolder,
      what: 'a list or recipe of packs',
      log,
    });
    this.#packs = new PackStore({ folder: options.packFolder, quietMs: options.quietMs, log });
  }

  /**
   * The packages that an artifact needs.
   * @throws PackageError when what it declares cannot be had; what it does not declare is in `missing` then
   */
  async get(request: SetRequest): Promise<LinkedPackages> {
    const imports = [...new Set(request.imports)].sort();
    const names = [...new Set(imports.filter(isPackage).map((specifier) => splitSpecifier(specifier).name))];
    this.#undeclared.prefetch(names.filter((name) => !Object.hasOwn(request.dependencies, name)));
    // Resolving comes first: it is where the operator's rules are applied to a known tree too.
    const { tree } = await this.#sets.resolve({ ...request, imports });
    const outside = names.filter((name) => locate(tree, undefined, name) === undefined);
    const { linked, undeclared, refused } = await this.#extend({ ...request, imports }, tree, outside);
    const unanswered = imports.filter(
      (specifier) => !Object.hasOwn(linked.roots, specifier) && !Object.hasOwn(linked.missing, specifier),
    );
    const reasons = unanswered.map((specifier): [string, string] => {
      const { name } = splitSpecifier(specifier);
      return [
        specifier,
        isPackage(specifier)
          ? (refused.get(name) ?? `There is no package "${name}" among the artifact's.`)
          : `"${specifier}" is a module of Node.js that browsers have nothing like.`,
      ];
    });
    const missing = { ...linked.missing, ...Object.fromEntries(reasons) };
    return { ...linked, missing, undeclared };
  }

  /**
   * Makes and stores an answer and its packs, unless they are stored, for whoever asks for the same later; those who ask meanwhile
   * share the work on each package, and need not wait for its turn. {@link settled} says when all is stored.
   * @throws PackageError
   */
  async prepare(request: SetRequest, progress: LinkingProgress, turn: Turn = atOnce): Promise<void> {
    const imports = [...new Set(request.imports)].sort();
    const { tree } = await this.#sets.resolve({ ...request, imports }, turn);
    const inside = imports.filter((specifier) => locate(tree, undefined, specifier) !== undefined);
    const isComplete = !imports.some((specifier) => isPackage(specifier) && !inside.includes(specifier));
    if (isComplete && (await this.#find(keyOf(tree, inside)))) return;
    progress.onTree(tree);
    await this.#sets.link(tree, inside, turn, progress.onBuilt);
    await turn(() => this.get(request));
  }

  /**
   * The same for the packs that do not depend on what else an artifact imports: React's, and those of large packages.
   * @param request `imports`: what artifacts may import, in any combination
   * @throws PackageError
   */
  async prepareConstantPacks(
    request: SetRequest,
    progress: LinkingProgress,
    turn: Turn = atOnce,
  ): Promise<void> {
    const { tree } = await this.#sets.resolve(request, turn);
    const imports = request.imports.filter((specifier) => locate(tree, undefined, specifier) !== undefined);
    const key = keyOf(tree, imports, 'constant');
    if (await this.#find(key)) return;
    progress.onTree(tree);
    await Promise.all(imports.map((one) => this.#sets.link(tree, [one], turn, progress.onBuilt)));
    const packs = new Map<string, Pack>();
    const fallbacks = new Set<string>();
    // One after the other: most of them share React's, and the modules of all together take much memory.
    for (const one of imports)
      await turn(async () => {
        const linked = await this.#sets.link(tree, [one]);
        const partition = partitionConstantPacks(linked, linked.react);
        const kept = await this.#keepPacks(partition, { tree: tree.id, imports: [one] });
        for (const pack of kept.packs) packs.set(pack.path, pack);
        for (const node of [...linked.fallbacks, ...kept.failing]) fallbacks.add(node);
      });
    // What could not be built this time may be the next time.
    if (fallbacks.size > 0) return;
    const packList = [...packs.values()];
    await this.#write(key, { tree: tree.id, packs: packList, roots: {}, missing: {}, fallbacks: [] });
  }

  /**
   * The pack of this name, made again if need be: another relay may have named it a moment ago, or it was pruned.
   * @returns undefined when no answer ever named it
   * @throws PackageError when it cannot be made again
   */
  async pack(name: string): Promise<EncodedContent | undefined> {
    if (!packName.test(name)) return undefined;
    return (await this.#packs.find(name)) ?? this.#remaking.run(name, () => this.#remake(name));
  }

  /** Resolves when all that was made so far is stored. */
  settled(): Promise<void> {
    return this.#packs.settled();
  }

  /** Drops what waits to be compressed. */
  close(): Promise<void> {
    return this.#packs.close();
  }

  /** Adds what is not declared: all at once, or each by itself when one of them spoils the set. */
  async #extend(request: SetRequest, tree: DependencyTree, names: string[]): Promise<Extended> {
    const refused = new Map<string, string>();
    const wanted = new Map<string, string>();
    const artifact = { dependencies: request.dependencies, tree };
    await Promise.all(
      names.map(async (name) => {
        const picked = await this.#undeclared.pick(name, artifact);
        if ('version' in picked) wanted.set(name, picked.version);
        else refused.set(name, picked.missing);
      }),
    );
    const order = [...wanted.keys()].sort();
    const add = async (undeclared: Record<string, string>): Promise<Extended> => ({
      linked: await this.#link(await this.#widen(request, tree, undeclared), request.imports),
      undeclared,
      refused,
    });
    const pickedOf = (some: string[]): Record<string, string> =>
      Object.fromEntries(some.map((name) => [name, wanted.get(name) as string]));
    try {
      return await add(pickedOf(order));
    } catch (error) {
      if (order.length === 0 || !(error instanceof PackageError)) throw error;
    }
    const taken: string[] = [];
    let extended = await add({});
    for (const name of order) {
      try {
        extended = await add(pickedOf([...taken, name]));
        taken.push(name);
      } catch (error) {
        refused.set(name, this.#undeclared.describe(name, error, Object.keys(request.dependencies)));
      }
    }
    return extended;
  }

  /** The tree with more packages in it; what is declared stays at its version. */
  async #widen(
    request: SetRequest,
    tree: DependencyTree,
    undeclared: Record<string, string>,
  ): Promise<DependencyTree> {
    if (Object.keys(undeclared).length === 0) return tree;
    const fixed = Object.entries(request.dependencies).map(([name, range]): [string, string] => {
      const node = tree.nodes[tree.root[name] ?? ''];
      return [name, node ? exactSpec(name, node) : range];
    });
    const dependencies = { ...Object.fromEntries(fixed), ...undeclared };
    return (await this.#sets.resolve({ ...request, dependencies })).tree;
  }

  async #link(tree: DependencyTree, asked: readonly string[]): Promise<Linked> {
    const imports = asked.filter((specifier) => locate(tree, undefined, specifier) !== undefined);
    const key = keyOf(tree, imports);
    return this.#running.run(key, async () => {
      const linked = (await this.#find(key)) ?? (await this.#make(key, tree, imports));
      this.#known.set(key, linked);
      return linked;
    });
  }

  /** What is known, with packs that are there. */
  async #find(key: string): Promise<Linked | undefined> {
    const known = this.#known.get(key) ?? (await this.#read<Linked>(key));
    return known && (await this.#packs.has(known.packs)) ? known : undefined;
  }

  async #read<T extends Linked | Recipe>(key: string): Promise<T | undefined> {
    const entry = await this.#answers.get(key);
    try {
      return entry && (JSON.parse(entry.data.toString('utf8')) as T);
    } catch (error) {
      await this.#answers.discard(key, error);
      return undefined;
    }
  }

  async #write(key: string, value: Linked | Recipe): Promise<void> {
    await this.#answers.put(key, Buffer.from(JSON.stringify(value)), { tree: value.tree });
  }

  async #make(key: string, tree: DependencyTree, imports: readonly string[]): Promise<Linked> {
    const linked = await this.#sets.link(tree, imports);
    const { packs, failing } = await this.#keepPacks(partitionPacks(linked, linked.react), {
      tree: tree.id,
      imports,
    });
    const fallbacks = new Set([...linked.fallbacks, ...failing]);
    const answer: Linked = {
      tree: tree.id,
      packs,
      roots: linked.roots,
      missing: describeAbsent(linked, imports),
      fallbacks: [...fallbacks].sort(),
    };
    // A package that could not be built this time may be the next time.
    if (fallbacks.size === 0) await this.#write(key, answer);
    return answer;
  }

  /** Packs, and what each is made from. */
  #keepPacks(partition: PackContents[], recipe: Recipe): Promise<KeptPacks> {
    return this.#packs.keep(partition, (name) => this.#write(name, recipe));
  }

  async #remake(name: string): Promise<EncodedContent | undefined> {
    const recipe = await this.#read<Recipe>(name);
    const linked = recipe && (await this.#sets.linkStored(recipe.tree, recipe.imports));
    if (!linked) return undefined;
    await this.#keepPacks(partitionPacks(linked, linked.react), recipe);
    return this.#packs.find(name);
  }
}

/** Names what is made of these imports in a tree. @param form what is made, if not an answer */
function keyOf(tree: DependencyTree, imports: readonly string[], ...form: string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([linkVersion, prebundleVersion, tree.id, imports, ...form]))
    .digest('hex')
    .slice(0, 40);
}

/** By specifier, of those that were asked for. */
function describeAbsent(
  { absent, fallbacks }: LinkedModules,
  imports: readonly string[],
): Record<string, string> {
  const described = imports.flatMap((specifier): [string, string][] => {
    const node = absent.get(specifier);
    if (!node) return [];
    const version = `${node.packageName}@${node.version}`;
    return [
      [
        specifier,
        fallbacks.includes(node.key)
          ? `${version} cannot be built for a preview; the relay's log says why.`
          : `"${specifier}" is not in ${version}.`,
      ],
    ];
  });
  return Object.fromEntries(described);
}

function exactSpec(name: string, { packageName, version }: TreeNode): string {
  return packageName === name ? version : `npm:${packageName}@${version}`;
}

function isPackage(specifier: string): boolean {
  return !isBuiltin(specifier.replace(/^node:/, ''));
}
