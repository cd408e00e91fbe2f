// The bundler's files, over HTTP: shared by all previews, in the encoding that the browser asks for.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BundlerManifest } from '../../bundler-build/build.ts';
import { root } from './compiled-code.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

const reactId = 'r0123456789abcdefghij';
const etag = expect.stringMatching(/^"[\w-]{22}"$/);

let relay: TestRelay;
let manifest: BundlerManifest;

beforeAll(async () => {
  relay = await startTestRelay();
  manifest = JSON.parse(await readFile(join(root, 'www', 'manifest.json'), 'utf8'));
});
afterAll(() => relay?.close());

describe('assets', () => {
  const largest = () =>
    Object.entries(manifest.files)
      .filter(([, sizes]) => sizes.br !== undefined)
      .sort(([, a], [, b]) => b.bytes - a.bytes)[0] as [string, { bytes: number; br: number; gz: number }];

  it('are shared by every preview origin and never change', async () => {
    const [path, sizes] = largest();
    const { status, headers, body } = await relay.ask(`/static/${manifest.fingerprint}/${path}`);
    expect(status).toBe(200);
    expect(headers).toEqual({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'timing-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      etag,
      vary: 'Accept-Encoding',
      'content-length': String(sizes.bytes),
    });
    expect(body.equals(await readFile(join(root, 'www', 'files', path)))).toBe(true);
  });

  it('travel as Brotli, gzip or plain, as the browser asks', async () => {
    const [path, sizes] = largest();
    const at = `/static/${manifest.fingerprint}/${path}`;
    const plain = (await relay.ask(at)).body;
    const br = await relay.ask(at, { headers: { 'accept-encoding': 'gzip, deflate, br, zstd' } });
    expect(br.headers).toMatchObject({ 'content-encoding': 'br', 'content-length': String(sizes.br) });
    expect(brotliDecompressSync(br.body).equals(plain)).toBe(true);
    const gzip = await relay.ask(at, { headers: { 'accept-encoding': 'gzip, br;q=0' } });
    expect(gzip.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-length': String(sizes.gz) });
    expect(gunzipSync(gzip.body).equals(plain)).toBe(true);
    const identity = await relay.ask(at, { headers: { 'accept-encoding': 'deflate' } });
    expect(identity.headers['content-encoding']).toBeUndefined();
    expect(identity.body.equals(plain)).toBe(true);
  });

  it('are all there, byte for byte', async () => {
    for (const [path, { bytes }] of Object.entries(manifest.files))
      expect(await relay.ask(`/static/${manifest.fingerprint}/${path}`, { method: 'HEAD' })).toMatchObject({
        status: 200,
        headers: { 'content-length': String(bytes) },
        text: '',
      });
  });

  it('exist at the base host and under their own fingerprint only', async () => {
    const [path] = largest();
    const at = `/static/${manifest.fingerprint}/${path}`;
    expect((await relay.ask(at, { host: `${reactId}-${relay.base}` })).status).toBe(404);
    expect((await relay.ask(`/static/0000000000000000/${path}`)).status).toBe(404);
    expect((await relay.ask(`/static/${manifest.fingerprint}/`)).status).toBe(404);
    expect((await relay.ask(`/static/${manifest.fingerprint}`)).status).toBe(404);
  });
});
