import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Answer, ask, type Question } from '../../../test/integration/http-client.ts';
import { makeTemporaryFolder } from '../../../test/registry/temporary-folder.ts';
import type { ContentAnswer } from '../../packages/answers/content-answer.ts';
import { EncodedFiles } from '../../packages/answers/encoded-files.ts';
import { silentLog } from '../../packages/base/package-log.ts';
import type { EncodedContent } from '../../packages/disk/encoded-store.ts';
import { listen } from '../../server.ts';
import { MirrorFiles } from './mirror-files.ts';

const text = 'a script that is worth compressing; '.repeat(60);

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

/** A server whose every address means `answer`; `lookUps` counts how often that had to be found out. */
async function serve(answer: Partial<ContentAnswer>, quietMs = 60_000) {
  const folder = await makeTemporaryFolder();
  const encoded = new EncodedFiles({ folder, log: silentLog, quietMs });
  const files = new MirrorFiles(encoded);
  const seen = { lookUps: 0, again: 0, reads: 0 };
  const meant: ContentAnswer = {
    kind: 'content',
    type: 'text/javascript; charset=utf-8',
    lifetime: 'immutable',
    identity: 'x@1.0.0/x.js',
    read: async () => {
      seen.reads += 1;
      return text;
    },
    ...answer,
  };
  const { port, close } = await listen(
    (req, res) =>
      files.ready(req, res, () => {
        seen.lookUps += 1;
        void files.send(req, res, meant, () => {
          seen.again += 1;
        });
      }),
    { port: 0, bind: '127.0.0.1', setting: 'PORT' },
  );
  onTestFinished(async () => {
    await close(0);
    await encoded.close();
  });
  const get = (headers: Record<string, string> = {}, more: Question = {}): Promise<Answer> =>
    ask(port, '/-/cdn/unpkg.com/x@1.0.0/x.js', { headers, ...more });
  return { get, seen, encoded };
}

const br = { 'accept-encoding': 'br' };

describe('an address', () => {
  it('is looked up once when it is exact, and each answer after that is counted', async () => {
    const { get, seen } = await serve({});
    for (let n = 0; n < 3; n += 1) {
      const { status, headers, body } = await get(br);
      expect({ status, encoding: headers['content-encoding'] }).toEqual({ status: 200, encoding: 'br' });
      expect(String(brotliDecompressSync(body))).toBe(text);
    }
    expect(seen).toEqual({ lookUps: 1, again: 2, reads: 1 });
  });

  it('is looked up anew after ten seconds when the registry decides, and not read when it means the same', async () => {
    const { get, seen } = await serve({ lifetime: 'resolved' });
    await get(br);
    vi.advanceTimersByTime(9_000);
    await get(br);
    expect(seen).toEqual({ lookUps: 1, again: 1, reads: 1 });
    vi.advanceTimersByTime(2_000);
    const { headers } = await get(br);
    expect(headers['cache-control']).toBe('public, max-age=300, stale-while-revalidate=86400');
    expect(seen).toEqual({ lookUps: 2, again: 1, reads: 1 });
  });

  it('is looked up each time when a rule of the operator answers', async () => {
    const { get, seen } = await serve({ rule: 1, lifetime: 'resolved' });
    await get();
    await get();
    expect(seen.lookUps).toBe(2);
  });

  it('is sent better compressed as soon as that is done', async () => {
    const { get, encoded } = await serve({});
    const first = await get(br);
    await encoded.settled();
    const later = await get(br);
    expect(later.body.length).toBeLessThanOrEqual(first.body.length);
    expect(String(brotliDecompressSync(later.body))).toBe(text);
    expect((await get({ ...br, 'if-none-match': String(first.headers.etag) })).status).toBe(304);
  });
});

describe('a ready answer', () => {
  it('has a strong tag for each encoding, and is 304 for whoever has any of them', async () => {
    const { get } = await serve({});
    const tags = [
      (await get()).headers.etag,
      (await get(br)).headers.etag,
      (await get({ 'accept-encoding': 'gzip' })).headers.etag,
    ];
    expect(new Set(tags).size).toBe(3);
    for (const tag of tags) {
      expect(tag).toMatch(/^"[^"]+"$/);
      expect(await get({ ...br, 'if-none-match': String(tag) })).toMatchObject({ status: 304, text: '' });
    }
    expect((await get({ ...br, 'if-none-match': '"AAAAAAAAAAAAAAAAAAAAAA"' })).status).toBe(200);
  });

  it('answers HEAD with the headers of GET', async () => {
    const { get } = await serve({});
    const { headers } = await get(br);
    expect(await get(br, { method: 'HEAD' })).toMatchObject({ status: 200, headers, text: '' });
  });

  it('has parts, of the file as it is', async () => {
    const { get } = await serve({});
    const part = await get({ ...br, range: 'bytes=2-7' });
    expect(part).toMatchObject({ status: 206, text: 'script' });
    expect(part.headers).toMatchObject({
      'content-range': `bytes 2-7/${text.length}`,
      'content-length': '6',
      'accept-ranges': 'bytes',
    });
    expect(part.headers['content-encoding']).toBeUndefined();
    expect((await get({ range: 'bytes=-3' })).text).toBe(text.slice(-3));
    expect(await get({ range: 'bytes=99999-' })).toMatchObject({
      status: 416,
      headers: { 'content-range': `bytes */${text.length}` },
    });
  });

  it.each(['bytes=0-1,4-5', 'lines=1-2', 'bytes=x'])('is given whole for %s', async (range) => {
    const { get } = await serve({});
    expect(await get({ range })).toMatchObject({ status: 200, text });
  });

  it('has parts of the version that the client holds only', async () => {
    const { get } = await serve({});
    const { etag } = (await get()).headers;
    expect((await get({ range: 'bytes=0-1', 'if-range': String(etag) })).status).toBe(206);
    expect((await get({ range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
    expect((await get({ range: 'bytes=0-1', 'if-range': 'Wed, 21 Oct 2015 07:28:00 GMT' })).status).toBe(200);
  });

  it('is read once for each request when it is too large to be kept', async () => {
    let reads = 0;
    const read = async () => {
      reads += 1;
      return Buffer.alloc(7 * 1024 * 1024);
    };
    const { get } = await serve({ type: 'video/mp4', read });
    expect((await get()).body.length).toBe(7 * 1024 * 1024);
    expect(reads).toBe(1);
  });

  it('travels as it does already, where that is known, and is stored no second time', async () => {
    const encoded: EncodedContent = {
      digest: 'A'.repeat(43),
      encode: async (encoding) => (encoding === 'br' ? brotliCompressSync(text) : Buffer.from(text)),
    };
    const { get, seen } = await serve({ encoded });
    const { headers, body } = await get(br);
    expect(headers['content-encoding']).toBe('br');
    expect(String(brotliDecompressSync(body))).toBe(text);
    expect((await get()).text).toBe(text);
    expect(seen.reads).toBe(0);
  });

  it('is not compressed where nothing is gained', async () => {
    const { get } = await serve({ type: 'font/woff2' });
    const { headers, text: sent } = await get(br);
    expect({ encoding: headers['content-encoding'], sent }).toEqual({ encoding: undefined, sent: text });
  });
});
