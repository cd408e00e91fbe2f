// Sandpack's own templates that run in the browser: their starters render from this kit alone, compilers included.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { openChromium, type RecordedBrowser } from './open-chromium.ts';
import { type Kit, startKit } from './start-kit.ts';
import { serveTemplatePage } from './templates/page-server.ts';

let kit: Kit;
let chromium: RecordedBrowser;
let pageServer: Server;
let page: Page | undefined;

beforeAll(async () => {
  pageServer = await serveTemplatePage();
  const origin = `http://localhost:${(pageServer.address() as AddressInfo).port}`;
  [kit, chromium] = await Promise.all([startKit({ flags: { 'embed-origins': origin } }), openChromium()]);
});
afterAll(async () => {
  await Promise.all([chromium?.close(), kit?.close()]);
  pageServer?.closeAllConnections();
  await new Promise((done) => pageServer?.close(done));
});
afterEach(async () => {
  await page?.context().close();
  expect(chromium.outsideHosts).toEqual([]);
});

it.each([
  ['vanilla', 'Hello world'],
  ['vanilla-ts', 'Hello world'],
  ['react', 'Hello world'],
  ['react-ts', 'Hello world'],
  ['vue', 'Hello world'],
  ['vue-ts', 'Hello world'],
  ['svelte', 'Hello world'],
  ['solid', 'Hello world'],
  ['angular', 'Hello world'],
])(
  'The starter of %s says “%s”',
  async (template, text) => {
    const tab = await openTemplate(template);
    const frame = await vi.waitUntil(() => previewFrame(tab), { timeout: 30_000 });
    const heading = frame.getByText(text, { exact: false }).first();
    await heading.waitFor({ timeout: 60_000 }).catch(async () => {
      throw new Error(`${template} shows nothing: ${await errorsOf(tab)}`);
    });
  },
  120_000,
);

it('The starter of test-ts runs its tests', async () => {
  const tab = await openTemplate('test-ts');
  await tab
    .getByText('1 passed', { exact: false })
    .first()
    .waitFor({ timeout: 90_000 })
    .catch(async () => {
      throw new Error(`no test has passed: ${await errorsOf(tab)}`);
    });
}, 120_000);

async function openTemplate(template: string): Promise<Page> {
  const context = await chromium.browser.newContext({ viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
  const { port } = pageServer.address() as AddressInfo;
  const query = new URLSearchParams({ template, bundler: kit.previewUrl });
  await page.goto(`http://localhost:${port}/?${query}`);
  return page;
}

function previewFrame(tab: Page): Frame | undefined {
  return tab.frames().findLast((frame) => /^https?:\/\/r[a-z0-9]+-preview\./.test(frame.url()));
}

/** What Sandpack reported, for the message of a failing test. */
async function errorsOf(tab: Page): Promise<string> {
  const heard = await tab.evaluate(() => (window as unknown as { heard: Record<string, unknown>[] }).heard);
  const errors = heard.filter(({ action, error }) => action || error);
  return JSON.stringify(errors.length > 0 ? errors : heard.map(({ type }) => type)).slice(0, 2000);
}
