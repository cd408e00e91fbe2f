// CDNs of ES modules, over HTTP: whatever CDN an artifact names, a package's file is one module at one address.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packages } from './module-and-font-packages.ts';
import { sharedHeaders } from './published-packages.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

let relay: TestRelay;

beforeAll(async () => {
  relay = await startTestRelay({ packages });
});
afterAll(() => relay?.close());

const at = (address: string) => relay.ask(`/-/cdn/${address}`);
const react = 'https://esm.sh/-/esm/2/react@18.2.0/index.js';
const tool = 'https://esm.sh/-/esm/2/tool@1.0.0/index.js';
const handsOn = (address: string) => `export * from "${address}";\nexport { default } from "${address}";\n`;
const immutable = 'public, max-age=31536000, immutable';
const resolved = 'public, max-age=300, stale-while-revalidate=86400';

describe('One module', () => {
  it.each([
    'esm.sh/react@18.2.0',
    'esm.sh/v135/react@18.2.0/es2022/react.mjs',
    'esm.sh/react@18.2.0?bundle&target=es2022',
    'cdn.esm.sh/react@18.2.0/index.js',
    'cdn.jsdelivr.net/npm/react@18.2.0/+esm',
    'cdn.jsdelivr.net/npm/react@18.2.0/index.js/+esm',
    'esm.run/react@18.2.0',
    'cdn.skypack.dev/react@18.2.0?min',
    'cdn.skypack.dev/-/react@v18.2.0-yH0aYV1FOvoIPeKBbHxg/dist=es2019,mode=imports/optimized/react.js',
    'unpkg.com/react@18.2.0?module',
    'ga.jspm.io/npm:react@18.2.0/index.js',
    'jspm.dev/react@18.2.0',
  ])('answers %s', async (address) => {
    const { status, headers, text } = await at(address);
    expect({ status, text }).toEqual({ status: 200, text: handsOn(react) });
    expect(headers).toMatchObject({
      ...sharedHeaders,
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': immutable,
    });
  });

  it('names the kit, and not the CDN, to documents and workers that no service worker answers for', async () => {
    const inner = (address: string) => relay.ask(`/-/inner/${address}`);
    expect(await inner('esm.sh/react@18.2.0')).toMatchObject({
      status: 200,
      headers: { ...sharedHeaders, 'cache-control': immutable },
      text: handsOn('/-/esm/2/react@18.2.0/index.js'),
    });
    // The files themselves are the same at both addresses.
    const file = 'esm.sh/-/esm/2/tool@1.0.0/.kit/chunk-0.js';
    expect((await inner(file)).text).toBe((await at(file)).text);
    expect((await inner('esm.sh/nothing-of-that-name')).status).toBe(404);
  });

  it('is at that address, and so is what it imports', async () => {
    const { status, headers, text } = await at('esm.sh/-/esm/2/tool@1.0.0/.kit/chunk-0.js');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      ...sharedHeaders,
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': immutable,
    });
    // Beginning with a slash, so on the host that the module is on.
    expect(text).toContain('"/-/esm/2/react@18.3.1/index.js"');
    expect((await at('esm.sh/-/esm/2/react@18.3.1/index.js')).status).toBe(200);
    expect((await at('esm.sh/-/esm/0/react@18.3.1/index.js')).status).toBe(404);
  });

  it('is resolved anew for a while where the address does not name the version', async () => {
    for (const address of ['esm.sh/react', 'esm.sh/react@18', 'esm.run/react', 'unpkg.com/react@18?module'])
      expect(await at(address), address).toMatchObject({
        headers: { 'cache-control': resolved },
        text: handsOn('https://esm.sh/-/esm/2/react@18.3.1/index.js'),
      });
  });

  it('of react-dom takes the React that was released with it', async () => {
    const { text } = await at('esm.sh/react-dom@18.2.0/client');
    const address = 'https://esm.sh/-/esm/2/~deps=react@18.2.0/react-dom@18.2.0/client.js';
    expect(text).toBe(handsOn(address));
    const chunk = await at('esm.sh/-/esm/2/~deps=react@18.2.0/react-dom@18.2.0/.kit/chunk-0.js');
    const loaded = await at('esm.sh/-/esm/2/~deps=react@18.2.0/react-dom@18.2.0/client.js');
    expect(chunk.text + loaded.text).toContain('/-/esm/2/react@18.2.0/index.js');
    expect((await at('esm.run/react-dom')).text).toBe(
      handsOn('https://esm.sh/-/esm/2/react-dom@18.3.1/index.js'),
    );
  });
});

