// Pre-bundled packages, built once and kept: in memory while in use, on disk content-addressed and verified.
// A build for certain subpaths also serves whoever needs fewer; warming makes such a wide build of each package.
import { availableParallelism } from 'node:os';
import { LRUCache } from 'lru-cache';
import { InFlight } from '../base/in-flight.ts';
import { PackageError } from '../base/package-error.ts';
import type { PackageLog } from '../base/package-log.ts';
import { Semaphore } from '../base/semaphore.ts';
import { VerifiedCache } from '../disk/verified-cache.ts';
import type { Registry } from '../registry/registry.ts';
import { entriesToBuild } from '../sources/entry-points.ts';
import type { PackageFiles } from '../store/package-files.ts';
import type { TreeNode } from '../tree/tree.ts';
import { type Prebundle, PrebundleError, prebundle, prebundleKey } from './prebundle.ts';
import { decodePrebundle, encodePrebundle, fileJson } from './stored-prebundle.ts';

/** With `integrity`, the stored package has to be exactly this one; with `likely`, a build of that one will do. */
type PackageVersion = Pick<TreeNode, 'packageName' | 'version' | 'integrity'> & {
  likely?: string | undefined;
};

const maxMemoryBytes = 12 * 1024 * 1024;
/** Stands for all entries in the key of a package's wide build. */
const wide = ['*'];

/** Gets or builds the pre-bundled form of tree nodes. */
export class PrebundleStore {
  readonly #registry: Registry;
  readonly #log: PackageLog;
  readonly #cache: VerifiedCache;
  readonly #memory = new LRUCache<string, { bundle: Prebundle | undefined; bytes: number }>({
    maxSize: maxMemoryBytes,
    sizeCalculation: ({ bytes }) => bytes,
  });
  readonly #running = new InFlight<Prebundle | undefined>();
  /** esbuild is one process with threads of its own: more at once costs memory and gains nothing. */
  readonly #builds = new Semaphore(availableParallelism() + 1);

  /** @param options `folder`: absolute folder of the cache */
  constructor(options: { registry: Registry; folder: string; log: PackageLog }) {
    this.#registry = options.registry;
    this.#log = options.log;
    this.#cache = new VerifiedCache({ ...options, what: 'a pre-bundled package' });
  }

  /**
   * The built package of a node for these subpaths.
   * @returns undefined when it cannot be pre-bundled: the bundler then loads its plain files one by one
   * @throws PackageError when the package itself cannot be had
   */
  async get(node: PackageVersion, subpaths: string[]): Promise<Prebundle | undefined> {
    const request = `${node.packageName}@${node.version} ${node.integrity ?? ''} ${subpaths.join(' ')}`;
    const known = this.#memory.get(request);
    if (known) return known.bundle;
    return this.#running.run(request, async () => {
      const bundle = (await this.#findUnopened(node, subpaths)) ?? (await this.#findOrBuild(node, subpaths));
      this.#memory.set(request, { bundle, bytes: sizeOf(bundle) });
      return bundle;
    });
  }

  /** Has a package ready to be built. @throws PackageError when it cannot be had */
  async fetch({ packageName, version }: Pick<PackageVersion, 'packageName' | 'version'>): Promise<void> {
    await this.#registry.files(packageName, version);
  }

  /**
   * The same, and from now on the package's one build for these and all subpaths that were widened before.
   * @returns undefined when it cannot be pre-bundled
   * @throws PackageError when the package itself cannot be had
   */
  async widen(node: PackageVersion, subpaths: string[]): Promise<Prebundle | undefined> {
    const { packageName, version } = node;
    return this.#running.run(`widen ${packageName}@${version} ${subpaths.join(' ')}`, async () => {
      const files = await this.#open(node);
      const widest = await this.#read(prebundleKey(files.integrity, wide));
      if (widest && covers(widest, subpaths)) return widest;
      const all = [...new Set([...Object.keys(widest?.entries ?? {}), ...subpaths])];
      return this.#build(files, all.sort(), { wide: true });
    });
  }

  async #open({ packageName, version, integrity }: PackageVersion): Promise<PackageFiles> {
    const files = await this.#registry.files(packageName, version);
    if (integrity !== undefined && !agree(integrity, files.integrity))
      throw new PackageError(
        'INTEGRITY_MISMATCH',
        { packageName, version },
        `locked to ${integrity}, stored is ${files.integrity}`,
      );
    return files;
  }

  /** The wide build, without a look at the package: opening dozens of them takes longer than all the rest. */
  async #findUnopened(
    { integrity, likely = integrity }: PackageVersion,
    subpaths: string[],
  ): Promise<Prebundle | undefined> {
    const widest = likely === undefined ? undefined : await this.#read(prebundleKey(likely, wide));
    return widest && covers(widest, subpaths) ? widest : undefined;
  }

  async #findOrBuild(node: PackageVersion, subpaths: string[]): Promise<Prebundle | undefined> {
    const files = await this.#open(node);
    for (const entries of [wide, entriesToBuild(files, subpaths)]) {
      const stored = await this.#read(prebundleKey(files.integrity, entries));
      if (stored && covers(stored, subpaths)) return stored;
    }
    return this.#build(files, subpaths);
  }

  /** @param kept `wide`: as the one build for all of these subpaths, and any of them */
  async #build(
    files: PackageFiles,
    subpaths: string[],
    kept: { wide?: true } = {},
  ): Promise<Prebundle | undefined> {
    const { name, version } = files;
    // esbuild reads the folder by itself; a file that is missing there would even change the entries.
    await files.verify();
    try {
      return await this.#builds.run(async () => {
        const started = performance.now();
        const bundle = await prebundle(files, subpaths);
        const ms = Math.round(performance.now() - started);
        this.#log.debug({ package: `${name}@${version}`, subpaths, ms }, 'package pre-bundled');
        const entries = kept.wide ? wide : entriesToBuild(files, subpaths);
        await this.#write(prebundleKey(files.integrity, entries), bundle, kept);
        return bundle;
      });
    } catch (error) {
      if (!(error instanceof PrebundleError)) throw error;
      this.#log.warn(
        { package: `${name}@${version}`, subpaths, reason: error.message },
        'package cannot be pre-bundled; its plain files are served',
      );
      return undefined;
    }
  }

  async #read(key: string): Promise<Prebundle | undefined> {
    const entry = await this.#cache.get(key);
    if (!entry) return undefined;
    try {
      return await decodePrebundle(entry.data);
    } catch (error) {
      await this.#cache.discard(key, error);
      return undefined;
    }
  }

  async #write(key: string, bundle: Prebundle, facts: { wide?: true }): Promise<void> {
    // The pruner keeps the wide builds of pinned packages.
    await this.#cache.put(key, await encodePrebundle(bundle), {
      package: `${bundle.name}@${bundle.version}`,
      ...facts,
    });
  }
}

/** Whether two integrity strings can be of one tarball: of an algorithm that both state, a digest is the same. */
function agree(locked: string, stored: string): boolean {
  const algorithm = stored.slice(0, stored.indexOf('-') + 1);
  const digests = locked.split(/\s+/).filter((token) => token.startsWith(algorithm));
  return digests.length === 0 || digests.includes(stored);
}

function covers({ entries }: Prebundle, subpaths: string[]): boolean {
  return subpaths.every((subpath) => Object.hasOwn(entries, subpath));
}

function sizeOf(bundle: Prebundle | undefined): number {
  if (!bundle) return 1;
  return Object.values(bundle.files).reduce((sum, file) => sum + fileJson(file).length, 1);
}
