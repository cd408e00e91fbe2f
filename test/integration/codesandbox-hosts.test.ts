// docs/hosts.md, row by row: what clients of CodeSandbox's hosts send, and what they get from a real relay.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Hosts, HostsError, type HostToken } from '../../client/hosts.ts';
import { ApiTokens } from '../../relay/hosts/api-tokens.ts';
import { openState } from '../../relay/state/state.ts';
import { freePort } from '../browser/start-kit.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

const later = new Date('2040-01-01T00:00:00Z');
const scopes = ['shares:read', 'shares:write'] as const;

let relay: TestRelay;
let apiKey: string;
let hosts: Hosts;
/** A private page's name, new for each test, and a token for it. */
let name: string;
let token: HostToken;

beforeAll(async () => {
  relay = await startTestRelay({ config: { controlPort: await freePort() } });
  const state = await openState({ dataDir: relay.dataDir, databaseUrl: '' });
  ({ token: apiKey } = await new ApiTokens(state.db).create({ label: 'SDK', scopes, owner: 'ann' }));
  await state.close();
  hosts = new Hosts({ apiUrl: relay.controlUrl ?? '', apiKey, baseHost: relay.base });
});
afterAll(() => relay?.close());

beforeEach(async () => {
  name = await publish('private');
  token = await hosts.createToken(name, { expiresAt: later });
});

