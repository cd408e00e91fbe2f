import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabaseUrl } from '../../test/rig/test-database.ts';
import { testShares } from '../../test/rig/test-shares.ts';
import { listen, type RunningServer } from '../server.ts';
import type { LazyShares } from '../shares/open-shares.ts';
import { publishRequest, readRequest } from '../shares/share-request.ts';
import { createCodeSandboxApi } from './codesandbox-api.ts';

let dataDir: string;
let shares: LazyShares;
let server: RunningServer;
let key: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'csb-api-'));
  shares = testShares(dataDir, {
    databaseUrl: await testDatabaseUrl(dataDir),
    limits: { maxFiles: 10, maxBytes: 10_000 },
    quota: { ownerBytes: 20_000, totalBytes: 1_000_000 },
  });
  const app = express();
  app.use(
    '/sandbox',
    createCodeSandboxApi(() => shares.open()),
  );
  server = await listen(app, { port: 0, bind: '127.0.0.1', setting: 'PORT' });
  const { apiTokens, service } = await shares.open();
  key = (await apiTokens.create({ label: 'SDK', scopes: ['shares:read', 'shares:write'], owner: 'ann' }))
    .token;
  const content = { type: 'html', content: '<h1>Tides</h1>' };
  await service.publish(
    { owner: 'ann', name: 'ann' },
    readRequest(publishRequest, { content, title: 'Tides', name: 'tides', visibility: 'public' }),
  );
});
afterAll(async () => {
  await server?.close(0);
  await shares?.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function call(method: string, path: string, body?: object, token = key) {
  const response = await fetch(`http://127.0.0.1:${server.port}/sandbox${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

it('creates, lists, updates and revokes tokens in the shapes of CodeSandbox’s API', async () => {
  const made = await call('POST', '/tides/tokens', { expires_at: '2040-01-01T00:00:00Z' });
  const { token, token_id: id, token_prefix: prefix } = made.body.data.token;
  expect(made).toEqual({
    status: 201,
    body: {
      success: true,
      errors: [],
      data: {
        sandbox_id: 'tides',
        token: {
          token,
          token_id: id,
          token_prefix: token.slice(0, 10),
          expires_at: '2040-01-01T00:00:00.000Z',
          last_used_at: null,
        },
      },
    },
  });
  const listed = await call('GET', '/tides/tokens');
  expect([listed.status, listed.body.data.tokens]).toEqual([
    200,
    [{ token_id: id, token_prefix: prefix, expires_at: '2040-01-01T00:00:00.000Z', last_used_at: null }],
  ]);
  const cleared = await call('PATCH', `/tides/tokens/${id}`, { expires_at: null });
  expect(cleared.body.data.token.expires_at).toBeNull();
  expect((await call('DELETE', '/tides/tokens')).body).toEqual({ success: true, errors: [], data: {} });
  expect((await call('GET', '/tides/tokens')).body.data.tokens).toEqual([]);
});

it('takes an expiry of now, by which the SDK revokes, for what it is', async () => {
  const { token_id: id } = (await call('POST', '/tides/tokens', {})).body.data.token;
  expect((await call('PATCH', `/tides/tokens/${id}`, { expires_at: new Date().toISOString() })).status).toBe(
    200,
  );
  expect((await call('GET', '/tides/tokens')).body.data.tokens).toEqual([]);
  expect((await call('PATCH', `/tides/tokens/${id}`, { expires_at: null })).status).toBe(400);
});

it.each([
  ['a key that is not known', 'GET', '/tides/tokens', `pka_${'a'.repeat(43)}`, 401],
  ['a page that is not there', 'GET', '/none/tokens', undefined, 404],
  ['a token that is not there', 'PATCH', '/tides/tokens/none', undefined, 400],
])('answers %s with success false and a reason', async (_, method, path, token, status) => {
  const answer = await call(method, path, method === 'PATCH' ? { expires_at: null } : undefined, token);
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({ success: false, errors: [expect.stringMatching(/\w/)] });
});
