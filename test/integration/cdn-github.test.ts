// CDNs of GitHub repositories over HTTP: the same files from npm packages, or a reason.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestPackage } from '../registry/test-registry.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

/** A package of one version whose files hold their own names. */
const holds = (version: string, paths: string[], manifest: Record<string, unknown> = {}): TestPackage => ({
  versions: {
    [version]: { files: Object.fromEntries(paths.map((path) => [path, `/* ${path} */`])), manifest },
  },
});

const packages: Record<string, TestPackage> = {
  three: holds('0.128.0', ['/build/three.min.js']),
  alpinejs: holds('3.13.3', ['/dist/cdn.min.js']),
  '@alpinejs/mask': holds('3.13.3', ['/dist/cdn.min.js']),
  '@highlightjs/cdn-assets': holds('11.9.0', ['/highlight.min.js', '/styles/default.min.css']),
  'chart.js': {
    versions: { '4.4.1': { files: { '/dist/chart.umd.js': 'const  answer = 42;' } } },
  },
  lodash: holds('4.17.21', ['/lodash.min.js']),
  pretendard: holds('1.3.9', ['/dist/web/static/pretendard.css'], {
    repository: { type: 'git', url: 'git+https://github.com/Orioncactus/Pretendard.git' },
  }),
  'tiny-tool': holds('1.0.0', ['/tool.js'], { repository: 'github:someone/tiny-tool' }),
  lit: {
    versions: {
      '3.1.0': {
        files: {
          '/index.js': 'export const html = 1;',
          '/directive.js': 'export const directive = 2;',
          '/directives/class-map.js': 'export const classMap = 3;',
          '/static-html.js': 'export const html = 4, svg = 5, literal = 6, unsafeStatic = 7, withStatic = 8;',
        },
        manifest: { type: 'module', main: 'index.js' },
      },
    },
  },
};

let relay: TestRelay;
const ask = (address: string) => relay.ask(`/-/cdn/${address}`);

beforeAll(async () => {
  relay = await startTestRelay({ packages });
});
afterAll(() => relay?.close());

describe('files of GitHub repositories', () => {
  it.each([
    ['cdn.jsdelivr.net/gh/mrdoob/three.js@r128/build/three.min.js', '/* /build/three.min.js */'],
    ['cdn.jsdelivr.net/gh/alpinejs/alpine@v3.13.3/packages/mask/dist/cdn.min.js', '/* /dist/cdn.min.js */'],
    ['cdn.jsdelivr.net/gh/highlightjs/cdn-release@11.9.0/build/highlight.min.js', '/* /highlight.min.js */'],
    ['cdn.jsdelivr.net/gh/chartjs/Chart.js@v4.4.1/dist/chart.umd.min.js', 'const answer=42;\n'],
    ['cdn.jsdelivr.net/gh/lodash/lodash@4.17.21/dist/lodash.min.js', '/* /lodash.min.js */'],
    ['cdn.statically.io/gh/lodash/lodash@4.17.21/dist/lodash.min.js', '/* /lodash.min.js */'],
    ['cdn.statically.io/gh/lodash/lodash/4.17.21/dist/lodash.min.js', '/* /lodash.min.js */'],
    ['rawcdn.githack.com/mrdoob/three.js/r128/build/three.min.js', '/* /build/three.min.js */'],
    ['cdn.rawgit.com/mrdoob/three.js/r128/build/three.min.js', '/* /build/three.min.js */'],
    [
      'cdn.jsdelivr.net/gh/orioncactus/pretendard@v1.3.9/dist/web/static/pretendard.css',
      '/* /dist/web/static/pretendard.css */',
    ],
  ])('%s is exact', async (address, text) => {
    const { status, headers, text: sent } = await ask(address);
    expect({ status, sent }).toEqual({ status: 200, sent: text });
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it.each([
    'gh/mrdoob/three.js/build/three.min.js',
    'gh/mrdoob/three.js@master/build/three.min.js',
    'gh/lodash/lodash@4/lodash.min.js',
    'gh/alpinejs/alpine@v3.x.x/packages/alpinejs/dist/cdn.min.js',
  ])('%s is the newest that it may be, for a while', async (path) => {
    const { status, headers } = await ask(`cdn.jsdelivr.net/${path}`);
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('public, max-age=300, stale-while-revalidate=86400');
  });

  it.each([
    [
      'gh/someone/project@1.0.0/dist/project.js',
      'NOT_ON_NPM',
      'it is on GitHub, and the kit knows no npm package of someone/project in that version',
    ],
    ['gh/else/tiny-tool@1.0.0/tool.js', 'NOT_ON_NPM', 'the kit knows no npm package of else/tiny-tool'],
    ['gh/mrdoob/three.js@5b1f6a0c/build/three.js', 'NOT_ON_NPM', '5b1f6a0c is none'],
    ['gh/someone/tiny-tool@1.0.0/absent.js', 'FILE_NOT_FOUND', 'tiny-tool@1.0.0 has no file /absent.js'],
    ['gh/mrdoob/three.js@r1/build/three.js', 'VERSION_NOT_FOUND', 'No version of three matches 0.1.0'],
  ])('%s is not there, with a reason', async (path, code, reason) => {
    const { status, text } = await ask(`cdn.jsdelivr.net/${path}`);
    const { error } = JSON.parse(text);
    expect({ status, code: error.code }).toEqual({ status: 404, code });
    expect(error.message).toContain(reason);
  });

  it('are combined with npm’s', async () => {
    const { status, text } = await ask(
      'cdn.jsdelivr.net/combine/gh/lodash/lodash@4.17.21/dist/lodash.min.js,npm/alpinejs@3.13.3/dist/cdn.min.js',
    );
    expect({ status, text }).toEqual({
      status: 200,
      text: '/* /lodash.min.js */\n;\n/* /dist/cdn.min.js */',
    });
  });
});

describe('the bundles of Lit', () => {
  it('have the modules of the npm package', async () => {
    const core = await ask('cdn.jsdelivr.net/gh/lit/dist@3/core/lit-core.min.js');
    expect(core.text).toMatch(/^export \* from "https:\/\/esm\.sh\/-\/esm\/\d+\/lit@3\.1\.0\/index\.js";\n$/);
    expect(core.headers['cache-control']).toBe('public, max-age=300, stale-while-revalidate=86400');
    const all = await ask('cdn.jsdelivr.net/gh/lit/dist@3.1.0/all/lit-all.min.js');
    expect(all.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(all.text.split('\n').map((line) => line.replace(/ from .*lit@3\.1\.0/, ' '))).toEqual([
      'export * /index.js";',
      'export * /directive.js";',
      'export * /directives/class-map.js";',
      'export { html as staticHtml, svg as staticSvg, literal, unsafeStatic, withStatic } /static-html.js";',
      '',
    ]);
  });
});

it('Pyodide’s own packages are not there, with a reason', async () => {
  const { status, text } = await ask(
    'cdn.jsdelivr.net/pyodide/v0.26.4/full/numpy-1.26.4-cp312-cp312-pyodide_2024_0_wasm32.whl',
  );
  expect(status).toBe(404);
  expect(JSON.parse(text).error).toMatchObject({ code: 'NOT_ON_NPM' });
  expect(JSON.parse(text).error.message).toContain('Pyodide’s own packages (numpy, pandas, micropip, …)');
});
