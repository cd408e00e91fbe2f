import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepHost } from '../http/host-routing.ts';
import type { Egress } from '../shared/egress.ts';
import { permissionsPolicy } from '../shared/permissions-policy.ts';
import { createFallbackPage } from './fallback-page.ts';
import { createStaticRelay } from './static-relay.ts';

const browserDir = mkdtempSync(join(tmpdir(), 'static-relay-'));
for (const name of ['relay-frame', 'service-worker', 'fallback-page', 'inner-realm']) {
  writeFileSync(join(browserDir, `${name}.js`), `"${name}"`);
}

const app = express().disable('x-powered-by').disable('etag');
const egress: Egress = { mode: 'mirror', allow: [], mirroredHosts: ['unpkg.com', '</script>'] };
const options = { browserDir, embedOrigins: ['https://chat.example.com', 'https://</script>'], egress };
app.use((_request, response, next) => {
  const baseAuthority = 'preview.test';
  keepHost(response, { kind: 'preview', id: '0123456789abcdef', authority: 'p.test', baseAuthority });
  next();
});
app.use(createStaticRelay(options));
app.use(createFallbackPage(options));
app.use((_request, response) => void response.status(404).send('next'));
const server = app.listen(0, '127.0.0.1');

beforeAll(
  () => new Promise<void>((resolve) => (server.listening ? resolve() : server.once('listening', resolve))),
);
afterAll(() => {
  server.close();
  rmSync(browserDir, { recursive: true });
});

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: string;
}

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (piece) => {
        body += piece;
      });
      response.on('end', () => {
        const { date: _, connection: __, 'keep-alive': ___, ...rest } = response.headers;
        resolve({ status: response.statusCode as number, headers: rest, body });
      });
    })
      .on('error', reject)
      .end();
  });
}

const asDocument = { accept: 'text/html,*/*', 'sec-fetch-dest': 'iframe' };

describe('createStaticRelay', () => {
  it('serves the relay frame with its script and the embedders', async () => {
    const { status, headers, body } = await ask('/__csb_relay/');
    expect(status).toBe(200);
    expect(headers).toEqual({
      'cache-control': 'no-cache',
      'content-type': 'text/html; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
      'content-security-policy': `object-src 'none'; base-uri 'self'; frame-ancestors *`,
      'cross-origin-resource-policy': 'cross-origin',
      'origin-agent-cluster': '?1',
      'permissions-policy': permissionsPolicy,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      etag: expect.stringMatching(/^"[\w-]{22}"$/),
    });
    expect(body).toContain('<script>"relay-frame"</script>');
    expect(body).toContain('{"embedders":["https://chat.example.com","https://\\u003c/script>"]}</script>');
  });

  it('serves the worker so that it may control the whole origin and updates arrive', async () => {
    const { status, headers, body } = await ask('/__csb_sw.js');
    const config =
      '{"egress":{"mode":"mirror","allow":[],"mirroredHosts":["unpkg.com","\\u003c/script>"]},"onBase":false}';
    expect({ status, body }).toEqual({
      status: 200,
      body: `self.__previewKitInner="\\"inner-realm\\"";self.__previewKitMirror=${config};"service-worker"`,
    });
    expect(headers).toEqual({
      'cache-control': 'no-cache',
      'content-type': 'text/javascript; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
      'service-worker-allowed': '/',
      'x-content-type-options': 'nosniff',
      etag: expect.stringMatching(/^"[\w-]{22}"$/),
    });
    expect(await ask('/__csb_sw.js', { 'if-none-match': headers.etag as string })).toMatchObject({
      status: 304,
      body: '',
    });
  });

  it('answers HEAD without a body', async () => {
    expect(await ask('/__csb_relay/', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
    expect(await ask('/__csb_sw.js', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
  });

  it('adds the slash within the host', async () => {
    expect(await ask('/__csb_relay')).toMatchObject({ status: 308, headers: { location: '/__csb_relay/' } });
  });

  it.each(['/__csb_relay/index.html', '/__csb_sw.abc.js', '/__csb_', '/__CSB_SW.JS'])(
    'never falls back to another page: %s',
    async (path) => {
      expect((await ask(path, asDocument)).body).not.toContain('relay-frame');
    },
  );

  it.each(['/__csb_relay/x', '/__csb_sw.abc.js'])('hands %s on', async (path) => {
    expect(await ask(path, asDocument)).toMatchObject({ status: 404, body: 'next' });
  });

  it('says which file is not built', () => {
    expect(() => createStaticRelay({ browserDir: '/none', embedOrigins: [], egress })).toThrow(
      'Cannot read /none/relay-frame.js: the browser code is not built. Run "npm run build".',
    );
  });
});

describe('createFallbackPage', () => {
  it.each(['/', '/sub/page.html'])('shows documents the way back: %s', async (path) => {
    const { status, headers, body } = await ask(path, asDocument);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `object-src 'none'; base-uri 'self'; frame-ancestors https://chat.example.com https://</script>`,
      'x-robots-tag': 'noindex',
    });
    expect(body).toContain('<script>"fallback-page"</script>');
  });

  it('goes by Accept where the browser does not say what a request is for', async () => {
    expect((await ask('/', { accept: 'text/html' })).status).toBe(200);
    expect((await ask('/', { accept: '*/*' })).status).toBe(404);
  });

  it('gives scripts and images no page', async () => {
    expect(await ask('/a.js', { accept: 'text/html', 'sec-fetch-dest': 'script' })).toMatchObject({
      status: 404,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
      body: '/a.js belongs to an artifact; only the browser window that shows the artifact has it.\n',
    });
  });

  it('hands other methods on', async () => {
    expect(await ask('/', asDocument, 'POST')).toMatchObject({ status: 404, body: 'next' });
  });
});
