// Placeholder images over HTTP: on the hosts where artifacts run, and nowhere else.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedHeaders } from './published-packages.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

let relay: TestRelay;

beforeAll(async () => {
  relay = await startTestRelay();
});
afterAll(() => relay?.close());

const address = '/api/placeholder/400/320';

describe('Placeholder images', () => {
  it.each(['r0123456789abcdefghij', '192a3f45'])('are on the preview host %s', async (id) => {
    const host = `${id}-${relay.base}`;
    const { status, headers, text } = await relay.ask(address, { host });
    expect(status).toBe(200);
    expect(headers).toEqual({
      ...sharedHeaders,
      'content-security-policy': "default-src 'none'",
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-length': String(Buffer.byteLength(text)),
    });
    expect(text).toContain('>400 × 320</text>');
  });

  it('of no size or of any size say which sizes there are', async () => {
    const host = `192a3f45-${relay.base}`;
    for (const size of ['0/320', '99999/320', 'large', '']) {
      const { status, headers, text } = await relay.ask(`/api/placeholder/${size}`, { host });
      expect({ status, text }, size).toEqual({
        status: 404,
        text: 'Placeholders are at /api/placeholder/<width>/<height>, from 1 to 10000 pixels.\n',
      });
      expect(headers).toMatchObject({
        'content-type': 'text/plain; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
    }
  });

  it('are not on the base host, unless artifacts run there', async () => {
    expect((await relay.ask(address)).status).toBe(404);
    const shared = await startTestRelay({ config: { isolation: 'shared' } });
    try {
      expect((await shared.ask(address)).status).toBe(200);
    } finally {
      await shared.close();
    }
  });
});
