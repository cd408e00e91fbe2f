// Previews without the bundler: what the chat page hears when artifacts fail, and how edits take their place. What artifacts show is
// in test/artifact-cases; editing.test.ts and bad-input.test.ts hold for both engines.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Frame } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openChromium, type RecordedBrowser } from './open-chromium.ts';
import { PlaygroundPage } from './playground-page.ts';
import { type Kit, startKit } from './start-kit.ts';
import { serveTemplatePage } from './templates/page-server.ts';

const react = 'application/vnd.react';
/** How soon after it happened the chat page has to hear of a failure. */
const soon = { timeout: 1_000, interval: 20 };
const patient = { timeout: 15_000, interval: 30 };

interface Shown {
  tab: PlaygroundPage;
  frame: Frame;
  text(selector?: string): ReturnType<typeof expect.poll>;
}

let kit: Kit;
let chromium: RecordedBrowser;
let context: BrowserContext;

beforeAll(async () => {
  [kit, chromium] = await Promise.all([startKit({ flags: { engine: 'native' } }), openChromium()]);
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

const counter = (label: string, { head = '', hooks = '' } = {}) => `import { useState } from 'react';
${head}
export default function App() {
  const [count, setCount] = useState(0);
  ${hooks}
  return <button id="count" onClick={() => setCount(count + 1)}>${label} {count}</button>;
}`;

const fixed = `export default function App() { return <p id="fixed">fixed</p>; }`;

async function show(
  code: string,
  options: { dependencies?: Record<string, string>; files?: Record<string, string> } = {},
): Promise<Shown> {
  const tab = await PlaygroundPage.open(context, kit, { sample: 'none' });
  await tab.run({ type: react, code, ...options });
  expect(await tab.settled()).toBe('ready');
  const frame = await tab.artifactFrame();
  const text = (selector = '#count') =>
    expect.poll(
      () =>
        frame
          .locator(selector)
          .textContent({ timeout: 1000 })
          .catch(() => ''),
      patient,
    );
  return { tab, frame, text };
}

/** The next error that the chat page hears after `count` messages. */
async function errorAfter(tab: PlaygroundPage, count: number, wait = soon) {
  const find = async () => (await tab.messages()).slice(count).find(({ action }) => action === 'show-error');
  await expect.poll(find, wait).toBeDefined();
  return find();
}

/** Edits, and waits until the preview has got it: what fails then, fails from here on. */
async function editAndArrive(tab: PlaygroundPage, code: string): Promise<number> {
  const { length } = await tab.messages();
  await tab.edit(code);
  await expect
    .poll(async () => (await tab.messages()).slice(length).some(({ type }) => type === 'start'), patient)
    .toBe(true);
  return length;
}

async function expectRecovery(tab: PlaygroundPage): Promise<void> {
  await tab.edit(fixed);
  const text = async () =>
    (await tab.artifactFrame())
      .locator('#fixed')
      .textContent({ timeout: 500 })
      .catch(() => '');
  await expect.poll(text, patient).toBe('fixed');
  await expect.poll(() => tab.status(), patient).toBe('ready');
}

describe('The chat page hears at once of', () => {
  it('a syntax error, with its place, and the next edit works', async () => {
    const { tab } = await show(counter('Clicks'));
    const before = await editAndArrive(tab, 'export default function App() {\n  return <p>unclosed;\n}');
    expect(await errorAfter(tab, before)).toMatchObject({
      title: 'SyntaxError',
      path: '/App.tsx',
      line: expect.toSatisfy((line: number) => line === 2 || line === 3),
      message: expect.stringContaining('/App.tsx'),
    });
    expect(await tab.status()).toBe('error');
    await expectRecovery(tab);
  });

  it('an import of a file that is not there, and the next edit works', async () => {
    const { tab } = await show(counter('Clicks'));
    const code = `import React from 'react';\nimport { chart } from './charts/nowhere';\nexport default () => <p>{chart}</p>;`;
    const before = await editAndArrive(tab, code);
    expect(await errorAfter(tab, before)).toMatchObject({
      path: '/App.tsx',
      line: 2,
      message: expect.stringContaining('./charts/nowhere'),
    });
    await expectRecovery(tab);
  });

  it('an import of a package that does not exist, and the next edit works', async () => {
    const { tab } = await show(counter('Clicks'));
    const code = `import React from 'react';\nimport { chart } from 'no-such-package-7f3b';\nexport default () => <p>{chart}</p>;`;
    const before = await editAndArrive(tab, code);
    expect(await errorAfter(tab, before, { ...soon, timeout: 2_000 })).toMatchObject({
      path: '/App.tsx',
      line: 2,
      message: expect.stringContaining('no-such-package-7f3b'),
    });
    await expectRecovery(tab);
  });

  it('a declared range that no version meets, and one that is met works', async () => {
    const tab = await PlaygroundPage.open(context, kit, { sample: 'none' });
    const code = `import clsx from 'clsx';\nexport default () => <p>{clsx('a')}</p>;`;
    await tab.run({ type: react, code, dependencies: { clsx: '^99.0.0' } });
    const error = await errorAfter(tab, 0, { ...soon, timeout: 5_000 });
    expect(error?.message).toMatch(/clsx.*\^99\.0\.0/);
    await expect.poll(() => tab.status(), patient).toBe('error');
    await tab.run({ type: react, code, dependencies: { clsx: '^2.0.0' } });
    await expect.poll(() => tab.status(), patient).toBe('ready');
    await expectRecovery(tab);
  });

  it('an exception while rendering, and the next edit works', async () => {
    const { tab } = await show(counter('Clicks'));
    const code = `export default function App() {\n  const rows: any = undefined;\n  return <p>{rows.length}</p>;\n}`;
    const before = await editAndArrive(tab, code);
    expect(await errorAfter(tab, before)).toMatchObject({
      title: 'TypeError',
      path: '/App.tsx',
      line: 3,
      message: expect.stringContaining("reading 'length'"),
    });
    await expectRecovery(tab);
  });

  it('an exception in an effect, and the next edit works', async () => {
    const { tab } = await show(counter('Clicks'));
    const code = `import { useEffect } from 'react';\nexport default function App() {\n  useEffect(() => {\n    throw new RangeError('effect fault');\n  }, []);\n  return <p>effect</p>;\n}`;
    const before = await editAndArrive(tab, code);
    expect(await errorAfter(tab, before)).toMatchObject({
      title: 'RangeError',
      path: '/App.tsx',
      line: 4,
      message: 'effect fault',
    });
    await expectRecovery(tab);
  });

  it('an exception in an event handler; what is shown stays, and the next edit works', async () => {
    const { tab, frame } = await show(
      `export default function App() {\n  const fail = () => {\n    throw new Error('handler fault');\n  };\n  return <button onClick={fail}>Fail</button>;\n}`,
    );
    const { length } = await tab.messages();
    const button = frame.getByRole('button', { name: 'Fail', exact: true });
    await button.click();
    expect(await errorAfter(tab, length)).toMatchObject({
      title: 'Error',
      path: '/App.tsx',
      line: 3,
      message: 'handler fault',
    });
    expect(await button.count()).toBe(1);
    await expectRecovery(tab);
  });

  it('a promise that is rejected, and the next edit works', async () => {
    const { tab, frame } = await show(
      `async function load() {\n  await null;\n  throw new Error('load fault');\n}\nexport default () => <button onClick={() => void load()}>Load</button>;`,
    );
    const { length } = await tab.messages();
    await frame.getByText('Load').click();
    expect(await errorAfter(tab, length)).toMatchObject({
      title: 'Error',
      path: '/App.tsx',
      line: 3,
      message: 'load fault',
    });
    await expectRecovery(tab);
  });
});

describe('An edit', () => {
  it('that adds an import keeps its state', async () => {
    const { tab, frame, text } = await show(counter('Clicks'));
    await frame.locator('#count').click();
    await text().toBe('Clicks 1');
    const head = `import { format } from 'date-fns';\nimport { fr } from 'date-fns/locale/fr';`;
    const hooks = `const label = format(new Date(2026, 10, 20), 'd MMMM', { locale: fr });`;
    await tab.edit(counter('{label}', { head, hooks }));
    await text().toBe('20 novembre 1');
  });

  it('of one file leaves the state of others alone', async () => {
    const files = { '/note.tsx': `export const Note = () => <i id="note">first</i>;` };
    const head = `import { Note } from './note';`;
    const { tab, frame, text } = await show(counter('<Note />', { head }), { files });
    await frame.locator('#count').click();
    await text().toBe('first 1');
    await tab.edit(counter('<Note />!', { head }));
    await text().toBe('first! 1');
  });
});

it('An endless loop leaves the chat page responsive', async () => {
  const tab = await PlaygroundPage.open(context, kit, { sample: 'none' });
  const code = `const end = performance.now() + 4000;\nwhile (performance.now() < end);\nexport default () => <p id="ok">over</p>;`;
  await tab.run({ type: react, code });
  await expect
    .poll(async () => (await tab.messages()).some(({ type }) => type === 'start'), patient)
    .toBe(true);
  const longest = await tab.page.evaluate(async () => {
    let stall = 0;
    for (let turn = 0, last = performance.now(); turn < 100; turn++) {
      await new Promise((done) => setTimeout(done, 20));
      stall = Math.max(stall, performance.now() - last);
      last = performance.now();
    }
    return stall;
  });
  expect(longest).toBeLessThan(500);
  const frame = await tab.artifactFrame();
  await expect.poll(() => frame.locator('#ok').textContent(), patient).toBe('over');
});

it('The page that an artifact brings counts: its script, its style, and what is around the root', async () => {
  const html = `<!doctype html><html lang="de" data-theme="dark"><head><title>Own page</title>
<style>#root p { padding-left: 23px; }</style><script>window.fromPage = 'page script';</script></head>
<body class="framed"><header>above</header><div id="root"></div><footer>below</footer></body></html>`;
  const { frame, text } = await show(`export default () => <p id="ok">{(window as any).fromPage}</p>;`, {
    files: { '/public/index.html': html },
  });
  await text('#ok').toBe('page script');
  expect(
    await frame.evaluate(() => ({
      padding: getComputedStyle(document.getElementById('ok') as HTMLElement).paddingLeft,
      around: [...document.body.children].map(({ tagName }) => tagName).filter((tag) => tag !== 'SCRIPT'),
      body: document.body.className,
      theme: document.documentElement.dataset.theme,
      title: document.title,
    })),
  ).toMatchObject({
    padding: '23px',
    around: ['HEADER', 'DIV', 'FOOTER'],
    body: 'framed',
    theme: 'dark',
    title: 'Own page',
  });
});

it('With ISOLATION=shared, artifacts render at the base host', async () => {
  const shared = await startKit({ flags: { engine: 'native', isolation: 'shared' } });
  try {
    const tab = await PlaygroundPage.open(context, shared, { sample: 'none' });
    await tab.run({ type: react, code: counter('Clicks') });
    expect(await tab.settled()).toBe('ready');
    const frame = tab.page.frames().find((found) => found.url().startsWith(shared.previewUrl)) as Frame;
    await frame.locator('#count').click();
    await expect.poll(() => frame.locator('#count').textContent(), patient).toBe('Clicks 1');
    expect(await frame.evaluate(() => !('previewKitPack' in window))).toBe(false);
  } finally {
    await shared.close();
  }
});

describe('An artifact with Sass is left to the bundler', () => {
  const styled = `import './look.scss';\nexport default () => <p id="sass">styled</p>;`;
  const files = { '/look.scss': '$shade: rgb(1, 2, 3);\n#root { p { color: $shade; } }' };
  const color = (tab: PlaygroundPage) =>
    expect.poll(
      async () =>
        (await tab.artifactFrame())
          .locator('#sass')
          .evaluate((element) => getComputedStyle(element).color, null, { timeout: 500 })
          .catch(() => ''),
      { timeout: 20_000 },
    );

  it('when it arrives', async () => {
    const { tab, frame } = await show(styled, { files });
    await color(tab).toBe('rgb(1, 2, 3)');
    expect(await frame.evaluate(() => new URL(location.href).pathname)).toBe('/');
  });

  it('when an edit brings it', async () => {
    const { tab } = await show(counter('Clicks'), { files });
    await tab.edit(styled);
    await color(tab).toBe('rgb(1, 2, 3)');
    await expect.poll(() => tab.status(), patient).toBe('ready');
  });
});

describe('An artifact whose files do not reach the relay is shown by the bundler', () => {
  it.each([
    ['a proxy takes no body of this size', 413, '<html>413 Request Entity Too Large</html>'],
    ['a proxy allows no POST', 405, '<html>405 Not Allowed</html>'],
    [
      'the relay itself takes no more',
      413,
      JSON.stringify({ error: { code: 'BODY_TOO_LARGE', message: '' } }),
    ],
  ])('because %s', async (_reason, status, body) => {
    await context.route('**/-/native', (route) =>
      route.fulfill({ status, body, headers: { 'Access-Control-Allow-Origin': '*' } }),
    );
    const tab = await PlaygroundPage.open(context, kit, { sample: 'none' });
    await tab.run({ type: react, code: fixed });
    await expect.poll(() => tab.status(), patient).toBe('ready');
    const frame = await tab.artifactFrame();
    expect(await frame.locator('#fixed').textContent()).toBe('fixed');
    expect(await frame.evaluate(() => !('previewKitPack' in window))).toBe(true);
  });
});

describe('Templates that are not React’s are left to the bundler', () => {
  let pageServer: Server;
  let embedded: Kit;
  beforeAll(async () => {
    pageServer = await serveTemplatePage();
    const { port } = pageServer.address() as AddressInfo;
    embedded = await startKit({ flags: { engine: 'native', 'embed-origins': `http://localhost:${port}` } });
  });
  afterAll(async () => {
    await embedded?.close();
    pageServer?.closeAllConnections();
    await new Promise((done) => pageServer?.close(done));
  });

  it.each([
    ['vanilla', 0],
    ['vanilla', 2_000],
    ['vue', 0],
  ])('%s, with %i ms until the bundler’s page comes', async (template, delay) => {
    await context.route('**/__kit_bundler*', async (route) => {
      await new Promise((done) => setTimeout(done, delay));
      await route.continue();
    });
    const page = await context.newPage();
    const { port } = pageServer.address() as AddressInfo;
    const query = new URLSearchParams({ template, bundler: embedded.previewUrl });
    await page.goto(`http://localhost:${port}/?${query}`);
    const find = () =>
      page.frames().findLast((frame) => /^https?:\/\/r[a-z0-9]+-preview\./.test(frame.url()));
    const says = async () =>
      (await find()
        ?.locator('body')
        .innerText({ timeout: 500 })
        .catch(() => '')) ?? '';
    await expect.poll(says, { timeout: 40_000 }).toContain('Hello world');
    expect(await find()?.evaluate(() => !('previewKitPack' in window))).toBe(true);
  });
});
