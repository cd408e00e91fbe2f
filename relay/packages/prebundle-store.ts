// Pre-bundled packages, built once and kept: in memory while in use, on disk content-addressed and verified.
// A build for certain subpaths also serves whoever needs fewer; warming makes such a wide build of each package.
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { entriesToBuild } from './entry-points.ts';
import { InFlight } from './in-flight.ts';
import { PackageError } from './package-error.ts';
import type { PackageFiles } from './package-files.ts';
import type { PackageLog } from './package-log.ts';
import { type Prebundle, PrebundleError, prebundle, prebundleKey } from './prebundle.ts';
import type { Registry } from './registry.ts';
import { Semaphore } from './semaphore.ts';
import type { TreeNode } from './tree.ts';
import { VerifiedCache } from './verified-cache.ts';

/** With `integrity`, the stored package has to be exactly this one. */
type PackageVersion = Pick<TreeNode, 'packageName' | 'version' | 'integrity'>;

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
const maxMemoryBytes = 64 * 1024 * 1024;
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
      const files = await this.#open(node);
      const bundle = (await this.#find(files, subpaths)) ?? (await this.#build(files, subpaths));
      this.#memory.set(request, { bundle, bytes: sizeOf(bundle) });
      return bundle;
    });
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
      const bundle = await this.#build(files, all.sort());
      if (bundle) await this.#write(prebundleKey(files.integrity, wide), bundle, { wide: true });
      return bundle;
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

  async #find(files: PackageFiles, subpaths: string[]): Promise<Prebundle | undefined> {
    for (const entries of [entriesToBuild(files, subpaths), wide]) {
      const stored = await this.#read(prebundleKey(files.integrity, entries));
      if (stored && covers(stored, subpaths)) return stored;
    }
    return undefined;
  }

  async #build(files: PackageFiles, subpaths: string[]): Promise<Prebundle | undefined> {
    const { name, version } = files;
    // esbuild reads the folder by itself; a file that is missing there would even change the entries.
    await files.verify();
    try {
      return await this.#builds.run(async () => {
        const started = performance.now();
        const bundle = await prebundle(files, subpaths);
        const ms = Math.round(performance.now() - started);
        this.#log.debug({ package: `${name}@${version}`, subpaths, ms }, 'package pre-bundled');
        await this.#write(prebundleKey(files.integrity, entriesToBuild(files, subpaths)), bundle);
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
      return JSON.parse((await decompress(entry.data)).toString('utf8')) as Prebundle;
    } catch (error) {
      await this.#cache.discard(key, error);
      return undefined;
    }
  }

  async #write(key: string, bundle: Prebundle, facts: { wide?: true } = {}): Promise<void> {
    const data = await compress(JSON.stringify(bundle), { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
    // The pruner keeps the wide builds of pinned packages.
    await this.#cache.put(key, data, { package: `${bundle.name}@${bundle.version}`, ...facts });
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
  return Object.values(bundle.files).reduce((sum, { content }) => sum + content.length * 2, 1);
}
