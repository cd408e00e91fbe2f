import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testShares } from '../../test/rig/test-shares.ts';
import type { ApiScope } from '../hosts/api-tokens.ts';
import { listen, type RunningServer } from '../server.ts';
import type { LazyShares } from '../shares/open-shares.ts';
import { publishRequest, readRequest } from '../shares/share-request.ts';
import { createDomainsApi } from './domains-api.ts';

const log = pino({ level: 'silent' });
let dataDir: string;
let shares: LazyShares;
let server: RunningServer;
const tokens = { operator: '', ann: '' };

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'domains-api-'));
  shares = testShares(dataDir, {
    limits: { maxFiles: 10, maxBytes: 10_000 },
    quota: { ownerBytes: 20_000, totalBytes: 1_000_000 },
  });
  const app = express();
  const names = { hostname: 'preview.example.com', apiHostnames: ['relay'], embedOrigins: [] };
  const place = () => ({ scheme: 'https', authority: 'preview.example.com:8443' });
  app.use('/api', createDomainsApi({ open: () => shares.open(), place, names, log }));
  server = await listen(app, { port: 0, bind: '127.0.0.1', setting: 'PORT' });
  const { apiTokens, service } = await shares.open();
  const make = async (owner: string, scopes: ApiScope[]) =>
    (await apiTokens.create({ label: owner, scopes, owner })).token;
  tokens.operator = await make('operator', ['operator']);
  tokens.ann = await make('ann', ['shares:read', 'shares:write']);
  for (const name of ['tides', 'ebb'])
    await service.publish(
      { owner: 'ann', name: 'ann' },
      readRequest(publishRequest, { content: { type: 'html', content: 'x' }, title: 'x', name }),
    );
});
afterAll(async () => {
  await server?.close(0);
  await shares?.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function call(method: string, path: string, token = tokens.operator) {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/shares${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}` },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

it('gives anybody’s page a domain, lists it, and takes it away', async () => {
  const added = await call('PUT', '/tides/domains/B%C3%BCcher.example');
  expect(added).toMatchObject({
    status: 201,
    body: { domain: 'xn--bcher-kva.example', url: 'https://xn--bcher-kva.example:8443/' },
  });
  expect((await call('PUT', '/tides/domains/xn--bcher-kva.example')).status).toBe(200);
  expect((await call('GET', '/tides/domains')).body).toEqual({ domains: [added.body] });
  expect(await call('PUT', '/ebb/domains/xn--bcher-kva.example')).toMatchObject({
    status: 409,
    body: { error: { code: 'DOMAIN_TAKEN' } },
  });
  expect(await call('DELETE', '/ebb/domains/xn--bcher-kva.example')).toMatchObject({
    status: 404,
    body: { error: { code: 'DOMAIN_NOT_FOUND' } },
  });
  expect((await call('DELETE', '/tides/domains/xn--bcher-kva.example')).status).toBe(200);
  expect((await call('GET', '/tides/domains')).body).toEqual({ domains: [] });
  const { db } = (await shares.open()).state;
  const acts = await db
    .selectFrom('audit')
    .select('action')
    .where('action', 'like', 'share.domain%')
    .execute();
  expect(acts.map(({ action }) => action)).toEqual(['share.domain.add', 'share.domain.remove']);
});

it('is the operator’s alone, and says what is wrong with a name', async () => {
  expect(await call('PUT', '/tides/domains/demo.example.org', tokens.ann)).toMatchObject({
    status: 403,
    body: { error: { code: 'SCOPE_MISSING' } },
  });
  expect((await call('GET', '/tides/domains', 'pka_x')).status).toBe(401);
  expect(await call('PUT', '/tides/domains/ebb-preview.example.com')).toMatchObject({
    status: 400,
    body: { error: { code: 'DOMAIN_REFUSED', message: expect.stringContaining('the relay’s own') } },
  });
  expect(await call('PUT', '/nothing/domains/demo.example.org')).toMatchObject({
    status: 404,
    body: { error: { code: 'SHARE_NOT_FOUND' } },
  });
});

it('keeps the configured token of LibreChat, until another is configured', async () => {
  const { apiTokens } = await shares.open();
  const [first, second] = ['pka_'.padEnd(47, 'a'), 'pka_'.padEnd(47, 'b')];
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  await apiTokens.keepForChat(hash(first));
  expect(await apiTokens.find(first)).toMatchObject({ label: 'LibreChat', owner: null });
  await apiTokens.revoke('configured');
  await apiTokens.keepForChat(hash(first));
  expect(await apiTokens.find(first)).toBeUndefined();
  await apiTokens.keepForChat(hash(second));
  expect(await apiTokens.find(second)).toMatchObject({ label: 'LibreChat' });
  await apiTokens.keepForChat('');
  expect(await apiTokens.find(second)).toBeUndefined();
});
