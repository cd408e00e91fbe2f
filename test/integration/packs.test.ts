// Packs over HTTP: scripts at addresses that always mean the same, from whichever relay on the data folder made them.
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../relay/packages/base/package-log.ts';
import { createPackageEngine } from '../../relay/packages/engine.ts';
import { exportBundle } from '../../relay/packages/upkeep/bundle/bundle-export.ts';
import { importBundle } from '../../relay/packages/upkeep/bundle/bundle-import.ts';
import { writePin } from '../../relay/packages/upkeep/pins.ts';
import { loadPacks, requireFromPacks } from '../packages/run-packs.ts';
import { makeTemporaryFolder } from '../registry/temporary-folder.ts';
import { packages, sharedHeaders } from './published-packages.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

const request = { dependencies: { greeting: '^1.0.0' }, resolutions: {}, imports: ['greeting'] };
let relay: TestRelay;

beforeAll(async () => {
  relay = await startTestRelay({ packages });
});
afterAll(() => relay?.close());

/** Another relay's engine on the same registry. */
function openEngine(dataDir: string, offline = false) {
  const { linked } = createPackageEngine({
    npm: relay.registry.npm,
    dataDir,
    offline,
    timeoutMs: 2_000,
    maxTarballBytes: 2 ** 20,
    log: silentLog,
  });
  onTestFinished(() => linked.close());
  return linked;
}

async function makePack(dataDir = relay.dataDir) {
  const linked = openEngine(dataDir);
  const answer = await linked.get(request);
  await linked.settled();
  return { answer, path: answer.packs[0]?.path ?? '', bytes: answer.packs[0]?.bytes };
}

it('A pack is a script that may be kept for ever, compressed once, and runs', async () => {
  const { answer, path, bytes } = await makePack();
  const { status, headers, text } = await relay.ask(path);
  expect(status).toBe(200);
  expect(headers).toEqual({
    ...sharedHeaders,
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    etag: expect.stringMatching(/^"[\w-]{22}"$/),
    vary: 'Accept-Encoding',
    'accept-ranges': 'bytes',
    'content-length': String(bytes),
  });
  for (const [encoding, decode] of [
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const) {
    const encoded = await relay.ask(path, { headers: { 'accept-encoding': encoding } });
    expect(encoded.headers['content-encoding']).toBe(encoding);
    expect(String(decode(encoded.body))).toBe(text);
  }
  const load = requireFromPacks(loadPacks([text]));
  expect(load(answer.roots.greeting ?? '')).toBe('hello!');
  const known = await relay.ask(path, { headers: { 'if-none-match': String(headers.etag) } });
  expect([known.status, known.text]).toEqual([304, '']);
});

it('There is no pack at any other address', async () => {
  const { path } = await makePack();
  for (const wrong of [
    `/-/pack/${'0'.repeat(64)}.js`,
    '/-/pack/x.js',
    path.slice(0, -3),
    `${path.slice(0, -3)}.css`,
    '/-/pack/..%2f..%2fx.js',
  ])
    expect((await relay.ask(wrong)).status, wrong).toBe(404);
  expect(await relay.ask(path, { method: 'POST' })).toMatchObject({
    status: 405,
    headers: { allow: 'GET, HEAD' },
  });
});

it('Packs travel in bundles, and are there where no registry is', async () => {
  const dataDir = await makeTemporaryFolder();
  const { answer } = await makePack(dataDir);
  await writePin(dataDir, { name: 'mine', trees: [answer.tree], packages: [] });
  const file = `${await makeTemporaryFolder()}/store.tar.gz`;
  await exportBundle(file, { dataDir });
  const elsewhere = await makeTemporaryFolder();
  await importBundle(file, { dataDir: elsewhere });
  const there = openEngine(elsewhere, true);
  expect(await there.pack(answer.packs[0]?.path.slice('/-/pack/'.length, -3) ?? '')).toBeDefined();
  expect(await there.get(request)).toEqual(answer);
});
