// The most used front-end packages, each in a small artifact, rendered from this kit alone. `-t <name>` runs some of them.
import { resolve } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium, type RecordedBrowser } from './open-chromium.ts';
import { packageGroups } from './packages/index.ts';
import type { PackageCase } from './packages/package-case.ts';
import { type Result, writeResults } from './packages/results.ts';
import { lookFor } from './packages/sight.ts';
import { PlaygroundPage } from './playground-page.ts';
import { type Kit, startKit } from './start-kit.ts';

/** Rendered side by side. */
const tabCount = 2;
const renderTimeoutMs = 60_000;
const sightTimeoutMs = 30_000;

let kit: Kit;
let chromium: RecordedBrowser;
let context: BrowserContext;
let eye: Page;
const freeTabs: PlaygroundPage[] = [];
const results = new Map<string, Result>();

beforeAll(async () => {
  [kit, chromium] = await Promise.all([startKit(), openChromium()]);
  context = await chromium.browser.newContext({ viewport: { width: 1280, height: 900 } });
  eye = await context.newPage();
  for (let tab = 0; tab < tabCount; tab++)
    freeTabs.push(await PlaygroundPage.open(context, kit, { sample: 'none' }));
});
afterAll(async () => {
  await Promise.all([chromium?.close(), kit?.close()]);
  const isComplete = Object.values(packageGroups)
    .flat()
    .every(({ name }) => results.has(name));
  if (process.env.WRITE_RESULTS && isComplete)
    await writeResults(resolve(import.meta.dirname, '../../docs/packages.md'), packageGroups, results);
});

describe.each(Object.entries(packageGroups))('%s', (_, rows) => {
  it.concurrent.each(rows)(
    '$name',
    async (row) => {
      const tab = freeTabs.pop() as PlaygroundPage;
      try {
        const failure = await render(tab, row);
        const versions = await versionsOf(row);
        results.set(row.name, { versions, ...(failure === undefined ? {} : { failure }) });
        if (row.cannot === undefined && failure !== undefined) throw new Error(failure);
        if (row.cannot !== undefined && failure === undefined) throw new Error('works now: drop `cannot`');
      } finally {
        freeTabs.push(tab);
      }
    },
    renderTimeoutMs * 4,
  );
});

it('reaches nothing but the kit', () => {
  expect(chromium.outsideHosts).toEqual([]);
});

/** @returns why the artifact does not show what it should */
async function render(tab: PlaygroundPage, row: PackageCase, triesLeft = 2): Promise<string | undefined> {
  const complaints: string[] = [];
  const listen = (message: { type(): string; text(): string }) => {
    if (message.type() === 'error') complaints.push(message.text().split('\n')[0] as string);
  };
  tab.page.on('console', listen);
  try {
    await tab.page.evaluate(() => {
      document.documentElement.dataset.status = '';
    });
    await tab.run({ type: 'application/vnd.react', code: row.code, dependencies: row.dependencies });
    const status = await tab.settled(renderTimeoutMs).catch(() => 'still busy');
    if (status !== 'ready') {
      const error = (await tab.messages()).find(({ action }) => action)?.message;
      const reason = error?.split('\n')[0] ?? complaints[0] ?? status;
      // A preview waits for half a minute. What was never fetched can take longer on a busy machine; the relay goes on meanwhile.
      if (triesLeft > 0 && reason.includes('did not answer within')) return render(tab, row, triesLeft - 1);
      return reason;
    }
    const missing = await lookFor(await tab.artifactFrame(), eye, row.shows, sightTimeoutMs);
    return missing && [missing, ...complaints.slice(0, 2)].join('; ');
  } finally {
    tab.page.off('console', listen);
  }
}

/** The versions that a row's ranges mean today, as the kit resolves them. */
async function versionsOf({ dependencies }: PackageCase): Promise<Record<string, string>> {
  const addresses = Object.entries(dependencies).map(([name, range]) => [
    name,
    `${kit.previewUrl}/-/cdn/unpkg.com/${name}@${range}/package.json`,
  ]);
  return eye.evaluate(async (list) => {
    const versions = list.map(async ([name, address]) => {
      const answer = await fetch(address as string);
      return [name, (await answer.json()).version];
    });
    return Object.fromEntries(await Promise.all(versions));
  }, addresses);
}
