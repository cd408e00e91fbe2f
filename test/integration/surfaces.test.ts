// What each surface answers: status, exact headers, body; and that nothing answers in another's place.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BundlerManifest } from '../../bundler-build/build.ts';
import { mirroredHosts } from '../../relay/packages/cdn/dialects.ts';
import { type Egress, egressDirectives } from '../../relay/shared/egress.ts';
import { bundlerPath } from '../../relay/shared/native.ts';
import { permissionsPolicy } from '../../relay/shared/permissions-policy.ts';
import { compiledCode, root } from './compiled-code.ts';
import { embedOrigins, startTestRelay, type TestRelay } from './start-test-relay.ts';

const reactId = 'r0123456789abcdefghij';
const staticId = '0123456789abcdef';
const ancestors = `frame-ancestors ${embedOrigins.join(' ')}`;
const navigation = { 'sec-fetch-dest': 'iframe', accept: 'text/html,*/*' };
const etag = expect.stringMatching(/^"[\w-]{22}"$/);

let relay: TestRelay;
let manifest: BundlerManifest;

beforeAll(async () => {
  relay = await startTestRelay();
  manifest = JSON.parse(await readFile(join(root, 'www', 'manifest.json'), 'utf8'));
});
afterAll(() => relay?.close());

/** The default. */
const egress: Egress = { mode: 'mirror', allow: [], mirroredHosts };

const browserCode = async (name: string): Promise<string> =>
  (await readFile(join(await compiledCode(), 'browser', `${name}.js`), 'utf8')).trim();

describe('the shell', () => {
  it('is the page at the base host, with a policy that allows its own script and previews only', async () => {
    const script = await browserCode('shell');
    const { status, headers, text } = await relay.ask('/');
    expect(status).toBe(200);
    expect(headers).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': `default-src 'none'; script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'; style-src 'unsafe-inline'; connect-src 'self'; frame-src *.localhost:${relay.port}; base-uri 'none'; form-action 'none'; ${ancestors}`,
      'origin-agent-cluster': '?1',
      'permissions-policy': permissionsPolicy,
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      etag,
      vary: 'Accept-Encoding',
      'content-length': String(Buffer.byteLength(text)),
    });
    expect(text).toContain(`<script>${script}</script>`);
    const config = /<script id="config" type="application\/json">(.*?)<\/script>/.exec(text)?.[1];
    expect(JSON.parse(config as string)).toEqual({
      embedOrigins,
      allow: expect.stringContaining('camera; encrypted-media'),
      engine: 'native',
    });
  });

  it('is found with a query and at host names in capitals or with a final dot', async () => {
    const page = await relay.ask('/');
    expect((await relay.ask('/?x=1')).text).toBe(page.text);
    expect((await relay.ask('/', { host: `PREVIEW.LocalHost:${relay.port}` })).text).toBe(page.text);
    expect((await relay.ask('/', { host: `preview.localhost.:${relay.port}` })).text).toBe(page.text);
  });

  it('names the port that the browser uses, whatever the relay listens on', async () => {
    const { headers } = await relay.ask('/', { host: 'preview.localhost' });
    expect(headers['content-security-policy']).toContain('frame-src *.localhost;');
  });
});

describe('the frame', () => {
  const host = () => `${reactId}-${relay.base}`;
  const scriptsOf = (text: string) =>
    [...text.matchAll(/<script src="([^"]+)" crossorigin="anonymous">/g)].map(([, src]) => src);

  it('is the page of a React preview, whose script is in it', async () => {
    const { status, headers, text } = await relay.ask('/', { host: host() });
    expect(status).toBe(200);
    expect(headers).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': `${egressDirectives(egress, relay.base)}; object-src 'none'; base-uri 'self'; ${ancestors} ${relay.base}`,
      'origin-agent-cluster': '?1',
      'permissions-policy': permissionsPolicy,
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      etag,
      vary: 'Accept-Encoding',
      'content-length': String(Buffer.byteLength(text)),
    });
    expect(scriptsOf(text)).toEqual([]);
    expect(text).toContain(await browserCode('native-frame'));
  });

  it('is the bundler’s page at a path of its own', async () => {
    const page = await relay.ask('/', { host: host() });
    const { status, headers, text } = await relay.ask(bundlerPath, { host: host(), headers: navigation });
    expect(status).toBe(200);
    expect({ ...headers, etag, 'content-length': '' }).toEqual({
      ...page.headers,
      etag,
      'content-length': '',
    });
    const sources = scriptsOf(text);
    const expected = manifest.page.flatMap((item) =>
      'src' in item ? [`//${relay.base}/static/${manifest.fingerprint}/${item.src}`] : [],
    );
    expect(sources).toEqual(expected);
    expect(sources.length).toBeGreaterThan(1);
    for (const source of sources) {
      const file = await relay.ask((source as string).slice(`//${relay.base}`.length));
      expect(file.status).toBe(200);
    }
  });

  it('answers navigations on every path, because artifacts with a router are reloaded there', async () => {
    const page = await relay.ask('/', { host: host() });
    const reload = await relay.ask('/some/route?x=1', { host: host(), headers: navigation });
    expect({ status: reload.status, text: reload.text }).toEqual({ status: 200, text: page.text });
  });

  it('shows the artifact again after a form that was sent to it, at the form’s own path', async () => {
    const send = (path: string) =>
      relay.ask(path, { host: host(), method: 'POST', headers: navigation, body: 'mail=a%40example.com' });
    const { status, headers, text } = await send('/contact?kind=mail');
    expect([status, text, headers.location, headers['cache-control']]).toEqual([
      303,
      '',
      '/contact?kind=mail',
      'no-store',
    ]);
    // Never to another host.
    expect((await send('//elsewhere.example/')).headers.location).toBe('/elsewhere.example/');
    expect((await send('/\\elsewhere.example/')).headers.location).toBe('/elsewhere.example/');
    const scripted = { 'sec-fetch-dest': 'empty', accept: '*/*' };
    for (const path of ['/', '/contact'])
      expect((await relay.ask(path, { host: host(), method: 'POST', headers: scripted })).status).toBe(405);
  });

  it('never answers for other files, nor in place of the static relay', async () => {
    for (const path of ['/some/route', '/image.png'])
      expect((await relay.ask(path, { host: host(), headers: { 'sec-fetch-dest': 'image' } })).status).toBe(
        404,
      );
    for (const path of ['/__csb_relay/x', '/__csb', '/__csb_sw.js.map'])
      expect((await relay.ask(path, { host: host(), headers: navigation })).status).toBe(404);
  });
});