async function api(method: string, path: string, body?: object) {
  const response = await fetch(new URL(path, relay.controlUrl), {
    method,
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

async function publish(visibility: string): Promise<string> {
  const content = { type: 'html', content: '<h1>Tides</h1>' };
  const { body } = await api('POST', '/api/shares', { title: 'Tides', content, visibility });
  return body.share.name;
}

const visit = (headers: Record<string, string> = {}, path = '/', page = name) =>
  relay.ask(path, { host: `${page}-${relay.base}`, headers });

const tokens = (id = '') => `/sandbox/${name}/tokens${id === '' ? '' : `/${id}`}`;
const prefixes = async () => (await hosts.listTokens(name)).map(({ tokenPrefix }) => tokenPrefix);

const rows: Record<string, () => Promise<void>> = {
  async 'POST /sandbox/{id}/tokens'() {
    const { status, body } = await api('POST', tokens(), {});
    expect([status, body.data.token.expires_at, body.data.sandbox_id]).toEqual([201, null, name]);
    expect((await visit({ 'csb-preview-token': body.data.token.token })).status).toBe(200);
  },
  async 'GET /sandbox/{id}/tokens'() {
    await api('POST', tokens(), {});
    const { status, body } = await api('GET', tokens());
    expect([status, body.data.tokens.length]).toEqual([200, 3]);
  },
  async 'PATCH /sandbox/{id}/tokens/{token_id}'() {
    const cleared = await api('PATCH', tokens(token.tokenId), { expires_at: null });
    expect([cleared.status, cleared.body.data.token.expires_at]).toEqual([200, null]);
    await api('PATCH', tokens(token.tokenId), { expires_at: '2020-01-01T00:00:00Z' });
    expect((await visit(hosts.getHeaders(token))).status).toBe(401);
  },
  async 'DELETE /sandbox/{id}/tokens/{token_id}'() {
    expect((await api('DELETE', tokens(token.tokenId))).status).toBe(200);
    expect((await api('DELETE', tokens(token.tokenId))).status).toBe(400);
    expect((await visit(hosts.getHeaders(token))).status).toBe(401);
  },
  async 'DELETE /sandbox/{id}/tokens'() {
    await api('DELETE', tokens());
    expect((await visit(hosts.getHeaders(token))).status).toBe(401);
    expect(await prefixes()).toEqual([]);
  },
  async '{success, errors, data}'() {
    expect((await api('GET', tokens())).body).toMatchObject({ success: true, errors: [] });
    const { status, body } = await api('GET', '/sandbox/none/tokens');
    expect([status, body]).toEqual([404, { success: false, errors: [expect.stringContaining('none')] }]);
  },
  async preview_token() {
    const entered = await visit({}, `/?a=1&preview_token=${token.token}`);
    expect([entered.status, entered.headers.location]).toEqual([303, '/?a=1']);
    const [cookie = ''] = [entered.headers['set-cookie']].flat();
    expect((await visit({ Cookie: cookie.split(';')[0] ?? '' })).status).toBe(200);
  },
  async 'csb-preview-token'() {
    expect((await visit({ 'csb-preview-token': token.token })).text).toContain('Tides');
  },
  async csb_preview_token() {
    expect((await visit({ Cookie: `csb_preview_token=${token.token}` })).text).toContain('Tides');
    const entered = await relay.ask(`/?preview_token=${token.token}`, {
      host: `${name}-${relay.base}`,
      headers: { 'X-Forwarded-Proto': 'https' },
    });
    const [cookie = ''] = [entered.headers['set-cookie']].flat();
    expect(cookie).toMatch(/^__Host-preview_session=/);
    for (const part of ['Secure', 'HttpOnly', 'SameSite=None', 'Partitioned', 'Path=/'])
      expect(cookie).toContain(part);
    expect(cookie).not.toMatch(/Domain|pkh_/);
  },
  async 'Authorization: Bearer'() {
    expect((await visit({ Authorization: `Bearer ${token.token}` })).status).toBe(200);
  },
  async 'hosts.createToken'() {
    expect(token).toMatchObject({ sandboxId: name, expiresAt: later, lastUsedAt: null });
    expect((await hosts.createToken(name)).expiresAt).toBeNull();
  },
  async 'hosts.listTokens'() {
    await visit(hosts.getHeaders(token));
    const { tokenId, expiresAt } = token;
    expect(await hosts.listTokens(name)).toContainEqual({
      tokenId,
      tokenPrefix: token.token.slice(0, 10),
      expiresAt,
      lastUsedAt: expect.any(Date),
    });
  },
  async 'hosts.updateToken'() {
    const sooner = new Date('2039-01-01T00:00:00Z');
    expect((await hosts.updateToken(name, token.tokenId, sooner)).expiresAt).toEqual(sooner);
    expect((await hosts.updateToken(name, token.tokenId, null)).expiresAt).toBeNull();
  },
  async 'hosts.revokeToken'() {
    await hosts.revokeToken(name, token.tokenId);
    expect((await visit(hosts.getHeaders(token))).status).toBe(401);
    const again = hosts.revokeToken(name, token.tokenId);
    await expect(again).rejects.toThrow(HostsError);
    await expect(again).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining(token.tokenId),
    });
  },
  async 'hosts.revokeAllTokens'() {
    await hosts.revokeAllTokens(name);
    expect(await prefixes()).toEqual([]);
  },
  async 'hosts.getUrl'() {
    const { pathname, search, host } = new URL(hosts.getUrl(token, undefined, 'http'));
    expect((await relay.ask(`${pathname}${search}`, { host })).status).toBe(303);
    expect(hosts.getUrl({ sandboxId: 'shop', token: 'x' }, 3000)).toBe(
      `https://shop-3000-${relay.base}/?preview_token=x`,
    );
  },
  async 'hosts.getHeaders'() {
    expect((await visit(hosts.getHeaders(token))).status).toBe(200);
  },
  async 'hosts.getCookies'() {
    const [[key, value] = []] = Object.entries(hosts.getCookies(token));
    expect((await visit({ Cookie: `${key}=${value}` })).status).toBe(200);
  },
  async public() {
    expect((await visit({}, '/', await publish('public'))).status).toBe(200);
  },
  async private() {
    expect((await visit()).status).toBe(401);
  },
  async 'public-hosts'() {
    const { status, body } = await api('PATCH', `/api/shares/${name}`, { visibility: 'public-hosts' });
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('signed-in')]);
  },
};

it.each(Object.entries(rows))('%s', (_, check) => check());

it('has a check for each row of the table, and a row for each check', async () => {
  const text = await readFile(resolve(import.meta.dirname, '../../docs/hosts.md'), 'utf8');
  const first = [...text.matchAll(/^\| `(.+?)` \|/gm)].map(([, cell]) => cell);
  expect(first).toEqual(Object.keys(rows));
});

it('writes no token into the relay’s log, whatever comes of it', async () => {
  const address = `/?preview_token=${token.token}`;
  for (const path of [address, `/none${address.slice(1)}`, `/${'x'.repeat(9_000)}${address.slice(1)}`])
    await visit(hosts.getHeaders(token), path);
  await visit({}, address, 'nobody');
  await relay.ask(`/-/cdn/unpkg.com/none@1${address.slice(1)}`);
  await hosts.revokeToken(name, token.tokenId);
  await visit({}, address);
  expect(relay.log.length).toBeGreaterThan(0);
  expect(JSON.stringify(relay.log)).not.toContain(token.token);
});
