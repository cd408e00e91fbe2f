// The data folder survives what happens to machines: relays killed at any moment, two relays at once, a full disk.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../relay/packages/base/package-log.ts';
import { createPackageEngine } from '../../relay/packages/engine.ts';
import { bundlerPackages } from '../registry/bundler-packages.ts';
import { makeTemporaryFolder } from '../registry/temporary-folder.ts';
import { startTestRegistry, type TestPackage, type TestRegistry } from '../registry/test-registry.ts';
import { compiledCode } from './compiled-code.ts';
import type { Answer } from './http-client.ts';
import { type SpawnedRelay, spawnRelay } from './spawn-relay.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

const files = Object.fromEntries(
  Array.from({ length: 30 }, (_, i) => [`/lib/${i}.js`, `exports.part = ${JSON.stringify(`part ${i}`)};`]),
);
const packages: Record<string, TestPackage> = {
  ...bundlerPackages,
  whole: {
    versions: {
      '1.0.0': {
        files: {
          ...files,
          '/index.js': Object.keys(files)
            .map((path) => `require('.${path}');`)
            .join('\n'),
        },
        manifest: { dependencies: { half: '^1.0.0' } },
      },
    },
  },
  half: { versions: { '1.0.0': { files: { '/index.js': 'module.exports = "half";' } } } },
};
const request = { dependencies: { whole: '^1.0.0' }, resolutions: {}, imports: ['whole', 'half'] };
const setPath = (d: Record<string, string>): string =>
  `/-/set?q=${encodeURIComponent(JSON.stringify({ d, r: {}, i: Object.keys(d) }))}`;
const wholePath = `/-/set?q=${encodeURIComponent(
  JSON.stringify({ d: request.dependencies, r: {}, i: request.imports }),
)}`;

/** Incompressible, and the same each time. */
function noise(bytes: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(bytes / 64) }, (_, i) =>
    createHash('sha512').update(String(i)).digest(),
  );
  return Buffer.concat(blocks).subarray(0, bytes);
}

async function publish(): Promise<TestRegistry> {
  const registry = await startTestRegistry({ packages: structuredClone(packages) });
  onTestFinished(() => registry.close());
  return registry;
}

/** What a relay with this data folder answers, after a restart. */
async function answerFrom(dataDir: string, registry: TestRegistry): Promise<unknown> {
  const engine = createPackageEngine({
    npm: registry.npm,
    dataDir,
    offline: false,
    timeoutMs: 2_000,
    maxTarballBytes: 2 ** 24,
    log: silentLog,
  });
  const set = await engine.sets.manifest(request);
  for (const [name, version] of [
    ['whole', '1.0.0'],
    ['half', '1.0.0'],
  ] as const)
    await (await engine.registry.files(name, version)).verify();
  return set;
}

async function killAfterwards(relay: SpawnedRelay): Promise<SpawnedRelay> {
  onTestFinished(async () => {
    relay.kill('SIGKILL');
    await relay.ended;
  });
  return relay;
}

/** Counts the relay's writes below DATA_DIR on standard error; dies in the middle of number KILL_AT; fails from FULL_AT on. */
const preload = `
import fs from 'node:fs/promises';
import { appendFileSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const { DATA_DIR, KILL_AT = 0, FULL_AT = 0 } = process.env;
let count = 0;
for (const name of ['mkdir', 'writeFile', 'appendFile', 'rename', 'link', 'open']) {
  const original = fs[name];
  fs[name] = async function (path, data, ...more) {
    const writes = name !== 'open' || (data ?? 'r') !== 'r';
    if (!String(path).startsWith(DATA_DIR) || !writes) return original.call(this, path, data, ...more);
    count += 1;
    process.stderr.write('write ' + count + '\\n');
    if (count === Number(KILL_AT)) {
      if (name === 'writeFile') writeFileSync(path, Buffer.from(data).subarray(0, data.length / 2));
      process.kill(process.pid, 'SIGKILL');
      await new Promise(() => {});
    }
    if (Number(FULL_AT) > 0 && count >= Number(FULL_AT))
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', errno: -28 });
    return original.call(this, path, data, ...more);
  };
}
syncBuiltinESMExports();`;

