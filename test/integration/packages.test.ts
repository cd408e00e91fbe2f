// The package surface over HTTP for the frame: dependency sets, modules, and what a failure looks like.
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from './http-client.ts';
import { packages, sharedHeaders } from './published-packages.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

let relay: TestRelay;

beforeAll(async () => {
  relay = await startTestRelay({ packages });
});
afterAll(() => relay?.close());

const askSet = (
  query: unknown,
  more: { headers?: Record<string, string>; method?: string } = {},
): Promise<Answer> =>
  relay.ask(
    `/-/set?q=${encodeURIComponent(typeof query === 'string' ? query : JSON.stringify(query))}`,
    more,
  );

describe('a dependency set', () => {
  it('is one answer with every module that the imports need', async () => {
    const { status, headers, text } = await askSet({ d: { greeting: '^1.0.0' }, r: {}, i: ['greeting'] });
    expect(status).toBe(200);
    expect(headers).toEqual({
      ...sharedHeaders,
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'public, max-age=300, stale-while-revalidate=86400',
      etag: expect.stringMatching(/^"[\w-]{22}"$/),
      vary: 'Accept-Encoding',
      'content-length': String(Buffer.byteLength(text)),
    });
    const set = JSON.parse(text);
    expect(set.tree).toMatch(/^[\da-f]{32}$/);
    expect(set.dependencies).toEqual(
      expect.arrayContaining([
        { name: 'greeting', version: '1.2.0' },
        { name: 'node-libs-browser', version: '2.2.1' },
      ]),
    );
    expect(set.dependencyDependencies.shout).toMatchObject({ resolved: '2.1.0' });
    const files = Object.keys(set.contents);
    expect(files).toEqual(
      expect.arrayContaining(['/node_modules/greeting/package.json', '/node_modules/shout/package.json']),
    );
    expect(text).toContain('hello');
  });

  it('is the same when the data folder is behind a symbolic link', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'preview-kit-linked-'));
    const link = join(folder, 'link');
    await symlink(await mkdtemp(join(folder, 'real-')), link);
    const linked = await startTestRelay({ packages, config: { dataDir: join(link, 'data') } });
    try {
      const set = encodeURIComponent(JSON.stringify({ d: { greeting: '^1.0.0' }, i: ['greeting'] }));
      const { status, text } = await linked.ask(`/-/set?q=${set}`);
      expect(status).toBe(200);
      expect(text).toContain('hello');
    } finally {
      await linked.close();
      await rm(folder, { recursive: true });
    }
  });

  it('does not depend on the order of imports, is compressed once, and is 304 when it is known', async () => {
    const set = { d: { greeting: '1.2.0', shout: '^2' }, i: ['shout', 'greeting'] };
    const plain = await askSet(set);
    const br = await askSet({ ...set, i: ['greeting', 'shout'] }, { headers: { 'accept-encoding': 'br' } });
    expect(br.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(br.body).equals(plain.body)).toBe(true);
    const tag = plain.headers.etag as string;
    expect(await askSet(set, { headers: { 'if-none-match': tag } })).toMatchObject({ status: 304, text: '' });
    expect(await askSet(set, { method: 'HEAD' })).toMatchObject({
      status: 200,
      headers: { etag: tag },
      text: '',
    });
  });

  it('follows resolutions', async () => {
    const { text } = await askSet({ d: { greeting: '^1.0.0' }, r: { greeting: '1.0.0' }, i: ['greeting'] });
    expect(JSON.parse(text).dependencies).toContainEqual({ name: 'greeting', version: '1.0.0' });
  });

  it('is asked with a query that is checked', async () => {
    const bad = [
      '',
      'x',
      'null',
      '[]',
      '{}',
      '{"d":[]}',
      '{"d":{"a":1}}',
      '{"d":{},"i":"x"}',
      { d: { ['a'.repeat(215)]: '1' } },
    ];
    for (const query of bad) {
      const { status, headers, text } = await askSet(query);
      expect({ query, status }).toEqual({ query, status: 400 });
      expect(headers['access-control-allow-origin']).toBe('*');
      expect(JSON.parse(text).error).toMatchObject({
        code: 'BAD_REQUEST',
        message: 'The dependency set in ?q= is not what this relay expects.',
      });
    }
    expect((await relay.ask('/-/set')).status).toBe(400);
    expect((await askSet({ d: {} }, { method: 'DELETE' })).status).toBe(405);
  });

  it('may be asked with a body, for sets that are longer than an address may be', async () => {
    const set = JSON.stringify({ d: { greeting: '1.2.0' }, i: ['greeting'] });
    const headers = { 'content-type': 'text/plain' };
    const posted = await relay.ask('/-/set', { method: 'POST', headers, body: set });
    expect({ status: posted.status, text: posted.text }).toEqual({
      status: 200,
      text: (await askSet(set)).text,
    });
    const statusOf = async (body: string) =>
      (await relay.ask('/-/set', { method: 'POST', headers, body })).status;
    for (const body of ['', '{', '{"d":1}']) expect(await statusOf(body)).toBe(400);
    expect(await statusOf('x'.repeat(300_000))).toBe(413);
  });

  it('of nobody is answered too', async () => {
    expect((await askSet({ d: {} })).status).toBe(200);
  });
});

