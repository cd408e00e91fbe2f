// Packages that an artifact imports without declaring them, which models often leave to the reader: the newest version that fits
// what the artifact does declare. Nothing here fails a preview; what cannot be had is a sentence.
import { LRUCache } from 'lru-cache';
import semver from 'semver';
import { PackageError } from '../base/package-error.ts';
import type { NpmOptions } from '../npm/npm-config.ts';
import { newestVersion, type Packument, type PackumentVersion } from '../npm/packument.ts';
import { pickVersion } from '../npm/version-pick.ts';
import type { PackagePolicy } from '../policy/package-policy.ts';
import type { Registry } from '../registry/registry.ts';
import type { DependencyTree } from '../tree/tree.ts';
import { findNearName } from './near-names.ts';

/** `latest`: taken from the registry; `declared`: refused. */
export type UndeclaredMode = 'latest' | 'declared';

/** A version, or why there is none. */
export type Picked = { version: string } | { missing: string };

/** A name that does not exist is asked for with every keystroke in an editor. */
const absentForMs = 60_000;
const maxAbsent = 2_000;
/** Versions that are tried for one that is stored, when there is no registry. */
const maxTried = 20;
const reactNames = ['react', 'react-dom'];

/** See the head of this file. */
export class UndeclaredPackages {
  readonly #absent = new LRUCache<string, PackageError>({ max: maxAbsent, ttl: absentForMs });

  constructor(
    readonly options: { registry: Registry; npm: NpmOptions; policy: PackagePolicy; mode: UndeclaredMode },
  ) {}

  /** Has the registry's descriptions come while something else is waited for. */
  prefetch(names: readonly string[]): void {
    if (this.options.mode === 'latest') for (const name of names) this.#packument(name).catch(() => {});
  }

  /**
   * The version to take.
   * @param artifact `dependencies`: what it declares; `tree`: what that was resolved to
   */
  async pick(
    name: string,
    artifact: { dependencies: Readonly<Record<string, string>>; tree: DependencyTree },
  ): Promise<Picked> {
    if (this.options.mode === 'declared')
      return {
        missing: `"${name}" is not among the artifact's dependencies, and UNDECLARED_PACKAGES=declared allows no others.`,
      };
    try {
      this.options.policy.checkAsked(name);
      const packument = await this.#packument(name);
      for (const version of this.#candidates(packument, installedOf(artifact)))
        if (await this.#isAtHand(name, version)) return { version };
      throw this.#nothingFor(packument);
    } catch (error) {
      return { missing: this.describe(name, error, Object.keys(artifact.dependencies)) };
    }
  }

  /** The sentence for a package that cannot be had. @throws `error` when it is no {@link PackageError} */
  describe(name: string, error: unknown, declared: readonly string[]): string {
    if (!(error instanceof PackageError)) throw error;
    if (error.code !== 'PACKAGE_NOT_FOUND' || error.packageName !== name) return error.message;
    const near = findNearName(name, declared);
    return `There is no package "${name}" in the npm registry.${near === undefined ? '' : ` Did you mean "${near}"?`}`;
  }

  async #packument(name: string): Promise<Packument> {
    const absent = this.#absent.get(name);
    if (absent) throw absent;
    return this.options.registry.packument(name).catch((error) => {
      if (error instanceof PackageError && error.code === 'PACKAGE_NOT_FOUND') this.#absent.set(name, error);
      throw error;
    });
  }

  /** Versions in the order of preference: `latest`, the newest that fits, and `latest` again for want of a better one. */
  *#candidates(packument: Packument, installed: ReadonlyMap<string, string>): Generator<string> {
    const { npm, policy } = this.options;
    const mayBeTaken = (range: string): PackumentVersion[] => {
      const picked = pickVersion(packument, range, npm);
      return picked && policy.allowsAsked(packument.name, picked.version) ? [picked] : [];
    };
    const stable = Object.keys(packument.versions).filter(
      (version) =>
        semver.prerelease(version) === null && packument.versions[version]?.deprecated === undefined,
    );
    const newestFirst = ['latest', ...semver.rsort(stable)];
    let tried = 0;
    for (const range of newestFirst)
      for (const candidate of mayBeTaken(range))
        if (fits(candidate, installed) && tried < maxTried) {
          tried += 1;
          yield candidate.version;
        }
    if (tried > 0) return;
    for (const range of newestFirst)
      for (const { version } of mayBeTaken(range)) {
        yield version;
        return;
      }
  }

  /** With a registry, everything is. */
  async #isAtHand(name: string, version: string): Promise<boolean> {
    const { registry } = this.options;
    if (!registry.offline) return true;
    return registry.files(name, version).then(
      () => true,
      () => false,
    );
  }

  #nothingFor(packument: Packument): unknown {
    const { policy, registry } = this.options;
    const facts = { packageName: packument.name, range: 'latest' };
    if (registry.offline) return new PackageError('OFFLINE_MISSING', facts);
    const newest = newestVersion(packument);
    // Says which rule it was, when it was one.
    if (newest !== undefined && !policy.allowsAsked(packument.name, newest))
      return new PackageError('PACKAGE_DENIED', { packageName: packument.name, setting: 'PACKAGES_ALLOW' });
    return policy.explain(new PackageError('VERSION_NOT_FOUND', { ...facts, range: '*' }), packument);
  }
}

/** Versions of what the artifact chose itself, by name: the bundler's own packages are nobody's peers. */
function installedOf(artifact: {
  dependencies: Readonly<Record<string, string>>;
  tree: DependencyTree;
}): Map<string, string> {
  const { dependencies, tree } = artifact;
  const names = [...Object.keys(dependencies), ...reactNames];
  return new Map(
    names.flatMap((name): [string, string][] => {
      const node = tree.nodes[tree.root[name] ?? name];
      return node && node.packageName === name ? [[name, node.version]] : [];
    }),
  );
}

/** Whether its peers accept what is there. */
function fits({ peerDependencies = {} }: PackumentVersion, installed: ReadonlyMap<string, string>): boolean {
  return Object.entries(peerDependencies).every(([peer, range]) => {
    const version = installed.get(peer);
    return (
      version === undefined ||
      semver.validRange(range) === null ||
      semver.satisfies(version, range, { includePrerelease: true })
    );
  });
}
