// Where the browser refuses what previews need, they say so at once, and what can work still does.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { probingArtifacts } from '../browser/egress-probes.ts';
import { type Kit, startKit } from '../browser/start-kit.ts';
import type { Engine } from './engines/engine.ts';
import { startFirefox } from './engines/firefox.ts';
import { keepPictureOfFailure } from './failure-picture.ts';
import { Playground } from './playground.ts';

const settings = [
  {
    name: 'blocks the storage of embedded sites',
    preferences: { 'network.cookie.cookieBehavior': 1 },
    title: 'The browser blocks this preview',
    reason: 'The operation is insecure',
  },
  {
    name: 'has no service workers',
    preferences: { 'dom.serviceWorkers.enabled': false },
    title: 'This browser window cannot show previews',
    reason: 'this browser allows no service worker',
  },
];

let kit: Kit;

beforeAll(async () => {
  kit = await startKit();
});
afterAll(() => kit?.close());

describe.each(settings)('A Firefox that $name', ({ preferences, title, reason }) => {
  let engine: Engine;
  let tab: Playground;

  beforeAll(async () => {
    engine = await startFirefox(preferences);
  });
  afterAll(() => engine?.close());
  afterEach(async (test) => {
    await keepPictureOfFailure(test, tab.page);
    await tab.page.close();
    expect(engine.outsideHosts).toEqual([]);
  });

  it('reads why there is no static preview, within five seconds', async () => {
    tab = await Playground.open(engine, kit, { sample: 'landing' });
    await tab.ready();
    const heading = async () =>
      (await tab.artifactFrame()).evaluate(() => document.querySelector('h1')?.textContent);
    await expect.poll(heading, { timeout: 5_000 }).toBe(title);
  });

  it('runs React artifacts, and their console says why CDN addresses are blocked', async () => {
    tab = await Playground.open(engine, kit);
    await tab.run(probingArtifacts.React);
    await tab.ready();
    await expect
      .poll(() => tab.artifactConsole(), { timeout: 10_000 })
      .toContain(
        `unpkg.com/dayjs@1.11.13/dayjs.min.js is blocked. Addresses of public CDNs are not answered here: ${reason}. Private windows`,
      );
  });
});
