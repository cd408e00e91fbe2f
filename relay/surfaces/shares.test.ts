import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabaseUrl } from '../../test/rig/test-database.ts';
import { createApp } from '../app.ts';
import { HostAccess } from '../hosts/host-access.ts';
import { HostDomains } from '../hosts/host-domains.ts';
import { HostRegistry } from '../hosts/host-registry.ts';
import { HostReports } from '../hosts/host-reports.ts';
import { HostTokens } from '../hosts/host-tokens.ts';
import { PasswordGate } from '../hosts/password-gate.ts';
import { ViewCounts } from '../hosts/view-counts.ts';
import { knowClients } from '../http/client.ts';
import { listen, type RunningServer } from '../server.ts';
import { OwnPages } from '../shares/own-pages.ts';
import { ShareAnswers } from '../shares/share-answers.ts';
import { publishRequest, readRequest } from '../shares/share-request.ts';
import { ShareService } from '../shares/share-service.ts';
import { ShareVersions } from '../shares/share-versions.ts';
import { VersionPictures } from '../shares/version-pictures.ts';
import { BlobStore } from '../state/blob-store.ts';
import { openState, type State } from '../state/state.ts';
import { createShares } from './shares.ts';

const ann = { owner: 'ann', name: 'ann' };
const hostname = 'preview.example.com';
const log = pino({ level: 'silent' });

