// Artifacts that run away: the chat page stays responsive, and the next artifact works.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { timed } from '../rig/timed.ts';
import { prepareScene } from './prepare-scene.ts';
import { type ArtifactKind, openArtifact } from './stage.ts';

/** Longest time without a turn of the chat page's event loop that a person would not notice, in ms. */
const maxStallMs = 200;

/** Measures the chat page's longest stall from now on. */
async function watchStalls(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watch = { longest: 0, last: performance.now() };
    Object.assign(window, { watch });
    setInterval(() => {
      const now = performance.now();
      watch.longest = Math.max(watch.longest, now - watch.last);
      watch.last = now;
    }, 10);
  });
}

const longestStall = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { watch: { longest: number } }).watch.longest);

const runaways: [name: string, script: string, ms: number][] = [
  ['an endless loop', 'const end = performance.now() + 5000; while (performance.now() < end);', 5500],
  [
    'a loop that keeps the memory it takes',
    'const kept = []; const end = performance.now() + 3000; while (performance.now() < end && kept.length < 300) kept.push(new Uint8Array(4e6).fill(1));',
    3500,
  ],
  ['a storm of dialogs', 'for (let i = 0; i < 20; i += 1) { alert(i); confirm(i); prompt(i); }', 1500],
  [
    'a storm of downloads',
    'for (let i = 0; i < 100; i += 1) { const a = document.createElement("a"); a.download = i + ".txt"; a.href = "data:text/plain," + i; a.click(); }',
    2000,
  ],
  [
    'a storm of workers',
    'for (let i = 0; i < 24; i += 1) new Worker(URL.createObjectURL(new Blob(["const end = performance.now() + 2000; while (performance.now() < end);"])));',
    2500,
  ],
  [
    'a storm of elements',
    'for (let i = 0; i < 100000; i += 1) document.body.append(document.createElement("p"));',
    3000,
  ],
  [
    'a storm of history entries',
    'for (let i = 0; i < 1000; i += 1) { try { history.pushState({}, "", "#" + i); } catch {} }',
    1500,
  ],
  [
    'a storm of requests',
    'for (let i = 0; i < 500; i += 1) fetch("https://cdn.jsdelivr.net/npm/nothing-" + i + "@0.0.0/x").catch(() => {});',
    3000,
  ],
  [
    'an endless chain of promises',
    'const end = performance.now() + 4000; (function again() { if (performance.now() < end) Promise.resolve().then(again); })();',
    4500,
  ],
];

/** What goes through the shell, which holds it back; a static preview's frame is LibreChat's own: docs/security.md. */
const heldByShell: typeof runaways = [
  ['a storm of console lines', 'for (let i = 0; i < 2000; i += 1) console.log("line " + i);', 3000],
  [
    'a storm of Sandpack messages',
    'for (let i = 0; i < 2000; i += 1) parent.postMessage({ codesandbox: true, type: "resize", height: i }, "*");',
    2000,
  ],
];

describe.each([true, false])('previews on the chat’s own domain: %s', (sameSite) => {
  const scene = prepareScene({ sameSite });

  describe.each<ArtifactKind>(['HTML', 'React'])('a %s artifact', (kind) => {
    it.each(kind === 'React' ? [...runaways, ...heldByShell] : runaways)(
      'with %s does not stall the chat page',
      timed,
      async (_name, script, ms) => {
        const opened = await openArtifact(
          scene.stage,
          scene.context,
          kind,
          `window.run = () => { ${script} }; return 'ready';`,
        );
        await watchStalls(opened.page);
        await opened.frame.evaluate('setTimeout(window.run); 0');
        // Not a wait for something: how long the chat page is watched.
        await opened.page.waitForTimeout(ms);
        expect(await longestStall(opened.page)).toBeLessThan(maxStallMs);
      },
    );
  });

  it('after a React artifact that never ends, the next one is shown', async () => {
    const opened = await openArtifact(
      scene.stage,
      scene.context,
      'React',
      `window.run = () => { for (;;); }; return 'ready';`,
    );
    await opened.frame.evaluate('setTimeout(window.run); 0');
    await opened.tab.run({ type: 'text/html', code: '<!doctype html><p id="next">next</p>' });
    expect(await opened.tab.settled()).toBe('ready');
    await (await opened.tab.artifactFrame()).locator('#next').waitFor();
  });
});

describe('without Origin-Agent-Cluster', () => {
  const scene = prepareScene({ sameSite: true, without: 'origin-agent-cluster' });

  it('an endless loop on the chat’s own domain stalls the chat page: the header is what holds it', async () => {
    const opened = await openArtifact(
      scene.stage,
      scene.context,
      'HTML',
      `window.run = () => { ${runaways[0]?.[1]} }; return 'ready';`,
    );
    await watchStalls(opened.page);
    await opened.frame.evaluate('setTimeout(window.run); 0');
    await expect.poll(() => longestStall(opened.page), { timeout: 15_000 }).toBeGreaterThan(1000);
  });
});
