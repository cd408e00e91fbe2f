import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testShares } from '../../test/rig/test-shares.ts';
import { listen, type RunningServer } from '../server.ts';
import type { LazyShares } from '../shares/open-shares.ts';
import { publishRequest, readRequest } from '../shares/share-request.ts';
import { createForwardAuth } from './forward-auth.ts';

const ann = { owner: 'ann', name: 'ann' };

let dataDir: string;
let shares: LazyShares;
let server: RunningServer;
let token: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'forward-auth-'));
  shares = testShares(dataDir, {
    limits: { maxFiles: 10, maxBytes: 10_000 },
    quota: { ownerBytes: 20_000, totalBytes: 1_000_000 },
  });
  const app = express();
  app.use('/auth', createForwardAuth({ open: () => shares.openExisting(), hostname: 'preview.example.com' }));
  server = await listen(app, { port: 0, bind: '127.0.0.1', setting: 'PORT' });
});
afterAll(async () => {
  await server?.close(0);
  await shares?.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** As a proxy asks. */
async function ask(
  host: string | undefined,
  uri = '/',
  headers: Record<string, string> = {},
  path = '/auth',
) {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    headers: {
      ...(host !== undefined && { 'X-Forwarded-Host': host }),
      'X-Forwarded-Uri': uri,
      'X-Forwarded-Proto': 'https',
      ...headers,
    },
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  return { status: response.status, reason: response.headers.get('x-preview-kit-reason'), cookie };
}

it('knows no host where nothing was published, and makes no database to find out', async () => {
  expect(await ask('tides-preview.example.com')).toMatchObject({ status: 404, reason: 'missing' });
  expect(await shares.openExisting()).toBeUndefined();
});

it('lets in whom the host lets in, by token, cookie and header', async () => {
  const { service } = await shares.open();
  const publish = (name: string, visibility: string) =>
    service.publish(
      ann,
      readRequest(publishRequest, { content: { type: 'html', content: 'x' }, title: 'x', name, visibility }),
    );
  await publish('open', 'public');
  token = (await publish('tides', 'private')).token?.token ?? '';
  const host = 'tides-preview.example.com:8443';
  expect((await ask('open-preview.example.com')).status).toBe(204);
  expect(await ask(host)).toMatchObject({ status: 401, reason: 'token none' });
  const entered = await ask(host, `/a?preview_token=${token}`);
  expect(entered.status).toBe(204);
  expect(entered.cookie).toMatch(/^__Host-preview_session=pks_/);
  expect((await ask(host, '/', { Cookie: entered.cookie ?? '' })).status).toBe(204);
  expect((await ask(host, '/', { 'csb-preview-token': token })).status).toBe(204);
});

it('keeps out whom it keeps out, with the reason', async () => {
  const { service, tokens, hosts } = await shares.open();
  const host = 'tides-preview.example.com';
  const found = await hosts.find('tides');
  await tokens.revoke(found?.id ?? '');
  expect(await ask(host, `/?preview_token=${token}`)).toMatchObject({ status: 401, reason: 'token revoked' });
  const { domains } = await shares.open();
  await domains.add(found?.id ?? '', 'demo.example.org');
  expect(await ask('demo.example.org')).toMatchObject({ status: 401, reason: 'token none' });
  expect(await ask('other.example.org')).toMatchObject({ status: 404, reason: 'missing' });
  await service.unpublish(ann, 'tides', true);
  expect(await ask(host)).toMatchObject({ status: 410, reason: 'unpublished' });
  // nginx's auth_request knows no other refusals than 401 and 403.
  expect(await ask(host, '/', {}, '/auth/nginx')).toMatchObject({ status: 403, reason: 'unpublished' });
  await service.remove(ann, 'tides');
  expect(await ask(host)).toMatchObject({ status: 404, reason: 'missing' });
  expect(await ask('abcdefgh-preview.example.com')).toMatchObject({ status: 404 });
  expect(await ask(undefined)).toMatchObject({ status: 400 });
});
