// The package engine as the benchmarks' stand-ins for public services use it: what they answer with is what the kit has.

import { silentLog } from '../../relay/packages/base/package-log.ts';
import { createPackageEngine, type PackageEngine } from '../../relay/packages/engine.ts';
import { loadNpmOptions } from '../../relay/packages/npm/npm-config.ts';

/** @param options `root`: folder whose `.npmrc` counts; `dataDir`: where packages are kept */
export async function openBenchEngine(options: { root: string; dataDir: string }): Promise<PackageEngine> {
  return createPackageEngine({
    npm: await loadNpmOptions({ cwd: options.root, env: process.env }),
    dataDir: options.dataDir,
    offline: false,
    timeoutMs: 10_000,
    maxTarballBytes: 100 * 1024 * 1024,
    log: silentLog,
  });
}
