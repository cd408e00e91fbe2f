import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageErrorOf, pad, setUpRegistry, timeoutMs } from '../../../test/registry/set-up-registry.ts';
import type { TestPackage } from '../../../test/registry/test-registry.ts';
import { publicRegistryHost } from './npm-config.ts';

const answers = [
  [{ kind: 'status', status: 404 }, 'PACKAGE_NOT_FOUND', 404],
  [{ kind: 'status', status: 401 }, 'REGISTRY_REFUSED', 502],
  [{ kind: 'status', status: 403 }, 'REGISTRY_REFUSED', 502],
  [{ kind: 'status', status: 429 }, 'REGISTRY_RATE_LIMITED', 503],
  [{ kind: 'status', status: 429, retryAfter: '60' }, 'REGISTRY_RATE_LIMITED', 503],
  [{ kind: 'status', status: 500 }, 'REGISTRY_FAILED', 502],
  [{ kind: 'status', status: 418 }, 'REGISTRY_INVALID_ANSWER', 502],
  [{ kind: 'hang' }, 'REGISTRY_TIMEOUT', 504],
  [{ kind: 'trickle', everyMs: 20 }, 'REGISTRY_TIMEOUT', 504],
  [{ kind: 'garbage' }, 'REGISTRY_INVALID_ANSWER', 502],
  [{ kind: 'break-off' }, 'REGISTRY_UNREACHABLE', 502],
  [{ kind: 'truncate' }, 'REGISTRY_INVALID_ANSWER', 502],
] as const;

test.each(answers)('a packument answered with %j fails as %s, soon', async (fault, code, status) => {
  const { upstream, registry } = await setUpRegistry({ pad: { ...pad, packumentFault: { ...fault } } });
  const startedAt = performance.now();
  const error = await packageErrorOf(registry.packument('pad'));
  expect(error).toMatchObject({ code, status, packageName: 'pad' });
  expect(error.message).toContain('pad');
  expect(performance.now() - startedAt).toBeLessThan(timeoutMs + 2_000);
  // A failure is not kept.
  upstream.packages.pad = pad;
  expect((await registry.packument('pad')).name).toBe('pad');
});

const tarballAnswers = [
  [{ kind: 'status', status: 404 }, 'VERSION_NOT_FOUND'],
  [{ kind: 'status', status: 403 }, 'REGISTRY_REFUSED'],
  [{ kind: 'status', status: 503 }, 'REGISTRY_FAILED'],
  [{ kind: 'hang' }, 'REGISTRY_TIMEOUT'],
  [{ kind: 'trickle', everyMs: 20 }, 'REGISTRY_TIMEOUT'],
  [{ kind: 'garbage' }, 'INTEGRITY_MISMATCH'],
  [{ kind: 'break-off' }, 'REGISTRY_UNREACHABLE'],
  [{ kind: 'truncate' }, 'INTEGRITY_MISMATCH'],
] as const;

test.each(tarballAnswers)(
  'a tarball answered with %j fails as %s and leaves nothing behind',
  async (fault, code) => {
    const { upstream, registry, dataDir } = await setUpRegistry({
      pad: { ...pad, tarballFault: { ...fault } },
    });
    const error = await packageErrorOf(registry.files('pad', '1.0.0'));
    expect(error).toMatchObject({ code, packageName: 'pad' });
    expect(error.message).toContain('pad');
    expect(await readdir(join(dataDir, 'tmp'))).toEqual([]);
    await expect(access(join(dataDir, 'packages'))).rejects.toThrow();
    upstream.packages.pad = pad;
    expect((await registry.files('pad', '1.0.0')).version).toBe('1.0.0');
  },
);

test.each(['0', '1'])('waits for a Retry-After of %s s, once', async (retryAfter) => {
  const fault = { kind: 'status', status: 429, retryAfter, times: 1 } as const;
  const { upstream, registry } = await setUpRegistry({ pad: { ...pad, packumentFault: { ...fault } } });
  expect((await registry.packument('pad')).name).toBe('pad');
  upstream.packages.other = { ...pad, packumentFault: { ...fault, times: 2 } };
  expect(await packageErrorOf(registry.packument('other'))).toMatchObject({ code: 'REGISTRY_RATE_LIMITED' });
});

