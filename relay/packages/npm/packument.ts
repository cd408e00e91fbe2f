// What a registry says about a package (a packument), reduced to what resolving for a browser needs.
// Several MB shrink to a tenth, which is what makes keeping hundreds of them in memory affordable.
import semver from 'semver';
import { PackageError } from '../base/package-error.ts';

/** One version in a packument. */
export interface PackumentVersion {
  name: string;
  version: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  deprecated?: string;
  dist: { tarball: string; integrity?: string; shasum?: string };
}

/** All versions and tags of a package. */
export interface Packument {
  name: string;
  'dist-tags': Record<string, string>;
  versions: Record<string, PackumentVersion>;
  /** Publishing times by version; in full documents only. */
  time?: Record<string, string>;
  /** Versions that exist but must not be picked, and why; set by the policy. */
  withheld?: Record<string, 'denied' | 'young'>;
}

/** A package.json as published; nothing but name and version can be relied on. */
export interface PackageJson {
  name: string;
  version: string;
  [field: string]: unknown;
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The string entries of `value`, or undefined when there is none. Object.fromEntries keeps a key `__proto__` harmless. */
function strings(value: unknown): Record<string, string> | undefined {
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function list(value: unknown): string[] | undefined {
  const items = (Array.isArray(value) ? value : [value]).filter(
    (item): item is string => typeof item === 'string',
  );
  return items.length > 0 ? items : undefined;
}

/** Registry tarballs named by address: `https://host/path/<name>/-/<file>-<version>.tgz`. */
const registryTarball =
  /^https?:\/\/[^?#]+?\/((?:@[^/]+\/|@[^/]+%2f)?[^/]+)\/-\/(?:@[^/]+\/)?[^/]+?-(\d+\.\d+\.\d+[^/]*)\.tgz$/i;

/**
 * Reads a spec that names a tarball of an npm registry as the version it stands for; any other spec comes back unchanged.
 * @param spec e.g. `https://registry.example/left-pad/-/left-pad-1.3.0.tgz` → `npm:left-pad@1.3.0`
 */
export function readTarballSpec(spec: string): string {
  const match = registryTarball.exec(spec);
  if (!match || !semver.valid(match[2])) return spec;
  return `npm:${decodeURIComponent(match[1] as string)}@${match[2]}`;
}

function dependencies(value: unknown): Record<string, string> | undefined {
  const specs = strings(value);
  if (!specs) return undefined;
  for (const [name, spec] of Object.entries(specs)) {
    if (spec.startsWith('http')) specs[name] = readTarballSpec(spec);
  }
  return specs;
}

/**
 * `engines` is left out on purpose: the server's Node must not decide which version a browser gets. So are
 * `bundleDependencies` and `_hasShrinkwrap`: each package comes from the registry, as one node of one tree.
 */
function slimVersion(name: string, version: string, full: Json): PackumentVersion | undefined {
  const dist = full.dist;
  if (!isObject(dist) || typeof dist.tarball !== 'string') return undefined;
  const fields = {
    dependencies: dependencies(full.dependencies),
    optionalDependencies: dependencies(full.optionalDependencies),
    peerDependencies: dependencies(full.peerDependencies),
    peerDependenciesMeta: isObject(full.peerDependenciesMeta) ? full.peerDependenciesMeta : undefined,
    os: list(full.os),
    cpu: list(full.cpu),
    libc: list(full.libc),
    deprecated:
      typeof full.deprecated === 'string' && full.deprecated ? full.deprecated.slice(0, 120) : undefined,
  };
  const present = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const slimDist = {
    tarball: dist.tarball,
    ...(typeof dist.integrity === 'string' && dist.integrity ? { integrity: dist.integrity } : {}),
    ...(typeof dist.shasum === 'string' && !dist.integrity ? { shasum: dist.shasum } : {}),
  };
  return {
    name,
    version,
    ...(present as Omit<PackumentVersion, 'name' | 'version' | 'dist'>),
    dist: slimDist,
  };
}

/**
 * @param text the registry's answer
 * @throws PackageError REGISTRY_INVALID_ANSWER when it is not a packument of `name`
 */
export function parsePackument(name: string, text: string): Packument {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new PackageError('REGISTRY_INVALID_ANSWER', { packageName: name }, error);
  }
  // Of an unpublished package the registry still knows the name, but no versions.
  const belongs =
    isObject(document) &&
    (document.name === name || (document.name === undefined && isObject(document.versions)));
  if (!isObject(document) || !belongs)
    throw new PackageError('REGISTRY_INVALID_ANSWER', { packageName: name }, 'not a packument of that name');
  const versions = Object.entries(isObject(document.versions) ? document.versions : {}).flatMap(
    ([version, full]) => {
      const slim = semver.valid(version) && isObject(full) ? slimVersion(name, version, full) : undefined;
      return slim ? [[version, slim] as const] : [];
    },
  );
  const time = strings(document.time);
  return {
    name,
    'dist-tags': strings(document['dist-tags']) ?? {},
    versions: Object.fromEntries(versions),
    ...(time ? { time } : {}),
  };
}

/** The version tagged `latest`, else the highest. */
export function newestVersion(packument: Packument): string | undefined {
  const latest = packument['dist-tags'].latest;
  if (latest !== undefined && packument.versions[latest]) return latest;
  return semver.rsort(Object.keys(packument.versions))[0];
}

/**
 * The packument as a relay without a registry sees it: what is stored wins wherever it satisfies a range. npm picks a
 * deprecated version only when no other fits, so the versions that are not stored are marked as deprecated.
 */
export function preferStored(packument: Packument, stored: ReadonlySet<string>): Packument {
  const here = Object.keys(packument.versions).filter((version) => stored.has(version));
  if (here.length === 0) return packument;
  const versions = Object.entries(packument.versions).map(([version, manifest]) => {
    const { deprecated: _, ...rest } = manifest;
    return [version, stored.has(version) ? rest : { ...rest, deprecated: 'not stored here' }] as const;
  });
  const tags = { ...packument['dist-tags'] };
  const latestHere = semver.maxSatisfying(here, '*') ?? semver.rsort(here)[0];
  if (latestHere && !stored.has(tags.latest ?? '')) tags.latest = latestHere;
  return { ...packument, 'dist-tags': tags, versions: Object.fromEntries(versions) };
}