describe('what a page imports beside a set that it has', () => {
  const treeOf = async (d: Record<string, string>): Promise<string> =>
    JSON.parse((await askSet({ d, i: [] })).text).tree;
  const askAddition = (tree: string, i: string[], n: string[]): Promise<Answer> =>
    relay.ask(`/-/tree/${tree}/modules?q=${encodeURIComponent(JSON.stringify({ i, n }))}`);

  it('comes with what it needs, and without what is there', async () => {
    const tree = await treeOf({ greeting: '1.2.0' });
    const { status, headers, text } = await askAddition(tree, [], ['greeting/lib/loud.js']);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      ...sharedHeaders,
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'public, max-age=300, stale-while-revalidate=86400',
    });
    const { contents, missing, replaces } = JSON.parse(text);
    expect(Object.keys(contents)).toEqual(
      expect.arrayContaining(['/node_modules/greeting/package.json', '/node_modules/shout/package.json']),
    );
    expect(text).toContain('HELLO');
    expect({ missing, replaces }).toEqual({ missing: [], replaces: false });
    const known = JSON.parse((await askAddition(tree, ['shout'], ['greeting'])).text);
    expect(Object.keys(known.contents)).not.toContain('/node_modules/shout/package.json');
  });

  it('can be asked for in a body', async () => {
    const tree = await treeOf({ greeting: '1.2.0' });
    const { text } = await relay.ask(`/-/tree/${tree}/modules`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ i: [], n: ['greeting'] }),
    });
    expect(text).toBe((await askAddition(tree, [], ['greeting'])).text);
  });

  it('says when a package has to be divided into other files than the page has', async () => {
    const tree = await treeOf({ drawers: '1.0.0' });
    const first = JSON.parse((await askAddition(tree, [], ['drawers/left'])).text);
    expect(first.replaces).toBe(false);
    const second = JSON.parse((await askAddition(tree, ['drawers/left'], ['drawers/right'])).text);
    expect(second.replaces).toBe(true);
    const both = JSON.parse((await askAddition(tree, [], ['drawers/left', 'drawers/right'])).text);
    const counters = Object.values<{ content: string }>(both.contents).filter(({ content }) =>
      content.includes('one counter for all'),
    );
    expect(counters).toHaveLength(1);
  });

  it('names what is in no package', async () => {
    const tree = await treeOf({ greeting: '1.2.0' });
    const { text } = await askAddition(tree, [], ['absent', 'greeting', 'greeting/absent.js']);
    expect(JSON.parse(text).missing).toEqual(['absent', 'greeting/absent.js']);
    expect(text).toContain('hello');
  });

  it('is 404 where there is no such tree, 400 where the query is none', async () => {
    const tree = await treeOf({ greeting: '1.2.0' });
    const query = encodeURIComponent('{"i":[],"n":["greeting"]}');
    for (const [path, status] of [
      [`/-/tree/${'0'.repeat(32)}/modules?q=${query}`, 404],
      [`/-/tree/x/modules?q=${query}`, 404],
      [`/-/tree/${tree}/modules`, 400],
      [`/-/tree/${tree}/modules?q={"i":[],"n":[]}`, 400],
    ] as const) {
      const { status: given, headers } = await relay.ask(path);
      expect({ path, status: given, cache: headers['cache-control'] }).toEqual({
        path,
        status,
        cache: 'no-store',
      });
    }
  });
});

describe('failures', () => {
  it.each([
    ['an unknown package', { 'not-there': '^1' }, 404, 'PACKAGE_NOT_FOUND', 'not-there'],
    ['an unknown dependency of a package', { 'needs-missing': '^1' }, 404, 'PACKAGE_NOT_FOUND', 'not-there'],
    ['an impossible range', { greeting: '^9' }, 404, 'VERSION_NOT_FOUND', 'greeting'],
    ['a range that is none', { greeting: 'git+ssh://git@host/x' }, 400, 'INVALID_RANGE', 'greeting'],
    ['a name that is none', { '../x': '1' }, 400, 'INVALID_NAME', '../x'],
    ['a registry that refuses', { 'fault-refused': '1' }, 502, 'REGISTRY_REFUSED', 'fault-refused'],
    ['a registry that fails', { 'fault-failing': '1' }, 502, 'REGISTRY_FAILED', 'fault-failing'],
    ['a registry that limits', { 'fault-limited': '1' }, 503, 'REGISTRY_RATE_LIMITED', 'fault-limited'],
    ['a registry that says nothing', { 'fault-hanging': '1' }, 504, 'REGISTRY_TIMEOUT', 'fault-hanging'],
    ['a registry that trickles', { 'fault-trickling': '1' }, 504, 'REGISTRY_TIMEOUT', 'fault-trickling'],
    ['a login page in between', { 'fault-garbage': '1' }, 502, 'REGISTRY_INVALID_ANSWER', 'fault-garbage'],
    ['a broken connection', { 'fault-broken-off': '1' }, 502, 'REGISTRY_UNREACHABLE', 'fault-broken-off'],
    ['a changed tarball', { 'fault-tarball': '1' }, 502, 'INTEGRITY_MISMATCH', 'fault-tarball'],
  ])('%s: JSON with code, message and remedy, in time', async (_, d, status, code, named) => {
    const started = performance.now();
    const answer = await askSet({ d, i: Object.keys(d) });
    // Silence may last 400 ms here, and retries 1.5 s more.
    expect(performance.now() - started).toBeLessThan(6_000);
    expect({ status: answer.status, error: JSON.parse(answer.text).error }).toEqual({
      status,
      error: { code, message: expect.stringContaining(named), remedy: expect.stringMatching(/\w\.$/) },
    });
    expect(answer.headers).toMatchObject({
      ...sharedHeaders,
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
    expect(answer.text).not.toContain(relay.registry.url);
  });

  it('are not kept: the next request asks again', async () => {
    const set = { d: { 'comes-late': '1' }, i: [] };
    expect((await askSet(set)).status).toBe(404);
    relay.registry.packages['comes-late'] = { versions: { '1.0.0': { files: { '/index.js': '' } } } };
    expect((await askSet(set)).status).toBe(200);
  });
});
