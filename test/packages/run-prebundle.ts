// Runs pre-bundled packages as Sandpack's bundler does: CommonJS, and nothing that a file has not listed in its `requires`.
import { posix } from 'node:path';
import { splitSpecifier } from '../../relay/packages/base/specifier.ts';
import type { Prebundle } from '../../relay/packages/prebundle/prebundle.ts';

// biome-ignore lint/suspicious/noExplicitAny: what modules export is the tests' own business.
export type Exports = any;

/** What `__previewKit.cdn` is here. */
export const cdn = 'https://kit.test/-/cdn/';

/**
 * A `require` over built packages.
 * @param bundles the packages there are
 * @returns a function that evaluates a bare specifier
 */
export function requireFrom(...bundles: Prebundle[]): (specifier: string) => Exports {
  const byName = new Map(bundles.map((bundle) => [bundle.name, bundle]));
  const modules = new Map<string, { exports: Exports }>();

  function requireBare(specifier: string): Exports {
    const { name, subpath } = splitSpecifier(specifier);
    const bundle = byName.get(name);
    const file = bundle?.entries[subpath];
    if (!bundle || typeof file !== 'string') throw new Error(`Cannot find module '${specifier}'`);
    return load(bundle, file);
  }

  function load(bundle: Prebundle, path: string): Exports {
    const key = `${bundle.name}/${path}`;
    const known = modules.get(key);
    if (known) return known.exports;
    const file = bundle.files[path];
    if (!file) throw new Error(`Cannot find file '${key}'`);
    const module = { exports: {} as Exports };
    modules.set(key, module);
    if (path.endsWith('.json')) module.exports = JSON.parse(file.content);
    else if (path.endsWith('.css')) module.exports = { css: file.content };
    else {
      const require = (specifier: string): Exports => {
        if (!file.requires?.includes(specifier)) throw new Error(`${key} does not list '${specifier}'`);
        return specifier.startsWith('.')
          ? load(bundle, posix.join(posix.dirname(path), specifier))
          : requireBare(specifier);
      };
      new Function('module', 'exports', 'require', '__previewKit', file.content)(
        module,
        module.exports,
        require,
        { cdn },
      );
    }
    return module.exports;
  }
  return requireBare;
}
