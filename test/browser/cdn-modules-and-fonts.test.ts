// An HTML artifact as models write them: import map, modules from several CDNs, Google Fonts with icons, and a placeholder image.
import type { BrowserContext, Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium, type RecordedBrowser } from './open-chromium.ts';
import { PlaygroundPage } from './playground-page.ts';
import { type Kit, startKit } from './start-kit.ts';

const code = `<!doctype html>
<html>
<head>
<title>Modules and fonts</title>
<link rel="preconnect" href="https://fonts.googleapis.com">
<link rel="preconnect" href="https://fonts.gstatic.com" crossorigin>
<link rel="dns-prefetch" href="https://esm.sh">
<link rel="modulepreload" href="https://esm.sh/react@18.2.0">
<link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=Inter:wght@400;700&family=Roboto+Mono:wght@100..900&display=swap">
<link rel="stylesheet" href="https://fonts.googleapis.com/icon?family=Material+Icons">
<script type="importmap">
{
  "imports": {
    "react": "https://esm.sh/react@18.2.0",
    "react/": "https://esm.sh/react@18.2.0/",
    "react-dom/client": "https://esm.sh/react-dom@18.2.0/client",
    "three": "https://esm.sh/three@0.160.0",
    "three/addons/": "https://esm.sh/three@0.160.0/examples/jsm/",
    "published-three": "https://unpkg.com/three@0.160.0/build/three.module.js",
    "zustand": "https://esm.sh/*zustand@5.0.3"
  }
}
</script>
</head>
<body>
<div id="root"></div>
<i class="material-icons">home</i>
<img src="/api/placeholder/400/320" alt="a picture">
<script type="module">
import React, { useEffect } from 'react';
import { jsx } from 'react/jsx-runtime';
import { createRoot } from 'react-dom/client';
import JsdelivrReact from 'https://cdn.jsdelivr.net/npm/react@18.2.0/+esm';
import * as SkypackReact from 'https://cdn.skypack.dev/react@18.2.0';
import confetti from 'https://esm.run/canvas-confetti@1.9.3';
import htm from 'https://unpkg.com/htm@3.1.1?module';
import * as THREE from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import { REVISION } from 'published-three';
import { create } from 'zustand';

const html = htm.bind(React.createElement);
const useCount = create((set) => ({ count: 1, add: () => set(({ count }) => ({ count: count + 1 })) }));
function App() {
  const { count, add } = useCount();
  const [same, setSame] = JsdelivrReact.useState(false);
  useEffect(() => setSame(SkypackReact.useEffect === useEffect), []);
  return html\`<button id="count" onClick=\${add}>\${count} \${String(same)}</button>\`;
}
createRoot(document.getElementById('root')).render(jsx(App, {}));
window.results = {
  sameReact: React === JsdelivrReact && React.useState === SkypackReact.useState,
  confetti: typeof confetti,
  sameThree: OrbitControls.prototype instanceof THREE.EventDispatcher,
  revision: REVISION,
};
</script>
</body>
</html>`;

const reactCode = `export default function App() {
  return <img src="/api/placeholder/400/320" alt="a picture" />;
}`;

let kit: Kit;
let chromium: RecordedBrowser;
let context: BrowserContext;
let frame: Frame;

beforeAll(async () => {
  [kit, chromium] = await Promise.all([startKit(), openChromium()]);
  context = await chromium.browser.newContext();
  const tab = await PlaygroundPage.open(context, kit);
  await tab.run({ type: 'text/html', code });
  expect(await tab.settled()).toBe('ready');
  frame = await tab.artifactFrame();
});
afterAll(async () => {
  await context?.close();
  await Promise.all([chromium?.close(), kit?.close()]);
  expect(chromium.outsideHosts).toEqual([]);
});

describe('A page with modules and fonts of several CDNs', () => {
  it('has one React, whichever CDN it is from, for the page and for libraries that leave it to the import map', async () => {
    const button = frame.locator('#count');
    await expect.poll(() => button.textContent(), { timeout: 30_000 }).toBe('1 true');
    await button.click();
    await expect.poll(() => button.textContent()).toBe('2 true');
  });

  it('has what its import map says, by name and by prefix', async () => {
    expect(await frame.evaluate(() => (window as unknown as { results: unknown }).results)).toEqual({
      sameReact: true,
      confetti: 'function',
      sameThree: true,
      revision: '160',
    });
  });

  it('has its fonts, in the weights it asked for', async () => {
    for (const font of [
      '400 16px Inter',
      '700 16px Inter',
      '350 16px "Roboto Mono"',
      '24px "Material Icons"',
    ])
      expect(await statesOf(frame, font), font).toEqual(['loaded']);
  });

  it('shows icons by their names', async () => {
    const icon = frame.locator('.material-icons');
    await expect.poll(() => icon.evaluate((element) => element.getBoundingClientRect().width)).toBe(24);
  });

  it('has placeholder images', () => expectPlaceholder(frame));
});

describe('A React artifact', () => {
  it('has placeholder images too', async () => {
    const tab = await PlaygroundPage.open(context, kit);
    await tab.run({ type: 'application/vnd.react', code: reactCode });
    expect(await tab.settled()).toBe('ready');
    await expectPlaceholder(await tab.artifactFrame());
  });
});

/** Waits for the image that both artifacts have. */
async function expectPlaceholder(page: Frame): Promise<void> {
  const size = (image: unknown) => {
    const { naturalWidth, naturalHeight } = image as HTMLImageElement;
    return [naturalWidth, naturalHeight];
  };
  await expect.poll(() => page.locator('img').evaluate(size)).toEqual([400, 320]);
}

/** Loads a font for Latin text, and says how that went for each face that has it. */
async function statesOf(page: Frame, font: string): Promise<string[]> {
  return page.evaluate(
    async (name) => (await document.fonts.load(name, 'abc')).map(({ status }) => status),
    font,
  );
}
