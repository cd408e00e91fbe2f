// ES modules over HTTP: headers, what links to what by which version, what a failure looks like, and what is kept.
import { cp, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../relay/packages/base/package-log.ts';
import { createPackageEngine, type PackageEngine } from '../../relay/packages/engine.ts';
import { exportBundle } from '../../relay/packages/upkeep/bundle/bundle-export.ts';
import { importBundle } from '../../relay/packages/upkeep/bundle/bundle-import.ts';
import { listStore } from '../../relay/packages/upkeep/store-entries.ts';
import { StorePruner } from '../../relay/packages/upkeep/store-pruner.ts';
import { bundlerPackages } from '../registry/bundler-packages.ts';
import { makeTemporaryFolder } from '../registry/temporary-folder.ts';
import type { TestPackage } from '../registry/test-registry.ts';
import { sharedHeaders } from './published-packages.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

const esm = (code: string, fields: Record<string, unknown> = {}, files: Record<string, string> = {}) => ({
  files: { '/index.js': code, ...files },
  manifest: { type: 'module', ...fields },
});

const packages: Record<string, TestPackage> = {
  ...bundlerPackages,
  core: {
    versions: {
      '17.0.0': { files: { '/index.js': 'exports.version = 17;' } },
      '18.0.0': { files: { '/index.js': 'exports.version = 18;' } },
      '19.0.0': { files: { '/index.js': 'exports.version = 19;' } },
    },
  },
  dom: {
    versions: Object.fromEntries(
      ['18.0.0', '19.0.0'].map((version) => [
        version,
        {
          files: { '/index.js': 'module.exports = require("core");' },
          manifest: { peerDependencies: { core: `^${version}` } },
        },
      ]),
    ),
  },
  widget: {
    versions: {
      '1.0.0': esm('export * from "core";', { peerDependencies: { core: '>=17' } }),
    },
  },
  page: {
    versions: {
      '1.0.0': esm(
        'import "core"; import "widget"; import "small"; import "./style.css";',
        {
          dependencies: { widget: '^1.0.0', small: '^1.0.0' },
          peerDependencies: { core: '^18.0.0' },
        },
        { '/style.css': 'b { color: red }', '/broken.js': 'export const = 1;', '/a.png': 'png' },
      ),
    },
  },
  pair: {
    versions: {
      '1.0.0': esm('import "core"; import "dom";', { peerDependencies: { core: '>=17', dom: '>=17' } }),
    },
  },
  small: { versions: { '1.2.0': esm('export default 1;'), '2.0.0': esm('export default 2;') } },
};

let relay: TestRelay;
let engine: PackageEngine;

beforeAll(async () => {
  relay = await startTestRelay({ packages });
  engine = engineIn(relay.dataDir);
});
afterAll(() => relay?.close());

function engineIn(dataDir: string): PackageEngine {
  return createPackageEngine({
    npm: relay.registry.npm,
    dataDir,
    offline: false,
    timeoutMs: 2_000,
    maxTarballBytes: 2 ** 20,
    log: silentLog,
  });
}

const addressOf = async (name: string, context = {}): Promise<string> =>
  (await engine.esModules.entry({ name, context })).address;
const linksOf = (body: Buffer): string[] =>
  [...String(body).matchAll(/"(\/-\/esm\/[^"]+)"/g)].map(([, link = '']) => link).sort();

describe('A module', () => {
  it('is immutable, compressed, for every origin and a script', async () => {
    const { status, headers, body } = await relay.ask('/-/esm/2/small@1.2.0/index.js');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      ...sharedHeaders,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
    });
    expect(String(body)).toBe('export{$0 as default}from"./.kit/chunk-0.js";');
    const large = await relay.ask('/-/esm/2/.kit/process.js', { headers: { 'accept-encoding': 'br' } });
    expect(large.headers['content-encoding']).toBe('br');
  });

  it('links to exact versions, as npm would install them', async () => {
    expect(await addressOf('page')).toBe('/-/esm/2/page@1.0.0/index.js');
    const { body } = await relay.ask('/-/esm/2/page@1.0.0/.kit/chunk-0.js');
    expect(linksOf(body)).toEqual([
      '/-/esm/2/core@18.0.0/index.js',
      '/-/esm/2/small@1.2.0/index.js',
      // By itself it would choose 19: it inherits what its importer has.
      '/-/esm/2/~deps=core@18.0.0/widget@1.0.0/index.js',
    ]);
    const widget = await relay.ask('/-/esm/2/~deps=core@18.0.0/widget@1.0.0/index.js');
    expect(linksOf(widget.body)).toEqual(['/-/esm/2/core@18.0.0/index.js']);
    const alone = await relay.ask('/-/esm/2/widget@1.0.0/index.js');
    expect(linksOf(alone.body)).toEqual(['/-/esm/2/core@19.0.0/index.js']);
  });

  it('has the context that makes a difference, and no other', async () => {
    expect(await addressOf('widget', { deps: { core: '17' } })).toBe(
      '/-/esm/2/~deps=core@17.0.0/widget@1.0.0/index.js',
    );
    expect(await addressOf('widget', { deps: { core: '19.0.0' } })).toBe('/-/esm/2/widget@1.0.0/index.js');
    const pair = '/-/esm/2/~deps=core@18.0.0/pair@1.0.0/index.js';
    expect(await addressOf('pair', { deps: { core: '18' } })).toBe(pair);
    expect(await addressOf('pair', { deps: { core: '18', dom: '19' } })).toBe(pair);
    expect(await addressOf('small', { deps: { core: '17' } })).toBe('/-/esm/2/small@2.0.0/index.js');
    expect(await addressOf('dom', { deps: { core: '19' }, env: 'development' })).toBe(
      '/-/esm/2/~dev/dom@19.0.0/index.js',
    );
  });

  it('is beside the files of its package', async () => {
    const css = await relay.ask('/-/esm/2/page@1.0.0/style.css');
    expect(css.headers['content-type']).toBe('text/css; charset=utf-8');
    expect(String(css.body)).toBe('b{color:red}\n');
    expect((await relay.ask('/-/esm/2/page@1.0.0/a.png')).headers['content-type']).toBe('image/png');
  });
});

