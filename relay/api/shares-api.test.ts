import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabaseUrl } from '../../test/rig/test-database.ts';
import { testShares } from '../../test/rig/test-shares.ts';
import type { ApiScope } from '../hosts/api-tokens.ts';
import { listen, type RunningServer } from '../server.ts';
import type { LazyShares } from '../shares/open-shares.ts';
import { createSharesApi } from './shares-api.ts';

const log = pino({ level: 'silent' });
const all: ApiScope[] = ['shares:read', 'shares:write'];

let dataDir: string;
let shares: LazyShares;
let server: RunningServer;
let anns: string;
let count = 0;
let name: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'shares-api-'));
  shares = testShares(dataDir, {
    databaseUrl: await testDatabaseUrl(dataDir),
    limits: { maxFiles: 10, maxBytes: 10_000 },
    quota: { ownerBytes: 20_000, totalBytes: 1_000_000 },
  });
  const app = express();
  const place = () => ({ scheme: 'https', authority: 'preview.example.com' });
  app.use('/api', createSharesApi({ open: () => shares.open(), place, maxShareBytes: 10_000, log }));
  server = await listen(app, { port: 0, bind: '127.0.0.1', setting: 'PORT' });
  anns = (await (await shares.open()).apiTokens.create({ label: 'Ann', scopes: all, owner: 'ann' })).token;
});
afterAll(async () => {
  await server?.close(0);
  await shares?.close();
  await rm(dataDir, { recursive: true, force: true });
});
beforeEach(() => {
  name = `p-x${(count++).toString(36)}`;
});