let preloadFile: string;
beforeAll(async () => {
  preloadFile = join(await compiledCode(), '..', 'preload.mjs');
  await writeFile(preloadFile, preload);
});

describe('a relay that is killed', () => {
  it('while it stores leaves nothing wrong behind, wherever that was', async () => {
    const registry = await publish();
    const options = async (env: Record<string, string>) => ({
      dataDir: await makeTemporaryFolder(),
      registryUrl: registry.url,
      preloads: [preloadFile],
      env,
    });
    const unharmed = await killAfterwards(await spawnRelay(await options({})));
    const countWrites = () => unharmed.errors().match(/^write /gm)?.length ?? 0;
    const atStart = countWrites();
    const expected = JSON.parse((await unharmed.ask(wholePath)).text);
    const writes = countWrites() - atStart;
    expect(writes).toBeGreaterThan(40);
    const points = Array.from({ length: 6 }, (_, i) => atStart + 1 + Math.floor((i * writes) / 6));
    for (const point of points) {
      const given = await options({ KILL_AT: String(point) });
      const relay = await killAfterwards(await spawnRelay(given));
      await expect(relay.ask(wholePath)).rejects.toThrow();
      expect(await relay.ended).toBe('SIGKILL');
      expect(await answerFrom(given.dataDir, registry), `killed in write ${point}`).toEqual(expected);
    }
  });

  it('in the middle of a download leaves no part of it', async () => {
    const registry = await publish();
    const dataDir = await makeTemporaryFolder();
    const relay = await killAfterwards(await spawnRelay({ dataDir, registryUrl: registry.url }));
    const atHalf = new Promise<void>((resolve) => {
      registry.packages.half = {
        ...packages.half,
        tarballFault: { kind: 'stall', onHalf: resolve },
      } as TestPackage;
    });
    const asked = relay.ask(wholePath).catch((error) => error);
    await atHalf;
    relay.kill('SIGKILL');
    expect(await relay.ended).toBe('SIGKILL');
    expect(await asked).toBeInstanceOf(Error);
    registry.packages.half = packages.half as TestPackage;
    expect(await answerFrom(dataDir, registry)).toMatchObject({
      contents: expect.objectContaining({ '/node_modules/half/package.json': expect.anything() }),
    });
  });
});

describe('two relays on one data folder', () => {
  it('at once give the same answers, and leave one whole copy of everything', async () => {
    const registry = await publish();
    const names = Array.from({ length: 12 }, (_, i) => `shared-${i}`);
    for (const name of names)
      registry.packages[name] = {
        versions: {
          '1.0.0': {
            files: { '/index.js': `module.exports = "${name}";` },
            manifest: { dependencies: { whole: '*' } },
          },
        },
      };
    const dataDir = await makeTemporaryFolder();
    const [one, two] = (await Promise.all(
      [0, 1].map(async () => killAfterwards(await spawnRelay({ dataDir, registryUrl: registry.url }))),
    )) as [SpawnedRelay, SpawnedRelay];
    const paths = [wholePath, ...names.map((name) => setPath({ [name]: '^1.0.0' }))];
    const askAll = (relay: SpawnedRelay): Promise<Answer[]> =>
      Promise.all(paths.map((path) => relay.ask(path)));
    const [answers, same] = await Promise.all([askAll(one), askAll(two)]);
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
    expect(same.map(({ text }) => JSON.parse(text))).toEqual(answers.map(({ text }) => JSON.parse(text)));
    expect(await readdir(join(dataDir, 'tmp'))).toEqual([]);
    for (const relay of [one, two]) relay.kill('SIGTERM');
    expect(await Promise.all([one.ended, two.ended])).toEqual([0, 0]);
    // What they left behind needs no registry.
    await registry.close();
    const [whole] = answers as [Answer];
    expect(await answerFrom(dataDir, registry)).toEqual(JSON.parse(whole.text));
  });
});

