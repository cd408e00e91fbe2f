// Published pages in every engine. They have no service worker, so what they load from CDNs is answered by other means than in previews.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiTokens } from '../../relay/hosts/api-tokens.ts';
import { openState } from '../../relay/state/state.ts';
import { type Kit, packageCache, startKit } from '../browser/start-kit.ts';
import { engines } from './engines/all-engines.ts';
import type { Engine, EnginePage } from './engines/engine.ts';
import { keepPictureOfFailure } from './failure-picture.ts';

const dayjs = 'https://cdnjs.cloudflare.com/ajax/libs/dayjs/1.11.10/dayjs.min.js';
/** Asks a CDN in its markup, by a script, in frames of both kinds, and in a worker. */
const asking = `<!doctype html><html><head><meta charset="utf-8"><script src="${dayjs}"></script></head><body class="p-4"><pre id="o"></pre><script>
const say = (text) => { o.textContent += text + '\\n'; };
addEventListener('message', (e) => { if (typeof e.data === 'string') say(e.data); });
say('markup ' + dayjs('2024-03-04').format('DD.MM.'));
const s = document.createElement('script'); s.src = ['https://unpkg.com', 'lodash@4.17.21', 'lodash.min.js'].join('/'); s.onload = () => say('script ' + _.padStart('7', 2, '0')); document.head.append(s);
const inner = (who) => \`<script src="${dayjs}"><\\/script><script>parent.postMessage('\${who} ' + (window.dayjs ? dayjs('2024-03-04').format('DD.MM.') : 'missing'), '*')<\\/script>\`;
const a = document.createElement('iframe'); a.srcdoc = inner('srcdoc'); document.body.append(a);
const b = document.createElement('iframe'); document.body.append(b); b.contentDocument.open(); b.contentDocument.write('<!doctype html>' + inner('written')); b.contentDocument.close();
new Worker(URL.createObjectURL(new Blob(["importScripts('${dayjs}'); postMessage('worker ' + dayjs('2024-03-04').format('DD.MM.'))"]))).onmessage = (e) => say(e.data);
</script></body></html>`;

let kit: Kit;
let apiKey: string;

beforeAll(async () => {
  kit = await startKit({ flags: { 'share-bar': 'on' } });
  const state = await openState({ dataDir: packageCache, databaseUrl: '' });
  const scopes = ['shares:read', 'shares:write'] as const;
  ({ token: apiKey } = await new ApiTokens(state.db).create({ label: 'test', scopes, owner: 'ann' }));
  await state.close();
});
afterAll(() => kit?.close());

async function publish(content: object, given: object = {}): Promise<{ url: string; link: string }> {
  const response = await fetch(new URL('/api/shares', kit.playgroundUrl), {
    method: 'POST',
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ title: 'Tides', content, ...given }),
  });
  const { share, link } = (await response.json()) as { share: { url: string }; link: string };
  return { url: share.url, link };
}

const patient = { timeout: 15_000, interval: 50 };

/** Waits until a document of the page, its own or the one below a bar, shows the text. */
async function shows(page: EnginePage, text: string): Promise<void> {
  let shown: string[] = [];
  const read = async () => {
    const frames = await page.frames();
    // A document that is being replaced has no text.
    shown = await Promise.all(
      frames.map((frame) => frame.evaluate(() => document.body?.innerText ?? '').catch(() => '')),
    );
    return shown.some((each) => each.includes(text));
  };
  await vi.waitUntil(read, patient).catch(() => {
    throw new Error(`“${text}” is not shown, but: ${shown.join(' | ').slice(0, 600)}`);
  });
}

const addressOf = async (page: EnginePage) => (await page.frames())[0]?.evaluate(() => location.href);

describe.each(engines)('$name', ({ start }) => {
  let engine: Engine;
  let page: EnginePage;

  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine?.close());
  afterEach(async (test) => {
    await keepPictureOfFailure(test, page);
    await page.close();
    expect(engine.outsideHosts.splice(0)).toEqual([]);
  });

  it('opens a private component by its link, and later without the token', async () => {
    const { url, link } = await publish({
      type: 'react',
      content: await readFile(resolve(import.meta.dirname, '../../examples/dashboard.tsx'), 'utf8'),
    });
    page = await engine.open(link);
    await shows(page, 'Orders by channel');
    expect(await addressOf(page)).toBe(url);
    await vi.waitUntil(async () => {
      const frames = await page.frames();
      const bars = () => document.querySelectorAll('.recharts-bar-rectangle path').length;
      return (await Promise.all(frames.map((frame) => frame.evaluate(bars).catch(() => 0)))).some(Boolean);
    }, patient);
    await page.reload();
    await shows(page, 'Orders by channel');
    await page.close();
    page = await engine.open(url);
    await shows(page, 'Orders by channel');
  });

  it.each([true, false])('answers what a page asks of CDNs, however it asks, with a bar: %s', async (bar) => {
    const { url } = await publish({ type: 'html', content: asking }, { visibility: 'public', bar });
    page = await engine.open(url);
    for (const way of ['markup 04.03.', 'script 07', 'srcdoc 04.03.', 'written 04.03.', 'worker 04.03.'])
      await shows(page, way);
  });

  it('shows Markdown, and to nobody without the link', async () => {
    const { url, link } = await publish({
      type: 'markdown',
      content: '# High water\n\n| Day |\n|--|\n| Monday |',
    });
    page = await engine.open(url);
    await shows(page, 'This page is private');
    await page.close();
    page = await engine.open(link);
    await shows(page, 'Monday');
  });
});
