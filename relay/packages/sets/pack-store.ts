// Packs on disk: scripts named after their text. The linked sets' store of them; what a pack is made from is theirs to know.
import { LRUCache } from 'lru-cache';
import type { Pack } from '../../shared/native.ts';
import type { PackageLog } from '../base/package-log.ts';
import { type EncodedContent, EncodedStore } from '../disk/encoded-store.ts';
import type { PackContents } from './pack-partition.ts';
import { failingModule, faultOf, writePack } from './pack-text.ts';

/** Packs of one set. */
export interface KeptPacks {
  packs: Pack[];
  /** Keys of the nodes with a module that cannot run. */
  failing: Set<string>;
}

/** Packs that are not on disk yet. */
const maxFreshBytes = 24 * 1024 * 1024;
/** Brotli's 11 takes four times as long as its 10, for 4 % fewer bytes. */
const keptEffort = { brotli: 10, gzip: 9 };
/** The first preview is compiled and drawn meanwhile. */
const defaultQuietMs = 1_500;
const pathPrefix = '/-/pack/';

export class PackStore {
  readonly #stored: EncodedStore;
  readonly #fresh = new LRUCache<string, EncodedContent>({ maxSize: maxFreshBytes });

  /** @param options `folder`: absolute; `quietMs`: see {@link EncodedStore}, for tests */
  constructor({ folder, quietMs, log }: { folder: string; quietMs: number | undefined; log: PackageLog }) {
    this.#stored = new EncodedStore({
      folder,
      what: 'a pack',
      log,
      quietMs: quietMs ?? defaultQuietMs,
      first: { brotli: 4, gzip: 4 },
      kept: () => keptEffort,
    });
  }

  async find(name: string): Promise<EncodedContent | undefined> {
    return this.#fresh.get(name) ?? this.#stored.find(name);
  }

  /** Whether all of these packs are there; they count as used. */
  async has(packs: readonly Pack[]): Promise<boolean> {
    const there = packs.map(({ path }) => this.#has(path.slice(pathPrefix.length, -'.js'.length)));
    return (await Promise.all(there)).every(Boolean);
  }

  /** Stores what is not there yet. @param onNew called before a pack of this name is stored */
  async keep(partition: PackContents[], onNew: (name: string) => Promise<void>): Promise<KeptPacks> {
    const packs: Pack[] = [];
    const failing = new Set<string>();
    for (const contents of partition)
      packs.push(await this.#keepOne(contents, onNew, (key) => failing.add(key)));
    return { packs, failing };
  }

  /** Resolves when all that was made so far is stored. */
  settled(): Promise<void> {
    return this.#stored.settled();
  }

  /** Drops what waits to be compressed. */
  close(): Promise<void> {
    return this.#stored.close();
  }

  async #keepOne(
    contents: PackContents,
    onNew: (name: string) => Promise<void>,
    onFailing: (key: string) => void,
  ): Promise<Pack> {
    const pack = writePack(contents);
    // Parsing takes longer than all the rest, and what is stored was parsed before.
    if (await this.#has(pack.name)) return addressOf(pack);
    const sound = contents.map(([path, module]): PackContents[number] => {
      const fault = faultOf(path, module);
      if (fault === undefined) return [path, module];
      onFailing(module.node.key);
      return [path, failingModule(path, module, fault)];
    });
    const { name, text } = writePack(sound);
    await onNew(name);
    const made = await this.#stored.get(name, async () => ({
      content: text,
      facts: { package: largestPackage(contents) },
    }));
    this.#fresh.set(name, made, { size: text.length });
    // On a full disk it stays in memory.
    void made.replaced?.then(async () => {
      if (await this.#stored.has(name)) this.#fresh.delete(name);
    });
    return addressOf({ name, text });
  }

  async #has(name: string): Promise<boolean> {
    return this.#fresh.has(name) || this.#stored.use(name);
  }
}

function addressOf({ name, text }: ReturnType<typeof writePack>): Pack {
  return { path: `${pathPrefix}${name}.js`, bytes: text.length };
}

/** The one that a pack is kept for. */
function largestPackage(contents: PackContents): string {
  const chars = new Map<string, number>();
  for (const [, { node, content }] of contents) {
    const version = `${node.packageName}@${node.version}`;
    chars.set(version, (chars.get(version) ?? 0) + content.length);
  }
  return [...chars].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}
