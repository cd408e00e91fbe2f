// The same artifacts in every engine: they render from this kit alone, respond to a click, and survive both kinds of reload.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clients } from '../browser/playground-page.ts';
import { type Kit, startKit } from '../browser/start-kit.ts';
import { engines } from './engines/all-engines.ts';
import type { Engine, EngineFrame } from './engines/engine.ts';
import { keepPictureOfFailure } from './failure-picture.ts';
import { Playground } from './playground.ts';

/** Samples, and what shows that they work. */
const samples: [name: string, kind: string, expectRendered: (frame: EngineFrame) => Promise<void>][] = [
  ['dashboard', 'React', expectDashboard],
  ['landing', 'HTML', expectTailwind],
  ['logo', 'SVG', expectDrawing],
  ['notes', 'Markdown', expectMarkdown],
];
const action = '[data-testid="action"]';
const patient = { timeout: 20_000 };

let kit: Kit;

beforeAll(async () => {
  kit = await startKit();
});
afterAll(() => kit?.close());

describe.each(engines)('$name', ({ start }) => {
  let engine: Engine;
  let tab: Playground;

  beforeAll(async () => {
    engine = await start();
    console.info(engine.label);
  });
  afterAll(() => engine?.close());
  afterEach(async (test) => {
    await keepPictureOfFailure(test, tab.page);
    await tab.page.close();
    expect(engine.outsideHosts).toEqual([]);
  });

  describe.each(clients)('with sandpack-react %s', (client) => {
    it.each(samples)('shows %s (%s), and it responds to a click', async (sample, _kind, expectRendered) => {
      tab = await Playground.open(engine, kit, { sample, client });
      await tab.ready();
      const frame = await tab.artifactFrame();
      await expectRendered(frame);
      await expectResponse(frame);
    });
  });

  it.each(samples)(
    'shows %s (%s) again after Sandpack’s refresh, and after a reload of the whole page',
    async (sample, _kind, expectRendered) => {
      tab = await Playground.open(engine, kit, { sample });
      await tab.ready();
      const first = await tab.artifactFrame();
      await first.evaluate(() => void Object.assign(window, { old: true }));
      await tab.refresh();
      await expect.poll(async () => isNewAndShown(await tab.artifactFrame()), patient).toBe(true);
      const refreshed = await tab.artifactFrame();
      expect(new URL(refreshed.url).origin).toBe(new URL(first.url).origin);
      await expectRendered(refreshed);
      await expectResponse(refreshed);

      await tab.page.reload();
      await tab.ready();
      const reloaded = await tab.artifactFrame();
      expect(new URL(reloaded.url).origin).not.toBe(new URL(first.url).origin);
      await expectRendered(reloaded);
    },
  );
});

/** Charts have a size, Tailwind has made styles out of class names that only this artifact uses, and icons are there. */
async function expectDashboard(frame: EngineFrame): Promise<void> {
  const smallestBar = () =>
    frame.evaluate(() => {
      const bars = [...document.querySelectorAll('[data-testid="bar-chart"] .recharts-bar-rectangle path')];
      const areas = bars.map((bar) => bar.getBoundingClientRect()).map(({ width, height }) => width * height);
      return bars.length > 3 ? Math.min(...areas) : 0;
    });
  await expect.poll(smallestBar, patient).toBeGreaterThan(100);
  const curveLength = () =>
    frame.evaluate(
      () =>
        document
          .querySelector<SVGPathElement>('[data-testid="line-chart"] path.recharts-curve')
          ?.getTotalLength() ?? 0,
    );
  await expect.poll(curveLength, patient).toBeGreaterThan(200);
  await expect.poll(() => styleOf(frame, '[aria-label="Period"]', 'width'), patient).toBe('176px');
  await expect.poll(() => countOf(frame, 'svg.lucide')).toBeGreaterThan(4);
}

async function expectTailwind(frame: EngineFrame): Promise<void> {
  await expect.poll(() => styleOf(frame, action, 'borderRadius'), patient).toMatch(/^9999px|3\.\d+e\+0?7px$/);
}

async function expectDrawing(frame: EngineFrame): Promise<void> {
  const width = () => frame.evaluate(() => document.querySelector('svg')?.getBoundingClientRect().width ?? 0);
  await expect.poll(width, patient).toBeGreaterThan(100);
}

/** Drawn by the script that LibreChat checks by its hash. */
async function expectMarkdown(frame: EngineFrame): Promise<void> {
  await expect.poll(() => textOf(frame, 'h1'), patient).toBe('Bread notebook');
  await expect.poll(() => countOf(frame, 'table tr')).toBeGreaterThan(3);
  const integrity = () =>
    frame.evaluate(() => document.querySelector('script[integrity]')?.getAttribute('integrity'));
  expect(await integrity()).toMatch(/^sha384-948ahk4Z/);
}

/** Clicks the sample's action, and expects its text to change. */
async function expectResponse(frame: EngineFrame): Promise<void> {
  const before = await textOf(frame, action);
  await frame.click(action);
  await expect.poll(() => textOf(frame, action), patient).not.toBe(before);
}

/** False while a document is being replaced, too. */
async function isNewAndShown(frame: EngineFrame): Promise<boolean> {
  try {
    return await frame.evaluate(
      (selector) => !('old' in window) && document.querySelector(selector) !== null,
      action,
    );
  } catch {
    return false;
  }
}

const textOf = (frame: EngineFrame, selector: string) =>
  frame.evaluate((s) => document.querySelector(s)?.textContent ?? '', selector);

const countOf = (frame: EngineFrame, selector: string) =>
  frame.evaluate((s) => document.querySelectorAll(s).length, selector);

const styleOf = (frame: EngineFrame, selector: string, property: 'width' | 'borderRadius') =>
  frame.evaluate(
    (s, p) => {
      const element = document.querySelector(s);
      return element ? getComputedStyle(element)[p] : '';
    },
    selector,
    property,
  );
