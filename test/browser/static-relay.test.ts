// Static previews in a real Chromium, driven by the real clients, from mount to content and through every known way to fail.
import type { BrowserContext, CDPSession, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { timed } from '../rig/timed.ts';
import { openChromium, type RecordedBrowser } from './open-chromium.ts';
import { integrityOf, startTestRelay, type TestRelay } from './static-relay/test-relay.ts';

type Files = Record<string, string | null>;
type Version = '1.0.3' | '1.0.5';

interface ConsoleMessage {
  type: 'console';
  log: Array<{ method: string; data: unknown[] }>;
}

/** What chat-page.js puts on `window`. */
interface Chat {
  messages: unknown[];
  mount(version: Version, baseUrl: string, files: Files, delayMs?: number): Promise<{ url: string }>;
  freezeIds(): void;
  mountSandpack(bundlerUrl: string, html: string, externalResources?: string[]): Promise<void>;
  mountProvider(bundlerUrl: string, html: string, externalResources: string[]): void;
  requestMetrics(origin: string): Promise<{ origin: string; requests: number; bytes: number }>;
  removeRelays(): void;
}

vi.setConfig({ testTimeout: 20_000, hookTimeout: 60_000 });

let chromium: RecordedBrowser;
let relay: TestRelay;
let context: BrowserContext;
let page: Page;
let consoleTexts: string[];

beforeAll(async () => {
  [chromium, relay] = await Promise.all([openChromium(), startTestRelay()]);
});

afterAll(async () => {
  await Promise.all([chromium?.close(), relay?.close()]);
});

beforeEach(async () => {
  context = await chromium.browser.newContext();
  page = await context.newPage();
  consoleTexts = [];
  page.on('console', (message) => consoleTexts.push(message.text()));
  await page.goto(relay.chatOrigin);
});

afterEach(async () => {
  relay.beforeFallback = undefined;
  relay.misrouteWorker = false;
  await context.close();
  expect(chromium.outsideHosts).toEqual([]);
});

function mount(
  files: Files,
  { version = '1.0.5' as Version, delayMs = 0, previewUrl = relay.previewUrl } = {},
) {
  return page.evaluate(
    ([v, url, f, delay]) => (globalThis as unknown as { chat: Chat }).chat.mount(v, url, f, delay),
    [version, previewUrl, files, delayMs] as const,
  );
}

async function mountFrame(files: Files, options?: Parameters<typeof mount>[1]): Promise<Frame> {
  return findFrame((await mount(files, options)).url);
}

function findFrame(url: string): Frame {
  return page.frames().findLast((frame) => frame.url() === url) as Frame;
}

/** Waits for the frame that shows an artifact. */
async function waitForArtifact(selector: string): Promise<Frame> {
  await expect
    .poll(() => page.frames().some((frame) => /-preview\.localhost:\d+\/$/.test(frame.url())))
    .toBe(true);
  const frame = page
    .frames()
    .find((candidate) => /-preview\.localhost:\d+\/$/.test(candidate.url())) as Frame;
  await frame.waitForSelector(selector, { state: 'attached' });
  return frame;
}

/** Fetches from within an artifact. */
function fetchIn(frame: Frame, path: string, method = 'GET') {
  return frame.evaluate(
    async ([url, verb]) => {
      const startedAt = performance.now();
      const response = await fetch(url, { method: verb });
      const text = await response.text();
      const type = response.headers.get('content-type');
      return { status: response.status, type, text, ms: performance.now() - startedAt };
    },
    [path, method] as const,
  );
}

const callChat = <T>(run: (chat: Chat) => T): Promise<Awaited<T>> =>
  page.evaluate(`(${run})(window.chat)`) as Promise<Awaited<T>>;

async function readConsole(): Promise<unknown[][]> {
  const messages = (await callChat((chat) => chat.messages)) as ConsoleMessage[];
  return messages
    .filter((message) => message?.type === 'console')
    .map((message) => message.log[0]?.data ?? []);
}

async function openWorkerControl(): Promise<{ cdp: CDPSession; stopAll(): Promise<void> }> {
  const cdp = await context.newCDPSession(page);
  await cdp.send('ServiceWorker.enable');
  return {
    cdp,
    async stopAll() {
      const stopped = new Promise<void>((resolve) => {
        cdp.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
          if (versions.some(({ runningStatus }) => runningStatus === 'stopped')) resolve();
        });
      });
      await cdp.send('ServiceWorker.stopAllWorkers');
      await stopped;
    },
  };
}

