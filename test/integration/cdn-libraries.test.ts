// cdnjs and the small hosts over HTTP: their names for libraries, versions and files, turned into npm packages.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestPackage } from '../registry/test-registry.ts';
import { sharedHeaders } from './published-packages.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

/** A package of one version whose files hold their own names. */
const holds = (version: string, ...paths: string[]): TestPackage => ({
  versions: { [version]: { files: Object.fromEntries(paths.map((path) => [path, `/* ${path} */`])) } },
});

const packages: Record<string, TestPackage> = {
  'chart.js': { versions: { '4.4.1': { files: { '/dist/chart.umd.js': 'const  answer = 42;' } } } },
  // Its dist/math.min.js throws; the file that replaces it is minified.
  mathjs: holds('11.8.0', '/lib/browser/math.js', '/dist/math.min.js'),
  three: holds('0.128.0', '/build/three.min.js', '/examples/js/controls/OrbitControls.js'),
  lodash: holds('4.17.21', '/lodash.min.js', '/core.min.js'),
  'font-awesome': holds('4.7.0', '/css/font-awesome.min.css'),
  '@fortawesome/fontawesome-free': holds('5.15.4', '/css/all.css', '/css/all.min.css'),
  angular: holds('1.8.2', '/angular.min.js'),
  'angular-route': holds('1.8.2', '/angular-route.min.js'),
  unlisted: holds('2.0.0', '/deep/down/unlisted.min.js', '/dist/twice.js', '/one/same.js', '/two/same.js'),
  'stats.js': holds('0.17.0', '/build/stats.min.js'),
  jquery: holds('3.7.1', '/dist/jquery.min.js', '/dist/jquery.slim.min.js'),
  'jquery-ui-dist': holds('1.12.1', '/jquery-ui.css'),
  d3: holds('7.9.0', '/dist/d3.min.js'),
  moment: { versions: {}, packumentFault: { kind: 'status', status: 403 } },
};

let relay: TestRelay;

beforeAll(async () => {
  relay = await startTestRelay({ packages });
});
afterAll(() => relay?.close());

const libs = '/-/cdn/cdnjs.cloudflare.com/ajax/libs';

describe('cdnjs.cloudflare.com', () => {
  it.each([
    ['Chart.js/4.4.1/chart.umd.js', 'const  answer = 42;'],
    ['Chart.js/4.4.1/chart.umd.min.js', 'const answer=42;\n'],
    ['mathjs/11.8.0/math.min.js', ''],
    ['three.js/r128/three.min.js', '/* /build/three.min.js */'],
    ['three.js/0.128.0/three.min.js', '/* /build/three.min.js */'],
    ['three.js/r128/examples/js/controls/OrbitControls.js', '/* /examples/js/controls/OrbitControls.js */'],
    ['lodash.js/4.17.21/lodash.min.js', '/* /lodash.min.js */'],
    ['lodash.js/4.17.21/lodash.core.min.js', '/* /core.min.js */'],
    ['font-awesome/4.7.0/css/font-awesome.min.css', '/* /css/font-awesome.min.css */'],
    ['font-awesome/5.15.4/css/all.min.css', '/* /css/all.min.css */'],
    ['angular.js/1.8.2/angular-route.min.js', '/* /angular-route.min.js */'],
    ['stats.js/r17/Stats.min.js', '/* /build/stats.min.js */'],
    ['unlisted/2.0.0/twice.js', '/* /dist/twice.js */'],
    ['unlisted/v2/unlisted.min.js', '/* /deep/down/unlisted.min.js */'],
  ])('%s', async (path, text) => {
    expect(await relay.ask(`${libs}/${path}`)).toMatchObject({
      status: 200,
      text,
      headers: { ...sharedHeaders, 'cache-control': 'public, max-age=31536000, immutable' },
    });
  });

  it.each([
    ['Chart.js/9.9.9/chart.js', 404, 'VERSION_NOT_FOUND'],
    ['Chart.js/^4.0.0/chart.umd.js', 404, 'VERSION_NOT_FOUND'],
    ['lodash.js/4.17.21/absent.js', 404, 'FILE_NOT_FOUND'],
    ['unlisted/2.0.0/same.js', 404, 'FILE_NOT_FOUND'],
    ['no-such-library/1.0.0/x.js', 404, 'PACKAGE_NOT_FOUND'],
    ['moment.js/2.29.4/moment.min.js', 502, 'REGISTRY_REFUSED'],
  ])('%s fails with %s %s', async (path, status, code) => {
    const answer = await relay.ask(`${libs}/${path}`);
    expect({ status: answer.status, code: JSON.parse(answer.text).error.code }).toEqual({ status, code });
  });
});

it('cdnjs.cloudflare.com has a latest version', async () => {
  const { status, headers, text } = await relay.ask(`${libs}/stats.js/latest/stats.min.js`);
  expect({ status, text }).toEqual({ status: 200, text: '/* /build/stats.min.js */' });
  expect(headers['cache-control']).toBe('public, max-age=300, stale-while-revalidate=86400');
});

describe('small hosts', () => {
  it.each([
    ['code.jquery.com/jquery-3.7.1.min.js', '/* /dist/jquery.min.js */'],
    ['code.jquery.com/jquery-3.7.1.slim.min.js', '/* /dist/jquery.slim.min.js */'],
    ['code.jquery.com/ui/1.12.1/themes/base/jquery-ui.css', '/* /jquery-ui.css */'],
    [
      'maxcdn.bootstrapcdn.com/font-awesome/4.7.0/css/font-awesome.min.css',
      '/* /css/font-awesome.min.css */',
    ],
    ['use.fontawesome.com/releases/v5.15.4/css/all.css', '/* /css/all.css */'],
    ['cdn.jsdelivr.net/gh/mrdoob/three.js@r128/build/three.min.js', '/* /build/three.min.js */'],
  ])('%s is exact', async (address, text) => {
    const { status, headers, text: sent } = await relay.ask(`/-/cdn/${address}`);
    expect({ status, sent }).toEqual({ status: 200, sent: text });
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it('give the newest version for a while where the address names none', async () => {
    const { status, headers } = await relay.ask('/-/cdn/d3js.org/d3.v7.min.js');
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('public, max-age=300, stale-while-revalidate=86400');
  });

  it('say what to use where npm has nothing', async () => {
    const { status, text } = await relay.ask('/-/cdn/kit.fontawesome.com/a076d05399.js');
    expect({ status, error: JSON.parse(text).error }).toMatchObject({
      status: 404,
      error: {
        code: 'NOT_ON_NPM',
        message:
          'https://kit.fontawesome.com/a076d05399.js is not in any npm package; the free icons are at https://use.fontawesome.com/releases/v6.5.1/css/all.css.',
      },
    });
  });

  it('need no polyfills', async () => {
    for (const address of [
      'polyfill.io/v3/polyfill.min.js?features=es6',
      'cdnjs.cloudflare.com/polyfill/v3/polyfill.js',
    ])
      expect(await relay.ask(`/-/cdn/${address}`)).toMatchObject({
        status: 200,
        headers: { 'content-type': 'text/javascript; charset=utf-8' },
        text: '/* No polyfills: every browser that shows previews has these features. */\n',
      });
  });
});
