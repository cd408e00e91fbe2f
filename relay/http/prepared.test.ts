import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Answer, ask } from '../../test/integration/http-client.ts';
import { listen } from '../server.ts';
import { PreparedResponse } from './prepared.ts';

const text = 'a page that is worth compressing '.repeat(100);
const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'X-Extra': 'yes' };

/** Asks a server that sends only `response`. */
async function askFor(
  response: PreparedResponse,
  sent: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  const { port, close } = await listen((req, res) => response.send(req, res), {
    port: 0,
    bind: '127.0.0.1',
    setting: 'PORT',
  });
  onTestFinished(() => close(0));
  return ask(port, '/', { method, headers: sent });
}

describe('encodings', () => {
  const page = new PreparedResponse(text, headers);

  it.each([
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['BR;Q=1', 'br'],
    ['br;q=0.001', 'br'],
    ['br ; q=1.0 , gzip', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.000,gzip;q=1', 'gzip'],
    ['*', 'br'],
    ['br;q=0, *', 'gzip'],
    ['gzip;q=0, *;q=0.5', 'br'],
    ['gzip;q=0, br;q=0', undefined],
    ['*;q=0', undefined],
    ['identity', undefined],
    ['deflate', undefined],
    ['brotli', undefined],
    ['abr, gzipped', undefined],
    ['', undefined],
  ])('Accept-Encoding: %s → %s', async (accepted, encoding) => {
    const answer = await askFor(page, { 'accept-encoding': accepted });
    expect(answer.headers['content-encoding']).toBe(encoding);
    expect(answer.headers.vary).toBe('Accept-Encoding');
    expect(answer.headers['content-length']).toBe(String(answer.body.length));
    const decode =
      { br: brotliDecompressSync, gzip: gunzipSync }[encoding as 'br' | 'gzip'] ?? ((b: Buffer) => b);
    expect(decode(answer.body).toString()).toBe(text);
  });

  it('are not made for what is too small to gain', async () => {
    const { headers: got, text: body } = await askFor(new PreparedResponse('small', headers), {
      'accept-encoding': 'br',
    });
    expect({ encoding: got['content-encoding'], vary: got.vary, body }).toEqual({
      encoding: undefined,
      vary: undefined,
      body: 'small',
    });
  });

  it('are those given: buffers are sent as they are', async () => {
    const given = new PreparedResponse(
      { identity: Buffer.from('plain'), gzip: Buffer.from('zipped') },
      headers,
    );
    expect((await askFor(given, { 'accept-encoding': 'br, gzip' })).text).toBe('zipped');
    expect((await askFor(given, { 'accept-encoding': 'br' })).text).toBe('plain');
  });
});

describe('conditional requests', () => {
  const page = new PreparedResponse(text, headers);

  it.each(['%', 'W/%', '"x", %', '"x",W/%,"y"', '*', ' * '])('If-None-Match: %s is 304', async (pattern) => {
    const { headers: first } = await askFor(page);
    const field = pattern.replace('%', first.etag as string);
    const answer = await askFor(page, { 'if-none-match': field });
    expect(answer).toMatchObject({ status: 304, text: '' });
    expect(answer.headers).toEqual({
      'content-type': 'text/plain; charset=utf-8',
      'x-extra': 'yes',
      etag: first.etag,
      vary: 'Accept-Encoding',
    });
  });

  it.each(['', '""', '"x"', 'W/"x"', 'etag'])('If-None-Match: %j is 200', async (field) => {
    expect((await askFor(page, { 'if-none-match': field })).status).toBe(200);
  });

  it('know content by its hash', async () => {
    const tagOf = async (body: string): Promise<unknown> =>
      (await askFor(new PreparedResponse(body, {}))).headers.etag;
    expect(await tagOf('one')).toBe(await tagOf('one'));
    expect(await tagOf('one')).not.toBe(await tagOf('two'));
  });
});

it('HEAD has the headers of GET and no body', async () => {
  const page = new PreparedResponse(text, headers);
  const get = await askFor(page, { 'accept-encoding': 'br' });
  expect(await askFor(page, { 'accept-encoding': 'br' }, 'HEAD')).toMatchObject({
    status: 200,
    headers: get.headers,
    text: '',
  });
});