describe('static previews', () => {
  const host = () => `${staticId}-${relay.base}`;

  it('open the relay frame, which any page may embed so that it can say who may not', async () => {
    const { status, headers, text } = await relay.ask('/__csb_relay/', { host: host() });
    expect({ status, policy: headers['content-security-policy'] }).toEqual({
      status: 200,
      policy: "object-src 'none'; base-uri 'self'; frame-ancestors *",
    });
    expect(text).toContain(JSON.stringify({ embedders: embedOrigins }));
  });

  it.each([
    ['/__csb_sw.js', 'service-worker'],
    ['/__kit_sw.js', 'mirror-worker'],
  ])('register the service worker %s, with the hosts that it mirrors', async (path, name) => {
    const { status, headers, text } = await relay.ask(path, { host: host() });
    expect(status).toBe(200);
    expect(headers).toEqual({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
      'service-worker-allowed': '/',
      'x-content-type-options': 'nosniff',
      etag,
      vary: 'Accept-Encoding',
      'content-length': String(Buffer.byteLength(text)),
    });
    const config = JSON.stringify({ egress, onBase: false });
    const code = `self.__previewKitMirror=${config};${await browserCode(name)}`;
    const inner = JSON.stringify(await browserCode('inner-realm')).replaceAll('<', '\\u003c');
    // Of the two, one answers documents, which get the script for what is made within them.
    expect(text).toBe(name === 'service-worker' ? `self.__previewKitInner=${inner};${code}` : code);
  });

  it('get the way back for documents and 404 for files, never the bundler', async () => {
    const page = await relay.ask('/', { host: host(), headers: navigation });
    expect({ status: page.status, cache: page.headers['cache-control'] }).toEqual({
      status: 200,
      cache: 'no-store',
    });
    expect(page.headers['content-security-policy']).toBe(`object-src 'none'; base-uri 'self'; ${ancestors}`);
    expect(page.text).toContain('PREVIEW_NOT_CONTROLLED');
    expect(page.text).not.toContain('__previewKitConfig');
    expect(
      await relay.ask('/app.js', { host: host(), headers: { 'sec-fetch-dest': 'script' } }),
    ).toMatchObject({
      status: 404,
      text: '/app.js belongs to an artifact; only the browser window that shows the artifact has it.\n',
    });
  });
});

