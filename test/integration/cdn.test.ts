// The package surface over HTTP for artifacts and unmodified bundlers: every CDN's dialect, from the registry's packages.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packages, sharedHeaders } from './published-packages.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

let relay: TestRelay;

beforeAll(async () => {
  relay = await startTestRelay({ packages });
});
afterAll(() => relay?.close());

describe('cdn.jsdelivr.net', () => {
  it('serves exact versions for ever', async () => {
    const { status, headers, text } = await relay.ask('/-/cdn/cdn.jsdelivr.net/npm/greeting@1.2.0/style.css');
    expect({ status, text }).toEqual({ status: 200, text: 'b { color: red }' });
    expect(headers).toEqual({
      ...sharedHeaders,
      'accept-ranges': 'bytes',
      etag: expect.stringMatching(/^"[\w-]{22}"$/),
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-length': '16',
      vary: 'Accept-Encoding',
    });
  });

  it('serves ranges, tags and bare names for a while', async () => {
    for (const [path, text] of [
      ['greeting@^1.0.0/style.css', 'b { color: red }'],
      ['greeting@1/style.css', 'b { color: red }'],
      ['greeting', 'window.greeting = "hello";'],
      ['greeting@latest', 'window.greeting = "hello";'],
      ['@scope/part@1.0.0/index.js', 'module.exports = 1;'],
      ['%40scope/part/index.js', 'module.exports = 1;'],
    ] as const)
      expect(await relay.ask(`/-/cdn/cdn.jsdelivr.net/npm/${path}`), path).toMatchObject({
        status: 200,
        text,
      });
    const { headers } = await relay.ask('/-/cdn/cdn.jsdelivr.net/npm/greeting');
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=300, stale-while-revalidate=86400',
    });
  });

  it('says which file a package lacks', async () => {
    const { status, text } = await relay.ask('/-/cdn/cdn.jsdelivr.net/npm/greeting@1.2.0/absent.js');
    expect({ status, error: JSON.parse(text).error }).toMatchObject({
      status: 404,
      error: { code: 'FILE_NOT_FOUND', message: 'greeting@1.2.0 has no file /absent.js.' },
    });
  });

  it('has no repositories that npm does not have, and no WordPress', async () => {
    for (const path of ['/gh/user/repo@1/file.js', '/wp/x', '/', ''])
      expect((await relay.ask(`/-/cdn/cdn.jsdelivr.net${path}`)).status, path).toBe(404);
  });

  it('answers with its data API', async () => {
    const versions = await relay.ask('/-/cdn/data.jsdelivr.com/v1/package/npm/greeting');
    expect(JSON.parse(versions.text)).toEqual({
      tags: { latest: '1.2.0', next: '2.0.0-beta.1' },
      versions: ['2.0.0-beta.1', '1.2.0', '1.0.0'],
    });
    const flat = JSON.parse(
      (await relay.ask('/-/cdn/data.jsdelivr.com/v1/package/npm/greeting@1.2.0/flat')).text,
    );
    expect(flat.default).toBe('/dist/greeting.umd.js');
    expect(flat.files).toContainEqual({
      name: '/style.css',
      hash: expect.stringMatching(/^[\w+/]{43}=$/),
      size: 16,
      time: expect.any(String),
    });
  });
});

describe('unpkg.com', () => {
  it('redirects what is not exact, within the kit and with CORS', async () => {
    for (const [path, location] of [
      ['/greeting', '/greeting@1.2.0/dist/greeting.umd.js'],
      ['/greeting@^1', '/greeting@1.2.0/dist/greeting.umd.js'],
      ['/greeting@1.2.0', '/greeting@1.2.0/dist/greeting.umd.js'],
      ['/greeting@next', '/greeting@2.0.0-beta.1/index.js'],
      ['/greeting@1/lib/loud', '/greeting@1.2.0/lib/loud.js'],
      ['/@scope/part', '/@scope/part@1.0.0/index.js'],
    ] as const) {
      const { status, headers } = await relay.ask(`/-/cdn/unpkg.com${path}`);
      expect({ path, status, location: headers.location }).toEqual({
        path,
        status: 302,
        location: `/-/cdn/unpkg.com${location}`,
      });
      expect(headers['access-control-allow-origin']).toBe('*');
      expect((await relay.ask(`/-/cdn/unpkg.com${location}`)).status).toBe(200);
    }
  });

  it('serves exact files', async () => {
    expect(await relay.ask('/-/cdn/unpkg.com/greeting@1.2.0/lib/index.js')).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
      },
      text: 'module.exports = require("shout")("hello");',
    });
  });

  it('lists files with ?meta', async () => {
    const { text } = await relay.ask('/-/cdn/unpkg.com/greeting@1.2.0/?meta');
    const meta = JSON.parse(text);
    expect(meta).toMatchObject({ path: '/', type: 'directory' });
    expect(meta.files).toContainEqual({
      path: '/style.css',
      type: 'file',
      size: 16,
      integrity: expect.stringMatching(/^sha256-/),
    });
    const lib = meta.files.find((file: { path: string }) => file.path === '/lib');
    expect(lib.files.map((file: { path: string }) => file.path)).toEqual(['/lib/index.js', '/lib/loud.js']);
  });
});

