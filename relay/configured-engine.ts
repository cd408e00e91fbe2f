// The package engine as the settings describe it: the relay and every command open the same one.
import { mkdir, realpath } from 'node:fs/promises';
import type { Config } from './config.ts';
import type { PackageLog } from './packages/base/package-log.ts';
import { readMirrorRules } from './packages/cdn/rules/mirror-rules-file.ts';
import { createPackageEngine, type PackageEngine } from './packages/engine.ts';
import type { NpmOptions } from './packages/npm/npm-config.ts';
import { readSetsLock } from './packages/sets/sets-lock.ts';

/** @throws Error for people when the lock of sets or the rules for addresses cannot be used */
export async function openPackageEngine(options: {
  config: Config;
  npm: NpmOptions;
  log: PackageLog;
}): Promise<PackageEngine> {
  const { config, npm, log } = options;
  return createPackageEngine({
    npm,
    dataDir: await realFolder(config.dataDir),
    offline: config.offline,
    timeoutMs: config.registryTimeoutMs,
    maxTarballBytes: config.maxTarballBytes,
    maxUnpackedBytes: config.maxUnpackedBytes,
    lock: config.setsLock === '' ? undefined : await readSetsLock(config.setsLock),
    rules: config.mirrorRules === '' ? undefined : await readMirrorRules(config.mirrorRules),
    policy: {
      allow: config.packagesAllow,
      deny: config.packagesDeny,
      maxTreePackages: config.maxTreePackages,
      minReleaseAgeMs: config.minReleaseAgeMs,
    },
    undeclared: config.undeclaredPackages,
    log,
  });
}

/** esbuild names what it writes by real paths: a folder behind a symbolic link has to be known by its own. */
async function realFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
    return await realpath(folder);
  } catch {
    // Whoever writes there says what is wrong.
    return folder;
  }
}
