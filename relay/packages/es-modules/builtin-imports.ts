// Node's modules in packages for browsers: a package of that name, when the importer depends on one; otherwise what the bundler
// has in its place, or nothing.
import { isBuiltin as isNodeModule } from 'node:module';
import { splitSpecifier } from '../base/specifier.ts';
import type { PackageJson } from '../npm/packument.ts';
import { browserBuiltin, isBuiltin } from '../sources/node-builtins.ts';

/**
 * What a bare specifier means if it means one of Node's modules; undefined when it does not.
 * @returns `replacement`: a file of `node-libs-browser`'s packages, e.g. `util/util.js`; undefined for an empty module
 */
export function builtinOf(
  packageJson: PackageJson,
  specifier: string,
): { replacement: string | undefined } | undefined {
  const bare = specifier.replace(/^node:/, '');
  if (bare === specifier) {
    if (!isBuiltin(bare) && !isNodeModule(bare)) return undefined;
    if (declares(packageJson, splitSpecifier(bare).name)) return undefined;
  }
  return { replacement: browserBuiltin(bare) };
}

function declares({ dependencies, peerDependencies }: PackageJson, name: string): boolean {
  return [dependencies, peerDependencies].some(
    (declared) => typeof declared === 'object' && declared !== null && Object.hasOwn(declared, name),
  );
}
