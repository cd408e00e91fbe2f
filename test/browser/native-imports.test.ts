// Modules that a native preview imports from esm.sh: they get the artifact's own React, whichever way their address says so.
import type { BrowserContext, Frame } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openChromium, type RecordedBrowser } from './open-chromium.ts';
import { PlaygroundPage } from './playground-page.ts';
import { type Kit, startKit } from './start-kit.ts';

const react = 'application/vnd.react';
const patient = { timeout: 15_000, interval: 30 };

let kit: Kit;
let chromium: RecordedBrowser;
let context: BrowserContext;
let tab: PlaygroundPage;

beforeAll(async () => {
  [kit, chromium] = await Promise.all([startKit({ flags: { engine: 'native' } }), openChromium()]);
});
afterAll(async () => {
  await Promise.all([chromium?.close(), kit?.close()]);
});
beforeEach(async () => {
  context = await chromium.browser.newContext();
  tab = await PlaygroundPage.open(context, kit, { sample: 'none' });
});
afterEach(async () => {
  await context.close();
  expect(chromium.outsideHosts).toEqual([]);
});

async function show(
  code: string,
  options: { dependencies?: Record<string, string>; files?: Record<string, string> } = {},
): Promise<Frame> {
  await tab.run({ type: react, code, ...options });
  expect(await tab.settled()).toBe('ready');
  return tab.artifactFrame();
}

async function expectText(frame: Frame, text: string): Promise<void> {
  const shown = () =>
    frame
      .locator('#shown')
      .textContent({ timeout: 1000 })
      .catch(() => '');
  await expect.poll(shown, patient).toBe(text);
}

const store = (address: string) => `import { useState } from 'react';
import { create } from '${address}';
const useCount = create((set) => ({ count: 1, add: () => set((s) => ({ count: s.count + 1 })) }));
export default function App() {
  const [label] = useState('count');
  const { count, add } = useCount();
  return <button id="shown" onClick={add}>{label} {count}</button>;
}`;

describe('a hook of a package at esm.sh uses the artifact’s React', () => {
  it.each([
    ['with ?external=react', 'https://esm.sh/zustand@4.5.7?external=react'],
    ['with ?external=react,react-dom', 'https://esm.sh/zustand@4.5.7?external=react,react-dom'],
    ['with ?deps', 'https://esm.sh/zustand@4.5.7?deps=react@18.2.0'],
    ['with a * before its name, and what it needs of others', 'https://esm.sh/*zustand@4.5.7'],
    ['with no option', 'https://esm.sh/zustand@4.5.7'],
  ])('%s', async (_, address) => {
    const frame = await show(store(address));
    await expectText(frame, 'count 1');
    await frame.locator('#shown').click();
    await expectText(frame, 'count 2');
  });

  it('when the address is computed', async () => {
    const frame = await show(`import { useEffect, useState } from 'react';
const name = 'zustand';
const { create } = await import(\`https://esm.sh/\${name}@4.5.7?external=react\`);
const useCount = create(() => ({ count: 3 }));
export default function App() { return <p id="shown">computed {useCount().count}</p>; }`);
    await expectText(frame, 'computed 3');
  });

  it('when an edit brings the address', async () => {
    await show(`export default () => <p id="shown">nothing</p>;`);
    await tab.edit(store('https://esm.sh/zustand@4.5.7?external=react'));
    await expect
      .poll(async () => {
        const frame = await tab.artifactFrame();
        return frame
          .locator('#shown')
          .textContent({ timeout: 500 })
          .catch(() => '');
      }, patient)
      .toBe('count 1');
    await tab.edit(
      `import clsx from 'https://esm.sh/clsx@2.1.1';\n${store('https://esm.sh/*zustand@4.5.7')}`,
    );
    await expect.poll(() => tab.status(), patient).toBe('ready');
    const frame = await tab.artifactFrame();
    await expectText(frame, 'count 1');
  });
});

it('a hook of a package at esm.sh works where there is no service worker', async () => {
  const blocking = await chromium.browser.newContext({ serviceWorkers: 'block' });
  try {
    tab = await PlaygroundPage.open(blocking, kit, { sample: 'none' });
    await expectText(await show(store('https://esm.sh/*zustand@4.5.7')), 'count 1');
  } finally {
    await blocking.close();
  }
});

it('React itself at esm.sh is the artifact’s', async () => {
  const frame = await show(`import * as own from 'react';
import React, { useState } from 'https://esm.sh/react@17';
import { createPortal } from 'https://esm.sh/react-dom@17';
import * as dom from 'react-dom';
export default function App() {
  const [same] = useState(React.useState === own.useState && createPortal === dom.createPortal);
  return <p id="shown">same {String(same)}</p>;
}`);
  await expectText(frame, 'same true');
});

it('an import map of the artifact’s page counts too', async () => {
  const html = `<script type="importmap">{"imports":{"answers":"data:text/javascript,export default 42"}}</script>
<script type="module">import answer from 'answers'; window.answer = answer;</script><div id="root"></div>`;
  const frame = await show(
    `import { useEffect, useState } from 'react';
import { create } from 'https://esm.sh/zustand@4.5.7?external=react';
const useCount = create(() => ({ count: 3 }));
export default function App() {
  const { count } = useCount();
  const [answer, set] = useState(0);
  useEffect(() => { const timer = setInterval(() => set(window.answer), 20); return () => clearInterval(timer); }, []);
  return <p id="shown">{count} {answer}</p>;
}`,
    { files: { '/public/index.html': html } },
  );
  await expectText(frame, '3 42');
});

it('what a module asks the page for and cannot have is told', async () => {
  await tab.run({ type: react, code: store('https://esm.sh/*no-such-package-q9x@1.0.0') });
  await expect.poll(() => tab.status(), patient).toBe('error');
});