const site: Files = {
  '/index.html':
    '<!doctype html><link rel="stylesheet" href="a.css"><h1>Hello</h1><script type="module" src="a.js"></script>',
  '/a.css': 'h1 { color: rgb(1, 2, 3) }',
  '/a.js': 'import { b } from "./lib/b.js"; document.body.dataset.b = b;',
  '/lib/b.js': 'export const b = "é";',
  '/sub/index.html': '<p>sub',
};

describe.each<Version>(['1.0.3', '1.0.5'])('the client of static-browser-server %s', (version) => {
  it('gets page, style and modules shown', async () => {
    const frame = await mountFrame(site, { version });
    await frame.waitForSelector('body[data-b="é"]');
    expect(await frame.evaluate('getComputedStyle(document.querySelector("h1")).color')).toBe('rgb(1, 2, 3)');
    expect(await fetchIn(frame, '/sub/')).toMatchObject({
      status: 200,
      type: 'text/html; charset=utf-8',
      text: '<p>sub',
    });
    expect(await fetchIn(frame, '/none.css')).toMatchObject({ status: 404, text: 'File not found' });
  });

  it('is asked for HEAD and POST like for GET, and HEAD gets no body', async () => {
    const frame = await mountFrame(site, { version });
    expect(await fetchIn(frame, '/a.css', 'HEAD')).toMatchObject({
      status: 200,
      type: 'text/css; charset=utf-8',
      text: '',
    });
    expect(await fetchIn(frame, '/a.css', 'POST')).toMatchObject({ status: 200, text: site['/a.css'] });
    expect(await fetchIn(frame, '/api/x', 'POST')).toMatchObject({ status: 404 });
  });

  it('is told within 2 s why a file did not come', timed, async () => {
    const frame = await mountFrame({ ...site, '/silent.js': null }, { version });
    const answer = await fetchIn(frame, '/silent.js');
    expect(answer.status).toBe(504);
    expect(answer.text).toMatch(/^The chat page did not answer GET \S+\/silent\.js within 1\.5 s: /);
    expect(answer.ms).toBeLessThan(2_000);
  });
});