describe('esm.sh', () => {
  it.each([
    ['tool@1.0.0', handsOn(tool)],
    ['tool@1.0.0?deps=react@18.2.0', handsOn(tool.replace('tool@', '~deps=react@18.2.0/tool@'))],
    ['tool@1.0.0?external=react', handsOn(tool.replace('tool@', '~external=react/tool@'))],
    ['*tool@1.0.0', handsOn(tool.replace('tool@', '~external=*/tool@'))],
    ['tool@1.0.0?dev', handsOn(tool.replace('tool@', '~dev/tool@'))],
    ['tool@1.0.0/addons/extra.js', 'export * from "https://esm.sh/-/esm/2/tool@1.0.0/addons/extra.js";\n'],
    ['tool@1.0.0/addons/extra', 'export * from "https://esm.sh/-/esm/2/tool@1.0.0/addons/extra.js";\n'],
    ['tool@1.0.0/addons/label.js', 'export * from "https://esm.sh/-/esm/2/tool@1.0.0/addons/label.js";\n'],
    ['tool@1.0.0/addons/renamed.js', handsOn('https://esm.sh/-/esm/2/tool@1.0.0/addons/renamed.js')],
  ])('answers %s', async (address, text) => {
    expect(await at(`esm.sh/${address}`)).toMatchObject({ status: 200, text });
  });

  it('leaves what the page brings itself to its import map', async () => {
    expect((await at('esm.sh/-/esm/2/~external=react/tool@1.0.0/.kit/chunk-0.js')).text).toContain('"react"');
  });

  it.each([
    ['tool@1.0.0/dist/style.css', 'text/css; charset=utf-8', 'b { color: red; background: url(./dot.png) }'],
    ['tool@1.0.0/data.json', 'application/json; charset=utf-8', '{"a":1}'],
    ['tool@1.0.0/dist/dot.png', 'image/png', 'png'],
    ['tool@1.0.0/dist/ready.js?raw', 'text/javascript; charset=utf-8', 'var ready = 1;'],
  ])('serves %s as published', async (address, type, text) => {
    const answer = await at(`esm.sh/${address}`);
    expect(answer).toMatchObject({ status: 200, text });
    expect(answer.headers).toMatchObject({ 'content-type': type, 'cache-control': immutable });
  });

  it.each([
    ['gh/user/repo@1/x.js', 'NOT_ON_NPM'],
    ['v135/gh/user/repo', 'NOT_ON_NPM'],
    ['jsr/@std/encoding', 'NOT_ON_NPM'],
    ['tsx', 'NOT_ON_NPM'],
    ['tool?alias=react:preact/compat', 'NOT_ON_NPM'],
    ['tool@1.0.0/absent', 'FILE_NOT_FOUND'],
    ['not-there', 'PACKAGE_NOT_FOUND'],
    ['tool@9', 'VERSION_NOT_FOUND'],
  ])('says why there is no %s', async (address, code) => {
    const { status, text } = await at(`esm.sh/${address}`);
    expect({ status, code: JSON.parse(text).error.code }).toEqual({ status: 404, code });
  });
});

describe('cdn.jsdelivr.net', () => {
  it('minifies what is published unminified only', async () => {
    expect(await at('cdn.jsdelivr.net/npm/tool@1.0.0/dist/tool.min.js')).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': immutable },
      text: 'var tool={name:"tool"};\n',
    });
    expect((await at('cdn.jsdelivr.net/npm/tool@1.0.0/dist/style.min.css')).text).toBe(
      'b{color:red;background:url(./dot.png)}\n',
    );
    expect((await at('cdn.jsdelivr.net/npm/tool@1.0.0/dist/ready.min.js')).text).toBe('var ready=1;');
    expect((await at('cdn.jsdelivr.net/npm/tool@1.0.0/dist/broken.min.js')).text).toBe('var = ;');
    expect((await at('cdn.jsdelivr.net/npm/tool@1.0.0/dist/absent.min.js')).status).toBe(404);
  });

  it.each(['tool@1.0.0', 'tool@1.0.0/'])('serves the minified default file for %s', async (address) => {
    expect((await at(`cdn.jsdelivr.net/npm/${address}`)).text).toBe('var ready=1;');
  });

  it('combines scripts, and stylesheets with addresses that still lead somewhere', async () => {
    const scripts = 'npm/tool@1.0.0/dist/ready.js,npm/tool@1.0.0/dist/tool.min.js';
    expect(await at(`cdn.jsdelivr.net/combine/${scripts}`)).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': immutable },
      text: 'var ready = 1;\n;\nvar tool={name:"tool"};\n',
    });
    const sheets = await at('cdn.jsdelivr.net/combine/npm/tool/dist/style.css,npm/tool@1/dist/style.css');
    expect(sheets.headers).toMatchObject({
      'content-type': 'text/css; charset=utf-8',
      'cache-control': resolved,
    });
    expect(
      sheets.text.match(/https:\/\/cdn\.jsdelivr\.net\/npm\/tool@1\.0\.0\/dist\/dot\.png/g),
    ).toHaveLength(2);
  });

  it.each([
    'combine/npm/tool,gh/a/b',
    'combine/npm/tool,',
    'combine/npm/tool,npm/tool/dist/style.css',
    'gh/a/b@1/c.js',
  ])('has no %s', async (address) => {
    expect((await at(`cdn.jsdelivr.net/${address}`)).status).toBe(404);
  });
});

describe('unpkg.com', () => {
  it('leads a bare package to what Node would require, not to the source of bundlers', async () => {
    const { headers } = await at('unpkg.com/tool');
    expect(headers.location).toBe('/-/cdn/unpkg.com/tool@1.0.0/dist/ready.js');
  });

  it('leaves stylesheets as they are, with ?module too', async () => {
    expect((await at('unpkg.com/tool@1.0.0/dist/style.css?module')).text).toContain('color: red');
  });
});
