// Compilers that the bundler itself adds to a set, with ranges so wide that the newest of them no longer fits the runtime
// that the artifact asks for.
import semver from 'semver';

/** The compiler, the range that the bundler asks for, the runtime it compiles for. Both release in step. */
const pairs = [{ compiler: 'babel-preset-solid', range: '^1.2.0', runtime: 'solid-js' }];

/**
 * Ranges in which such a compiler is not newer than its runtime, as far as its minor version goes.
 * @param dependencies ranges by package; a compiler with any other range is the artifact's own choice
 */
export function matchCompilers(dependencies: Readonly<Record<string, string>>): Record<string, string> {
  const matched = { ...dependencies };
  for (const { compiler, range, runtime } of pairs) {
    if (dependencies[compiler] !== range) continue;
    const asked = dependencies[runtime] ?? '';
    const lowest = semver.validRange(asked) ? semver.minVersion(asked) : undefined;
    const isOpen = lowest?.major !== 1 || semver.intersects(asked, `>=1.${lowest.minor + 1}.0`);
    if (!isOpen) matched[compiler] = `>=1.2.0 <1.${lowest.minor + 1}.0`;
  }
  return matched;
}