test.each([
  [429, 'REGISTRY_RATE_LIMITED'],
  [503, 'REGISTRY_FAILED'],
])('does not ask again before the time that a registry named with a %d', async (status, code) => {
  const fault = { kind: 'status', status, retryAfter: '60' } as const;
  const { upstream, registry } = await setUpRegistry({ pad: { ...pad, packumentFault: { ...fault } } });
  expect(await packageErrorOf(registry.packument('pad'))).toMatchObject({ code });
  expect(upstream.requests).toEqual(['GET /pad']);
});

test('the pause that a registry asks for does not count against its time to answer', async () => {
  const fault = { kind: 'status', status: 429, retryAfter: '3', times: 1 } as const;
  const { upstream, registry } = await setUpRegistry(
    { pad: { ...pad, packumentFault: { ...fault } }, other: pad },
    { timeoutMs: 1_000, maxAgeMs: 0 },
  );
  await registry.packument('other');
  expect((await registry.packument('pad')).name).toBe('pad');
  // Nor is a registry down that had been told to be asked later.
  await registry.packument('other');
  expect(upstream.requests).toEqual(['GET /other', 'GET /pad', 'GET /pad', 'GET /other']);
});

test('a registry that is silent after the pause that it asked for has its whole time, and no more', async () => {
  const { upstream, registry } = await setUpRegistry(
    { pad: { ...pad, packumentFault: { kind: 'status', status: 429, retryAfter: '1' } } },
    { timeoutMs: 1_000 },
  );
  const failed = packageErrorOf(registry.packument('pad'));
  await expect.poll(() => upstream.requests).toHaveLength(1);
  const answeredAt = performance.now();
  upstream.packages.pad = { ...pad, packumentFault: { kind: 'hang' } };
  expect(await failed).toMatchObject({ code: 'REGISTRY_TIMEOUT' });
  const ms = performance.now() - answeredAt;
  expect(ms).toBeGreaterThan(1_900);
  expect(ms).toBeLessThan(1_000 + 1_000 + 1_500);
});

test('survives a registry that stumbles once', async () => {
  const { registry } = await setUpRegistry({
    pad: { ...pad, packumentFault: { kind: 'status', status: 502, times: 1 } },
  });
  expect((await registry.packument('pad')).name).toBe('pad');
});

test('a registry that is not there is unreachable', async () => {
  const { upstream, registry } = await setUpRegistry({ pad });
  await upstream.close();
  const error = await packageErrorOf(registry.packument('pad'));
  expect(error).toMatchObject({ code: 'REGISTRY_UNREACHABLE', status: 502 });
  expect(error.message).not.toContain('127.0.0.1');
});

test('sends the token to its registry and tells it to nobody', async () => {
  const { upstream, another } = await setUpRegistry({
    '@in/pad': { ...pad, packumentFault: { kind: 'status', status: 401 } },
  });
  const nerfed = upstream.url.replace('http:', '');
  const registry = another({
    npm: {
      registry: 'http://127.0.0.1:9/',
      '@in:registry': upstream.url,
      [`${nerfed}:_authToken`]: 'sesame',
    },
  });
  const error = await packageErrorOf(registry.packument('@in/pad'));
  expect(upstream.headers[0]?.authorization).toBe('Bearer sesame');
  expect(error.remedy).toContain('.npmrc');
  expect(JSON.stringify([error.message, error.remedy, error.detail])).not.toContain('sesame');
});

test('never has more requests under way than allowed', async () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const hanging: TestPackage = { ...pad, packumentFault: { kind: 'hang' } };
  const { upstream, registry } = await setUpRegistry(
    Object.fromEntries(names.map((name) => [name, hanging])),
    {
      concurrency: 2,
    },
  );
  const errors = await Promise.all(names.map((name) => packageErrorOf(registry.packument(name))));
  // Those in line behind two silent requests share their failure instead of waiting for their own.
  expect(errors.map((error) => error.code)).toEqual(names.map(() => 'REGISTRY_TIMEOUT'));
  expect(upstream.requests).toHaveLength(2);
});

test('fetches tarballs of the public registry from the configured one', async () => {
  const tarballUrl = `https://${publicRegistryHost}/pad/-/pad-1.0.0.tgz`;
  const { upstream, registry } = await setUpRegistry({ pad: { versions: { '1.0.0': { tarballUrl } } } });
  await registry.files('pad', '1.0.0');
  expect(upstream.requests).toEqual(['GET /pad', 'GET /pad/-/pad-1.0.0.tgz']);
});
