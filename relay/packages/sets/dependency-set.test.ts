import { expect, onTestFinished, test, vi } from 'vitest';
import { bundlerPackages } from '../../../test/registry/bundler-packages.ts';
import { packageErrorOf } from '../../../test/registry/set-up-registry.ts';
import { makeTemporaryFolder } from '../../../test/registry/temporary-folder.ts';
import { startTestRegistry } from '../../../test/registry/test-registry.ts';
import { silentLog } from '../base/package-log.ts';
import { createPackageEngine } from '../engine.ts';

/** A set that can never be resolved, because the registry is silent about one of its packages. */
async function setUp() {
  const version = (dependencies: Record<string, string> = {}) => ({
    versions: { '1.0.0': { files: { '/index.js': '' }, manifest: { dependencies } } },
  });
  const packages = {
    ...bundlerPackages,
    paint: version({ pigment: '^1.0.0' }),
    pigment: version(),
    canvas: version(),
    frame: version(),
    silent: { ...version(), packumentFault: { kind: 'hang' as const } },
  };
  const upstream = await startTestRegistry({ packages });
  onTestFinished(() => upstream.close());
  const { sets } = createPackageEngine({
    npm: upstream.npm,
    dataDir: await makeTemporaryFolder(),
    offline: false,
    timeoutMs: 1_500,
    maxTarballBytes: 2 ** 20,
    log: silentLog,
  });
  const dependencies = { paint: '1', canvas: '1', frame: '1', silent: '1' };
  const tarballs = () =>
    upstream.requests.flatMap((request) => /GET \/(\w+)\/-\//.exec(request)?.[1] ?? []).sort();
  return {
    tarballs,
    resolve: (imports: string[]) => sets.resolve({ dependencies, resolutions: {}, imports }),
  };
}

test('what is imported of a set is fetched while it is still being resolved, with all that it needs', async () => {
  const { resolve, tarballs } = await setUp();
  const failure = packageErrorOf(resolve(['paint']));
  await vi.waitUntil(() => tarballs().includes('pigment'), { timeout: 1_400 });
  expect((await failure).code).toBe('REGISTRY_TIMEOUT');
  expect(tarballs()).toEqual(['paint', 'pigment']);
});

test('requests that share one resolution each have their own imports fetched meanwhile', async () => {
  const { resolve, tarballs } = await setUp();
  const failures = [packageErrorOf(resolve(['paint'])), packageErrorOf(resolve(['canvas', 'pigment/x']))];
  await vi.waitUntil(() => tarballs().length === 3, { timeout: 1_400 });
  await Promise.all(failures);
  expect(tarballs()).toEqual(['canvas', 'paint', 'pigment']);
});
