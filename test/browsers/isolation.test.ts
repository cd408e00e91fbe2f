// In every engine, what one preview keeps is out of another's reach, and so is what the chat page keeps.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Kit, startKit } from '../browser/start-kit.ts';
import { engines } from './engines/all-engines.ts';
import type { Engine, EngineFrame } from './engines/engine.ts';
import { keepPictureOfFailure } from './failure-picture.ts';
import { type Artifact, Playground } from './playground.ts';

const artifacts: Record<string, Artifact> = {
  React: { type: 'application/vnd.react', code: 'export default () => <p id="shown">diary</p>;' },
  HTML: { type: 'text/html', code: '<!doctype html><title>diary</title><p id="shown">diary</p>' },
};

const nothing = { local: 0, session: 0, databases: 0, caches: 0, cookies: 0 };
const oneVisit = { local: 1, session: 1, databases: 1, caches: 1 };

let kit: Kit;

beforeAll(async () => {
  kit = await startKit();
});
afterAll(() => kit?.close());

describe.each(engines)('$name', ({ start }) => {
  let engine: Engine;
  const tabs: Playground[] = [];

  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine?.close());
  afterEach(async (test) => {
    for (const tab of tabs.splice(0)) {
      await keepPictureOfFailure(test, tab.page);
      await tab.page.close();
    }
    expect(engine.outsideHosts).toEqual([]);
  });

  async function show(artifact: Artifact): Promise<{ tab: Playground; frame: EngineFrame }> {
    const tab = await Playground.open(engine, kit);
    tabs.push(tab);
    await tab.run(artifact);
    await tab.ready();
    return { tab, frame: await shownFrame(tab) };
  }

  describe.each(Object.entries(artifacts))('%s previews', (_kind, artifact) => {
    it('open on origins of their own and share no storage', async () => {
      const first = await show(artifact);
      expect(await first.frame.evaluate(visit)).toEqual(nothing);
      expect(await first.frame.evaluate(visit)).toMatchObject(oneVisit);
      const second = await show(artifact);
      expect(new URL(second.frame.url).origin).not.toBe(new URL(first.frame.url).origin);
      expect(await second.frame.evaluate(visit)).toEqual(nothing);
      await first.tab.page.close();
      tabs.shift();
      const third = await show(artifact);
      expect(await third.frame.evaluate(visit)).toEqual(nothing);
    });

    it('keep origin and storage when Sandpack’s refresh reloads them', async () => {
      const { tab, frame } = await show(artifact);
      await frame.evaluate(visit);
      await frame.evaluate(() => document.getElementById('shown')?.remove());
      await tab.refresh();
      const reloaded = await shownFrame(tab);
      expect(new URL(reloaded.url).origin).toBe(new URL(frame.url).origin);
      expect(await reloaded.evaluate(visit)).toMatchObject(oneVisit);
    });

    it('reach neither the storage nor the documents of the chat page', async () => {
      const { tab, frame } = await show(artifact);
      const chat = await tab.main();
      await chat.evaluate(visit);
      expect(await chat.evaluate(visit)).toMatchObject({ ...oneVisit, cookies: 1 });
      expect(await frame.evaluate(visit)).toEqual(nothing);
      expect(await frame.evaluate(reachOut)).toEqual(Array(4).fill('SecurityError'));
    });
  });
});

/** The frame once the artifact stands in it; for a while after a refresh it is the old one, or none. */
async function shownFrame(tab: Playground): Promise<EngineFrame> {
  const isShown = async () =>
    (await tab.artifactFrame()).evaluate(() => document.getElementById('shown') !== null).catch(() => false);
  await expect.poll(isShown, { timeout: 30_000 }).toBe(true);
  return tab.artifactFrame();
}

/** Runs in a document: counts what earlier visits left in each kind of storage, and leaves something in each. */
async function visit() {
  const count = (storage: Storage) => (storage.getItem('diary') === null ? 0 : 1);
  const found = {
    local: count(localStorage),
    session: count(sessionStorage),
    // WebKit's databases() lists nothing in third-party frames; a database that is new asks to be set up.
    databases: await new Promise<number>((resolve, reject) => {
      let known = 1;
      const opening = indexedDB.open('diary');
      opening.onupgradeneeded = () => {
        known = 0;
      };
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        opening.result.close();
        resolve(known);
      };
    }),
    caches: (await caches.keys()).filter((name) => name === 'diary').length,
    cookies: document.cookie.includes('diary') ? 1 : 0,
  };
  localStorage.setItem('diary', 'kept');
  sessionStorage.setItem('diary', 'kept');
  await caches.open('diary');
  // The first form is for the chat page, the second for third parties, where an engine lets them have any.
  for (const attributes of ['', '; SameSite=None; Secure; Partitioned']) {
    // biome-ignore lint/suspicious/noDocumentCookie: not every engine has the Cookie Store API.
    document.cookie = `diary=kept${attributes}`;
  }
  return found;
}

/** Runs in an artifact: the names of the errors that meet it outside. */
function reachOut(): string[] {
  const ways = [
    () => window.parent.document.title,
    () => window.top?.document.title,
    () => window.top?.localStorage.length,
    () => window.top?.location.href,
  ];
  return ways.map((reach) => {
    try {
      return `reached: ${reach()}`;
    } catch (error) {
      return (error as Error).name;
    }
  });
}
