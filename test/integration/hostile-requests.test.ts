// Requests that no browser sends: odd encodings, oversized and broken ones.
// Each has an answer below 500 or a closed connection, and the relay goes on.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bundlerPath } from '../../relay/shared/native.ts';
import { sendRaw } from './http-client.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

let relay: TestRelay;
let asset: string;

beforeAll(async () => {
  relay = await startTestRelay({
    packages: { pad: { versions: { '1.0.0': { files: { '/index.js': 'x' } } } } },
  });
  const frame = await relay.ask(bundlerPath, { host: `r0123456789abcdefghij-${relay.base}` });
  asset = /src="\/\/[^/]+(\/static\/[^"]+)"/.exec(frame.text)?.[1] as string;
});
afterAll(() => relay?.close());
afterEach(async () => {
  expect((await relay.ask('/healthz')).status).toBe(200);
  expect(relay.log.filter(({ level }) => (level as number) >= 50)).toEqual([]);
});

/** The status lines in what came back: one for each answer. */
const statuses = (text: string): number[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

/** Sends one request whose path may be anything. */
const get = (path: string, headers = ''): Promise<string> =>
  sendRaw(relay.port, `GET ${path} HTTP/1.1\r\nHost: ${relay.base}\r\nConnection: close\r\n${headers}\r\n`);

describe('paths that try to leave their folder', () => {
  it.each([
    '/..',
    '/../package.json',
    '/static/../../package.json',
    '/static/../manifest.json',
    '//etc/passwd',
    '/static//etc/passwd',
    '/%2e%2e/package.json',
    '/%2e%2e%2fpackage.json',
    '/..%2fpackage.json',
    '/..%5cpackage.json',
    '/\\..\\package.json',
    '/....//package.json',
    '/%00',
    '/index.html%00.js',
    '/%',
    '/%zz',
    '/%c0%ae%c0%ae/',
    '/%u002e%u002e/',
    '/-/cdn/unpkg.com/pad@1.0.0/../../../package.json',
    '/-/cdn/unpkg.com/pad@1.0.0/%2e%2e/%2e%2e/meta.json',
    '/-/cdn/unpkg.com/pad@1.0.0/..%2f..%2fmeta.json',
    '/-/cdn/unpkg.com/pad@1.0.0/%5c..%5cmeta.json',
    '/-/cdn/unpkg.com/pad@1.0.0/index.js%00',
    '/-/cdn/unpkg.com/..%2f..%2f@1.0.0/index.js',
    '/-/cdn/unpkg.com/%zz',
    '/-/cdn/%zz/pad',
    '/-/cdn/cdn.jsdelivr.net/npm/pad@..%2f..%2f/index.js',
    '/-/cdn/cdn.jsdelivr.net/npm/../../pad@1.0.0/index.js',
    '/-/tree/..%2f..%2fpackage/modules?q={"i":[],"n":["pad"]}',
    '/-/tree/%zz/modules?q={"i":[],"n":["pad"]}',
    '/constructor',
    '/__proto__',
    '/-/cdn/__proto__/x',
    '/-/cdn/constructor/x',
    '/-/tree/__proto__/modules?q={"i":[],"n":["x"]}',
  ])('%s is refused', async (path) => {
    const text = await get(path);
    const [status = 0] = statuses(text);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(text).not.toMatch(/librechat-preview-kit|root:|"integrity"/);
  });

  it('are not normalised into an asset', async () => {
    expect(statuses(await get(asset))).toEqual([200]);
    const name = asset.slice(asset.lastIndexOf('/') + 1);
    const folder = asset.slice(0, asset.lastIndexOf('/'));
    for (const path of [
      `${folder}/x/../${name}`,
      `${folder}/%2e/${name}`,
      `${folder}//${name}`,
      `${folder}\\${name}`,
      `${folder}/${name}/`,
      `${folder}/${name}%00`,
      `${folder}/${name}.br`,
      `${folder}/${name.toUpperCase()}`,
      `/${asset}`,
      `/x/..${asset}`,
    ])
      expect({ path, statuses: statuses(await get(path)) }).toEqual({ path, statuses: [404] });
  });
});

describe('methods', () => {
  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'PURGE'])(
    '%s is not allowed on any surface',
    async (method) => {
      for (const host of [
        relay.base,
        `r0123456789abcdefghij-${relay.base}`,
        `0123456789abcdef-${relay.base}`,
      ])
        for (const path of ['/', asset, '/__csb_relay/', '/__csb_sw.js', '/readyz', '/nothing']) {
          const { status, headers } = await relay.ask(path, { host, method });
          expect({ method, path, status, allow: headers.allow }).toEqual({
            method,
            path,
            status: 405,
            allow: 'GET, HEAD',
          });
        }
    },
  );

  it('that are no words are not understood', async () => {
    for (const method of ['GE T', 'get', 'FOO', ''])
      expect(
        statuses(await sendRaw(relay.port, `${method} / HTTP/1.1\r\nHost: ${relay.base}\r\n\r\n`)),
      ).toEqual([400]);
  });

  it('CONNECT opens no tunnel', async () => {
    const text = await sendRaw(relay.port, `CONNECT ${relay.base} HTTP/1.1\r\nHost: ${relay.base}\r\n\r\n`);
    expect(text).not.toMatch(/^HTTP\/1\.1 2/);
  });
});

describe('broken requests', () => {
  it('with too many bytes of headers are 431', async () => {
    const text = await get('/', `Cookie: ${'x'.repeat(20_000)}\r\n`);
    expect(text).toBe(
      'HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    );
    expect(statuses(await get(`/${'x'.repeat(20_000)}`))).toEqual([431]);
  });

  it('with headers just below the limit are answered', async () => {
    expect(statuses(await get('/', `Cookie: ${'x'.repeat(15_000)}\r\n`))).toEqual([200]);
  });

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'.padEnd(64, '\x00')],
    ['another version', 'GET / HTTP/9.9\r\nHost: preview.localhost\r\n\r\n'],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n'],
    ['a header without a colon', 'GET / HTTP/1.1\r\nHost preview.localhost\r\n\r\n'],
    ['a header name with a space', 'GET / HTTP/1.1\r\nHost: preview.localhost\r\nX Y: 1\r\n\r\n'],
    ['a folded header', 'GET / HTTP/1.1\r\nHost: preview.localhost\r\n folded: 1\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    [
      'length and chunks',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a NUL in the path', 'GET /\0 HTTP/1.1\r\nHost: preview.localhost\r\n\r\n'],
  ])('with %s are 400 and closed', async (_, bytes) => {
    expect(statuses(await sendRaw(relay.port, bytes))).toEqual([400]);
  });

  it('with two Host headers are refused', async () => {
    const text = await sendRaw(
      relay.port,
      `GET / HTTP/1.1\r\nHost: ${relay.base}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
    );
    expect(statuses(text)[0]).toSatisfy((status: number) => status === 400 || status === 200);
    expect(text).not.toContain('evil.example');
  });

  it('after a good one on the same connection do not spoil its answer', async () => {
    const text = await sendRaw(
      relay.port,
      `GET /readyz HTTP/1.1\r\nHost: ${relay.base}\r\n\r\nnonsense\r\n\r\n`,
    );
    expect(statuses(text)).toEqual([200]);
    expect(text.endsWith('{"status":"ok","parts":{"relay":"ok"}}')).toBe(true);
  });
});