async function call(
  method: string,
  path: string,
  body?: unknown,
  { token = anns, headers = {} }: { token?: string; headers?: Record<string, string> } = {},
) {
  const response = await fetch(`http://127.0.0.1:${server.port}/api${path}`, {
    method,
    headers: {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

const page = { content: { type: 'html', content: '<h1>Tides</h1>' }, title: 'Tides' };

describe('/api/shares', () => {
  it('publishes, and answers with the link that opens the page', async () => {
    const { status, body } = await call('POST', '/shares', { ...page, name });
    expect(status).toBe(201);
    expect(body.share).toMatchObject({
      name,
      title: 'Tides',
      url: `https://${name}-preview.example.com/`,
      owner: 'ann',
      visibility: 'private',
      version: 1,
      expiresAt: null,
    });
    expect(body.link).toBe(`${body.share.url}?preview_token=${body.token}`);
    expect((await call('GET', `/shares/${name}`)).body.share).toEqual(body.share);
    expect(JSON.stringify((await call('GET', `/shares/${name}/tokens`)).body)).not.toContain(body.token);
  });

  it('changes, withdraws, deletes and restores', async () => {
    await call('POST', '/shares', { ...page, name });
    const changed = await call('PATCH', `/shares/${name}`, { title: 'Ebb', content: page.content });
    expect(changed.body.share).toMatchObject({ title: 'Ebb', version: 2 });
    expect((await call('GET', `/shares/${name}/versions`)).body.versions).toMatchObject([
      { number: 2 },
      { number: 1 },
    ]);
    expect((await call('POST', `/shares/${name}/unpublish`)).body.share.unpublishedAt).toBeTruthy();
    expect((await call('POST', `/shares/${name}/republish`)).body.share.unpublishedAt).toBeNull();
    expect((await call('DELETE', `/shares/${name}`)).body.share.deletedAt).toBeTruthy();
    expect((await call('GET', `/shares/${name}`)).status).toBe(404);
    expect((await call('POST', `/shares/${name}/restore`)).status).toBe(200);
  });

  it('makes, lists, changes and revokes tokens', async () => {
    await call('POST', '/shares', { ...page, name });
    const made = await call('POST', `/shares/${name}/tokens`, {
      label: 'Bea',
      expiresAt: '2030-01-01T00:00:00Z',
      maxUses: 3,
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      label: 'Bea',
      expiresAt: '2030-01-01T00:00:00.000Z',
      maxUses: 3,
      uses: 0,
    });
    const id = made.body.tokenId;
    expect((await call('PATCH', `/shares/${name}/tokens/${id}`, { expiresAt: null })).body).toMatchObject({
      expiresAt: null,
      maxUses: 3,
    });
    expect((await call('DELETE', `/shares/${name}/tokens/${id}`)).body).toEqual({ revoked: 1 });
    expect((await call('DELETE', `/shares/${name}/tokens/${id}`)).status).toBe(400);
    expect((await call('DELETE', `/shares/${name}/tokens`)).body).toEqual({ revoked: 1 });
    const listed = (await call('GET', `/shares/${name}/tokens`)).body.tokens as {
      revokedAt: string | null;
    }[];
    expect(listed.map(({ revokedAt }) => revokedAt === null)).toEqual([false, false]);
  });

  it('lists page by page', async () => {
    const { token } = await (await shares.open()).apiTokens.create({
      label: 'Lists',
      scopes: all,
      owner: 'lists',
    });
    for (const title of ['a', 'b', 'c']) await call('POST', '/shares', { ...page, title }, { token });
    const first = await call('GET', '/shares?limit=2', undefined, { token });
    const second = await call('GET', `/shares?limit=2&after=${first.body.next}`, undefined, { token });
    const titles = [...first.body.shares, ...second.body.shares].map(({ title }: { title: string }) => title);
    expect(titles.sort()).toEqual(['a', 'b', 'c']);
    expect(second.body.next).toBeNull();
  });
});

describe('A call', () => {
  it.each([
    ['nothing', '', 401, 'API_TOKEN_NEEDED'],
    ['an unknown token', `pka_${'a'.repeat(43)}`, 401, 'API_TOKEN_NEEDED'],
  ])('with %s is refused', async (_, token, status, code) => {
    const answer = await call('GET', '/shares', undefined, { token });
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  it('needs the scope, and a token that is not revoked', async () => {
    const { apiTokens } = await shares.open();
    const { token, record } = await apiTokens.create({
      label: 'Reader',
      scopes: ['shares:read'],
      owner: 'ann',
    });
    expect((await call('GET', '/shares', undefined, { token })).status).toBe(200);
    expect((await call('POST', '/shares', page, { token })).body.error).toMatchObject({
      code: 'SCOPE_MISSING',
    });
    await apiTokens.revoke(record.prefix);
    expect((await call('GET', '/shares', undefined, { token })).status).toBe(401);
  });

  it('is for the user whom LibreChat names, unless the token has an owner', async () => {
    const { apiTokens } = await shares.open();
    const { token } = await apiTokens.create({ label: 'LibreChat', scopes: all });
    const as = (user: string, method: string, path: string, body?: unknown) =>
      call(method, path, body, { token, headers: { 'X-User-Id': user } });
    expect((await as('66f1', 'POST', '/shares', { ...page, name })).body.share.owner).toBe('66f1');
    expect((await as('66f2', 'GET', `/shares/${name}`)).status).toBe(404);
    expect((await as('66f2', 'DELETE', `/shares/${name}`)).status).toBe(404);
    expect(
      (await call('GET', `/shares/${name}`, undefined, { headers: { 'X-User-Id': '66f1' } })).status,
    ).toBe(404);
    for (const user of ['', '{{LIBRECHAT_USER_ID}}', 'a b'])
      expect((await as(user, 'GET', '/shares')).body.error.code).toBe('OWNER_MISSING');
  });

  it.each([
    ['no JSON', '{', 400, 'REQUEST_INVALID'],
    ['faults', { ...page, title: '', visibility: 'secret' }, 400, 'REQUEST_INVALID'],
    [
      'a site without a page',
      { ...page, content: { type: 'files', files: { 'a.css': '' } } },
      422,
      'CONTENT_REFUSED',
    ],
    [
      'more than one page may have',
      { ...page, content: { type: 'html', content: 'x'.repeat(11_000) } },
      422,
      'CONTENT_REFUSED',
    ],
    [
      'more than is read',
      { ...page, content: { type: 'html', content: 'x'.repeat(20_000) } },
      413,
      'BODY_TOO_LARGE',
    ],
  ])('with %s says what is wrong', async (_, body, status, code) => {
    const answer = await call('POST', '/shares', body);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(answer.body.error.message).not.toBe('');
  });

  it('names each fault by its field', async () => {
    const { body } = await call('POST', '/shares', { ...page, title: '', name: 'api' });
    expect(body.error.faults.map(({ field }: { field: string }) => field)).toEqual(['title', 'name']);
  });

  it('for a name that is taken, or more than there is room for, says what to do', async () => {
    await call('POST', '/shares', { ...page, name });
    expect((await call('POST', '/shares', { ...page, name })).body.error).toMatchObject({
      code: 'NAME_TAKEN',
      message: expect.stringContaining('Take another'),
    });
    const { token } = await (await shares.open()).apiTokens.create({
      label: 'Full',
      scopes: all,
      owner: 'full',
    });
    const content = { type: 'html', content: 'x'.repeat(9_000) };
    for (let index = 0; index < 2; index += 1) await call('POST', '/shares', { ...page, content }, { token });
    const full = await call('POST', '/shares', { ...page, content }, { token });
    expect([full.status, full.body.error.code]).toEqual([413, 'QUOTA_EXCEEDED']);
  });
});
