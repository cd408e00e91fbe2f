// The package engine as the surfaces see it: sets and modules for the frame, CDN addresses for artifacts.
import { join } from 'node:path';
import type { CdnAnswer } from './cdn/answer.ts';
import { answerPackager } from './cdn/codesandbox.ts';
import { answerJsdelivr, answerJsdelivrData } from './cdn/jsdelivr.ts';
import { answerTailwind } from './cdn/tailwind.ts';
import { answerUnpkg } from './cdn/unpkg.ts';
import { DependencySets } from './dependency-set.ts';
import type { NpmOptions } from './npm-config.ts';
import type { PackageLog } from './package-log.ts';
import { PrebundleStore } from './prebundle-store.ts';
import { createRegistry, type Registry } from './registry.ts';
import { createTreeResolver } from './tree.ts';

export interface PackageEngine {
  registry: Registry;
  sets: DependencySets;
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
  log: PackageLog;
}): PackageEngine {
  const { npm, dataDir, log } = options;
  const registry = createRegistry(options);
  const trees = createTreeResolver({ registry, npm, dataDir, log });
  const prebundles = new PrebundleStore({ registry, folder: join(dataDir, 'prebundles'), log });
  const sets = new DependencySets({ trees, prebundles, log });
  const dialects: Record<string, (path: string, search: URLSearchParams) => Promise<CdnAnswer | undefined>> =
    {
      'cdn.jsdelivr.net': (path) => answerJsdelivr(registry, path),
      'data.jsdelivr.com': (path) => answerJsdelivrData(registry, path),
      'unpkg.com': (path, search) => answerUnpkg(registry, path, search),
      'cdn.tailwindcss.com': (path, search) => answerTailwind(registry, path, search),
      'prod-packager-packages.codesandbox.io': (path) => answerPackager(sets, prebundles, path),
    };

  return {
    registry,
    sets,
    async cdn(host, path, search) {
      return Object.hasOwn(dialects, host) ? dialects[host]?.(path, search) : undefined;
    },
  };
}
