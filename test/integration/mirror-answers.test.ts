// Answers of the mirror over HTTP: ready-made, addressed exactly as the artifact wrote it, and for the methods that they are for.
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packages } from './published-packages.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

let relay: TestRelay;

beforeAll(async () => {
  relay = await startTestRelay({ packages });
});
afterAll(() => relay?.close());

const file = '/-/cdn/cdn.jsdelivr.net/npm/greeting@1.2.0/dist/greeting.umd.js';

describe('what was answered once', () => {
  it('is answered again without the registry and without its files', async () => {
    const first = await relay.ask(file);
    expect(first.status).toBe(200);
    const asked = relay.registry.requests.length;
    const again = await relay.ask(file);
    expect(again).toMatchObject({ status: 200, text: first.text, headers: { etag: first.headers.etag } });
    expect(relay.registry.requests.length).toBe(asked);
    expect((await relay.ask(file, { headers: { 'if-none-match': String(first.headers.etag) } })).status).toBe(
      304,
    );
  });

  it('is one answer for each encoding', async () => {
    const plain = await relay.ask(file);
    const packed = await relay.ask(file, { headers: { 'accept-encoding': 'br' } });
    const text =
      packed.headers['content-encoding'] === 'br' ? String(brotliDecompressSync(packed.body)) : packed.text;
    expect(text).toBe(plain.text);
    expect(await relay.ask(file, { headers: { range: 'bytes=0-5' } })).toMatchObject({
      status: 206,
      text: plain.text.slice(0, 6),
    });
  });
});

describe('methods', () => {
  const address = '/-/esm/9/none@1.0.0/index.js';

  it.each([
    [file, 'POST', 'GET, HEAD'],
    [file, 'DELETE', 'GET, HEAD'],
    [address, 'POST', 'GET, HEAD'],
    ['/-/set', 'PUT', 'GET, HEAD, POST'],
    ['/-/tree/x/modules', 'DELETE', 'GET, HEAD, POST'],
    ['/-/none', 'POST', 'GET, HEAD'],
  ])('%s does not answer %s, and says which it does', async (path, method, allow) => {
    const { status, headers, text } = await relay.ask(path, { method });
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow });
    expect(JSON.parse(text).error).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
  });
});

it('keeps what follows a second question mark in an address', async () => {
  const { status } = await relay.ask('/-/cdn/unpkg.com/greeting@1.2.0/?meta&note=a?b');
  expect(status).toBe(200);
  const { text } = await relay.ask('/api/placeholder/400/320?text=Why?yes', {
    host: `r0123456789abcdefghij-${relay.base}`,
  });
  expect(text).toContain('>Why?yes<');
});
