// Published pages in a real browser, as LibreChat's model publishes them: by MCP, with the protocol's own client.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApiTokens } from '../../relay/hosts/api-tokens.ts';
import { openState } from '../../relay/state/state.ts';
import { openChromium, type RecordedBrowser } from './open-chromium.ts';
import { type Kit, packageCache, startKit } from './start-kit.ts';

const examples = resolve(import.meta.dirname, '../../examples');
/** From the click on the link to the first contentful paint, in milliseconds; the best of three. */
const goalMs = 1_000;

let kit: Kit;
let chromium: RecordedBrowser;
let context: BrowserContext;
let client: Client;

beforeAll(async () => {
  [kit, chromium] = await Promise.all([startKit(), openChromium()]);
  const state = await openState({ dataDir: packageCache, databaseUrl: '' });
  const { token } = await new ApiTokens(state.db).create({
    label: 'LibreChat',
    scopes: ['shares:read', 'shares:write'],
  });
  await state.close();
  client = new Client({ name: 'LibreChat', version: '1' });
  const transport = new StreamableHTTPClientTransport(new URL('/mcp', kit.playgroundUrl), {
    requestInit: { headers: { Authorization: `Bearer ${token}`, 'X-User-Id': randomUUID() } },
  });
  await client.connect(transport as Parameters<Client['connect']>[0]);
});
afterAll(async () => {
  await client?.close();
  await Promise.all([chromium?.close(), kit?.close()]);
});
beforeEach(async () => {
  context = await chromium.browser.newContext();
});
afterEach(async () => {
  await context.close();
  expect(chromium.outsideHosts).toEqual([]);
});

interface PageView {
  name: string;
  url: string;
  link: string;
}

async function use(tool: string, given: Record<string, unknown>): Promise<PageView> {
  const { content } = await client.callTool({ name: tool, arguments: given });
  const [{ text = '' } = {}] = content as { text?: string }[];
  if (!text.startsWith('{')) throw new Error(text);
  return JSON.parse(text) as PageView;
}

const publish = (given: Record<string, unknown>) => use('publish_page', { title: 'Tides', ...given });
const html = { type: 'html', content: '<!doctype html><h1 class="text-3xl">Tides</h1>' };

describe('A page that a model publishes', () => {
  it.each([
    ['react', 'dashboard.tsx', 'Revenue'],
    ['html', undefined, 'Tides'],
    ['markdown', undefined, 'Tides'],
  ])(
    'of the type %s opens by its link, with all it needs, in less than a second',
    async (type, file, shows) => {
      const content = file
        ? await readFile(resolve(examples, file), 'utf8')
        : type === 'html'
          ? html.content
          : '# Tides';
      const { link, url } = await publish({ type, content });
      const paints: number[] = [];
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const page = await context.newPage();
        const errors: string[] = [];
        page.on('pageerror', ({ message }) => errors.push(message));
        await page.goto(link);
        await page.getByText(shows).first().waitFor();
        expect(page.url()).toBe(url);
        expect(errors).toEqual([]);
        paints.push(
          await page.evaluate(
            () =>
              performance.getEntriesByName('first-contentful-paint')[0]?.startTime ??
              Number.POSITIVE_INFINITY,
          ),
        );
        await page.close();
      }
      expect(Math.min(...paints)).toBeLessThan(goalMs);
    },
  );

  it('is styled by Tailwind, and asks the kit for what it loads from CDNs, by scripts too', async () => {
    const { link } = await publish({
      type: 'html',
      content: `<!doctype html><h1 class="text-red-500">Tides</h1><p id="out"></p>
<script>const s = document.createElement('script'); s.src = ['https://unpkg.com', 'lodash@4.17.21', 'lodash.min.js'].join('/');
s.onload = () => { document.getElementById('out').textContent = _.capitalize('ebb'); }; document.head.append(s);</script>`,
    });
    const page = await context.newPage();
    await page.goto(link);
    await page.getByText('Ebb').waitFor();
    await expect
      .poll(() => page.locator('h1').evaluate((heading) => getComputedStyle(heading).color))
      .toBe('rgb(239, 68, 68)');
  });

  it('shows a component whose file was written by hand, with state and a library that nobody declared', async () => {
    const { link } = await publish({
      type: 'react',
      content: `import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { title } from './words';
export default function App() { const [n, add] = useState(0); return <Button onClick={() => add(n + 1)}>{title} {n}</Button>; }`,
      files: { 'words.ts': 'export const title: string = "High waters";' },
    });
    const page = await context.newPage();
    await page.goto(link);
    await page.getByText('High waters 0').click();
    await page.getByText('High waters 1').waitFor();
  });

  it('runs files of a component in workers, with its packages', async () => {
    const { link } = await publish({
      type: 'react',
      content: `import { useEffect, useState } from 'react';
export default function App() {
  const [told, tell] = useState('waiting');
  useEffect(() => {
    const worker = new Worker(new URL('./work.ts', import.meta.url), { type: 'module' });
    worker.onmessage = (event) => tell(event.data); worker.onerror = (event) => tell('failed ' + event.message);
    worker.postMessage([3, 1, 2]);
    return () => worker.terminate();
  }, []);
  return <p>The worker says {told}</p>;
}`,
      files: {
        'work.ts':
          "import { sortBy } from 'lodash'; import { join } from './join'; onmessage = (e) => postMessage(join(sortBy(e.data)));",
        'join.ts': "export const join = (all: number[]): string => all.join('<');",
      },
    });
    const page = await context.newPage();
    await page.goto(link);
    await page.getByText('The worker says 1<2<3').waitFor();
  });
});

