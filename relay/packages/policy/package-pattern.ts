// Packages as operators list them: `name`, `@scope/*`, `name@range`. Used by the settings and by the policy.
import semver from 'semver';

/** One entry of PACKAGES_ALLOW or PACKAGES_DENY. */
export interface PackagePattern {
  /** As it was written. */
  text: string;
  /** A package's name; `*` stands for any part of it but a slash. */
  name: string;
  /** A semver range; undefined means every version. */
  range: string | undefined;
}

const namePattern = /^(@[a-z0-9~*._-]+\/)?[a-z0-9~*_-][a-z0-9~*._-]*$/i;

/**
 * Reads a list of patterns, separated by spaces or commas. Ranges are written without spaces: `lodash@<4.17.21`, `x@1||3`.
 * @throws Error whose message is the rule that was broken
 */
export function parsePackagePatterns(text: string): PackagePattern[] {
  return text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((item) => {
      const at = item.indexOf('@', 1);
      const name = at < 0 ? item : item.slice(0, at);
      const range = at < 0 ? undefined : item.slice(at + 1);
      if (!namePattern.test(name))
        throw new Error(`“${item}” names no package; write name, @scope/* or name@range`);
      if (range !== undefined && (range === '' || semver.validRange(range) === null))
        throw new Error(
          `“${item}” has no valid range after the @; write it without spaces, e.g. name@<1.2.3`,
        );
      return { text: item, name, range };
    });
}

const expressions = new Map<string, RegExp>();

/** Whether the pattern is about this package, in whatever version. */
export function coversName(pattern: PackagePattern, name: string): boolean {
  if (!pattern.name.includes('*')) return pattern.name === name;
  let expression = expressions.get(pattern.name);
  if (!expression) {
    const parts = pattern.name.split('*').map((part) => part.replace(/[.]/g, '\\$&'));
    expression = new RegExp(`^${parts.join('[^/]*')}$`);
    expressions.set(pattern.name, expression);
  }
  return expression.test(name);
}

/** Whether the pattern is about this version of this package; prereleases are within ranges. */
export function coversVersion(pattern: PackagePattern, name: string, version: string): boolean {
  if (!coversName(pattern, name)) return false;
  return pattern.range === undefined || semver.satisfies(version, pattern.range, { includePrerelease: true });
}
