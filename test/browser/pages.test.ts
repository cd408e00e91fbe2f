// HTML artifacts with the CDN addresses that models write, each opened from this kit alone. `-t <name>` runs some of them.
import { resolve } from 'node:path';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openChromium, type RecordedBrowser } from './open-chromium.ts';
import { lookFor } from './packages/sight.ts';
import { watchRequests } from './pages/failed-requests.ts';
import { pageGroups } from './pages/index.ts';
import type { PageCase } from './pages/page-case.ts';
import { writeResults } from './pages/results.ts';
import { PlaygroundPage } from './playground-page.ts';
import { type Kit, startKit } from './start-kit.ts';

const sightTimeoutMs = 30_000;

let kit: Kit;
let chromium: RecordedBrowser;
let context: BrowserContext;
let eye: Page;
const results = new Map<string, string | undefined>();

beforeAll(async () => {
  [kit, chromium] = await Promise.all([startKit(), openChromium()]);
  context = await chromium.browser.newContext({ viewport: { width: 1280, height: 900 } });
  eye = await context.newPage();
});
afterAll(async () => {
  await Promise.all([chromium?.close(), kit?.close()]);
  const isComplete = Object.values(pageGroups)
    .flat()
    .every(({ name }) => results.has(name));
  if (process.env.WRITE_RESULTS && isComplete)
    await writeResults(resolve(import.meta.dirname, '../../docs/pages.md'), pageGroups, results);
});

describe.each(Object.entries(pageGroups))('%s', (_, rows) => {
  for (const row of rows)
    it.concurrent(row.name, async () => {
      const failure = await show(row);
      results.set(row.name, failure);
      if (failure !== undefined) throw new Error(failure);
    });
});

it('reaches nothing but the kit', () => {
  expect(chromium.outsideHosts).toEqual([]);
});

/** @returns what is wrong with the row's artifact */
async function show(row: PageCase): Promise<string | undefined> {
  const tab = await PlaygroundPage.open(context, kit, { sample: 'none' });
  const failed = watchRequests(tab.page, row.beyondReach);
  const errors: string[] = [];
  tab.page.on('pageerror', ({ message }) => errors.push(message));
  tab.page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text().split('\n')[0] as string);
  });
  try {
    await tab.run({ type: 'text/html', code: row.html });
    const status = await tab.settled().catch(() => 'still busy');
    if (status !== 'ready') return `the preview is ${status}`;
    const frame = await tab.artifactFrame();
    const missing =
      (await lookFor(frame, eye, row.shows, sightTimeoutMs)) ?? (await findMissingFont(frame, row.fonts));
    const faults = [missing, ...failed, ...(missing === undefined ? [] : errors.slice(0, 2))];
    return faults.filter(Boolean).join('; ') || undefined;
  } finally {
    await tab.page.close();
  }
}

/** Waits until a face of each family is loaded. */
async function findMissingFont(frame: Frame, families: string[] = []): Promise<string | undefined> {
  const missing = () =>
    frame.evaluate((wanted) => {
      const loaded = [...document.fonts].filter(({ status }) => status === 'loaded');
      const names = new Set(loaded.map(({ family }) => family.replace(/^["']|["']$/g, '')));
      return wanted.filter((family) => !names.has(family));
    }, families);
  try {
    // Not expect.poll(), which rows side by side cannot share.
    await vi.waitUntil(async () => (await missing()).length === 0, {
      timeout: sightTimeoutMs,
      interval: 100,
    });
    return undefined;
  } catch {
    return `no face of ${(await missing()).join(', ')} is loaded`;
  }
}
