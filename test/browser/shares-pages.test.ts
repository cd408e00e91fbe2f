// The pages around published ones, in a real browser: the page where people manage theirs, the bar, pictures for links.
import { randomUUID } from 'node:crypto';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApiTokens } from '../../relay/hosts/api-tokens.ts';
import { OwnerSessions } from '../../relay/hosts/owner-sessions.ts';
import { openState, type State } from '../../relay/state/state.ts';
import { openChromium, type RecordedBrowser } from './open-chromium.ts';
import { PlaygroundPage } from './playground-page.ts';
import { type Kit, packageCache, startKit } from './start-kit.ts';

const owner = randomUUID();

let kit: Kit;
let chromium: RecordedBrowser;
let context: BrowserContext;
let state: State;
let token: string;

beforeAll(async () => {
  [kit, chromium] = await Promise.all([
    startKit({ flags: { 'share-bar': 'on', 'share-pictures': 'no-sandbox' } }),
    openChromium(),
  ]);
  state = await openState({ dataDir: packageCache, databaseUrl: '' });
  const scopes = ['shares:read', 'shares:write'] as const;
  token = (await new ApiTokens(state.db).create({ label: 'test', scopes, owner })).token;
});
afterAll(async () => {
  await state?.close();
  await Promise.all([chromium?.close(), kit?.close()]);
});
beforeEach(async () => {
  context = await chromium.browser.newContext();
});
afterEach(async () => {
  await context.close();
  expect(chromium.outsideHosts).toEqual([]);
});

interface Published {
  share: { name: string; url: string };
  link?: string;
}

async function publish(html: string, more: object = {}): Promise<Published> {
  const response = await fetch(new URL('/api/shares', kit.playgroundUrl), {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ title: 'Tides', content: { type: 'html', content: html }, ...more }),
  });
  const body = JSON.parse(await response.text());
  if (response.status !== 201) throw new Error(body.error.message);
  return body as Published;
}

/** As a program asks: not every system has addresses for names below `localhost`. */
function get(address: string): Promise<{ status: number; body: Buffer }> {
  const { host, port, pathname, search } = new URL(address);
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: pathname + search, headers: { Host: host } }, async (answer) =>
      resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(await answer.toArray()) }),
    )
      .on('error', reject)
      .end();
  });
}

async function openManaged() {
  const link = await new OwnerSessions(state.db).createLink({ owner, isOperator: false });
  const page = await context.newPage();
  await page.goto(`${kit.playgroundUrl}/pages/enter?link=${link}`);
  return page;
}

describe('The page of somebody’s shares', () => {
  it('makes links, revokes them, and shows the page it is about to nobody else', async () => {
    const { share } = await publish('<h1>High waters</h1>', { title: 'Tides of May' });
    const page = await openManaged();
    expect(new URL(page.url()).search).toBe('');
    const card = page.locator(`[data-name="${share.name}"]`);
    await card.getByRole('button', { name: 'New link' }).click();
    const link = await page.getByRole('dialog').getByLabel('Link').inputValue();
    await page.getByRole('button', { name: 'Close' }).click();
    const visitor = await (await chromium.browser.newContext()).newPage();
    await visitor.goto(link);
    await visitor.frameLocator('#page').getByText('High waters').waitFor();
    await card.getByText('Manage', { exact: true }).click();
    await card.getByRole('button', { name: 'Revoke the link made on this page' }).click();
    await page.getByText('The link is revoked.').waitFor();
    expect((await visitor.reload())?.status()).toBe(401);
    await visitor.context().close();
  });

  it('changes who may see a page, deletes it, and brings it back', async () => {
    const { share } = await publish('<h1>Ebb</h1>', { title: 'Ebb' });
    const page = await openManaged();
    const card = page.locator(`[data-name="${share.name}"]`);
    await card.getByText('Manage', { exact: true }).click();
    await card.getByLabel('Who may see it').selectOption('public');
    await card.locator('[data-form="visibility"] button').click();
    await card.locator('.badge', { hasText: 'Public' }).first().waitFor();
    expect((await get(share.url)).status).toBe(200);
    await card.getByLabel('Sites that may show it, one a line').fill('no site');
    await card.locator('[data-form="embed"] button').first().click();
    await card.getByRole('alert').getByText('must be an origin').waitFor();
    await card.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Deleted.', { exact: true }).waitFor();
    expect((await get(share.url)).status).toBe(404);
    await page.getByRole('button', { name: 'Restore Ebb' }).click();
    await card.locator('.badge', { hasText: 'Public' }).waitFor();
    expect((await get(share.url)).status).toBe(200);
  });
});