let dataDir: string;
let state: State;
let server: RunningServer;
let sso: RunningServer;
let now = Date.now();
let hosts: HostRegistry;
let domains: HostDomains;
let tokens: HostTokens;
let shares: ShareService;
let views: ViewCounts;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'shares-surface-'));
  state = await openState({ dataDir, databaseUrl: await testDatabaseUrl(dataDir) });
  const { db } = state;
  const clock = () => now;
  hosts = new HostRegistry(db, clock);
  domains = new HostDomains(db, clock);
  tokens = new HostTokens(db, clock);
  const blobs = new BlobStore(join(dataDir, 'blobs'));
  const versions = new ShareVersions({
    db,
    blobs,
    quota: { ownerBytes: 10_000_000, totalBytes: 10_000_000 },
  });
  shares = new ShareService({
    db,
    hosts,
    tokens,
    versions,
    limits: { maxFiles: 10, maxBytes: 1_000_000 },
    makeReactPage: async () => ({ files: [], entry: '/' }),
    graceMs: 1000,
    now: clock,
  });
  views = new ViewCounts(hosts, log);
  const parts = {
    hosts,
    domains,
    access: new HostAccess(tokens, undefined, clock),
    answers: new ShareAnswers(versions),
    passwords: new PasswordGate(),
    views,
    versions,
    reports: new HostReports(db, clock),
    pictures: new VersionPictures({ db, blobs, camera: undefined }),
  };
  sso = await listen((req, res) => void res.writeHead(req.headers.cookie === 'sso=ann' ? 202 : 401).end(), {
    port: 0,
    bind: '127.0.0.1',
    setting: 'PORT',
  });
  const surface = createShares({
    open: async () => parts,
    clients: knowClients(['loopback']),
    signIn: { authUrl: `http://127.0.0.1:${sso.port}/auth`, signInUrl: 'https://auth.example.com/start' },
    log,
    egress: { mode: 'mirror', allow: [], mirroredHosts: ['unpkg.com'] },
    innerScript: '(function(){})',
    hasBars: true,
    own: new OwnPages({ script: '"bar"', style: '.bar{}' }),
    now: clock,
  });
  const app = createApp({
    hostname,
    trustProxy: ['loopback'],
    log,
    surfaces: { named: [surface], foreign: [surface] },
  });
  server = await listen(app, { port: 0, bind: '127.0.0.1', setting: 'PORT' });
});
afterAll(async () => {
  await Promise.all([server?.close(0), sso?.close(0)]);
  await state?.close();
  await rm(dataDir, { recursive: true, force: true });
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

function ask(
  name: string,
  path = '/',
  { headers = {}, form }: { headers?: Record<string, string>; form?: Record<string, string> } = {},
): Promise<Answer> {
  const body = form && new URLSearchParams(form).toString();
  return new Promise((resolve, reject) => {
    request(
      {
        host: '127.0.0.1',
        port: server.port,
        path,
        method: form ? 'POST' : 'GET',
        headers: {
          Host: name.includes('.') ? name : `${name}-${hostname}`,
          'X-Forwarded-Proto': 'https',
          'Sec-Fetch-Dest': 'document',
          Accept: 'text/html',
          ...(body !== undefined && { 'Content-Type': 'application/x-www-form-urlencoded' }),
          ...headers,
        },
      },
      async (response) => {
        const text = Buffer.concat(await response.toArray()).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      },
    )
      .on('error', reject)
      .end(body);
  });
}

const publish = (more: object = {}) =>
  shares.publish(
    ann,
    readRequest(publishRequest, {
      content: { type: 'html', content: '<h1>Tides</h1>' },
      title: 'Tides',
      bar: false,
      ...more,
    }),
  );
const cookieOf = ({ headers }: Answer) => (headers['set-cookie']?.[0] ?? '').split(';')[0] as string;

describe('A public share', () => {
  it('is shown with the headers of an artifact that reaches nothing', async () => {
    await publish({ name: 'tides', visibility: 'public' });
    const { status, headers, text } = await ask('tides');
    expect(status).toBe(200);
    expect(text).toContain('<h1>Tides</h1>');
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'origin-agent-cluster': '?1',
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['content-security-policy']).toContain("https://preview.example.com; form-action 'self'");
    const again = await ask('tides', '/', { headers: { 'If-None-Match': headers.etag as string } });
    expect(again.status).toBe(304);
  });

  it('shows the new version at once', async () => {
    const content = { type: 'html' as const, content: '<h1>Ebb</h1>' };
    await shares.update(ann, 'tides', { content });
    expect((await ask('tides')).text).toContain('<h1>Ebb</h1>');
  });

  it('has its files, and says what it has not', async () => {
    const files = {
      'index.html': '<link rel="stylesheet" href="a.css">',
      'a.css': 'h1{}',
      'a.bin': { base64: '/wABAg==' },
    };
    await publish({ name: 'site', visibility: 'public', content: { type: 'files', files } });
    expect((await ask('site', '/a.css')).headers['content-type']).toBe('text/css; charset=utf-8');
    const range = await ask('site', '/a.bin', { headers: { Range: 'bytes=1-2' } });
    expect([range.status, range.headers['content-range']]).toEqual([206, 'bytes 1-2/4']);
    expect((await ask('site', '/b.css')).status).toBe(404);
    expect((await ask('site', '/%')).status).toBe(404);
    expect((await ask('site', '/__kit/password')).status).toBe(404);
  });

  it('counts people who look at a page, and nothing else', async () => {
    const { host } = await publish({ name: 'seen', visibility: 'public' });
    await ask('seen');
    await ask('seen');
    await ask('seen', '/', { headers: { 'Sec-Fetch-Dest': 'empty' } });
    await views.flush();
    const rows = await state.db
      .selectFrom('host_views')
      .select('views')
      .where('host_id', '=', host.id)
      .execute();
    expect(rows).toEqual([{ views: 2 }]);
  });
});

describe('A private share', () => {
  it('opens by its link once, and then by a cookie of its own', async () => {
    const { token } = await publish({ name: 'mine' });
    const entered = await ask('mine', `/?a=1&preview_token=${token?.token}`);
    expect(entered.status).toBe(303);
    expect(entered.headers.location).toBe('/?a=1');
    expect(entered.headers['set-cookie']?.[0]).toMatch(
      /^__Host-preview_session=pks_[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; Partitioned; SameSite=None$/,
    );
    expect(JSON.stringify(entered.headers)).not.toContain(token?.token);
    const shown = await ask('mine', '/', { headers: { Cookie: cookieOf(entered) } });
    expect([shown.status, shown.headers['cache-control']]).toEqual([200, 'private, no-cache']);
    await publish({ name: 'other' });
    expect((await ask('other', '/', { headers: { Cookie: cookieOf(entered) } })).status).toBe(401);
  });

  it('opens to programs by a header', async () => {
    const { token } = await publish({ name: 'api-like' });
    const as = (headers: Record<string, string>) => ask('api-like', '/', { headers });
    expect((await as({ 'CSB-Preview-Token': token?.token ?? '' })).status).toBe(200);
    expect((await as({ Authorization: `Bearer ${token?.token}` })).status).toBe(200);
    expect((await as({ Cookie: `csb_preview_token=${token?.token}` })).status).toBe(200);
  });

  it('is shut at the next request after its token is revoked', async () => {
    const { host, token } = await publish({ name: 'revoked' });
    const cookie = cookieOf(await ask('revoked', `/?preview_token=${token?.token}`));
    expect((await ask('revoked', '/', { headers: { Cookie: cookie } })).status).toBe(200);
    await tokens.revoke(host.id);
    const shut = await ask('revoked', '/', { headers: { Cookie: cookie } });
    expect([shut.status, shut.headers['www-authenticate']]).toEqual([401, 'Bearer']);
    expect(shut.text).toContain('This page is private');
    expect((await ask('revoked', `/?preview_token=${token?.token}`)).text).toContain(
      'This link was revoked.',
    );
  });

  it('says to programs in JSON why it is shut, and when its link or itself has ended', async () => {
    const { host } = await publish({ name: 'ended', expiresInDays: 1 });
    const { token } = await tokens.create(host.id, { expiresAt: now + 1000 });
    const json = { Accept: 'application/json', 'Sec-Fetch-Dest': 'empty' };
    const code = async (path = '/') =>
      JSON.parse((await ask('ended', path, { headers: json })).text).error.code;
    expect(await code()).toBe('TOKEN_NEEDED');
    now += 1000;
    expect(await code(`/?preview_token=${token}`)).toBe('SHARE_GONE');
    now += 24 * 3_600_000;
    expect(await code()).toBe('SHARE_GONE');
    await shares.remove(ann, 'ended');
    expect(await code()).toBe('SHARE_NOT_FOUND');
  });
});

describe('A share with a password', () => {
  it('asks for it, and opens what was asked for', async () => {
    await publish({ name: 'pass-word', visibility: 'password', password: 'ebb and flow' });
    const asked = await ask('pass-word', '/?a="1"');
    expect(asked.status).toBe(401);
    expect(asked.text).toContain('name="next" value="/?a=&#34;1&#34;"');
    const wrong = await ask('pass-word', '/__kit/password', { form: { password: 'flood', next: '/x' } });
    expect([wrong.status, wrong.text.includes('That is not the password')]).toEqual([401, true]);
    const right = await ask('pass-word', '/__kit/password', {
      form: { password: 'ebb and flow', next: '//evil.example' },
    });
    expect([right.status, right.headers.location]).toEqual([303, '/evil.example']);
    expect((await ask('pass-word', '/', { headers: { Cookie: cookieOf(right) } })).status).toBe(200);
    const script = await ask('pass-word', '/', {
      headers: { Accept: 'application/json', 'Sec-Fetch-Dest': 'empty' },
    });
    expect(JSON.parse(script.text).error.code).toBe('PASSWORD_NEEDED');
  });

  it('takes no more than ten answers from one address, and says how long to wait', async () => {
    await publish({ name: 'guess-me', visibility: 'password', password: 'ebb and flow' });
    const guess = () => ask('guess-me', '/__kit/password', { form: { password: 'x' } });
    for (let attempt = 0; attempt < 10; attempt += 1) expect((await guess()).status).toBe(401);
    const refused = await guess();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(800);
    expect(refused.text).toContain('15 minutes');
  }, 30_000);

  it('reads no form that is longer than one can be', async () => {
    const large = await ask('pass-word', '/__kit/password', { form: { password: 'x'.repeat(5000) } });
    expect(large.status).toBe(413);
  });
});

it('A share for people who are signed in sends others to the sign-in, and back', async () => {
  await publish({ name: 'for-us', visibility: 'signed-in' });
  const asked = await ask('for-us', '/a?b=1');
  expect([asked.status, asked.headers.location]).toEqual([
    303,
    `https://auth.example.com/start?rd=${encodeURIComponent(`https://for-us-${hostname}/a?b=1`)}`,
  ]);
  const json = { Accept: 'application/json', 'Sec-Fetch-Dest': 'empty' };
  expect(JSON.parse((await ask('for-us', '/', { headers: json })).text).error.code).toBe('SIGN_IN_NEEDED');
  expect((await ask('for-us', '/', { headers: { Cookie: 'sso=ann' } })).status).toBe(200);
});

it('says of a name that nobody has that there is no such page', async () => {
  const { status, text } = await ask('nobody');
  expect([status, text.includes('This page does not exist')]).toEqual([404, true]);
});

describe('A domain of the operator’s own', () => {
  it('shows the page on its own origin, with a cookie of its own, and the other address names it', async () => {
    const { host, token } = await publish({ name: 'at-home' });
    await domains.add(host.id, 'demo.example.org');
    const link = `/a?preview_token=${token?.token}`;
    const entered = await ask('demo.example.org', link);
    expect([entered.status, entered.headers.location]).toEqual([303, '/a']);
    const cookie = cookieOf(entered);
    expect(cookie).toMatch(/^__Host-/);
    const seen = await ask('demo.example.org', '/', { headers: { Cookie: cookie } });
    expect(seen.status).toBe(200);
    expect(seen.headers['content-security-policy']).toMatch(/^default-src 'self' /);
    expect(seen.text).not.toContain('at-home');
    expect(seen.headers.link).toBeUndefined();
    expect((await ask('demo.example.org')).status).toBe(401);
    const there = await ask('at-home', '/', { headers: { Authorization: `Bearer ${token?.token}` } });
    expect(there.headers.link).toBe('<https://demo.example.org/>; rel="canonical"');
  });

  it('is nobody’s as soon as it is taken away, and a name that never was is not ours', async () => {
    const found = await hosts.find('at-home');
    await domains.remove(found?.id ?? '', 'demo.example.org');
    expect((await ask('demo.example.org')).status).toBe(421);
    expect((await ask('other.example.org')).status).toBe(421);
  });
});