describe('the relay', () => {
  it('serves two clients on one origin: the newest first, the other when it is gone', timed, async () => {
    await callChat((chat) => chat.freezeIds());
    const first = await mount({ '/index.html': 'first', '/x.txt': 'first' }, { version: '1.0.3' });
    const second = await mount({ '/index.html': 'second', '/x.txt': 'second' }, { version: '1.0.5' });
    expect(second.url).toBe(first.url);
    const frame = findFrame(second.url);
    expect(await fetchIn(frame, '/x.txt')).toMatchObject({ text: 'second' });
    await page.evaluate(
      '[...document.querySelectorAll("iframe")].findLast((f) => f.src.includes("/__csb_relay/")).remove()',
    );
    const answer = await fetchIn(frame, '/x.txt');
    expect(answer).toMatchObject({ status: 200, text: 'first' });
    expect(answer.ms).toBeLessThan(1_200);
  });

  it('serves on after the browser stopped the worker', timed, async () => {
    const frame = await mountFrame(site);
    const worker = await openWorkerControl();
    await worker.stopAll();
    const answer = await fetchIn(frame, '/a.css');
    expect(answer).toMatchObject({ status: 200, text: site['/a.css'] });
    expect(answer.ms).toBeLessThan(1_200);
  });

  it('is one of twenty at once, each with its own files and the same CDN', async () => {
    const html = (n: number) =>
      `<h2>${n}</h2><script src="https://cdn.tailwindcss.com/3.4.17"></script><script src="/own.js"></script>`;
    const frames = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        mountFrame({
          '/index.html': html(n),
          '/own.js': `document.title = window.tailwindVersion + ' ${n}'`,
        }),
      ),
    );
    for (const [n, frame] of frames.entries()) await expect.poll(() => frame.title()).toBe(`3.4.17 ${n}`);
    expect(new Set(frames.map((frame) => new URL(frame.url()).origin)).size).toBe(20);
  });

  it('fails at once, with a page that says so, when the chat has dropped the preview', timed, async () => {
    const frame = await mountFrame(site);
    await callChat((chat) => chat.removeRelays());
    const answer = await fetchIn(frame, '/a.css');
    expect(answer.status).toBe(504);
    expect(answer.text).toContain('is no longer open');
    expect(answer.ms).toBeLessThan(1_200);
    await frame.evaluate('location.reload()');
    await frame.waitForSelector('h1:text("This preview has ended")');
  });

  it('shows an artifact that comes late, without being asked again', async () => {
    const frame = await mountFrame({ '/index.html': '<h2>late</h2>' }, { delayMs: 2_000 });
    await frame.waitForSelector('h1:text("Waiting for the chat page")');
    await frame.waitForSelector('h2:text("late")');
  });

  it('counts requests and bytes', async () => {
    const html = `<h1>é</h1><script src="https://cdn.tailwindcss.com/3.4.17"></script><script src="/b.js"></script>`;
    const { url } = await mount({ '/index.html': html, '/b.js': '12345' });
    const { origin } = new URL(url);
    const readMetrics = () => page.evaluate(`window.chat.requestMetrics('${origin}')`);
    const bytes = Buffer.byteLength(html) + 5 + 'window.tailwindVersion = "3.4.17";'.length;
    await expect.poll(readMetrics).toEqual({ type: 'preview-kit:metrics', origin, requests: 3, bytes });
  });

  it('turns away embedders that are not on the list, and says how to add them', async () => {
    const strict = await startTestRelay({ embedOrigins: ['https://chat.example.com'] });
    try {
      void mount(site, { previewUrl: strict.previewUrl }).catch(() => {});
      await expect
        .poll(() => consoleTexts.find((text) => text.includes('EMBED_ORIGINS')))
        .toContain(`${relay.chatOrigin} asked for a preview, but only https://chat.example.com may.`);
    } finally {
      await strict.close();
    }
  });
});

describe('the console hook of Sandpack', () => {
  const html = `<!doctype html><html><head></head><body><script>
let n = 1; const t = 2; const scope = 3; let r = 4, e = 5;
console.log('sum', n + t + scope + r + e);
document.body.dataset.done = 'yes';
</script></body></html>`;

  it('does not take a page’s names, and still gets its messages', async () => {
    await page.evaluate(
      ([url, code]) => (globalThis as unknown as { chat: Chat }).chat.mountSandpack(url, code),
      [relay.previewUrl, html] as const,
    );
    const frame = await waitForArtifact('body[data-done="yes"]');
    await expect.poll(readConsole).toContainEqual(['sum', 15]);
    expect(await frame.evaluate('typeof S')).toBe('undefined');
  });

  it('hears of CDN files that the mirror does not have', async () => {
    const missing =
      '<html><head></head><body data-done="yes"><script src="https://unpkg.com/missing@1.0.0/x.js"></script></body></html>';
    await page.evaluate(
      ([url, code]) => (globalThis as unknown as { chat: Chat }).chat.mountSandpack(url, code),
      [relay.previewUrl, missing] as const,
    );
    await expect
      .poll(readConsole)
      .toContainEqual([
        'https://unpkg.com/missing@1.0.0/x.js is not available here: the preview server answered 404.',
      ]);
  });

  it('works within SandpackProvider, with LibreChat’s external resource', async () => {
    await page.evaluate(
      ([url, code]) =>
        (globalThis as unknown as { chat: Chat }).chat.mountProvider(url, code, [
          'https://cdn.tailwindcss.com/3.4.17#tailwind.js',
        ]),
      [relay.previewUrl, html] as const,
    );
    const frame = await waitForArtifact('body[data-done="yes"]');
    // The client loads its document twice, one soon after the other.
    await expect.poll(() => frame.evaluate('window.tailwindVersion')).toBe('3.4.17');
  });
});

