// Registries that fail and tarballs that lie, seen from a browser: the answer says why and in time, nothing wrong is stored,
// and once the fault is gone the same request succeeds.
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundlerPackages } from '../registry/bundler-packages.ts';
import { packPackage, packTarball, type TarballEntry } from '../registry/pack-tarball.ts';
import type { Fault, TestPackage } from '../registry/test-registry.ts';
import type { Answer } from './http-client.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

const code = 'module.exports = "honest";';
const honest: TestPackage = { versions: { '1.0.0': { files: { '/index.js': code } } } };

let relay: TestRelay;
beforeAll(async () => {
  relay = await startTestRelay({
    packages: { ...bundlerPackages, steady: honest },
    config: { maxUnpackedBytes: 1 << 20, maxTarballBytes: 1 << 20 },
  });
  expect((await askSet('steady')).status).toBe(200);
});
afterAll(() => relay?.close());

const askSet = (name: string, of: TestRelay = relay): Promise<Answer> =>
  of.ask(`/-/set?q=${encodeURIComponent(JSON.stringify({ d: { [name]: '^1.0.0' }, r: {}, i: [name] }))}`);
const askFile = (name: string): Promise<Answer> => relay.ask(`/-/cdn/unpkg.com/${name}@1.0.0/index.js`);

/** Asks for a broken package in both ways: the answer says why, and nothing of it is kept. */
async function expectFailure(name: string, broken: TestPackage, status: number, errorCode: string) {
  relay.registry.packages[name] = broken;
  for (const asking of [() => askSet(name), () => askFile(name)]) {
    const startedAt = performance.now();
    const answer = await asking();
    expect(performance.now() - startedAt).toBeLessThan(6_000);
    expect({ status: answer.status, error: JSON.parse(answer.text).error }).toEqual({
      status,
      error: {
        code: errorCode,
        message: expect.stringContaining(name),
        remedy: expect.stringMatching(/\w\.$/),
      },
    });
    expect(answer.headers['cache-control']).toBe('no-store');
  }
  await expect(access(join(relay.dataDir, 'packages', name))).rejects.toThrow('ENOENT');
  expect(await readdir(join(relay.dataDir, 'tmp'))).toEqual([]);
  expect((await askFile('steady')).text).toBe(code);
}

describe('a tarball', () => {
  const faults: [Fault, number, string][] = [
    [{ kind: 'status', status: 401 }, 502, 'REGISTRY_REFUSED'],
    [{ kind: 'status', status: 404 }, 404, 'VERSION_NOT_FOUND'],
    [{ kind: 'status', status: 429, retryAfter: '120' }, 503, 'REGISTRY_RATE_LIMITED'],
    [{ kind: 'status', status: 500 }, 502, 'REGISTRY_FAILED'],
    [{ kind: 'hang' }, 504, 'REGISTRY_TIMEOUT'],
    [{ kind: 'stall' }, 504, 'REGISTRY_TIMEOUT'],
    [{ kind: 'trickle', everyMs: 100 }, 504, 'REGISTRY_TIMEOUT'],
    [{ kind: 'garbage' }, 502, 'INTEGRITY_MISMATCH'],
    [{ kind: 'break-off' }, 502, 'REGISTRY_UNREACHABLE'],
    [{ kind: 'truncate' }, 502, 'INTEGRITY_MISMATCH'],
    [{ kind: 'flip' }, 502, 'INTEGRITY_MISMATCH'],
  ];
  it.each(faults)('answered with %j is reported, and kept by nobody', async (fault, status, errorCode) => {
    const name = `tarball-${JSON.stringify(fault).replace(/[^a-z0-9]+/gi, '-')}x`.toLowerCase();
    await expectFailure(name, { ...honest, tarballFault: { ...fault } }, status, errorCode);
    relay.registry.packages[name] = honest;
    expect((await askFile(name)).text).toBe(code);
    expect((await askSet(name)).text).toContain('honest');
  });

  it.each(['0', '1'])('refused with Retry-After: %s is asked for once more, then', async (retryAfter) => {
    const name = `patient-${retryAfter}`;
    const tarballFault: Fault = { kind: 'status', status: 429, retryAfter, times: 1 };
    relay.registry.packages[name] = { ...honest, tarballFault };
    expect((await askFile(name)).text).toBe(code);
  });

  it('that fails once with 503 is asked for again', async () => {
    relay.registry.packages.stumbles = {
      ...honest,
      tarballFault: { kind: 'status', status: 503, times: 1 },
    };
    expect((await askFile('stumbles')).text).toBe(code);
  });
});

const packed = (name: string, ...entries: TarballEntry[]): Buffer =>
  packTarball([
    { path: 'package/package.json', content: JSON.stringify({ name, version: '1.0.0' }) },
    ...entries,
  ]);

