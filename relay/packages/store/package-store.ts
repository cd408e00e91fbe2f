// Package versions on disk. A tarball is fetched once, verified, unpacked beside its final place and renamed into it:
// relays that share the folder can only meet whole packages, and the first one to finish wins.
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LRUCache } from 'lru-cache';
import npa, { type Result as NpmSpec } from 'npm-package-arg';
import npmFetch from 'npm-registry-fetch';
import { PackageError, type PackageErrorFacts } from '../base/package-error.ts';
import type { PackageLog } from '../base/package-log.ts';
import { UsageRecord } from '../disk/usage-record.ts';
import { IntegrityCheck } from '../npm/integrity.ts';
import { type NpmOptions, publicRegistryHost } from '../npm/npm-config.ts';
import type { PackumentVersion } from '../npm/packument.ts';
import type { Upstream, UpstreamResponse } from '../npm/upstream.ts';
import {
  findDamage,
  formatMeta,
  openPackage,
  type PackageFiles,
  type PackageMeta,
  packageFolder,
  parsePackageJson,
} from './package-files.ts';
import { type TarballLimits, unpackTarball } from './tarball.ts';

export interface PackageStoreSettings {
  npm: NpmOptions;
  upstream: Upstream;
  /** Folder of all packages. */
  folder: string;
  /** Folder for unfinished work, on the same file system. */
  temporaryFolder: string;
  maxTarballBytes: number;
  limits: TarballLimits;
  /** Fetches a version again whose stored copy was found to be damaged. */
  refetch: (name: string, version: string) => Promise<unknown>;
  log: PackageLog;
}

/** Packages kept open; what weighs is their lists of files. */
const maxOpenFiles = 30_000;
/** The largest packages count as this many: reading their lists anew each time would take a second. */
const maxCountedFiles = 10_000;
/** Unfinished work this old was left by a process that is gone. */
const abandonedAfterMs = 3_600_000;
/** What renaming a folder onto one with content fails with; Windows says EPERM. */
const takenCodes = new Set(['ENOTEMPTY', 'EEXIST', 'EPERM']);
/** Relays that put the same version in place at the same time get in each other's way so often at most. */
const moveAttempts = 4;

/** See the head of this file. */
export class PackageStore {
  readonly #usage = new UsageRecord();
  readonly #open = new LRUCache<string, PackageFiles>({ maxSize: maxOpenFiles });

  constructor(readonly settings: PackageStoreSettings) {
    void removeAbandoned(settings.temporaryFolder);
  }

