// The package engine as the surfaces see it: sets and modules for the frame, CDN addresses for artifacts.
import { join } from 'node:path';
import { EncodedFiles } from './answers/encoded-files.ts';
import type { PackageLog } from './base/package-log.ts';
import type { CdnAnswer } from './cdn/answer/answer.ts';
import { type CdnParts, dialects, mirroredHosts } from './cdn/dialects.ts';
import { findPageImports } from './cdn/modules/page-imports.ts';
import { MirrorRules } from './cdn/rules/mirror-rules.ts';
import { answerByRule } from './cdn/rules/rule-answer.ts';
import { EsLinks } from './es-modules/es-links.ts';
import { EsModules } from './es-modules/es-modules.ts';
import { EsStore } from './es-modules/es-store.ts';
import type { NpmOptions } from './npm/npm-config.ts';
import { PackagePolicy, type PolicySettings } from './policy/package-policy.ts';
import { PrebundleStore } from './prebundle/prebundle-store.ts';
import { AskedPackages } from './registry/asked-packages.ts';
import { createRegistry, type Registry } from './registry/registry.ts';
import { DependencySets } from './sets/dependency-set.ts';
import { FinishedSets } from './sets/finished-sets.ts';
import { LinkedSets } from './sets/linked-sets.ts';
import type { SetsLock } from './sets/sets-lock.ts';
import { type UndeclaredMode, UndeclaredPackages } from './sets/undeclared-packages.ts';
import { createTreeResolver } from './tree/tree.ts';

export interface PackageEngine {
  registry: Registry;
  sets: DependencySets;
  /** Answers of {@link sets}, kept on disk as they travel. */
  finished: FinishedSets;
  /** Packages of native previews. */
  linked: LinkedSets;
  /** Files of packages, compressed once. */
  encoded: EncodedFiles;
  /** Packages as ES modules, for browsers to import. */
  esModules: EsModules;
  /** Every host whose addresses are sent to the kit: those it mirrors, and those of the operator's rules. */
  mirroredHosts: readonly string[];
  /** Bare specifiers that the modules at an address import: the page has to know them. */
  pageImports(address: string): Promise<string[]>;
  /** Whether a rule of the operator's is about addresses of a host. */
  hasRulesFor(host: string): boolean;
  /**
   * The answer to a CDN address, decoded: by the operator's rules, else by the host's dialect; undefined when there is neither.
   * @throws PackageError
   */
  cdn(host: string, path: string, search: URLSearchParams): Promise<CdnAnswer | undefined>;
}

/** Puts the engine together; all of its state is below `dataDir`. */
export function createPackageEngine(options: {
  npm: NpmOptions;
  dataDir: string;
  offline: boolean;
  timeoutMs: number;
  maxTarballBytes: number;
  maxUnpackedBytes?: number;
  /** Sets whose trees are given. Default: none. */
  lock?: SetsLock | undefined;
  /** Default: no rules of an operator. */
  policy?: PolicySettings;
  /** What becomes of packages that an artifact imports and does not declare. Default: `latest`. */
  undeclared?: UndeclaredMode;
  /** Default: none. */
  rules?: MirrorRules | undefined;
  log: PackageLog;
}): PackageEngine {
  const { npm, dataDir, log, rules = new MirrorRules() } = options;
  const policy = new PackagePolicy(options.policy);
  const asked = new AskedPackages(policy);
  const registry = createRegistry({ ...options, policy });
  const trees = createTreeResolver({ registry, npm, dataDir, policy, log });
  const prebundles = new PrebundleStore({ registry, folder: join(dataDir, 'prebundles'), log });
  const sets = new DependencySets({ trees, prebundles, asked, lock: options.lock, log });
  const finished = new FinishedSets({ sets, folder: join(dataDir, 'finished'), log });
  const undeclared = new UndeclaredPackages({ registry, npm, policy, mode: options.undeclared ?? 'latest' });
  const linked = new LinkedSets({
    sets,
    undeclared,
    packFolder: join(dataDir, 'packs'),
    answerFolder: join(dataDir, 'linked'),
    log,
  });
  const guarded = asked.guard(registry);
  const esModules = new EsModules({
    asked: guarded,
    links: new EsLinks({ registry, asked: guarded, trees, admit: (tree) => asked.admit(tree) }),
    store: new EsStore({ folder: join(dataDir, 'es-modules'), log }),
  });
  const parts: CdnParts = { registry: guarded, ownRegistry: registry, sets, prebundles, esModules };

  return {
    registry,
    sets,
    finished,
    linked,
    esModules,
    encoded: new EncodedFiles({ folder: join(dataDir, 'encoded'), log }),
    mirroredHosts: [...new Set([...mirroredHosts, ...rules.hosts])],
    async pageImports(address) {
      const url = new URL(address);
      return rules.hosts.includes(url.hostname) ? [] : findPageImports(esModules, url);
    },
    hasRulesFor: (host) => rules.hosts.includes(host),
    async cdn(host, path, search) {
      const match = rules.find(host, path, search);
      // What the operator names itself need not be on the operator's list of allowed packages.
      if (match) return answerByRule(registry, match, `https://${host}${path}`);
      return Object.hasOwn(dialects, host) ? dialects[host]?.(parts, path, search) : undefined;
    },
  };
}