describe('a hostile tarball', () => {
  const hostile: [string, (name: string) => Buffer, string][] = [
    [
      'bomb',
      (name) => packed(name, { path: 'package/zeros.js', content: Buffer.alloc(32 << 20) }),
      'TARBALL_TOO_LARGE',
    ],
    [
      'bombs-in-pieces',
      (name) =>
        packed(
          name,
          ...Array.from({ length: 40 }, (_, i) => ({
            path: `package/${i}.js`,
            content: Buffer.alloc(1 << 18),
          })),
        ),
      'TARBALL_TOO_LARGE',
    ],
    [
      'zipped-twice',
      (name) => gzipSync(packPackage({ name, version: '1.0.0' }, { '/index.js': code })),
      'TARBALL_INVALID',
    ],
    [
      'climbs-out',
      (name) => packed(name, { path: 'package/../../../../escaped.js', content: 'x' }),
      'TARBALL_INVALID',
    ],
    ['is-absolute', (name) => packed(name, { path: '/tmp/preview-kit-escaped.js' }), 'TARBALL_INVALID'],
    [
      'is-a-file-and-a-folder',
      (name) => packed(name, { path: 'package/a', content: '1' }, { path: 'package/a/b', content: '2' }),
      'TARBALL_INVALID',
    ],
    ['is-none', () => Buffer.from('<html>'), 'TARBALL_INVALID'],
  ];
  it.each(hostile)('that %s is refused, and writes nothing outside', async (name, make, errorCode) => {
    await expectFailure(name, { versions: { '1.0.0': { tarball: make(name) } } }, 502, errorCode);
    await expect(access(join(relay.dataDir, '..', 'escaped.js'))).rejects.toThrow('ENOENT');
    await expect(access('/tmp/preview-kit-escaped.js')).rejects.toThrow('ENOENT');
  });

  it('with links has no files there, and nothing can be read or written through them', async () => {
    const links = packed(
      'links',
      { path: 'package/index.js', content: code },
      { path: 'package/passwd.txt', type: 'SymbolicLink', linkpath: '/etc/passwd' },
      { path: 'package/up', type: 'SymbolicLink', linkpath: '../../../..' },
      { path: 'package/hard.js', type: 'Link', linkpath: 'package/index.js' },
    );
    relay.registry.packages.links = { versions: { '1.0.0': { tarball: links } } };
    expect((await askFile('links')).text).toBe(code);
    for (const path of ['passwd.txt', 'hard.js', 'up/trees', 'up/packages/steady/1.0.0/files/index.js'])
      expect((await relay.ask(`/-/cdn/unpkg.com/links@1.0.0/${path}`)).status, path).toBe(404);
    const entries = await readdir(join(relay.dataDir, 'packages/links/1.0.0/files'));
    expect(entries.sort()).toEqual(['index.js', 'package.json']);
  });
});

describe('many requests at once', () => {
  let patient: TestRelay;
  beforeAll(async () => {
    // Here relay and registry share one busy process: nothing may time out because of that.
    patient = await startTestRelay({
      packages: { ...bundlerPackages },
      config: { registryTimeoutMs: 30_000 },
    });
  });
  afterAll(() => patient?.close());

  it('for one set fetch each address once', async () => {
    patient.registry.packages.popular = {
      versions: {
        '1.0.0': { files: { '/index.js': code }, manifest: { dependencies: { 'popular-part': '*' } } },
      },
    };
    patient.registry.packages['popular-part'] = honest;
    const before = patient.registry.requests.length;
    const answers = await Promise.all(Array.from({ length: 50 }, () => askSet('popular', patient)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const asked = patient.registry.requests.slice(before).filter((request) => request.includes('popular'));
    expect([...asked].sort()).toEqual([...new Set(asked)].sort());
  });

  it('for 200 packages are all answered, and the registry gets 12 at a time', async () => {
    const names = Array.from({ length: 200 }, (_, i) => `many-${i}`);
    const late: Fault = { kind: 'late', afterMs: 50 };
    for (const name of names)
      patient.registry.packages[name] = { ...honest, packumentFault: late, tarballFault: late };
    const answers = await Promise.all(names.map((name) => askSet(name, patient)));
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200));
    expect(patient.registry.peak).toBe(12);
    const asked = patient.registry.requests.filter((request) => request.startsWith('GET /many-'));
    expect(asked).toHaveLength(400);
  });
});

describe('a registry that is gone', () => {
  it('leaves what is stored, and says so for the rest', async () => {
    await relay.registry.close();
    expect((await askSet('steady')).status).toBe(200);
    expect((await askFile('steady')).text).toBe(code);
    const answer = await askSet('never-seen');
    expect({ status: answer.status, error: JSON.parse(answer.text).error }).toMatchObject({
      status: 502,
      error: {
        code: 'REGISTRY_UNREACHABLE',
        message: 'The npm registry could not be reached for never-seen.',
      },
    });
  });
});
