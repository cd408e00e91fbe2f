// From an npm registry to verified files on disk: the one entry to packuments, versions and package files. Every
// answer is kept under the data folder and serves again when the registry is slow, gone or switched off.
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { InFlight } from '../base/in-flight.ts';
import { PackageError, withRange } from '../base/package-error.ts';
import { type PackageLog, silentLog } from '../base/package-log.ts';
import { checkName, checkVersion, parseSpec } from '../base/package-spec.ts';
import type { NpmOptions } from '../npm/npm-config.ts';
import { newestVersion, type Packument, preferStored } from '../npm/packument.ts';
import { PackumentStore } from '../npm/packument-store.ts';
import { Upstream } from '../npm/upstream.ts';
import { pickVersion } from '../npm/version-pick.ts';
import { PackagePolicy } from '../policy/package-policy.ts';
import type { PackageFiles } from '../store/package-files.ts';
import { PackageStore } from '../store/package-store.ts';

/** What a registry is made of; see {@link createRegistry}. */
export interface RegistryOptions {
  npm: NpmOptions;
  /** Absolute folder; `packages/`, `packuments/` and `tmp/` are made below it. */
  dataDir: string;
  /** Never asks a registry; what is not stored fails with OFFLINE_MISSING. Default: false. */
  offline?: boolean;
  /** Age at which a packument is revalidated. Default: 5 minutes. */
  maxAgeMs?: number;
  /** How long the registry may stay silent or trickle. Default: 10 s. */
  timeoutMs?: number;
  /** Requests at once. Default: 12. */
  concurrency?: number;
  /** Default: 100 MiB. */
  maxTarballBytes?: number;
  /** Default: 500 MiB. */
  maxUnpackedBytes?: number;
  /** Default: 50 000. */
  maxEntries?: number;
  /** Default: no rules. */
  policy?: PackagePolicy;
  log?: PackageLog;
}

/** See the head of this file. All methods throw {@link PackageError}. */
export interface Registry {
  readonly offline: boolean;
  /**
   * What the registry says of a package, without versions that must not be picked; revalidated when it is too old;
   * identical calls share one request.
   * @param options `revalidate`: ask the registry even if the answer is young
   */
  packument(name: string, options?: { revalidate?: boolean }): Promise<Packument>;
  /** The exact version that npm picks for a version, range or tag. Aliases are not understood: see `parseSpec`. */
  resolve(name: string, range: string): Promise<string>;
  /** The verified files of an exact version; fetched once. */
  files(name: string, version: string): Promise<PackageFiles>;
}

const mebibyte = 1024 * 1024;
const maxDepth = 32;
/** A version that is asked for right after it was published is not in a young packument yet. */
const recheckAfterMs = 10_000;

/** @returns a registry that fetches with npm's configuration and keeps everything below `dataDir` */
export function createRegistry(options: RegistryOptions): Registry {
  return new NpmRegistry(options);
}

class NpmRegistry implements Registry {
  readonly offline: boolean;
  readonly #npm: NpmOptions;
  readonly #policy: PackagePolicy;
  readonly #packuments: PackumentStore;
  readonly #packages: PackageStore;
  readonly #fetches = new InFlight<PackageFiles>();
  /** When a packument was last asked for again because a version was missing. */
  readonly #recheckedAt = new LRUCache<string, number>({ max: 1_000 });

  constructor(options: RegistryOptions) {
    const { npm, dataDir, log = silentLog, timeoutMs = 10_000, concurrency = 12 } = options;
    this.offline = options.offline ?? false;
    this.#npm = npm;
    this.#policy = options.policy ?? new PackagePolicy();
    const upstream = new Upstream({ npm, timeoutMs, concurrency, log });
    this.#packuments = new PackumentStore({
      npm,
      upstream,
      log,
      folder: join(dataDir, 'packuments'),
      maxAgeMs: options.maxAgeMs ?? 5 * 60_000,
      offline: this.offline,
      needsTimes: this.#policy.needsTimes || Boolean(npm.before),
    });
    this.#packages = new PackageStore({
      npm,
      upstream,
      log,
      folder: join(dataDir, 'packages'),
      temporaryFolder: join(dataDir, 'tmp'),
      maxTarballBytes: options.maxTarballBytes ?? 100 * mebibyte,
      limits: {
        maxUnpackedBytes: options.maxUnpackedBytes ?? 500 * mebibyte,
        maxEntries: options.maxEntries ?? 50_000,
        maxDepth,
      },
      refetch: (name, version) =>
        this.#fetches.run(`again ${name}@${version}`, () => this.#download(name, version)),
    });
  }

  async packument(name: string, options: { revalidate?: boolean } = {}): Promise<Packument> {
    checkName(name);
    this.#policy.checkName(name);
    const packument = this.#policy.view(await this.#packuments.get(name, options));
    return this.offline ? preferStored(packument, await this.#packages.versions(name)) : packument;
  }

  async resolve(name: string, range: string): Promise<string> {
    const spec = parseSpec(name, range);
    if (spec.packageName !== name) throw new PackageError('INVALID_RANGE', { packageName: name, range });
    return this.#recheckOnce(name, async () => {
      const packument = await this.packument(name).catch((error) => {
        throw withRange(error, range);
      });
      const picked = pickVersion(packument, spec.range, this.#npm);
      if (!picked) throw this.#missing(packument, range);
      return picked.version;
    });
  }

  async files(name: string, version: string): Promise<PackageFiles> {
    checkName(name);
    checkVersion(name, version);
    this.#policy.checkVersion(name, version);
    return (
      (await this.#packages.find(name, version)) ??
      this.#fetches.run(`${name}@${version}`, () => this.#fetch(name, version))
    );
  }

  async #fetch(name: string, version: string): Promise<PackageFiles> {
    // Meanwhile another call may have stored it.
    const stored = await this.#packages.find(name, version);
    return stored ?? this.#download(name, version);
  }

  async #download(name: string, version: string): Promise<PackageFiles> {
    if (this.offline) throw new PackageError('OFFLINE_MISSING', { packageName: name, range: version });
    const manifest = await this.#recheckOnce(name, async () => {
      const packument = await this.packument(name);
      const found = packument.versions[version];
      if (found) return found;
      throw this.#missing(packument, version);
    });
    return this.#packages.add(manifest);
  }

  /** The error for a range that nothing matches. */
  #missing(packument: Packument, range: string): unknown {
    const newest = newestVersion(packument);
    const facts = { packageName: packument.name, range, ...(newest === undefined ? {} : { newest }) };
    const notFound = new PackageError('VERSION_NOT_FOUND', facts);
    const explained = this.#policy.explain(notFound, packument);
    return this.offline && explained === notFound ? new PackageError('OFFLINE_MISSING', facts) : explained;
  }

  /** Runs `look`, and once more with a revalidated packument when the version is missing from the one at hand. */
  async #recheckOnce<T>(name: string, look: () => Promise<T>): Promise<T> {
    try {
      return await look();
    } catch (error) {
      const missing = error instanceof PackageError && error.code === 'VERSION_NOT_FOUND';
      const recheckedAt = this.#recheckedAt.get(name) ?? 0;
      if (!missing || this.offline || Date.now() - recheckedAt < recheckAfterMs) throw error;
      this.#recheckedAt.set(name, Date.now());
      await this.packument(name, { revalidate: true });
      return look();
    }
  }
}
