// Every React artifact is alone: another origin for each, the same one within a preview's life.
import type { BrowserContext, Frame } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openChromium, type RecordedBrowser } from './open-chromium.ts';
import { PlaygroundPage } from './playground-page.ts';
import { type Kit, startKit } from './start-kit.ts';

/** Counts its mounts in localStorage, IndexedDB and the cache storage, and shows what it finds there. */
const diary = `import { useEffect, useState } from 'react';
const visits = Number(localStorage.getItem('visits') ?? 0) + 1;
localStorage.setItem('visits', String(visits));
const found = (async () => {
  const databases = (await indexedDB.databases()).filter(({ name }) => name === 'diary').length;
  const keys = (await caches.keys()).filter((name) => name === 'diary').length;
  indexedDB.open('diary');
  await caches.open('diary');
  return 'databases ' + databases + ', caches ' + keys;
})();
export default function App() {
  const [shared, setShared] = useState('');
  useEffect(() => void found.then(setShared), []);
  return <p><b id="visits">visits {visits}</b> <i id="shared">{shared}</i></p>;
}`;

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
  context = await chromium.browser.newContext();
});
afterEach(async () => {
  await context.close();
  expect(chromium.outsideHosts).toEqual([]);
});

async function showDiary(): Promise<{ tab: PlaygroundPage; frame: Frame }> {
  const tab = await PlaygroundPage.open(context, kit);
  await tab.run({ type: 'application/vnd.react', code: diary });
  expect(await tab.settled()).toBe('ready');
  const frame = await tab.artifactFrame();
  await expect.poll(() => frame.locator('#shared').textContent()).not.toBe('');
  return { tab, frame };
}

const findings = async (frame: Frame) =>
  `${await frame.locator('#visits').textContent()}, ${await frame.locator('#shared').textContent()}`;

describe('React artifacts', () => {
  it('opened one after the other run on different origins and share no storage', async () => {
    const first = await showDiary();
    expect(await findings(first.frame)).toBe('visits 1, databases 0, caches 0');
    const origin = new URL(first.frame.url()).origin;
    expect(origin).toMatch(/^http:\/\/r[a-z0-9]{20}-preview\.localhost:\d+$/);
    await first.tab.page.close();
    const second = await showDiary();
    expect(new URL(second.frame.url()).origin).not.toBe(origin);
    expect(await findings(second.frame)).toBe('visits 1, databases 0, caches 0');
  });

  it('opened side by side run on different origins and cannot reach into each other', async () => {
    const first = await showDiary();
    const second = await showDiary();
    expect(new URL(first.frame.url()).origin).not.toBe(new URL(second.frame.url()).origin);
    expect(await findings(second.frame)).toBe('visits 1, databases 0, caches 0');
    expect(await second.frame.evaluate(() => localStorage.getItem('visits'))).toBe('1');
  });

  it('cannot read the shell or the embedder', async () => {
    const { frame } = await showDiary();
    const reach = await frame.evaluate(() =>
      [window.parent, window.top].map((other) => {
        try {
          return String((other as Window).document.title);
        } catch (error) {
          return (error as Error).name;
        }
      }),
    );
    expect(reach).toEqual(['SecurityError', 'SecurityError']);
  });

  it('keep their origin and storage when Sandpack’s refresh reloads them', async () => {
    const { tab, frame } = await showDiary();
    const origin = new URL(frame.url()).origin;
    await tab.refresh();
    // The shell is loaded anew, and with it the frame inside.
    const text = async (selector: string) =>
      (await tab.artifactFrame())
        .locator(selector)
        .textContent({ timeout: 1000 })
        .catch(() => '');
    await expect.poll(() => text('#visits'), { timeout: 20_000 }).toBe('visits 2');
    await expect.poll(() => text('#shared'), { timeout: 10_000 }).toBe('databases 1, caches 1');
    expect(new URL((await tab.artifactFrame()).url()).origin).toBe(origin);
  });
});

describe('with ISOLATION=shared', () => {
  it('artifacts render at the base host, on one origin', async () => {
    const shared = await startKit({ flags: { isolation: 'shared' } });
    try {
      const tab = await PlaygroundPage.open(context, shared);
      await tab.run({ type: 'application/vnd.react', code: diary });
      expect(await tab.settled()).toBe('ready');
      const inner = tab.page
        .frames()
        .find((candidate) => candidate.url().startsWith(shared.previewUrl)) as Frame;
      await expect.poll(() => inner.locator('#visits').textContent()).toBe('visits 1');
    } finally {
      await shared.close();
    }
  });
});

it('An HTML file of a package, shown in an artifact’s frame, is of no origin: it reaches neither the shell nor another preview', async () => {
  const tab = await PlaygroundPage.open(context, kit, { sample: 'none' });
  const page = `${kit.previewUrl}/-/cdn/cdn.jsdelivr.net/npm/reveal.js@5.1.0/index.html`;
  await tab.run({
    type: 'application/vnd.react',
    code: `export default () => <iframe title="page" src="${page}" />;`,
  });
  expect(await tab.settled()).toBe('ready');
  const find = () => tab.page.frames().find((frame) => frame.url() === page);
  await expect.poll(() => find()?.locator('.reveal').count(), { timeout: 30_000 }).toBe(1);
  const reached = await find()?.evaluate(() => {
    const shell = window.parent.parent;
    try {
      return [self.origin, shell.document.title];
    } catch (error) {
      return [self.origin, (error as Error).name];
    }
  });
  expect(reached).toEqual(['null', 'SecurityError']);
});
