// What may be served at all: denied packages, versions too young to trust, trees too large. The registry shows its callers
// packuments without the versions that must not be picked, so every resolver picks another one where there is one.
import semver from 'semver';
import { PackageError, type PackageErrorFacts } from '../base/package-error.ts';
import type { Packument } from '../npm/packument.ts';
import { coversName, coversVersion, type PackagePattern } from './package-pattern.ts';

/** The operator's rules. */
export interface PolicySettings {
  /** What artifacts may ask for; empty: anything. What these packages need comes with them. */
  allow: readonly PackagePattern[];
  /** What is served to nobody, wherever in a tree it is needed. */
  deny: readonly PackagePattern[];
  /** Package versions in one tree. */
  maxTreePackages: number;
  /** Versions published later than so many ms ago are not picked; 0: no limit. */
  minReleaseAgeMs: number;
}

/** Without rules of an operator. */
export const openPolicy: PolicySettings = { allow: [], deny: [], maxTreePackages: 1_500, minReleaseAgeMs: 0 };

/** A resolved tree, as far as it is judged: every package version in it, and what these need, by the keys of the table. */
export interface JudgedTree {
  nodes: Readonly<Record<string, JudgedNode>>;
}

interface JudgedNode {
  key: string;
  name: string;
  packageName: string;
  version: string;
  dependencies: Readonly<Record<string, string>>;
}

/** Judges names, versions, packuments and trees; see the head of this file. */
export class PackagePolicy {
  /** By packument: what is left of it, and until when that is true. */
  readonly #views = new WeakMap<Packument, { view: Packument; until: number }>();

  constructor(readonly settings: PolicySettings = openPolicy) {}

  /** Whether publishing times are needed, which only full packuments have. */
  get needsTimes(): boolean {
    return this.settings.minReleaseAgeMs > 0;
  }

  /** @throws PackageError PACKAGE_DENIED when no version of the package may be served */
  checkName(name: string): void {
    const denied = this.settings.deny.some(
      (pattern) => pattern.range === undefined && coversName(pattern, name),
    );
    if (denied) throw deniedBy('PACKAGES_DENY', { packageName: name });
  }

  /** @throws PackageError PACKAGE_DENIED */
  checkVersion(name: string, version: string, requiredBy?: string): void {
    if (this.settings.deny.some((pattern) => coversVersion(pattern, name, version)))
      throw deniedBy('PACKAGES_DENY', {
        packageName: name,
        version,
        ...(requiredBy === undefined ? {} : { requiredBy }),
      });
  }

  /**
   * Checks what an artifact asks for by itself.
   * @param version once it is known; until then a pattern with a range lets the name pass
   * @throws PackageError PACKAGE_DENIED
   */
  checkAsked(name: string, version?: string): void {
    if (!this.allowsAsked(name, version))
      throw deniedBy('PACKAGES_ALLOW', {
        packageName: name,
        ...(version === undefined ? {} : { version }),
      });
  }

  /** Whether {@link checkAsked} passes. */
  allowsAsked(name: string, version?: string): boolean {
    const { allow } = this.settings;
    if (allow.length === 0) return true;
    return allow.some((pattern) =>
      version === undefined ? coversName(pattern, name) : coversVersion(pattern, name, version),
    );
  }

  /** @throws PackageError TREE_TOO_LARGE, or PACKAGE_DENIED naming the package that needs the denied one */
  checkTree(tree: JudgedTree): void {
    const nodes = Object.values(tree.nodes);
    const { maxTreePackages } = this.settings;
    if (nodes.length > maxTreePackages)
      throw new PackageError('TREE_TOO_LARGE', { limit: String(maxTreePackages) });
    if (this.settings.deny.length === 0) return;
    for (const { key, packageName, version } of nodes) {
      const parent = nodes.find(({ dependencies }) => Object.values(dependencies).includes(key));
      this.checkVersion(packageName, version, parent?.name);
    }
  }

  /**
   * The packument without the versions that must not be picked; tags move to the highest version that is left below, as
   * with npm's `before`. A version without a publishing time counts as old, as npm has it.
   * @throws PackageError PACKAGE_DENIED
   */
  view(packument: Packument): Packument {
    this.checkName(packument.name);
    const denied = this.settings.deny.filter((pattern) => coversName(pattern, packument.name));
    const ageMs = this.settings.minReleaseAgeMs;
    if (denied.length === 0 && (ageMs === 0 || packument.time === undefined)) return packument;
    const now = Date.now();
    const known = this.#views.get(packument);
    if (known && now < known.until) return known.view;
    let until = Number.POSITIVE_INFINITY;
    const withheld: Record<string, 'denied' | 'young'> = {};
    for (const version of Object.keys(packument.versions)) {
      if (denied.some((pattern) => coversVersion(pattern, packument.name, version)))
        withheld[version] = 'denied';
      else if (ageMs > 0) {
        const ripeAt = Date.parse(packument.time?.[version] ?? '') + ageMs;
        if (!(ripeAt > now)) continue;
        withheld[version] = 'young';
        until = Math.min(until, ripeAt);
      }
    }
    const view = Object.keys(withheld).length === 0 ? packument : withhold(packument, withheld);
    this.#views.set(packument, { view, until });
    return view;
  }

  /**
   * Says why a version is missing from a packument that {@link view} made.
   * @param error a VERSION_NOT_FOUND; any other comes back as it is
   */
  explain(error: unknown, packument: Packument): unknown {
    if (!(error instanceof PackageError) || error.code !== 'VERSION_NOT_FOUND') return error;
    const { range = '*', requiredBy } = error.facts;
    const isRange = semver.validRange(range) !== null;
    const { withheld = {} } = packument;
    const matching = Object.keys(withheld).filter((version) => !isRange || semver.satisfies(version, range));
    const version = semver.rsort(matching)[0];
    if (version === undefined) return error;
    const facts = {
      packageName: packument.name,
      version,
      ...(requiredBy === undefined ? {} : { requiredBy }),
    };
    if (!matching.some((candidate) => withheld[candidate] === 'young'))
      return deniedBy('PACKAGES_DENY', facts);
    return new PackageError('VERSION_TOO_YOUNG', {
      ...facts,
      limit: describeAge(this.settings.minReleaseAgeMs),
    });
  }
}

function deniedBy(setting: string, facts: PackageErrorFacts): PackageError {
  return new PackageError('PACKAGE_DENIED', { ...facts, setting });
}

function withhold(packument: Packument, withheld: Record<string, 'denied' | 'young'>): Packument {
  const versions = Object.fromEntries(
    Object.entries(packument.versions).filter(([version]) => withheld[version] === undefined),
  );
  const left = Object.keys(versions);
  const tags = Object.entries(packument['dist-tags']).flatMap(([tag, version]) => {
    const target =
      withheld[version] === undefined ? version : semver.maxSatisfying(left, `<=${version}`, { loose: true });
    return target === null ? [] : [[tag, target] as const];
  });
  return { ...packument, versions, 'dist-tags': Object.fromEntries(tags), withheld };
}

function describeAge(ms: number): string {
  const hours = ms / 3_600_000;
  return hours >= 48 && hours % 24 === 0 ? `${hours / 24} days` : `${Number(hours.toFixed(2))} hours`;
}
