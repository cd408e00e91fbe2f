// What previews take and leave behind in the browser: a native preview no more memory than the bundler's, and those that were closed
// nothing at all. What the relay keeps is in test/integration/native-memory.test.ts.
import type { CDPSession } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openChromium, type RecordedBrowser } from './open-chromium.ts';
import { PlaygroundPage } from './playground-page.ts';
import { type Kit, startKit } from './start-kit.ts';

const previews = 20;
/** Opened before anything is counted: what is loaded once is not left behind. */
const firstPreviews = 3;
/** Of the chat page, which keeps the text of each artifact. */
const maxBytesEach = 50_000;

let native: Kit;
let bundler: Kit;
let chromium: RecordedBrowser;

beforeAll(async () => {
  [native, bundler, chromium] = await Promise.all([
    startKit({ flags: { engine: 'native' } }),
    startKit({ flags: { engine: 'bundler' } }),
    openChromium(),
  ]);
});
afterAll(async () => {
  await Promise.all([chromium?.close(), native?.close(), bundler?.close()]);
});
afterEach(() => expect(chromium.outsideHosts).toEqual([]));

/** What a page or frame has on its heap when all garbage is collected. */
async function heapBytes(session: CDPSession): Promise<number> {
  // What the first collection finalizes, the second one frees.
  for (let times = 0; times < 2; times += 1) await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

async function dashboardHeap(kit: Kit): Promise<number> {
  const context = await chromium.browser.newContext();
  const tab = await PlaygroundPage.open(context, kit, { sample: 'dashboard' });
  expect(await tab.settled()).toBe('ready');
  const frame = await tab.artifactFrame();
  await frame.locator('.recharts-bar-rectangle path').first().waitFor({ state: 'attached' });
  // Tailwind's Play CDN has arrived: with the native engine, after the first paint.
  await frame.waitForFunction(() =>
    [...document.querySelectorAll('style')].some(({ textContent }) =>
      /tailwindcss v3/.test(textContent ?? ''),
    ),
  );
  const bytes = await heapBytes(await context.newCDPSession(frame));
  await context.close();
  return bytes;
}

it('a native preview takes no more memory than the bundler’s', async () => {
  const bytes = { native: await dashboardHeap(native), bundler: await dashboardHeap(bundler) };
  // The artifact's frame and not an empty one.
  expect(bytes.native).toBeGreaterThan(5_000_000);
  expect(bytes.native).toBeLessThanOrEqual(bytes.bundler);
});

it(`of ${previews} previews, opened one after the other, nothing stays behind`, async () => {
  const context = await chromium.browser.newContext();
  const tab = await PlaygroundPage.open(context, native, { sample: 'none' });
  const page = await context.newCDPSession(tab.page);
  const browser = await chromium.browser.newBrowserCDPSession();

  const show = async (number: number) => {
    const code = `export default () => <p id="shown-${number}">shown</p>;`;
    await tab.run({ type: 'application/vnd.react', code });
    const preview = tab.page.frameLocator('.preview-frame iframe').frameLocator('iframe');
    await preview.locator(`#shown-${number}`).waitFor();
    await expect.poll(() => tab.status()).toBe('ready');
  };
  const frameTargets = async () => {
    const { targetInfos } = await browser.send('Target.getTargets');
    return targetInfos.filter(({ type }) => type === 'iframe').map(({ url }) => url);
  };
  const measure = async () => {
    const heap = await heapBytes(page);
    return { ...(await page.send('Memory.getDOMCounters')), heap };
  };

  for (let number = 0; number < firstPreviews; number += 1) await show(number);
  const before = await measure();
  for (let number = firstPreviews; number < firstPreviews + previews; number += 1) await show(number);

  // The last one's shell and frame.
  await expect.poll(frameTargets).toHaveLength(2);
  expect(tab.page.frames()).toHaveLength(3);
  const after = await measure();
  expect(after.documents).toBeLessThanOrEqual(before.documents);
  // Not even one for every second preview.
  expect(after.nodes).toBeLessThan(before.nodes + previews / 2);
  expect(after.jsEventListeners).toBeLessThan(before.jsEventListeners + previews / 2);
  expect(after.heap).toBeLessThan(before.heap + previews * maxBytesEach);
  await context.close();
});
