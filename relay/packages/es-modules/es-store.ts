// Packages built as ES modules, each build made once and kept: in memory while in use, on disk content-addressed and verified.

import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { EsbuildEnded } from '../../esbuild/esbuild-call.ts';
import { InFlight } from '../base/in-flight.ts';
import { PackageError } from '../base/package-error.ts';
import type { PackageLog } from '../base/package-log.ts';
import { Semaphore } from '../base/semaphore.ts';
import { VerifiedCache } from '../disk/verified-cache.ts';
import { browserRules, type PackageFolder } from '../sources/entry-points.ts';
import type { PackageFiles } from '../store/package-files.ts';
import { buildEsPackage } from './es-build.ts';
import { type Env, EsBuildError, type EsPackage, esModulesVersion, type LooseFile } from './es-package.ts';
import { buildLooseFile } from './loose-file.ts';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
const maxMemoryBytes = 8 * 1024 * 1024;

/** Gets or builds packages and files. */
export class EsStore {
  readonly #log: PackageLog;
  readonly #cache: VerifiedCache;
  readonly #memory = new LRUCache<string, { value: EsPackage | LooseFile; bytes: number }>({
    maxSize: maxMemoryBytes,
    sizeCalculation: ({ bytes }) => bytes,
  });
  /** What esbuild does not survive costs every other build time, and is the same when it is asked for again. */
  readonly #fatal = new LRUCache<string, PackageError>({ max: 500, ttl: 10 * 60_000 });
  readonly #running = new InFlight<EsPackage | LooseFile>();
  /** esbuild is one process with threads of its own: more at once costs memory and gains nothing. */
  readonly #builds = new Semaphore(availableParallelism() + 1);

  /** @param options `folder`: absolute folder of the cache */
  constructor(options: { folder: string; log: PackageLog }) {
    this.#log = options.log;
    this.#cache = new VerifiedCache({ ...options, what: 'a package built as ES modules' });
  }

  /** The package with its chunks. @throws PackageError BUILD_FAILED */
  async package(files: PackageFiles, env: Env): Promise<EsPackage> {
    return (await this.#get(files, [env], (folder) => buildEsPackage(folder, env))) as EsPackage;
  }

  /**
   * A source file that is in no chunk.
   * @throws PackageError BUILD_FAILED, naming the file
   */
  async looseFile(files: PackageFiles, built: EsPackage, file: string): Promise<LooseFile> {
    const build = (folder: PackageFolder) => buildLooseFile(folder, built, file);
    return (await this.#get(files, [built.env, file], build)) as LooseFile;
  }

  async #get<T extends EsPackage | LooseFile>(
    files: PackageFiles,
    what: string[],
    build: (folder: PackageFolder) => Promise<T>,
  ): Promise<EsPackage | LooseFile> {
    const key = createHash('sha256')
      .update(JSON.stringify([esModulesVersion, files.integrity, ...what]))
      .digest('hex')
      .slice(0, 40);
    const known = this.#memory.get(key);
    if (known) return known.value;
    const fatal = this.#fatal.get(key);
    if (fatal) throw fatal;
    return this.#running.run(key, async () => {
      const text = (await this.#read(key)) ?? (await this.#build(key, files, what, build));
      const value = JSON.parse(text) as T;
      this.#memory.set(key, { value, bytes: text.length });
      return value;
    });
  }

  async #build(
    key: string,
    files: PackageFiles,
    what: string[],
    build: (folder: PackageFolder) => Promise<unknown>,
  ): Promise<string> {
    const { name, version, dir, packageJson } = files;
    const [env, file] = what as [Env, string | undefined];
    // esbuild reads the folder by itself; a file that is missing there would even change the result.
    await files.verify();
    return this.#builds.run(async () => {
      const started = performance.now();
      try {
        const text = JSON.stringify(await build({ dir, packageJson, rules: browserRules(env) }));
        const ms = Math.round(performance.now() - started);
        this.#log.debug({ package: `${name}@${version}`, env, file, ms }, 'built as ES modules');
        const data = await compress(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
        await this.#cache.put(key, data, { package: `${name}@${version}` });
        return text;
      } catch (error) {
        const isFatal = error instanceof EsbuildEnded;
        if (!isFatal && !(error instanceof EsBuildError)) throw error;
        const path = `/${file ?? 'package.json'}`;
        const failure = new PackageError('BUILD_FAILED', { packageName: name, version, path }, error.message);
        if (isFatal) this.#fatal.set(key, failure);
        throw failure;
      }
    });
  }

  async #read(key: string): Promise<string | undefined> {
    const entry = await this.#cache.get(key);
    if (!entry) return undefined;
    try {
      return (await decompress(entry.data)).toString('utf8');
    } catch (error) {
      await this.#cache.discard(key, error);
      return undefined;
    }
  }
}