describe('public CDNs', () => {
  const marked = 'cdn.jsdelivr.net/npm/marked@15.0.12/marked.min.js';
  const script = (integrity: string) =>
    `<script src="https://${marked}" integrity="${integrity}" crossorigin="anonymous" onerror="document.title='refused'"></script>`;

  it('are answered from home, and integrity checks hold', async () => {
    const frame = await mountFrame({ '/index.html': script(integrityOf(marked)) });
    expect(await frame.evaluate('typeof marked.parse')).toBe('function');
    const forged = await mountFrame({ '/index.html': script(integrityOf('cdn.tailwindcss.com/3.4.17')) });
    expect(await forged.title()).toBe('refused');
    expect(await forged.evaluate('typeof marked')).toBe('undefined');
  });

  it('may be the only ones that a page’s own policy allows', async () => {
    const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src https://cdn.jsdelivr.net 'unsafe-inline'">`;
    const frame = await mountFrame({ '/index.html': policy + script(integrityOf(marked)) });
    expect(await frame.evaluate('typeof marked.parse')).toBe('function');
  });

  it('may redirect: a module’s relative imports resolve against where it ended', async () => {
    const importing = `<script type="module">import { whole } from 'https://unpkg.com/pkg'; document.body.dataset.whole = whole;</script>`;
    const frame = await mountFrame({ '/index.html': `<body>${importing}` });
    await frame.waitForSelector('body[data-whole="whole of part"]');
  });
});

describe('the fallback page', () => {
  it('brings the preview back after a hard reload', async () => {
    const frame = await mountFrame(site);
    const cdp = await context.newCDPSession(frame);
    await cdp.send('Network.enable');
    // What Shift+Reload of a frame does: one load that bypasses the worker.
    await cdp.send('Network.setBypassServiceWorker', { bypass: true });
    const reachedServer = new Promise<void>((resolve) => {
      relay.beforeFallback = async () => {
        relay.beforeFallback = undefined;
        await cdp.send('Network.setBypassServiceWorker', { bypass: false });
        resolve();
      };
    });
    await frame.evaluate('void setTimeout(() => location.reload())');
    await reachedServer;
    await frame.waitForSelector('body[data-b="é"]');
  });

  it('does not reload for ever when the worker stays bypassed', async () => {
    const frame = await mountFrame(site);
    const cdp = await context.newCDPSession(frame);
    await cdp.send('Network.enable');
    await cdp.send('Network.setBypassServiceWorker', { bypass: true });
    await frame.evaluate('void setTimeout(() => location.reload())');
    await frame.waitForSelector('h1:text("The browser bypasses the preview")');
  });

  it('lets previews work when the chat page was loaded with a hard reload', async () => {
    const cdp = await context.newCDPSession(page);
    await Promise.all([page.waitForEvent('load'), cdp.send('Page.reload', { ignoreCache: true })]);
    const frame = await mountFrame(site);
    await frame.waitForSelector('body[data-b="é"]');
  });

  it('says what a preview in a tab of its own lacks', async () => {
    const { url } = await mount(site);
    const tab = await context.newPage();
    await tab.goto(url);
    await tab.waitForSelector('h1:text("Previews live inside the chat")');
  });

  it('says that the server misroutes the worker', async () => {
    relay.misrouteWorker = true;
    const frame = await mountFrame(site);
    await frame.waitForSelector('h1:text("The preview server is misconfigured")');
    expect(await frame.textContent('#detail')).toMatch(/^SecurityError: .*MIME type/);
  });

  it('says that previews need HTTPS', async () => {
    const frame = await mountFrame(site, { previewUrl: `http://preview.test:${relay.port}` });
    await frame.waitForSelector('h1:text("Previews need HTTPS")');
  });
});
