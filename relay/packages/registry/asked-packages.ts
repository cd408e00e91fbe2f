// Holds CDN addresses to the list of packages that artifacts may ask for. What a resolved set brought along may be fetched
// file by file too: the bundler does that with packages that cannot be pre-bundled.
import { LRUCache } from 'lru-cache';
import type { JudgedTree, PackagePolicy } from '../policy/package-policy.ts';
import type { Registry } from './registry.ts';

const maxRemembered = 40_000;

/** See the head of this file. */
export class AskedPackages {
  readonly #cameAlong = new LRUCache<string, true>({ max: maxRemembered });

  constructor(readonly policy: PackagePolicy) {}

  /** From now on the package versions of this tree may be asked for one by one. */
  admit(tree: JudgedTree): void {
    if (this.policy.settings.allow.length === 0) return;
    for (const { packageName, version } of Object.values(tree.nodes)) {
      this.#cameAlong.set(packageName, true);
      this.#cameAlong.set(`${packageName}@${version}`, true);
    }
  }

  /** @throws PackageError PACKAGE_DENIED */
  check(name: string, version?: string): void {
    const key = version === undefined ? name : `${name}@${version}`;
    if (!this.#cameAlong.has(key)) this.policy.checkAsked(name, version);
  }

  /** The registry, as far as artifacts may ask for its packages. */
  guard(registry: Registry): Registry {
    return {
      offline: registry.offline,
      packument: async (name, options) => {
        this.check(name);
        return registry.packument(name, options);
      },
      resolve: async (name, range) => {
        this.check(name);
        const version = await registry.resolve(name, range);
        this.check(name, version);
        return version;
      },
      files: async (name, version) => {
        this.check(name, version);
        return registry.files(name, version);
      },
    };
  }
}
