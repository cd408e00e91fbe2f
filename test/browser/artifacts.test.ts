// The main job: LibreChat's artifacts, with the clients it carries, render from this kit alone and respond to a click.
import type { BrowserContext, Frame } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openChromium, type RecordedBrowser } from './open-chromium.ts';
import { clients, PlaygroundPage } from './playground-page.ts';
import { type Kit, startKit } from './start-kit.ts';

let kit: Kit;
let chromium: RecordedBrowser;
let context: BrowserContext;

beforeAll(async () => {
  [kit, chromium] = await Promise.all([startKit(), openChromium()]);
});
afterAll(async () => {
  await Promise.all([chromium?.close(), kit?.close()]);
});
beforeEach(async () => {
  context = await chromium.browser.newContext({ viewport: { width: 1280, height: 900 } });
});
afterEach(async () => {
  await context.close();
  expect(chromium.outsideHosts).toEqual([]);
});

async function show(sample: string, client: string): Promise<{ tab: PlaygroundPage; frame: Frame }> {
  const tab = await PlaygroundPage.open(context, kit, { client, sample });
  const status = await tab.settled();
  if (status !== 'ready')
    throw new Error(
      `${sample} is ${status}: ${JSON.stringify((await tab.messages()).filter((m) => m.action))}`,
    );
  return { tab, frame: await tab.artifactFrame() };
}

/** Clicks the sample's action and expects its text to change. */
async function expectResponse(frame: Frame): Promise<void> {
  const action = frame.getByTestId('action');
  await action.waitFor();
  const before = await action.textContent();
  await action.click();
  await expect.poll(() => action.textContent()).not.toBe(before);
}

describe.each(clients)('with sandpack-react %s', (client) => {
  it.each(['three-scene', 'calendar', 'carousel', 'drawer', 'router', 'gui', 'kanban'])(
    'renders %s and responds to a click',
    async (sample) => {
      const { frame } = await show(sample, client);
      await expectResponse(frame);
    },
  );

  it('renders the dashboard: charts, Tailwind, and the components it is made of', async () => {
    const { frame } = await show('dashboard', client);
    const bars = frame.locator('[data-testid="bar-chart"] .recharts-bar-rectangle path');
    await expect.poll(() => bars.count()).toBeGreaterThan(3);
    await expect
      .poll(async () => Math.min(...(await boxes(bars)).map((box) => box.width * box.height)))
      .toBeGreaterThan(100);
    const curve = frame.locator('[data-testid="line-chart"] path.recharts-curve').first();
    await expect
      .poll(() =>
        curve.evaluate((path) => (path as unknown as { getTotalLength(): number }).getTotalLength()),
      )
      .toBeGreaterThan(200);
    // Tailwind has made styles out of class names that only this artifact uses.
    const trigger = frame.getByLabel('Period');
    expect(await trigger.evaluate((element) => getComputedStyle(element).width)).toBe('176px');
    expect(await frame.locator('svg.lucide').count()).toBeGreaterThan(4);

    await trigger.click();
    await frame.getByRole('option', { name: 'Last 7 days' }).click();
    await expect.poll(() => trigger.textContent()).toContain('Last 7 days');

    await frame.getByTestId('action').hover();
    await frame.getByRole('tooltip').first().waitFor({ state: 'attached' });
    await expectResponse(frame);
    await frame.getByText('Report exported', { exact: true }).first().waitFor();

    await frame
      .getByRole('button', { name: /A-2041|Mira|view|open/i })
      .first()
      .click();
    await frame.getByRole('dialog').waitFor();
    // It hears the key once it has taken the focus, which is a moment after it is seen.
    await expect
      .poll(async () => {
        await frame.page().keyboard.press('Escape');
        return frame.getByRole('dialog').count();
      })
      .toBe(0);

    await frame.getByRole('tab').nth(1).click();
    await expect.poll(() => frame.getByRole('tab').nth(1).getAttribute('data-state')).toBe('active');
  });

  it.each(['landing', 'game', 'logo', 'notes'])('shows %s and responds to a click', async (sample) => {
    const { frame } = await show(sample, client);
    await expectResponse(frame);
  });

  it('shows Markdown through the script that LibreChat checks by its hash', async () => {
    const { frame } = await show('notes', client);
    await frame.locator('h1', { hasText: 'Bread notebook' }).waitFor();
    expect(await frame.locator('table tr').count()).toBeGreaterThan(3);
    const script = frame.locator('script[integrity]');
    expect(await script.getAttribute('integrity')).toMatch(/^sha384-948ahk4Z/);
    expect(await frame.evaluate(() => typeof (globalThis as { marked?: unknown }).marked)).toBe('object');
  });

  it('runs a page whose own names are those of Sandpack’s console hook, and still hears its console', async () => {
    const tab = await PlaygroundPage.open(context, kit, { client });
    await tab.run({
      type: 'text/html',
      code: '<!doctype html><html><head></head><body><p id="out">waiting</p><script>let n = 0; const t = Date.now(); const scope = {}; n++; document.getElementById("out").textContent = "ran " + n; console.log("heard", n, typeof scope);</script></body></html>',
    });
    expect(await tab.settled()).toBe('ready');
    const frame = await tab.artifactFrame();
    await expect.poll(() => frame.locator('#out').textContent()).toBe('ran 1');
    await expect.poll(async () => (await tab.messages()).some(({ type }) => type === 'console')).toBe(true);
  });

  it('hears the console of a React artifact although the script that listens to it arrives late', async () => {
    await context.route(/\/sandbox-startup\./, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await route.continue();
    });
    const tab = await PlaygroundPage.open(context, kit, { client });
    await tab.run({
      type: 'application/vnd.react',
      code: 'console.log("heard"); export default () => <p>logging</p>;',
    });
    expect(await tab.settled()).toBe('ready');
    await expect.poll(async () => (await tab.messages()).some(({ type }) => type === 'console')).toBe(true);
  });

  it('answers Tailwind as LibreChat asks for it, and says which version answered', async () => {
    const { frame } = await show('landing', client);
    const button = frame.getByTestId('action');
    expect(await button.evaluate((element) => getComputedStyle(element).borderRadius)).toMatch(
      /^9999px|3\.\d+e\+0?7px$/,
    );
    for (const address of ['3.4.17', ''])
      expect(await versionOf(frame, `${kit.previewUrl}/-/cdn/cdn.tailwindcss.com/${address}`)).toMatch(
        /^3\.4\.\d+$/,
      );
  });
});

/** The version that the kit says it answers with. */
async function versionOf(frame: Frame, address: string): Promise<string | null> {
  return frame.evaluate(async (url) => (await fetch(url)).headers.get('x-tailwind-version'), address);
}

async function boxes(locator: ReturnType<Frame['locator']>): Promise<{ width: number; height: number }[]> {
  return locator.evaluateAll((elements) =>
    elements
      .map((element) => element.getBoundingClientRect())
      .map(({ width, height }) => ({ width, height })),
  );
}
