// What previews may reach: CDN addresses are answered at home in React and static previews alike, everything else is blocked by the
// browser, and the artifact's console says which setting would allow it.
import type { BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { timed } from '../rig/timed.ts';
import { expectedAnswers, probingArtifacts } from './egress-probes.ts';
import { openChromium, type RecordedBrowser } from './open-chromium.ts';
import { PlaygroundPage } from './playground-page.ts';
import { freePort, type Kit, startKit } from './start-kit.ts';

let chromium: RecordedBrowser;
let context: BrowserContext;

beforeAll(async () => {
  chromium = await openChromium();
});
afterAll(() => chromium?.close());
beforeEach(async () => {
  context = await chromium.browser.newContext();
});
afterEach(async () => {
  await context.close();
  expect(chromium.outsideHosts).toEqual([]);
});

async function show(kit: Kit, artifact: { type: string; code: string }) {
  const tab = await PlaygroundPage.open(context, kit);
  const consoleTexts: string[] = [];
  tab.page.on('console', (message) => consoleTexts.push(message.text()));
  await tab.run(artifact);
  expect(await tab.settled()).toBe('ready');
  const frame = await tab.artifactFrame();
  const results = async () => JSON.parse((await frame.locator('#probes').textContent()) ?? '{}');
  const text = () => consoleTexts.join('\n');
  return { text, results, frame };
}

/** Runs a test with a relay of certain settings. */
async function withKit(flags: Record<string, string>, test: (kit: Kit) => Promise<void>): Promise<void> {
  const kit = await startKit({ flags });
  try {
    await test(kit);
  } finally {
    await kit.close();
  }
}

const failed = (names: string[]) => Object.fromEntries(names.map((name) => [name, 'failed']));
const cdnProbes = ['cdn script', 'cdn style', 'cdn fetch', 'cdn module'];

describe.each(Object.entries(probingArtifacts))('A %s artifact', (kind, artifact) => {
  it('gets CDN files from the kit by default, and nothing from anywhere else; the console says why', () =>
    withKit({}, async (kit) => {
      const { text, results } = await show(kit, artifact);
      await expect.poll(results, { timeout: 20_000 }).toEqual(expectedAnswers);
      for (const host of ['tracker.example.org', 'api.example.org'])
        await expect.poll(text).toContain(`EGRESS_ALLOW=https://${host}`);
    }));

  it('reaches what EGRESS_ALLOW lists', () =>
    withKit({ 'egress-allow': 'https://api.example.org' }, async (kit) => {
      const { text, results } = await show(kit, artifact);
      await expect.poll(results, { timeout: 20_000 }).toEqual(expectedAnswers);
      await expect.poll(text).toContain('EGRESS_ALLOW=https://tracker.example.org');
      expect(text()).not.toContain('EGRESS_ALLOW=https://api.example.org');
      await expect.poll(() => chromium.outsideHosts).toContain('api.example.org:443');
      expect(new Set(chromium.outsideHosts.splice(0))).toEqual(new Set(['api.example.org:443']));
    }));

  it('gets nothing but the kit with EGRESS=none', () =>
    withKit({ egress: 'none' }, async (kit) => {
      const { text, results } = await show(kit, artifact);
      await expect
        .poll(results, { timeout: 20_000 })
        .toEqual(failed([...cdnProbes, 'outside image', 'outside fetch']));
      await expect.poll(text).toContain('EGRESS=none');
    }));

  it('reaches anything with EGRESS=open, and CDN files come from the kit all the same', () =>
    withKit({ egress: 'open' }, async (kit) => {
      const { results } = await show(kit, artifact);
      // The recording proxy lets nothing through.
      await expect.poll(results, { timeout: 20_000 }).toEqual(expectedAnswers);
      expect(new Set(chromium.outsideHosts.splice(0))).toEqual(
        new Set(['api.example.org:443', 'tracker.example.org:443']),
      );
    }));

  it('hears within two seconds that a CDN file is in no package', timed, () =>
    withKit({}, async (kit) => {
      const { text, frame } = await show(kit, artifact);
      const { status, ms } = await frame.evaluate(async () => {
        const startedAt = performance.now();
        const answer = await fetch('https://unpkg.com/dayjs@1.11.13/absent.js');
        return { status: answer.status, ms: performance.now() - startedAt };
      });
      expect(status).toBe(404);
      expect(ms).toBeLessThan(2000);
      await expect.poll(text).toMatch(/dayjs@1\.11\.13 has no file \/absent\.js/);
    }),
  );

  it('goes on after the relay was restarted', async () => {
    const ports = await withKitPorts();
    await withKit(ports, async (kit) => {
      const { frame } = await show(kit, artifact);
      await kit.close();
      const ask = () =>
        frame.evaluate(() =>
          fetch(`https://unpkg.com/dayjs@1.11.13/package.json?${Math.random()}`).then(
            (answer) => answer.status,
            () => 0,
          ),
        );
      expect(await ask()).not.toBe(200);
      await withKit(ports, () => expect.poll(ask, { timeout: 10_000 }).toBe(200));
    });
  });

  it('goes on after the browser stopped its service worker', () =>
    withKit({}, async (kit) => {
      const { frame } = await show(kit, artifact);
      const session = await context.newCDPSession(frame.page());
      await session.send('ServiceWorker.enable');
      await session.send('ServiceWorker.stopAllWorkers');
      const version = await frame.evaluate(async () => {
        const answer = await fetch('https://unpkg.com/dayjs@1.11.13/package.json?again');
        return (await answer.json()).version;
      });
      expect(version).toBe('1.11.13');
    }));

  if (kind === 'React')
    it('stays at home where the browser has no service worker, and says so', () =>
      withKit({}, async (kit) => {
        await context.addInitScript(() => {
          Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined });
        });
        const { text, results } = await show(kit, artifact);
        await expect
          .poll(results, { timeout: 20_000 })
          .toEqual(failed([...cdnProbes, 'outside image', 'outside fetch']));
        expect(text()).toContain('this browser allows no service worker');
      }));
});

/** Fixed ports, so that a relay can come back at the same address. */
async function withKitPorts(): Promise<Record<string, string>> {
  const [port, controlPort] = await Promise.all([freePort(), freePort()]);
  return {
    port: String(port),
    'control-port': String(controlPort),
    'embed-origins': `http://localhost:${controlPort}`,
  };
}