describe('every prepared answer', () => {
  const pages = (): [string, string][] => [
    [relay.base, '/'],
    [relay.base, `/static/${manifest.fingerprint}/${Object.keys(manifest.files)[0]}`],
    [`${reactId}-${relay.base}`, '/'],
    [`${staticId}-${relay.base}`, '/__csb_relay/'],
    [`${staticId}-${relay.base}`, '/__csb_sw.js'],
  ];

  it('is 304 without a body when the browser has it already', async () => {
    for (const [host, path] of pages()) {
      const first = await relay.ask(path, { host });
      const tag = first.headers.etag as string;
      for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
        const again = await relay.ask(path, { host, headers: { 'if-none-match': known } });
        const { 'content-length': _, ...headers } = first.headers;
        expect({ status: again.status, headers: again.headers, text: again.text }).toEqual({
          status: 304,
          headers,
          text: '',
        });
      }
      expect((await relay.ask(path, { host, headers: { 'if-none-match': '"other"' } })).status).toBe(200);
    }
  });

  it('has the same headers for HEAD', async () => {
    for (const [host, path] of pages()) {
      const headers = { 'accept-encoding': 'br' };
      const get = await relay.ask(path, { host, headers });
      expect(await relay.ask(path, { host, headers, method: 'HEAD' })).toMatchObject({
        status: 200,
        headers: get.headers,
        text: '',
      });
    }
  });
});

describe('what nobody serves', () => {
  it('is 404: a page for people, JSON for programs', async () => {
    const page = await relay.ask('/nothing', { headers: { accept: 'text/html' } });
    expect(page.status).toBe(404);
    expect(page.headers).toEqual({
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`,
      'content-type': 'text/html; charset=utf-8',
      'content-length': String(page.body.length),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.stringMatching(/^[\da-f-]{36}$/),
      vary: 'Accept',
    });
    expect(page.text).toContain('There is no /nothing on this host.');
    const json = await relay.ask('/nothing');
    expect(json.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'access-control-allow-origin': '*',
    });
    expect(JSON.parse(json.text)).toEqual({
      error: {
        code: 'PAGE_NOT_FOUND',
        message: 'There is no /nothing on this host.',
        remedy: 'LibreChat opens previews by itself; their addresses are not meant to be typed.',
        requestId: json.headers['x-request-id'],
      },
    });
  });

  it.each(['/__csb_relay/', '/__csb_sw.js', '/index.html', '/manifest.json', '/static/', '/favicon.ico'])(
    'is 404 at the base host even for navigations: %s',
    async (path) => {
      expect((await relay.ask(path, { headers: navigation })).status).toBe(404);
    },
  );
});

describe('with ISOLATION=shared', () => {
  let shared: TestRelay;
  beforeAll(async () => {
    shared = await startTestRelay({ config: { isolation: 'shared' } });
  });
  afterAll(() => shared?.close());

  it('the frame itself is at the base host, for the embedders', async () => {
    const { status, headers, text } = await shared.ask('/');
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toBe(
      `${egressDirectives(egress, shared.base)}; object-src 'none'; base-uri 'self'; ${ancestors} ${shared.base}`,
    );
    expect(text).toContain(`//${shared.base}/static/${manifest.fingerprint}/`);
  });

  it('other paths of the base host are not the frame', async () => {
    expect((await shared.ask('/nothing', { headers: navigation })).status).toBe(404);
  });

  it('static previews keep an origin of their own', async () => {
    const page = await shared.ask('/__csb_relay/', { host: `${staticId}-${shared.base}` });
    expect({ status: page.status, text: page.text }).toMatchObject({
      status: 200,
      text: expect.stringContaining('Preview relay'),
    });
  });
});
