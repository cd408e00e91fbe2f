import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testShares } from '../../test/rig/test-shares.ts';
import { createErrorPage } from '../http/error-page.ts';
import { listen, type RunningServer } from '../server.ts';
import type { LazyShares, OpenShares } from '../shares/open-shares.ts';
import { publishRequest, readRequest } from '../shares/share-request.ts';
import { createManagePages } from './manage-pages.ts';
import { createSharesApi } from './shares-api.ts';

const log = pino({ level: 'silent' });
const ann = { owner: 'ann', name: 'ann' };
const page = { content: { type: 'html', content: '<h1>Tides</h1>' }, title: 'Tides <b>&</b> ebb' };

let dataDir: string;
let lazy: LazyShares;
let shares: OpenShares;
let server: RunningServer;
let local: RunningServer;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'manage-'));
  await writeFile(join(dataDir, 'manage-page.js'), '//');
  await writeFile(join(dataDir, 'manage-page.css'), '/**/');
  lazy = testShares(dataDir, {
    limits: { maxFiles: 10, maxBytes: 10_000 },
    quota: { ownerBytes: 100_000, totalBytes: 1_000_000 },
  });
  shares = await lazy.open();
  const place = () => ({ scheme: 'https', authority: 'preview.example.com' });
  const open = async () => shares;
  const start = (isLocal: boolean) => {
    const app = express();
    app.set('trust proxy', 'loopback');
    app.use('/pages', createManagePages({ open, place, browserDir: dataDir, isLocal }));
    app.use('/api', createSharesApi({ open, place, maxShareBytes: 10_000, log }));
    app.use(createErrorPage(log));
    return listen(app, { port: 0, bind: '127.0.0.1', setting: 'PORT' });
  };
  [server, local] = await Promise.all([start(false), start(true)]);
  await shares.service.publish(ann, readRequest(publishRequest, { ...page, name: 'p-tides' }));
});
afterAll(async () => {
  await Promise.all([server?.close(0), local?.close(0)]);
  await lazy?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const ask = (path: string, { headers = {}, ...more }: RequestInit = {}, port = server.port) =>
  fetch(`http://127.0.0.1:${port}${path}`, {
    redirect: 'manual',
    headers: { Accept: 'text/html', 'X-Forwarded-Proto': 'https', ...headers },
    ...more,
  });
const json = async (response: Response) => JSON.parse(await response.text());
const cookieOf = (response: Response) => (response.headers.getSetCookie()[0] ?? '').split(';')[0] as string;
const enter = async (isOperator = false, owner = 'ann') =>
  cookieOf(await ask(`/pages/enter?link=${await shares.owners.createLink({ owner, isOperator })}`));

describe('The page of somebody’s shares', () => {
  it('opens by a link that works once, and leaves nothing of it in the address', async () => {
    const link = `/pages/enter?link=${await shares.owners.createLink({ owner: 'ann', isOperator: false })}`;
    expect((await ask(link, { headers: { 'Sec-Purpose': 'prefetch' } })).status).toBe(204);
    expect((await ask(link, { method: 'HEAD' })).status).toBe(204);
    const response = await ask(link);
    expect([response.status, response.headers.get('location')]).toEqual([303, '/pages']);
    expect(response.headers.get('set-cookie')).toMatch(
      /^__Host-preview_pages=pkm_[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    const again = await ask(link);
    expect(again.status).toBe(401);
    expect(await again.text()).toContain('This link was used before');
  });

  it('lists what is the person’s own, escaped, under a policy without inline script', async () => {
    await shares.service.publish(
      { owner: 'bob', name: 'bob' },
      readRequest(publishRequest, { ...page, name: 'p-bobs' }),
    );
    shares.views.count((await shares.hosts.find('p-tides'))?.id as string, 3);
    const response = await ask('/pages', { headers: { Cookie: await enter() } });
    const html = await response.text();
    expect(html).toContain('Tides &#60;b&#62;&#38;&#60;/b&#62; ebb');
    expect(html).toContain('aria-label="3 views in the last 14 days, at most 3 a day"');
    expect(html).not.toContain('p-bobs');
    expect(html).not.toMatch(/<script(?! src="\/pages\/manage-page.js")|style="|\son\w+=/);
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';.*frame-ancestors 'none'$/,
    );
  });

  it('is shown to nobody without a session, but at the control listener to the operator', async () => {
    expect((await ask('/pages')).status).toBe(401);
    expect((await ask('/pages', { headers: { Cookie: '__Host-preview_pages=pkm_x' } })).status).toBe(401);
    const response = await ask('/pages', { headers: { 'X-Forwarded-Proto': 'http' } }, local.port);
    expect(response.headers.get('set-cookie')).toMatch(/^preview_pages=pkm_[^;]+;(?!.*Secure)/);
    expect(await response.text()).toContain('Pages of <strong>Operator</strong>');
  });

  it('is left for good', async () => {
    const headers = { Cookie: await enter(), 'Sec-Fetch-Site': 'same-origin' };
    await ask('/pages/leave', { method: 'POST', headers });
    expect((await ask('/pages', { headers })).status).toBe(401);
  });
});

describe('A call with the cookie of that page', () => {
  const change = (headers: Record<string, string>) =>
    ask('/api/shares/p-tides', {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: '{"index":true}',
    });

  it('changes a share from the page itself, and from nowhere else', async () => {
    const Cookie = await enter();
    const statuses = async (headers: Record<string, string>) => (await change({ Cookie, ...headers })).status;
    expect(await statuses({ 'Sec-Fetch-Site': 'same-origin' })).toBe(200);
    expect(await statuses({ Origin: `http://127.0.0.1:${server.port}` })).toBe(200);
    for (const headers of [
      {},
      { 'Sec-Fetch-Site': 'same-site' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'none' },
      { Origin: 'https://p-tides-preview.example.com' },
      { Origin: 'null' },
    ])
      expect([headers, await statuses(headers as Record<string, string>)]).toEqual([headers, 403]);
    expect((await change({ 'Sec-Fetch-Site': 'same-origin' })).status).toBe(401);
  });

  it('reads views by day, and reports for the operator alone', async () => {
    const Cookie = await enter();
    const { days, views } = await json(
      await ask('/api/shares/p-tides/views?days=7', { headers: { Cookie } }),
    );
    expect([days.length, views, days[6].views]).toEqual([7, 3, 3]);
    const host = await shares.hosts.find('p-tides');
    await shares.reports.add(host?.id as string, 'misleading', 'It ebbs.');
    expect((await ask('/api/reports', { headers: { Cookie } })).status).toBe(403);
    const theirs = { Cookie: await enter(true, 'operator'), 'Sec-Fetch-Site': 'same-origin' };
    const { reports } = await json(await ask('/api/reports', { headers: theirs }));
    expect(reports).toMatchObject([
      { name: 'p-tides', owner: 'ann', reason: 'misleading', message: 'It ebbs.' },
    ]);
    const close = () => ask(`/api/reports/${reports[0].id}/close`, { method: 'POST', headers: theirs });
    expect([(await close()).status, (await close()).status]).toEqual([204, 400]);
  });
});
