// Pre-bundled packages, built once and kept: in memory while in use, on disk content-addressed and verified (cacache).
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import cacache from 'cacache';
import { LRUCache } from 'lru-cache';
import { entriesToBuild } from './entry-points.ts';
import { InFlight } from './in-flight.ts';
import type { PackageLog } from './package-log.ts';
import { type Prebundle, PrebundleError, prebundle, prebundleKey } from './prebundle.ts';
import type { Registry } from './registry.ts';
import { Semaphore } from './semaphore.ts';
import type { TreeNode } from './tree.ts';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
const maxMemoryBytes = 64 * 1024 * 1024;

/** Gets or builds the pre-bundled form of tree nodes. */
export class PrebundleStore {
  readonly #registry: Registry;
  readonly #folder: string;
  readonly #log: PackageLog;
  readonly #memory = new LRUCache<string, { bundle: Prebundle | undefined; bytes: number }>({
    maxSize: maxMemoryBytes,
    sizeCalculation: ({ bytes }) => bytes,
  });
  readonly #running = new InFlight<Prebundle | undefined>();
  readonly #builds = new Semaphore(availableParallelism() + 1);

  /** @param options `folder`: absolute folder of the cache */
  constructor(options: { registry: Registry; folder: string; log: PackageLog }) {
    this.#registry = options.registry;
    this.#folder = options.folder;
    this.#log = options.log;
  }

  /**
   * The built package of a node for these subpaths.
   * @returns undefined when it cannot be pre-bundled: the bundler then loads its plain files one by one
   * @throws PackageError when the package itself cannot be had
   */
  async get(
    node: Pick<TreeNode, 'packageName' | 'version'>,
    subpaths: string[],
  ): Promise<Prebundle | undefined> {
    const { packageName, version } = node;
    const request = `${packageName}@${version} ${subpaths.join(' ')}`;
    const known = this.#memory.get(request);
    if (known) return known.bundle;
    return this.#running.run(request, async () => {
      const bundle = await this.#load(packageName, version, subpaths);
      this.#memory.set(request, { bundle, bytes: sizeOf(bundle) });
      return bundle;
    });
  }

  async #load(name: string, version: string, subpaths: string[]): Promise<Prebundle | undefined> {
    const files = await this.#registry.files(name, version);
    const key = prebundleKey(files.integrity, entriesToBuild(files, subpaths));
    const stored = await this.#read(key);
    if (stored) return stored;
    try {
      const started = performance.now();
      const bundle = await this.#builds.run(() => prebundle(files, subpaths));
      this.#log.debug(
        { package: `${name}@${version}`, subpaths, ms: Math.round(performance.now() - started) },
        'package pre-bundled',
      );
      await this.#write(key, bundle);
      return bundle;
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
    try {
      const { data } = await cacache.get(this.#folder, key);
      return JSON.parse((await decompress(data)).toString('utf8')) as Prebundle;
    } catch {
      // Not there, or damaged: built again.
      return undefined;
    }
  }

  async #write(key: string, bundle: Prebundle): Promise<void> {
    const data = await compress(JSON.stringify(bundle), { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
    try {
      await cacache.put(this.#folder, key, data);
    } catch (error) {
      // A full disk costs a rebuild next time, not this preview.
      this.#log.warn(
        { detail: String((error as NodeJS.ErrnoException).code), key },
        'pre-bundled package could not be stored',
      );
    }
  }
}

function sizeOf(bundle: Prebundle | undefined): number {
  if (!bundle) return 1;
  return Object.values(bundle.files).reduce((sum, { content }) => sum + content.length * 2, 1);
}
