// Ten thousand mutated requests against a relay in a process of its own: none ends in a 5xx or a crash, no file outside the
// bundler's folder and the store is asked for, memory stays flat.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { makeTemporaryFolder } from '../registry/temporary-folder.ts';
import { startTestRegistry } from '../registry/test-registry.ts';
import { compiledCode, root } from './compiled-code.ts';
import { sendRaw } from './http-client.ts';
import { fuzzRequests, type Seeds } from './request-fuzzer.ts';
import { type SpawnedRelay, spawnRelay } from './spawn-relay.ts';

const requests = 10_000;
const atOnce = 8;
const canary = 'canary-outside-the-store';

async function startWatchedRelay(): Promise<SpawnedRelay> {
  const registry = await startTestRegistry({
    packages: { pad: { versions: { '1.0.0': { files: { '/index.js': 'x', '/deep/file.css': 'y' } } } } },
  });
  const folder = await makeTemporaryFolder();
  const dataDir = join(folder, 'data');
  await mkdir(dataDir);
  for (const path of [join(folder, 'package.json'), join(folder, 'index.js')]) await writeFile(path, canary);
  const relay = await spawnRelay({
    dataDir,
    registryUrl: registry.url,
    preloads: ['watch-files.mjs', 'tell-memory.mjs'].map((name) => join(import.meta.dirname, name)),
    env: {
      RATE_LIMIT: '0',
      // npm's configuration is looked for in the working folder and in HOME, which are the data folder here.
      ALLOWED_FOLDERS: [dataDir, join(root, 'www'), await compiledCode(), join(root, 'node_modules')].join(
        ':',
      ),
    },
  });
  onTestFinished(async () => {
    relay.kill('SIGTERM');
    await relay.ended;
    await registry.close();
  });
  return relay;
}

async function seedsOf(relay: SpawnedRelay): Promise<Seeds> {
  const base = `preview.localhost:${relay.port}`;
  const frame = await relay.ask('/', { host: `r0123456789abcdefghij-${base}` });
  const asset = /src="\/\/[^/]+(\/static\/[^"]+)"/.exec(frame.text)?.[1] as string;
  return {
    hosts: [base, base, `r0123456789abcdefghij-${base}`, `0123456789abcdef-${base}`, '127.0.0.1'],
    paths: [
      '/',
      asset,
      '/__csb_relay/',
      '/__csb_sw.js',
      '/__kit_sw.js',
      '/healthz',
      '/readyz',
      '/api/placeholder/400/320',
      '/-/set?q=%7B%22d%22%3A%7B%22pad%22%3A%22%5E1%22%7D%7D',
      '/-/tree/0123456789abcdef0123456789abcdef/modules?q={"i":[],"n":["pad"]}',
      '/-/esm/pad@1.0.0/index.js',
      '/-/cdn/unpkg.com/pad@1.0.0/index.js?meta',
      '/-/cdn/unpkg.com/pad@1.0.0/deep/file.css',
      '/-/cdn/cdn.jsdelivr.net/npm/pad/index.js',
      '/-/cdn/cdn.jsdelivr.net/combine/npm/pad@1,npm/pad@1/deep/file.css',
      '/-/cdn/data.jsdelivr.com/v1/package/npm/pad@1/flat',
      '/-/cdn/cdnjs.cloudflare.com/ajax/libs/pad/1.0.0/index.js',
      '/-/cdn/esm.sh/pad@1.0.0?bundle',
      '/-/cdn/fonts.googleapis.com/css2?family=Pad:wght@400;700&display=swap',
      '/-/cdn/cdn.tailwindcss.com/3.4.17?plugins=forms',
      '/-/cdn/prod-packager-packages.codesandbox.io/v2/packages/pad/1.0.0.json',
    ],
  };
}

/** Memory of the relay in MB when all its garbage is collected: resident memory goes up and down with the collector's moods. */
async function usedMegabytes(relay: SpawnedRelay): Promise<number> {
  const from = relay.errors().length;
  relay.kill('SIGUSR2');
  const bytes = await vi.waitUntil(() => /USED (\d+)\n/.exec(relay.errors().slice(from))?.[1], 20_000);
  return Number(bytes) / 2 ** 20;
}

it('survives ten thousand mutated requests', async () => {
  const relay = await startWatchedRelay();
  const fuzzer = fuzzRequests(20261121, await seedsOf(relay));
  expect((await relay.ask('/-/cdn/unpkg.com/pad@1.0.0/index.js')).status).toBe(200);
  // npm's configuration and the system's certificates are read once.
  const atStart = relay.errors().length;
  const seen = new Map<number, number>();
  const send = async (bytes: string): Promise<void> => {
    const answer = await sendRaw(relay.port, bytes);
    if (answer.includes(canary) || /root:.*:0:0:/.test(answer))
      throw new Error(`A file leaked: ${JSON.stringify(bytes)}`);
    for (const [, digits] of answer.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)) {
      const status = Number(digits);
      seen.set(status, (seen.get(status) ?? 0) + 1);
      if (status >= 500 || status < 100) throw new Error(`${status} for ${JSON.stringify(bytes)}`);
    }
  };
  const sendMany = async (count: number): Promise<void> => {
    let left = count;
    const oneAfterTheOther = async () => {
      while (left-- > 0) await send(fuzzer.next().value);
    };
    await Promise.all(Array.from({ length: atOnce }, oneAfterTheOther));
  };
  await sendMany(requests / 2);
  const half = await usedMegabytes(relay);
  await sendMany(requests / 2);
  const whole = await usedMegabytes(relay);

  expect((await relay.ask('/healthz')).status).toBe(200);
  expect(relay.output()).not.toMatch(/"level":(50|60)/);
  expect(relay.errors().slice(atStart)).not.toMatch(/OUTSIDE/);
  // What grows by itself is about 1; a relay that kept 2 kB of each request that gets past the parser grew by 5.
  expect(whole - half).toBeLessThan(4);
  // The generator must not be so wild that nothing gets past the parser.
  expect([...seen.keys()]).toEqual(expect.arrayContaining([200, 400, 404, 405, 421]));
}, 180_000);
