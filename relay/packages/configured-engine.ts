// The package engine as the settings describe it: the relay and every command open the same one.
import type { Config } from '../config.ts';
import { createPackageEngine, type PackageEngine } from './engine.ts';
import type { NpmOptions } from './npm-config.ts';
import type { PackageLog } from './package-log.ts';
import { readSetsLock } from './sets-lock.ts';

/** @throws Error for people when the lock of sets cannot be used */
export async function openPackageEngine(options: {
  config: Config;
  npm: NpmOptions;
  log: PackageLog;
}): Promise<PackageEngine> {
  const { config, npm, log } = options;
  return createPackageEngine({
    npm,
    dataDir: config.dataDir,
    offline: config.offline,
    timeoutMs: config.registryTimeoutMs,
    maxTarballBytes: config.maxTarballBytes,
    maxUnpackedBytes: config.maxUnpackedBytes,
    lock: config.setsLock === '' ? undefined : await readSetsLock(config.setsLock),
    policy: {
      allow: config.packagesAllow,
      deny: config.packagesDeny,
      maxTreePackages: config.maxTreePackages,
      minReleaseAgeMs: config.minReleaseAgeMs,
    },
    log,
  });
}
