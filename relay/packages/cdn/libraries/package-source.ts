// Where a file of a CDN is to be found in npm packages, and the search for it. The dialects that have their own names for
// packages and files (cdnjs.ts, small-hosts.ts) end here.
import semver from 'semver';
import { PackageError, type PackageErrorCode } from '../../base/package-error.ts';
import type { PackageJson } from '../../npm/packument.ts';
import type { Registry } from '../../registry/registry.ts';
import type { PackageFiles } from '../../store/package-files.ts';
import type { CdnAnswer } from '../answer/answer.ts';
import { type CdnFile, cdnFile } from '../answer/minified.ts';

/** One place to look in. */
export interface PackageSource {
  packageName: string;
  /** A version; a range or tag where the address names no version. */
  range: string;
  /** Without a leading slash, the best first. */
  paths: readonly string[];
  /** Tried when no file of `paths` is there, or can be made. */
  guesses?: readonly string[];
  /** A file that ends so is taken when there is no better one and it is the only one. */
  anywhere?: string;
  /** Whether the package is the one that is meant. Default: any is. */
  comesFrom?: (packageJson: PackageJson) => boolean;
}

/** What makes the next source worth a try: this one does not hold the file. Whatever else fails is reported at once. */
const tryNext: ReadonlySet<PackageErrorCode> = new Set([
  'PACKAGE_NOT_FOUND',
  'VERSION_NOT_FOUND',
  'FILE_NOT_FOUND',
  'INVALID_NAME',
  'INVALID_RANGE',
  'OFFLINE_MISSING',
  'NOT_ON_NPM',
]);

/**
 * The file from the first source that has it; minified where only its source is published.
 * @param sources the best first
 * @throws PackageError of the first source when none has the file
 */
export async function answerFromSources(
  registry: Registry,
  sources: Iterable<PackageSource>,
): Promise<CdnAnswer> {
  return (await openFromSources(registry, sources)).answer();
}

/** As {@link answerFromSources}, for those who need more of the file than its answer. */
export async function openFromSources(
  registry: Registry,
  sources: Iterable<PackageSource>,
): Promise<CdnFile> {
  let failure: unknown;
  for (const source of sources) {
    try {
      return await openSource(registry, source);
    } catch (error) {
      if (!(error instanceof PackageError) || !tryNext.has(error.code)) throw error;
      failure ??= error;
    }
  }
  throw failure ?? new PackageError('NOT_ON_NPM');
}

/**
 * A version as a CDN writes it, in npm's form: `v1.2.3`, `1.9` (1.9.0), three.js' `r128` (0.128.0).
 * @returns undefined for what names no single version
 */
export function exactVersion(text: string): string | undefined {
  const release = /^r(\d+)$/.exec(text);
  if (release) return `0.${release[1]}.0`;
  const padded = text.replace(/^v?(\d+)(\.\d+)?$/, (_, major, minor = '.0') => `${major}${minor}.0`);
  return semver.valid(padded, { loose: true }) ?? undefined;
}

async function openSource(registry: Registry, source: PackageSource): Promise<CdnFile> {
  const { packageName, range, comesFrom } = source;
  const exact = semver.valid(range) !== null;
  const version = exact ? range : await registry.resolve(packageName, range);
  const files = await registry.files(packageName, version);
  if (comesFrom && !comesFrom(files.packageJson)) throw new PackageError('NOT_ON_NPM');
  const path = await findPath(files, source);
  if (path !== undefined) return cdnFile(files, path, exact);
  throw new PackageError('FILE_NOT_FOUND', { packageName, version, path: `/${source.paths[0] ?? ''}` });
}

/** What `paths` name goes before guesses; in each, published files before those that would have to be minified. */
async function findPath(files: PackageFiles, source: PackageSource): Promise<string | undefined> {
  const { paths, guesses = [], anywhere } = source;
  const all = (await files.list()).map((file) => file.path);
  const present = new Set(all.map((path) => path.slice(1)));
  const find = (wanted: readonly string[]): string | undefined => wanted.find((path) => present.has(path));
  const findSource = (wanted: readonly string[]): string | undefined =>
    wanted.find((path) => present.has(unminified(path)));
  const named = find(paths) ?? findSource(paths) ?? find(guesses);
  if (named !== undefined) return `/${named}`;
  const published = anywhere === undefined ? undefined : findByEnd(all, anywhere);
  if (published !== undefined || anywhere === undefined) return published;
  const guessed = findSource(guesses);
  if (guessed !== undefined) return `/${guessed}`;
  return findByEnd(all, unminified(anywhere))?.replace(/\.(m?js|css)$/, '.min.$1');
}

/** The only file whose path ends so, whatever its case. */
function findByEnd(all: readonly string[], end: string): string | undefined {
  const suffix = `/${end.toLowerCase()}`;
  const [found, ...others] = all.filter((path) => path.toLowerCase().endsWith(suffix));
  return others.length === 0 ? found : undefined;
}

const unminified = (path: string): string => path.replace(/\.min\.(m?js|css)$/, '.$1');
