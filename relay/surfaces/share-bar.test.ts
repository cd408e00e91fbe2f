import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testShares } from '../../test/rig/test-shares.ts';
import { createApp } from '../app.ts';
import { knowClients } from '../http/client.ts';
import { listen, type RunningServer } from '../server.ts';
import type { LazyShares, OpenShares } from '../shares/open-shares.ts';
import { OwnPages } from '../shares/own-pages.ts';
import { readArchive } from '../shares/share-archive.ts';
import { publishRequest, readRequest } from '../shares/share-request.ts';
import { createShares } from './shares.ts';

const hostname = 'preview.example.com';
const log = pino({ level: 'silent' });
const html = '<!doctype html><meta name="description" content="High & low"><h1>Tides</h1>';

let dataDir: string;
let lazy: LazyShares;
let shares: OpenShares;
let server: RunningServer;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'bar-'));
  lazy = testShares(dataDir);
  shares = await lazy.open();
  const surface = createShares({
    open: async () => shares,
    clients: knowClients(['loopback']),
    signIn: { authUrl: '', signInUrl: '' },
    log,
    egress: { mode: 'mirror', allow: [], mirroredHosts: [] },
    innerScript: '(function(){})',
    hasBars: true,
    own: new OwnPages({ script: '"bar"', style: '.bar{}' }),
  });
  const app = createApp({ hostname, trustProxy: ['loopback'], log, surfaces: { named: [surface] } });
  server = await listen(app, { port: 0, bind: '127.0.0.1', setting: 'PORT' });
});
afterAll(async () => {
  await server?.close(0);
  await lazy?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const publish = (name: string, more: object = {}) =>
  shares.service.publish(
    { owner: 'ann', name: 'ann' },
    readRequest(publishRequest, {
      content: { type: 'html', content: html },
      title: 'Tides <1>',
      name,
      visibility: 'public',
      ...more,
    }),
  );

async function ask(
  name: string,
  path = '/',
  dest = 'document',
  more: { headers?: object; body?: string } = {},
) {
  return new Promise<{ status: number; headers: Record<string, string>; body: Buffer; text: string }>(
    (resolve, reject) => {
      request(
        {
          host: '127.0.0.1',
          port: server.port,
          path,
          method: more.body === undefined ? 'GET' : 'POST',
          headers: {
            Host: `${name}-${hostname}`,
            'X-Forwarded-Proto': 'https',
            ...(dest && { 'Sec-Fetch-Dest': dest }),
            ...more.headers,
          },
        },
        async (response) => {
          const body = Buffer.concat(await response.toArray());
          const headers = response.headers as Record<string, string>;
          resolve({ status: response.statusCode ?? 0, headers, body, text: body.toString() });
        },
      )
        .on('error', reject)
        .end(more.body);
    },
  );
}

describe('A share with a bar', () => {
  it('is in a frame of a page that has nothing of it, and in no other site’s', async () => {
    await publish('p-bar', { publisher: 'Ann & Co', embedOrigins: ['https://wiki.example.com'] });
    const { text, headers } = await ask('p-bar');
    expect(text).toContain('<strong>Tides &#60;1&#62;</strong><span class="by">by Ann &#38; Co</span>');
    expect(text).not.toContain('<h1>Tides</h1>');
    expect(text).not.toContain('ann<');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self';.*frame-src 'self' blob:;.*frame-ancestors 'none'$/,
    );
    expect(headers.vary).toContain('Sec-Fetch-Dest');
    expect((await ask('p-bar', '/?__kit=page')).text).not.toContain('<h1>Tides</h1>');
    for (const dest of ['iframe', ''])
      expect((await ask('p-bar', '/', dest)).text).toContain('<h1>Tides</h1>');
    expect((await ask('p-bar', '/__kit/bar.js', 'script')).headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  it('has none where the publisher wants none', async () => {
    await publish('p-bare', { bar: false });
    expect((await ask('p-bare')).text).toContain('<h1>Tides</h1>');
  });

  it('has no service worker, which could answer in place of the bar', async () => {
    await publish('p-worker', { content: { type: 'files', files: { 'index.html': html, 'sw.js': '1' } } });
    const worker = await ask('p-worker', '/sw.js', 'serviceworker', {
      headers: { 'Service-Worker': 'script' },
    });
    expect(worker.status).toBe(404);
    expect((await ask('p-worker', '/sw.js', 'script')).text).toBe('1');
  });
});

describe('What visitors report', () => {
  const report = (body: string, headers: object = { 'Sec-Fetch-Site': 'same-origin' }) =>
    ask('p-report', '/__kit/report', 'empty', { body, headers });

  it('is kept for the operator, five of an address in an hour, from the page alone', async () => {
    const { host } = await publish('p-report');
    const good = JSON.stringify({ reason: 'harmful', message: ' Asks for\npasswords ' });
    expect((await report(good, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(400);
    expect((await report(good, { Origin: 'https://evil.example' })).status).toBe(400);
    expect((await report('{"reason":"boring"}')).status).toBe(400);
    expect((await report('{')).status).toBe(400);
    for (let count = 0; count < 5; count += 1) expect((await report(good)).status).toBe(204);
    const last = await report(good);
    expect([last.status, Number(last.headers['retry-after']) > 3000]).toEqual([429, true]);
    const kept = (await shares.reports.list()).filter(({ host_id }) => host_id === host.id);
    expect(kept).toHaveLength(5);
    expect(kept[0]).toMatchObject({ reason: 'harmful', message: 'Asks for\npasswords', name: 'p-report' });
  });
});

describe('Of a public share', () => {
  it('links show title and description, and where its oEmbed answer is', async () => {
    await publish('p-card', { bar: false });
    const { text } = await ask('p-card', '/', '');
    expect(text).toMatch(/^<!doctype html><meta property="og:type" content="website">/);
    expect(text).toContain('<meta property="og:title" content="Tides &#60;1&#62;">');
    expect(text).toContain('<meta property="og:description" content="High & low">');
    expect(text).not.toContain('og:image');
    const address = /type="application\/json\+oembed" href="https:\/\/[^/]+([^"]+)"/.exec(text)?.[1] ?? '';
    expect(JSON.parse((await ask('p-card', address, '')).text)).toEqual({
      version: '1.0',
      type: 'link',
      title: 'Tides <1>',
      provider_name: 'p-card-preview.example.com',
      provider_url: 'https://p-card-preview.example.com/',
      cache_age: 3600,
    });
    expect((await ask('p-card', `${address}&format=xml`, '')).status).toBe(501);
    expect((await ask('p-card', '/-/oembed?url=https://elsewhere.example/', '')).status).toBe(404);
  });

  it('other sites are offered a frame where they may show it', async () => {
    await publish('p-rich', { embedOrigins: ['https://wiki.example.com'], publisher: 'Ann' });
    const rich = JSON.parse((await ask('p-rich', '/-/oembed?maxwidth=400', '')).text);
    expect(rich).toMatchObject({ type: 'rich', width: 400, height: 600, author_name: 'Ann' });
    expect(rich.html).toMatch(
      /^<iframe src="https:\/\/p-rich-preview.example.com\/" title="Tides &#60;1&#62;" width="400"/,
    );
  });

  it('nothing of that is told when it is not public', async () => {
    const { token } = await publish('p-hidden', { visibility: 'private' });
    const headers = { Authorization: `Bearer ${token?.token}` };
    expect((await ask('p-hidden', '/', 'iframe', { headers })).text).not.toMatch(/og:|oembed/);
    for (const path of ['/-/oembed', '/__kit/picture.png'])
      expect((await ask('p-hidden', path, '', { headers })).status).toBe(404);
    expect((await ask('p-hidden', '/__kit/download.zip', '')).status).toBe(401);
  });
});

describe('On every share there is', () => {
  it('an icon, unless it has its own', async () => {
    await publish('p-icon', { content: { type: 'files', files: { 'index.html': html } } });
    const { status, headers } = await ask('p-icon', '/favicon.ico', 'image');
    expect([status, headers['content-type']]).toEqual([200, 'image/svg+xml']);
    await publish('p-own', { content: { type: 'files', files: { 'index.html': html, 'favicon.ico': 'x' } } });
    expect((await ask('p-own', '/favicon.ico', 'image')).text).toBe('x');
  });

  it('an archive of what was published, unless the publisher gives none', async () => {
    const files = { 'index.html': html, 'a/tide chart.txt': 'high' };
    await publish('p-zip', { content: { type: 'files', files } });
    const { headers, body } = await ask('p-zip', '/__kit/download.zip', 'document');
    expect(headers['content-disposition']).toBe('attachment; filename="p-zip.zip"');
    const read = await readArchive(body, { maxFiles: 5, maxBytes: 100_000 });
    expect(read.map(({ path, content }) => [path, String(content)]).sort()).toEqual([
      ['/a/tide chart.txt', 'high'],
      ['/index.html', html],
    ]);
    await publish('p-nozip', { download: false });
    expect((await ask('p-nozip', '/__kit/download.zip', 'document')).status).toBe(404);
    expect((await ask('p-nozip')).text).not.toContain('download.zip');
  });
});