/** Only there may somebody make a disk. What is full is tested everywhere by errors that are injected. */
const mayMount = process.platform === 'linux' && process.getuid?.() === 0;

/** A folder on a disk of `megabytes`. @throws Error with what `mount` says */
async function makeSmallDisk(megabytes: number): Promise<string> {
  const folder = join(await makeTemporaryFolder(), 'disk');
  await mkdir(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'pipe' });
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return folder;
}

/** Takes up what is left of a disk. */
async function fill(file: string): Promise<void> {
  for (const bytes of [1 << 16, 1 << 12, 1 << 8])
    for (;;)
      if (
        await appendFile(file, Buffer.alloc(bytes)).then(
          () => false,
          () => true,
        )
      )
        break;
}

describe('a full disk', () => {
  it.runIf(mayMount)('fails what does not fit, says why, and goes on when there is space', async () => {
    const dataDir = await makeSmallDisk(4);
    const relay: TestRelay = await startTestRelay({
      packages: {
        ...structuredClone(packages),
        large: { versions: { '1.0.0': { files: { '/index.js': '1;', '/noise.bin': noise(3 << 20) } } } },
        late: { versions: { '1.0.0': { files: { '/index.js': '2;' } } } },
      },
      config: { dataDir, registryTimeoutMs: 10_000 },
    });
    onTestFinished(() => relay.close());
    const stored = await relay.ask(wholePath);
    expect(stored.status).toBe(200);

    for (const path of [setPath({ large: '1.0.0' }), '/-/cdn/unpkg.com/large@1.0.0/index.js']) {
      const { status, text } = await relay.ask(path);
      expect({ status, error: JSON.parse(text).error }).toEqual({
        status: 507,
        error: {
          code: 'STORE_FULL',
          message: 'large@1.0.0 could not be stored: the disk is full.',
          remedy: 'Free some space under the data folder.',
        },
      });
    }
    // Nothing of it takes up space that others need.
    expect(await readdir(join(dataDir, 'tmp'))).toEqual([]);
    expect((await relay.ask(setPath({ late: '1.0.0' }))).status).toBe(200);

    const filler = join(dataDir, 'filler');
    await fill(filler);
    expect((await relay.ask(wholePath)).text).toBe(stored.text);
    expect((await relay.ask('/-/cdn/unpkg.com/half@1.0.0/index.js')).status).toBe(200);
    const full = await relay.ask(setPath({ half: '1.0.0' }));
    expect([200, 507]).toContain(full.status);
    await rm(filler);
    expect((await relay.ask(setPath({ half: '1.0.0' }))).status).toBe(200);
    expect(await answerFrom(dataDir, relay.registry)).toEqual(JSON.parse(stored.text));
  });

  it('at any moment is reported, never served from and never an inner error', async () => {
    const registry = await publish();
    const expected = await answerFrom(await makeTemporaryFolder(), registry);
    const statuses: number[] = [];
    for (const point of [1, 10, 40]) {
      const dataDir = await makeTemporaryFolder();
      const env = { FULL_AT: String(point) };
      const relay = await killAfterwards(
        await spawnRelay({ dataDir, registryUrl: registry.url, preloads: [preloadFile], env }),
      );
      const { status, text } = await relay.ask(wholePath);
      statuses.push(status);
      if (status === 200) expect(JSON.parse(text)).toEqual(expected);
      else
        expect({ status, error: JSON.parse(text).error }).toMatchObject({
          status: 507,
          error: { code: 'STORE_FULL' },
        });
      relay.kill('SIGKILL');
      await relay.ended;
      expect(await answerFrom(dataDir, registry), `full from write ${point} on`).toEqual(expected);
    }
    expect(statuses).toContain(507);
  });
});
