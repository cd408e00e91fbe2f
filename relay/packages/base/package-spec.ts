// Judges names, versions and ranges before anything is asked or touched with them.
import { LRUCache } from 'lru-cache';
import npa, { type Result } from 'npm-package-arg';
import semver from 'semver';
import { PackageError } from './package-error.ts';
import { redactCredentials } from './redact.ts';

/** @throws PackageError INVALID_NAME unless `name` is a valid npm name (old ones with capitals included) */
export function checkName(name: string): void {
  let parsed: Result | undefined;
  try {
    parsed = npa(name);
  } catch {
    // not a name either way
  }
  const plain = parsed?.registry && parsed.name === name && parsed.rawSpec === '*';
  // `.` and `..` are no names, but npm's parser is lenient towards them; here a name is a folder too
  if (!plain || name.split('/').some((part) => part.startsWith('.')) || name.length > 214)
    throw new PackageError('INVALID_NAME', { packageName: name.slice(0, 100) });
}

/** @throws PackageError INVALID_RANGE unless `version` is an exact version in normal form */
export function checkVersion(name: string, version: string): void {
  if (version.length > 256 || semver.valid(version) !== version.replace(/\+.*$/, ''))
    throw new PackageError('INVALID_RANGE', { packageName: name, range: version.slice(0, 100) });
}

/** What a dependency asks for. */
export interface PackageSpec {
  /** The real package name: an alias's target. */
  packageName: string;
  /** Version, range or tag. */
  range: string;
}

/** Every request for a set has the same dozens of specs, and npm's parser takes its time. */
const parsed = new LRUCache<string, PackageSpec>({ max: 5_000 });

/**
 * Reads the value of a dependency: a version, a range, a tag or `npm:name@range`.
 * @throws PackageError INVALID_NAME; INVALID_RANGE for git, file and web addresses
 */
export function parseSpec(name: string, spec: string): PackageSpec {
  const key = JSON.stringify([name, spec]);
  const known = parsed.get(key);
  if (known) return known;
  const result = parseAnew(name, spec);
  parsed.set(key, result);
  return result;
}

function parseAnew(name: string, spec: string): PackageSpec {
  checkName(name);
  const refused = (detail?: unknown): PackageError =>
    // Git and web addresses can carry credentials.
    new PackageError(
      'INVALID_RANGE',
      { packageName: name, range: redactCredentials(spec).slice(0, 200) },
      detail,
    );
  let result: Result;
  try {
    result = npa.resolve(name, spec);
  } catch (error) {
    throw refused(error);
  }
  const target = result.type === 'alias' ? result.subSpec : result;
  if (!target.registry || !target.name) throw refused();
  checkName(target.name);
  return { packageName: target.name, range: target.fetchSpec };
}