describe('The playground', () => {
  it('publishes what is open, and shows what was changed at the same address', async () => {
    const playground = await PlaygroundPage.open(context, kit, { sample: 'notes' });
    const { page } = playground;
    await page.getByRole('button', { name: 'Publish as a page' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish' });
    await dialog.getByLabel('Name in the address').fill('no dash, no name');
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await dialog.getByRole('alert').getByText('must be of lower-case letters').waitFor();
    await dialog.getByLabel('Name in the address').fill('');
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    const link = await dialog.getByLabel('Link', { exact: true }).inputValue();
    await dialog.getByAltText('QR code of the link').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    const visitor = await context.newPage();
    await visitor.goto(link);
    await visitor.frameLocator('#page').getByRole('heading').first().waitFor();
    await playground.edit('# Low waters');
    await page.getByRole('button', { name: 'Publish as a page' }).click();
    await dialog.getByRole('button', { name: 'Update' }).click();
    await dialog.getByText('The links that you gave still open it.').waitFor();
    await visitor.reload();
    await visitor.frameLocator('#page').getByText('Low waters').waitFor();
  });
});

describe('The bar of a public page', () => {
  it('withstands the page’s styles, leaves its layout alone, and keeps the address', async () => {
    const { share } = await publish(
      `<style>*,header,.bar,dialog,button{display:none!important}html,body,h1,p{display:block!important;margin:0}
body{height:100vh}</style><title>High</title><h1>Tides</h1><p id="out"></p>
<script>out.textContent = [location.search, location.hash, innerHeight === document.body.offsetHeight].join(' ')</script>`,
      { visibility: 'public', title: 'Tides', publisher: 'Ann' },
    );
    const page = await context.newPage();
    await page.goto(`${share.url}?day=2#noon`);
    await page.frameLocator('#page').getByText('?day=2 #noon true').waitFor();
    expect(page.url()).toBe(`${share.url}?day=2#noon`);
    await expect.poll(() => page.title()).toBe('High');
    await page.getByText('by Ann').waitFor();
    await page.getByRole('button', { name: 'Report' }).click();
    await page.getByLabel('It is harmful').check();
    await page.getByLabel('More, if you like').fill('Not the tides.');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Thank you').waitFor();
    const kept = await state.db
      .selectFrom('host_reports')
      .selectAll()
      .where('message', '=', 'Not the tides.')
      .execute();
    expect(kept.length).toBeGreaterThan(0);
  });

  it('follows the page to its other pages, and back', async () => {
    const { share } = await publish('', {
      visibility: 'public',
      content: {
        type: 'files',
        files: { 'index.html': '<a href="b.html">on</a>', 'b.html': '<h1>Ebb</h1>' },
      },
    });
    const page = await context.newPage();
    await page.goto(share.url);
    await page.frameLocator('#page').getByText('on').click();
    await page.frameLocator('#page').getByText('Ebb').waitFor();
    await expect.poll(() => page.url()).toBe(`${share.url}b.html`);
    await page.goBack();
    await expect.poll(() => page.url()).toBe(share.url);
    await page.goto(`${share.url}b.html`);
    await page.frameLocator('#page').getByText('Ebb').waitFor();
  });
});

it('A link to another site leaves page and bar', async () => {
  const { share: other } = await publish('<h1>The other shore</h1>', { visibility: 'public' });
  const { share } = await publish(`<a href="${other.url}"><b>across</b></a>`, { visibility: 'public' });
  const page = await context.newPage();
  await page.goto(share.url);
  await page.frameLocator('#page').getByText('across').click();
  await page.frameLocator('#page').getByText('The other shore').waitFor();
  expect(page.url()).toBe(other.url);
});

describe('The picture of a public page', () => {
  let other: Server;
  const asked: (string | undefined)[] = [];
  beforeAll(async () => {
    other = createServer((req, res) => {
      asked.push(req.headers.host);
      res.end('secret of this machine');
    });
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  });
  afterAll(() => new Promise((done) => other.close(done)));

  it('is taken by a browser that reaches nothing but the relay', async () => {
    const { port } = other.address() as AddressInfo;
    const near = [
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port}/`,
      `http://a-preview.localhost:${port}/`,
    ];
    const { share } = await publish(
      `<body style="background:#0a0"><script>for (const a of ${JSON.stringify(near)}) { const f = document.createElement('iframe'); f.src = a; document.body.append(f); fetch(a, { mode: 'no-cors' }).catch(() => {}); new Image().src = a; }
setTimeout(() => { location = ${JSON.stringify(near[2])}; }, 50)</script>`,
      // No policy of a page around it: a tab may go anywhere.
      { visibility: 'public', bar: false },
    );
    const { status, body } = await get(`${share.url}__kit/picture.png`);
    expect(status).toBe(200);
    expect([body.readUInt32BE(16), body.readUInt32BE(20)]).toEqual([1200, 630]);
    expect(asked).toEqual([]);
    expect(String((await get(share.url)).body)).toContain(
      `<meta property="og:image" content="${share.url}__kit/picture.png?v=`,
    );
    expect((await get(`${share.url}__kit/picture.png`)).body).toEqual(body);
  });
});
