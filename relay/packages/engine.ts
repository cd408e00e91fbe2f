// The package engine as the surfaces see it: sets and modules for the frame, CDN addresses for artifacts.
import { join } from 'node:path';
import { AskedPackages } from './asked-packages.ts';
import type { CdnAnswer } from './cdn/answer.ts';
import { answerCdnjs } from './cdn/cdnjs.ts';
import { answerPackager } from './cdn/codesandbox.ts';
import { answerJsdelivr, answerJsdelivrData } from './cdn/jsdelivr.ts';
import { answerTailwind } from './cdn/tailwind.ts';
import { answerUnpkg } from './cdn/unpkg.ts';
import { DependencySets } from './dependency-set.ts';
import { FinishedSets } from './finished-sets.ts';
import type { NpmOptions } from './npm-config.ts';
import type { PackageLog } from './package-log.ts';
import { PackagePolicy, type PolicySettings } from './policy.ts';
import { PrebundleStore } from './prebundle-store.ts';
import { createRegistry, type Registry } from './registry.ts';
import type { SetsLock } from './sets-lock.ts';
import { createTreeResolver } from './tree.ts';

export interface PackageEngine {
  registry: Registry;
  sets: DependencySets;
  /** Answers of {@link sets}, kept on disk as they travel. */
  finished: FinishedSets;
  /** The answer to a CDN address, decoded; undefined when this kit has no dialect for it. @throws PackageError */
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
  log: PackageLog;
}): PackageEngine {
  const { npm, dataDir, log } = options;
  const policy = new PackagePolicy(options.policy);
  const asked = new AskedPackages(policy);
  const registry = createRegistry({ ...options, policy });
  const trees = createTreeResolver({ registry, npm, dataDir, policy, log });
  const prebundles = new PrebundleStore({ registry, folder: join(dataDir, 'prebundles'), log });
  const sets = new DependencySets({ trees, prebundles, asked, lock: options.lock, log });
  const finished = new FinishedSets({ sets, folder: join(dataDir, 'finished'), log });
  const guarded = asked.guard(registry);
  const dialects: Record<string, (path: string, search: URLSearchParams) => Promise<CdnAnswer | undefined>> =
    {
      'cdn.jsdelivr.net': (path) => answerJsdelivr(guarded, path),
      'data.jsdelivr.com': (path) => answerJsdelivrData(guarded, path),
      'unpkg.com': (path, search) => answerUnpkg(guarded, path, search),
      'cdnjs.cloudflare.com': (path) => answerCdnjs(registry, path),
      'cdn.tailwindcss.com': (path, search) => answerTailwind(registry, path, search),
      'prod-packager-packages.codesandbox.io': (path) => answerPackager(sets, prebundles, path),
    };

  return {
    registry,
    sets,
    finished,
    async cdn(host, path, search) {
      return Object.hasOwn(dialects, host) ? dialects[host]?.(path, search) : undefined;
    },
  };
}
