// Packages that an artifact imports without declaring them are there in a native preview; a name that nobody has is named, soon.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runCase } from '../artifact-cases/case-run.ts';
import { madeUp, undeclared } from '../artifact-cases/undeclared.ts';
import { openChromium, type RecordedBrowser } from '../browser/open-chromium.ts';
import { PlaygroundPage } from '../browser/playground-page.ts';
import { type Kit, startKit } from '../browser/start-kit.ts';
import { startChromium } from './engines/chromium.ts';
import type { Engine } from './engines/engine.ts';
import { keepPictureOfFailure } from './failure-picture.ts';
import { Playground } from './playground.ts';

/** The first run fetches the packages. */
const fetchTimeoutMs = 120_000;
const complaintMs = 2_000;

let kit: Kit;

beforeAll(async () => {
  kit = await startKit({ flags: { engine: 'native' } });
});
afterAll(() => kit?.close());

describe('Undeclared', () => {
  let engine: Engine;
  let tab: Playground;

  beforeAll(async () => {
    engine = await startChromium();
  });
  afterAll(() => engine?.close());
  afterEach(async (test) => {
    await keepPictureOfFailure(test, tab.page);
    await tab.page.close();
    expect(engine.outsideHosts.splice(0)).toEqual([]);
  });

  it.each(undeclared.map((row) => [row.name, row] as const))(
    '%s',
    async (_, row) => {
      tab = await Playground.open(engine, kit, { sample: 'none' });
      await runCase(tab, row);
    },
    fetchTimeoutMs,
  );
});

describe('Made up', () => {
  let chromium: RecordedBrowser;
  let tab: PlaygroundPage;

  beforeAll(async () => {
    chromium = await openChromium();
    tab = await PlaygroundPage.open(await chromium.browser.newContext(), kit, { sample: 'none' });
    // What is measured is the complaint, not the first preview of a browser.
    await tab.run({ type: 'application/vnd.react', code: 'export default () => <p>first</p>;' });
    expect(await tab.settled()).toBe('ready');
  });
  afterAll(() => chromium?.close());

  it.each(madeUp)('%s is named within 2 seconds', async (name, code) => {
    await tab.run({ type: 'application/vnd.react', code });
    const error = async () => (await tab.messages()).find(({ action }) => action === 'show-error');
    await expect.poll(error, { timeout: complaintMs, interval: 20 }).toMatchObject({
      message: expect.stringContaining(name),
      path: '/App.tsx',
      line: 2,
    });
    expect(chromium.outsideHosts).toEqual([]);
  });
});
