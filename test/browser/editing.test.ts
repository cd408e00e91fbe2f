// LibreChat sends an artifact again whenever a model or a person changes it; the preview follows without losing its place.
import type { BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openChromium, type RecordedBrowser } from './open-chromium.ts';
import { PlaygroundPage } from './playground-page.ts';
import { type Kit, startKit } from './start-kit.ts';

const counter = (label: string, hooks = '') => `import { useState } from 'react';
export default function App() {
  const [count, setCount] = useState(0);
  ${hooks}
  return <button id="count" onClick={() => setCount(count + 1)}>${label} {count}</button>;
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

async function show(code: string, dependencies?: Record<string, string>) {
  const tab = await PlaygroundPage.open(context, kit);
  await tab.run({ type: 'application/vnd.react', code, ...(dependencies && { dependencies }) });
  expect(await tab.settled()).toBe('ready');
  const frame = await tab.artifactFrame();
  const text = (selector = '#count') =>
    expect.poll(() => frame.locator(selector).textContent(), { timeout: 15_000 });
  return { tab, frame, text };
}

describe('An edited React artifact', () => {
  it('shows the new code on the same origin and keeps its state', async () => {
    const { tab, frame, text } = await show(counter('Clicks'));
    const { origin } = new URL(frame.url());
    await frame.locator('#count').click();
    await frame.locator('#count').click();
    await text().toBe('Clicks 2');
    await tab.edit(counter('Presses'));
    await text().toBe('Presses 2');
    expect(new URL((await tab.artifactFrame()).url()).origin).toBe(origin);
  });

  it('starts its components afresh when their hooks change', async () => {
    const { tab, frame, text } = await show(counter('Clicks'));
    await frame.locator('#count').click();
    await text().toBe('Clicks 1');
    await tab.edit(counter('Clicks', "const [name] = useState('x');"));
    await text().toBe('Clicks 0');
    await frame.locator('#count').click();
    await text().toBe('Clicks 1');
  });

  it('finds what the edit starts to import', async () => {
    const { tab, text } = await show(counter('Clicks'));
    await tab.edit(
      `import { format } from 'date-fns';\nimport { fr } from 'date-fns/locale/fr';\nexport default () => <p id="date">{format(new Date(2026, 10, 20), 'd MMMM yyyy', { locale: fr })}</p>;`,
    );
    await text('#date').toBe('20 novembre 2026');
  });

  it('never gets a package’s inner modules twice: where files have to be divided anew, it starts again', async () => {
    const dependencies = {
      '@mui/material': '^7.3.0',
      '@emotion/react': '^11.14.0',
      '@emotion/styled': '^11.14.0',
    };
    const control = `import FormControl from '@mui/material/FormControl';\n`;
    const { tab, frame, text } = await show(
      `${control}export default function App() { return <FormControl><p id="before">one</p></FormControl>; }`,
      dependencies,
    );
    await text('#before').toBe('one');
    await tab.edit(
      `${control}import Input from '@mui/material/Input';\nexport default function App() { return <FormControl disabled><Input id="input" /></FormControl>; }`,
    );
    // The input learns of it by a React context, which both files have to share.
    await expect.poll(() => frame.locator('#input').isDisabled(), { timeout: 30_000 }).toBe(true);
    expect(await tab.status()).toBe('ready');
  });

  it('is compiled by Babel where the fast compiler declines, also the guard against endless loops', async () => {
    const { tab, text } = await show(
      `let rounds = 0;\nwhile (rounds < 3) rounds++;\nexport default () => <p id="rounds">{rounds} rounds</p>;`,
    );
    await text('#rounds').toBe('3 rounds');
    await tab.edit(`export default () => { while (true) {} };`);
    await expect.poll(() => tab.status(), { timeout: 15_000 }).toBe('error');
    const error = (await tab.messages()).findLast(({ action }) => action === 'show-error');
    expect(error?.message).toMatch(/infinite loop/i);
  });
});
