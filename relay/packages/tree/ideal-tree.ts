// Asks npm's own resolver (arborist) for the tree it would install, without installing anything. Package descriptions
// come from our registry; a registry that fails ends the attempt at once, so that no tree is made of half the answers.
import { randomUUID } from 'node:crypto';
import { mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArboristOptions, Node } from '@npmcli/arborist';
import semver from 'semver';
import { PackageError, type PackageErrorCode } from '../base/package-error.ts';
import { redactCredentials } from '../base/redact.ts';
import type { NpmOptions } from '../npm/npm-config.ts';
import type { Packument } from '../npm/packument.ts';
import type { TreeRequest } from './react-rules.ts';

/** Faults that say nothing about a package: with them, even an optional dependency must not just be left out. */
const registryFaults = new Set<PackageErrorCode>([
  'REGISTRY_UNREACHABLE',
  'REGISTRY_TIMEOUT',
  'REGISTRY_FAILED',
  'REGISTRY_RATE_LIMITED',
  'REGISTRY_INVALID_ANSWER',
]);

type GetPackument = (name: string) => Promise<Packument>;

/**
 * @param request dependencies and overrides as in a project's package.json; specs are registry specs or aliases
 * @param sources `temporaryFolder`: where the project's package.json may be written for the while; `maxPackages`: bound of
 *   the tree, far above which resolving is given up early
 * @throws PackageError naming the package, the range and who required it
 */
export async function buildIdealTree(
  request: TreeRequest,
  sources: { npm: NpmOptions; packument: GetPackument; temporaryFolder: string; maxPackages: number },
): Promise<Node> {
  const folder = join(sources.temporaryFolder, `tree-${randomUUID()}`);
  const { packument, failed } = failFast(sources.packument, sources.maxPackages);
  try {
    await mkdir(folder, { recursive: true });
    // npm's resolver takes a project behind a symbolic link for an empty one.
    const path = await realpath(folder);
    const manifest = { name: 'preview', version: '0.0.0', ...request };
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    // Loaded when it is needed: it is a third of the relay's start, and known sets do without.
    const { default: NpmArborist } = await import('@npmcli/arborist');
    const arborist = new NpmArborist(arboristOptions(sources.npm, packument, path));
    return await Promise.race([arborist.buildIdealTree(), failed]);
  } catch (error) {
    throw toTreeError(error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The package name in a key of npm's packument cache, `corgi:<address>` or `full:<address>`: the last segment, a scope's slash as `%2f`. */
function nameInKey(key: string): string {
  return decodeURIComponent(key.slice(key.lastIndexOf('/') + 1));
}

function arboristOptions(npm: NpmOptions, packument: GetPackument, folder: string): ArboristOptions {
  return {
    ...npm,
    path: folder,
    // Whatever is looked up is found "cached" with us, so that npm never reaches the network on its own.
    packumentCache: {
      has: () => true,
      get: (key) => packument(nameInKey(key)),
      set: () => {},
      delete: () => {},
    },
    fullMetadata: false,
    allowScripts: null,
    ignoreScripts: true,
    // Nothing is cached there: packuments are ours, and tarballs are not fetched.
    cache: join(folder, 'cache'),
    // What a user configured for installing must not change what a preview gets.
    force: true,
    strictPeerDeps: false,
    legacyPeerDeps: false,
    installStrategy: 'hoisted',
    packageLock: false,
    global: false,
    workspaces: [],
    omit: [],
    include: [],
    engineStrict: false,
    allowGit: 'none',
    allowRemote: 'none',
    allowFile: 'none',
    allowDirectory: 'none',
    // No package is made for these, so native ones are left out alike on every machine.
    os: 'browser',
    cpu: 'browser',
    libc: 'browser',
  };
}

/** Makes the first fault of the registry fail everything: `failed` rejects with it, and no further packument is asked for. */
function failFast(
  source: GetPackument,
  maxPackages: number,
): { packument: GetPackument; failed: Promise<never> } {
  // Names that are looked at and left out again, such as binaries for other platforms, are no part of the tree.
  const maxNames = maxPackages * 2 + 100;
  const names = new Set<string>();
  let fault: PackageError | undefined;
  let fail: (error: PackageError) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  const packument: GetPackument = async (name) => {
    if (fault) throw fault;
    if (names.add(name).size > maxNames) {
      fault = new PackageError('TREE_TOO_LARGE', { limit: String(maxPackages) });
      fail(fault);
      throw fault;
    }
    try {
      return await source(name);
    } catch (error) {
      if (error instanceof PackageError && registryFaults.has(error.code)) {
        fault ??= error;
        fail(fault);
      }
      throw error;
    }
  };
  return { packument, failed };
}

/** What arborist's errors carry, by code. */
interface ArboristError {
  code?: string;
  /** ETARGET, ENOVERSIONS */
  name?: string;
  wanted?: string;
  versions?: string[];
  distTags?: Record<string, string>;
  /** EALLOW… and invalid specs */
  package?: string;
  spec?: string;
  raw?: string;
  /** Location of the package that asks: `node_modules/x`, or `.` for the project. */
  requiredBy?: string;
}

const invalidSpecCodes = new Set([
  'EINVALIDTAGNAME',
  'EINVALIDPACKAGENAME',
  'EUNSUPPORTEDPROTOCOL',
  'EINVALIDSPEC',
]);

function toTreeError(error: unknown): unknown {
  const fault = error as ArboristError;
  const by = fault.requiredBy?.replace(/^.*node_modules\//, '');
  const requiredBy = by === undefined || by === '.' || by === '' ? {} : { requiredBy: by };
  if (error instanceof PackageError)
    return by ? new PackageError(error.code, { ...error.facts, ...requiredBy }, error.detail) : error;
  const code = fault.code ?? '';
  if (code === 'ETARGET' || code === 'ENOVERSIONS') {
    const newest = fault.distTags?.latest ?? semver.rsort(fault.versions ?? [])[0];
    const facts = { packageName: fault.name ?? '', range: fault.wanted ?? '*', ...requiredBy };
    return new PackageError('VERSION_NOT_FOUND', newest === undefined ? facts : { ...facts, newest }, error);
  }
  if (code.startsWith('EALLOW') || invalidSpecCodes.has(code)) {
    const asked = fault.package ?? fault.raw ?? fault.spec ?? '';
    const [, name, range] = /^(@?[^@]+)@(.*)$/.exec(asked) ?? [undefined, asked, asked];
    return new PackageError(
      'INVALID_RANGE',
      { packageName: name ?? '', range: redactCredentials(range ?? ''), ...requiredBy },
      error,
    );
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') return new PackageError('STORE_FULL', {}, error);
  if (code === 'ERESOLVE' || code === 'EOVERRIDE') return new PackageError('TREE_CONFLICT', {}, error);
  return error;
}