  /** The stored files of a version, or undefined. */
  async find(name: string, version: string): Promise<PackageFiles | undefined> {
    const key = `${name}@${version}`;
    const known = this.#open.get(key);
    const used = await this.#usage.touch(
      join(packageFolder(this.settings.folder, name, version), 'meta.json'),
    );
    // What another relay has pruned since is opened, or fetched, anew.
    if (known && used) return known;
    const files = await this.#openStored(name, version, false);
    if (files)
      this.#open.set(key, files, { size: Math.min((await files.list()).length + 1, maxCountedFiles) });
    return files;
  }

  #openStored(name: string, version: string, justStored: boolean): Promise<PackageFiles | undefined> {
    const report = (path: string): void =>
      this.settings.log.warn(
        { packageName: name, version, path },
        'a stored package was damaged; it is fetched again',
      );
    return openPackage(this.settings.folder, name, version, {
      justStored,
      onDamage: report,
      repair: async (path) => {
        report(path);
        this.#open.delete(`${name}@${version}`);
        await this.settings.refetch(name, version);
      },
    });
  }

  /** The versions of `name` that are stored. */
  async versions(name: string): Promise<Set<string>> {
    return new Set(await readdir(join(this.settings.folder, name)).catch(() => []));
  }

  /**
   * Fetches, verifies and unpacks a version; a damaged copy that is stored is replaced, a sound one stays.
   * @throws PackageError REGISTRY_…, INTEGRITY_MISMATCH, TARBALL_… or STORE_FULL
   */
  async add(manifest: PackumentVersion): Promise<PackageFiles> {
    const { name, version } = manifest;
    const facts: PackageErrorFacts = { packageName: name, version };
    const work = join(this.settings.temporaryFolder, randomUUID());
    try {
      await mkdir(join(work, 'package', 'files'), { recursive: true });
      const integrity = await this.#download(manifest, join(work, 'tarball.tgz'), facts);
      await this.#unpack(work, { name, version, integrity }, facts);
      await this.#moveIntoPlace(work, name, version);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      throw code === 'ENOSPC' || code === 'EDQUOT' ? new PackageError('STORE_FULL', facts, error) : error;
    } finally {
      await rm(work, { recursive: true, force: true });
    }
    const files = await this.#openStored(name, version, true);
    if (!files) throw new PackageError('TARBALL_INVALID', facts, 'vanished after it was stored');
    this.#open.set(`${name}@${version}`, files, {
      size: Math.min((await files.list()).length + 1, maxCountedFiles),
    });
    return files;
  }

  async #download(manifest: PackumentVersion, file: string, facts: PackageErrorFacts): Promise<string> {
    const spec = npa(manifest.name);
    const request = {
      url: tarballUrl(manifest, spec, this.settings.npm, facts),
      spec,
      maxBytes: this.settings.maxTarballBytes,
      facts,
    };
    const save = (response: UpstreamResponse): Promise<string> =>
      saveVerified(response, manifest, file, facts);
    try {
      return await this.settings.upstream.request(request, save);
    } catch (error) {
      if (!(error instanceof PackageError) || error.code !== 'INTEGRITY_MISMATCH') throw error;
      this.settings.log.warn(
        { ...facts, detail: error.detail },
        'a tarball did not match; it is fetched once more',
      );
      return this.settings.upstream.request(request, save);
    }
  }

  async #unpack(work: string, head: Omit<PackageMeta, 'files'>, facts: PackageErrorFacts): Promise<void> {
    const dir = join(work, 'package', 'files');
    const files = await unpackTarball(join(work, 'tarball.tgz'), dir, this.settings.limits, facts);
    try {
      parsePackageJson(await readFile(join(dir, 'package.json')), head.name, head.version);
    } catch (error) {
      throw new PackageError('TARBALL_INVALID', facts, error);
    }
    const meta: PackageMeta = { ...head, files };
    await writeFile(join(work, 'package', 'meta.json'), formatMeta(meta));
  }

  /** What is in the place already stays if it is sound: then another relay was faster, and its copy is verified too. */
  async #moveIntoPlace(work: string, name: string, version: string): Promise<void> {
    const { folder } = this.settings;
    const to = packageFolder(folder, name, version);
    await mkdir(dirname(to), { recursive: true });
    for (let attempt = 1; ; attempt += 1) {
      try {
        await rename(join(work, 'package'), to);
        return;
      } catch (error) {
        const taken = takenCodes.has((error as NodeJS.ErrnoException).code ?? '');
        if (!taken || attempt === moveAttempts) throw error;
      }
      const other = await openPackage(folder, name, version, { repair: async () => {} });
      if (other && (await findDamage(other.dir, await other.list())) === undefined) return;
      await rename(to, join(work, `damaged-${attempt}`)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    }
  }
}

/** Streams the tarball to `file`; resolves with the integrity string that it was verified against. */
async function saveVerified(
  response: UpstreamResponse,
  manifest: PackumentVersion,
  file: string,
  facts: PackageErrorFacts,
): Promise<string> {
  const check = new IntegrityCheck(manifest.dist);
  const target = await open(file, 'w');
  try {
    for await (const chunk of response.body) {
      check.update(chunk);
      await target.writeFile(chunk);
    }
  } finally {
    await target.close();
  }
  const { matches, actual } = check.finish();
  if (!matches) throw new PackageError('INTEGRITY_MISMATCH', facts, `the tarball is ${actual}`);
  return actual;
}

/**
 * Where a tarball is fetched. As with npm's `replace-registry-host`, addresses on the public registry's host are
 * turned to the configured one: mirrors often pass packuments on unchanged.
 */
function tarballUrl(
  manifest: PackumentVersion,
  spec: NpmSpec,
  npm: NpmOptions,
  facts: PackageErrorFacts,
): string {
  const registry = npmFetch.pickRegistry(spec, npm);
  let url: URL;
  try {
    url = new URL(manifest.dist.tarball, registry);
  } catch (error) {
    throw new PackageError('REGISTRY_INVALID_ANSWER', facts, error);
  }
  if (!/^https?:$/.test(url.protocol)) throw new PackageError('REGISTRY_INVALID_ANSWER', facts, url.protocol);
  const replaced = npm.replaceRegistryHost ?? 'npmjs';
  if (replaced === 'never') return url.href;
  const host = replaced === 'npmjs' ? publicRegistryHost : replaced;
  if (host !== 'always' && host !== url.host) return url.href;
  const prefix = new URL(registry).pathname.replace(/\/+$/, '');
  const path = url.pathname.startsWith(`${prefix}/`) ? url.pathname : prefix + url.pathname;
  return new URL(path + url.search, registry).href;
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const entry of await readdir(folder).catch(() => [])) {
    const path = join(folder, entry);
    const found = await stat(path).catch(() => undefined);
    const abandoned = found !== undefined && Date.now() - found.mtimeMs > abandonedAfterMs;
    if (abandoned) await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}