describe('cdn.tailwindcss.com', () => {
  it.each([
    ['/3.3.3', '3.3.3', 'resolve-config of 3.3.3'],
    ['/3.3', '3.3.3', 'a { color: inherit }'],
    ['/3.4.17', '3.4.17', 'Tailwind CSS 3.4.17'],
    ['/3.4.x', '3.4.17', 'Tailwind CSS 3.4.17'],
    ['/3', '3.4.17', 'Tailwind CSS 3.4.17'],
    ['/', '3.4.17', 'Tailwind CSS 3.4.17'],
    ['', '3.4.17', 'Tailwind CSS 3.4.17'],
    ['/3.3.3?plugins=forms', '3.3.3', 'forms 0.5.9'],
    ['/3.3.3?plugins=forms', '3.3.3', 'tiny 1.0.0'],
    ['/3.3.3?plugins=forms', '3.3.3', 'create-plugin of 3.3.3'],
    ['/3.3.3?plugins=forms@0.4.0,no-such', '3.3.3', 'forms 0.4.0'],
    ['/?plugins=forms@0.4', '3.4.17', 'forms 0.4.0'],
  ])('%s is answered with %s: %s', async (path, version, text) => {
    const answer = await relay.ask(`/-/cdn/cdn.tailwindcss.com${path}`);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(text);
    expect(answer.headers).toMatchObject({
      ...sharedHeaders,
      'x-tailwind-version': version,
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=300, stale-while-revalidate=86400',
    });
  });

  it('answers with the version that it has where the one that is asked for is not to be had', async () => {
    const { status, headers } = await relay.ask('/-/cdn/cdn.tailwindcss.com/3.1.4');
    expect([status, headers['x-tailwind-version']]).toEqual([200, '3.4.17']);
  });

  it('says why there is none with a plugin that does not exist', async () => {
    const { status, text } = await relay.ask('/-/cdn/cdn.tailwindcss.com/?plugins=forms@9');
    expect([status, JSON.parse(text).error.code]).toEqual([404, 'VERSION_NOT_FOUND']);
  });

  it('has no Tailwind 4', async () => {
    expect((await relay.ask('/-/cdn/cdn.tailwindcss.com/4.0.0')).status).toBe(404);
  });
});

describe('prod-packager-packages.codesandbox.io', () => {
  it('answers unmodified bundlers with a package and all that it needs', async () => {
    const at = '/-/cdn/prod-packager-packages.codesandbox.io/v2/packages';
    const { status, text } = await relay.ask(`${at}/greeting/1.2.0.json`);
    expect(status).toBe(200);
    const manifest = JSON.parse(text);
    expect(manifest).toMatchObject({
      dependency: { name: 'greeting', version: '1.2.0' },
      peerDependencies: {},
      dependencyDependencies: { shout: { resolved: '2.1.0' } },
    });
    for (const name of Object.keys(manifest.dependencyDependencies))
      expect(manifest.contents).toHaveProperty([`/node_modules/${name}/package.json`]);
    expect((await relay.ask(`${at}/@scope/part/1.0.0.json`)).status).toBe(200);
    expect((await relay.ask(`${at}/greeting/9.9.9.json`)).status).toBe(404);
    expect((await relay.ask(`${at}/greeting`)).status).toBe(404);
  });
});

describe('addresses that nobody mirrors', () => {
  it.each(['example.com/x.js', 'registry.example.com/greeting', 'unpkg.com', '127.0.0.1/x'])(
    '%s is 404 and asks nobody',
    async (address) => {
      const before = relay.registry.requests.length;
      const { status } = await relay.ask(`/-/cdn/${address}`);
      expect(status).toBe(404);
      expect(relay.registry.requests.length).toBe(before);
    },
  );

  it('the surface exists at the base host only', async () => {
    const host = `r0123456789abcdefghij-${relay.base}`;
    for (const path of ['/-/set', '/-/cdn/unpkg.com/greeting@1.2.0/style.css'])
      expect((await relay.ask(path, { host })).status).toBe(404);
  });
});