describe('A failure', () => {
  it.each([
    ['/-/esm/2/page@1.0.0/broken.js', 500, 'BUILD_FAILED'],
    ['/-/esm/2/page@1.0.0/gone.js', 404, 'FILE_NOT_FOUND'],
    ['/-/esm/2/page@9.0.0/index.js', 404, 'VERSION_NOT_FOUND'],
    ['/-/esm/2/not-there@1.0.0/index.js', 404, 'PACKAGE_NOT_FOUND'],
    ['/-/esm/2/~deps=core/page@1.0.0/index.js', 400, 'INVALID_RANGE'],
    ['/-/esm/2/page@latest/index.js', 400, 'INVALID_RANGE'],
    ['/-/esm/0/page@1.0.0/index.js', 404, 'PAGE_NOT_FOUND'],
  ])('of %s says why, and is not kept', async (path, status, code) => {
    const answer = await relay.ask(path);
    expect(answer.status).toBe(status);
    expect(JSON.parse(String(answer.body)).error.code).toBe(code);
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});

describe('What was built', () => {
  it('travels in a bundle, and is pruned like other builds', async () => {
    const dataDir = await makeTemporaryFolder();
    await cp(relay.dataDir, dataDir, { recursive: true });
    const built = async (folder: string) =>
      (await listStore(folder)).filter(({ kind }) => kind === 'es-module');
    const before = await built(dataDir);
    expect(before.map(({ source }) => source)).toContain('small@1.2.0');
    const file = join(await makeTemporaryFolder(), 'bundle.tgz');
    await exportBundle(file, { dataDir });
    const other = await makeTemporaryFolder();
    await importBundle(file, { dataDir: other });
    expect((await built(other)).map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort());
    const pruner = new StorePruner({
      dataDir: other,
      maxBytes: 1,
      maxAgeMs: 0,
      offline: true,
      log: silentLog,
    });
    for (const { marker } of await listStore(other)) await age(marker);
    await pruner.prune();
    expect(await built(other)).toEqual([]);
  });
});

async function age(marker: string): Promise<void> {
  const seconds = Date.now() / 1000 - 100 * 3600;
  await utimes(marker, seconds, seconds);
}
