// A registry over a test registry, with a data folder of its own; cleaned up when the running test ends.
import { expect, onTestFinished } from 'vitest';
import { PackageError } from '../../relay/packages/base/package-error.ts';
import {
  createRegistry,
  type Registry,
  type RegistryOptions,
} from '../../relay/packages/registry/registry.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';
import { startTestRegistry, type TestPackage, type TestRegistry } from './test-registry.ts';

export interface RegistrySetup {
  upstream: TestRegistry;
  registry: Registry;
  dataDir: string;
  /** Another relay on the same data folder. */
  another(options?: Partial<RegistryOptions>): Registry;
}

/** Short, so that tests of a silent registry are. */
export const timeoutMs = 1_500;

/** Publishes `packages` and makes a registry that fetches from there. */
export async function setUpRegistry(
  packages: Record<string, TestPackage>,
  options: Partial<RegistryOptions> = {},
): Promise<RegistrySetup> {
  const upstream = await startTestRegistry({ packages });
  onTestFinished(() => upstream.close());
  const dataDir = await makeTemporaryFolder();
  const another = (more: Partial<RegistryOptions> = {}): Registry =>
    createRegistry({ npm: upstream.npm, dataDir, timeoutMs, ...options, ...more });
  return { upstream, dataDir, another, registry: another() };
}

/** The PackageError that `work` fails with. */
export async function packageErrorOf(work: Promise<unknown>): Promise<PackageError> {
  const error = await work.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(PackageError);
  return error as PackageError;
}

/** Three versions of a small package. */
export const pad: TestPackage = {
  versions: {
    '1.0.0': { files: { '/index.js': 'one' } },
    '1.2.0': { files: { '/index.js': 'two' } },
    '2.0.0': {},
  },
  tags: { latest: '1.2.0', next: '2.0.0' },
};