it('A page opens, styles and charts too, at a relay that asks no registry', async () => {
  const { link } = await publish({
    type: 'react',
    content: await readFile(resolve(examples, 'dashboard.tsx'), 'utf8'),
  });
  const offline = await startKit({ flags: { offline: 'true' } });
  try {
    const address = new URL(link);
    address.port = new URL(offline.previewUrl).port;
    const page = await context.newPage();
    const failed: string[] = [];
    page.on('response', (answer) => {
      if (answer.status() >= 400) failed.push(answer.url());
    });
    await page.goto(address.href);
    await page.locator('.recharts-surface').first().waitFor();
    await page.getByText('Export').waitFor();
    await page.waitForFunction('"tailwind" in window');
    expect(failed).toEqual([]);
  } finally {
    await offline.close();
  }
});

describe('A private page', () => {
  it('opens by its link once, and then without the token, in other tabs too, and in no other browser', async () => {
    const { link, url } = await publish(html);
    const page = await context.newPage();
    const referrers: string[] = [];
    page.on('request', (request) => referrers.push(request.headers().referer ?? ''));
    await page.goto(link);
    expect(page.url()).toBe(url);
    await page.reload();
    await page.getByText('Tides').waitFor();
    const second = await context.newPage();
    expect((await second.goto(url))?.status()).toBe(200);
    expect(referrers.join()).not.toContain('preview_token');
    const stranger = await chromium.browser.newContext();
    const closed = await stranger.newPage();
    expect((await closed.goto(url))?.status()).toBe(401);
    await closed.getByText('This page is private').waitFor();
    await stranger.close();
  });

  it('is shut at the next request when its links are revoked, and its cookie opens no other', async () => {
    const [one, other] = [await publish(html), await publish(html)];
    const page = await context.newPage();
    await page.goto(one.link);
    expect((await page.goto(other.url))?.status()).toBe(401);
    expect((await page.goto(one.url))?.status()).toBe(200);
    await use('revoke_page', { name: one.name, what: 'links' });
    expect((await page.reload())?.status()).toBe(401);
    expect((await page.goto(one.link))?.status()).toBe(401);
    await page.getByText('This link was revoked.').waitFor();
  });

  it('cannot be read by an artifact or by another page', async () => {
    const { link, url } = await publish(html);
    const other = await publish({
      type: 'html',
      content: `<!doctype html><p id="out">…</p><script>fetch(${JSON.stringify(url)}, { credentials: 'include' }).then(() => 'read', () => 'refused').then((t) => { document.getElementById('out').textContent = t; });</script>`,
    });
    const page = await context.newPage();
    await page.goto(link);
    await page.goto(other.link);
    await page.getByText('refused').waitFor();
  });
});

it('A page with a password asks for it, and opens', async () => {
  const { url } = await publish({ ...html, visibility: 'password', password: 'ebb and flow' });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('Password').fill('flood');
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByText('That is not the password.').waitFor();
  await page.getByLabel('Password').fill('ebb and flow');
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('heading', { name: 'Tides' }).waitFor();
  expect(page.url()).toBe(url);
});
