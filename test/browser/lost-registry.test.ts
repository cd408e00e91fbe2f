// After one warm-up, a restart and the loss of the registry, everything still renders from the store.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openChromium, type RecordedBrowser } from './open-chromium.ts';
import { clients, PlaygroundPage } from './playground-page.ts';
import { type Kit, startKit } from './start-kit.ts';

/** The registry is the same, but every way to it leads to a port that nothing listens on. */
const noWayThere = { proxy: 'http://127.0.0.1:9/', httpsProxy: 'http://127.0.0.1:9/', noProxy: '' };
const samples = [
  'dashboard',
  'three-scene',
  'calendar',
  'carousel',
  'drawer',
  'router',
  'gui',
  'kanban',
  'landing',
  'game',
  'logo',
  'notes',
];

let chromium: RecordedBrowser;
let kit: Kit;

async function showAll(client: string): Promise<Record<string, string>> {
  const context = await chromium.browser.newContext();
  const outcome: Record<string, string> = {};
  for (const sample of samples) {
    const tab = await PlaygroundPage.open(context, kit, { client, sample });
    outcome[sample] = await tab.settled();
    if (outcome[sample] === 'ready') await (await tab.artifactFrame()).getByTestId('action').waitFor();
    await tab.page.close();
  }
  await context.close();
  return outcome;
}

const allReady = Object.fromEntries(samples.map((sample) => [sample, 'ready']));

beforeAll(async () => {
  chromium = await openChromium();
});
afterAll(async () => {
  await Promise.all([chromium?.close(), kit?.close()]);
});
afterEach(() => {
  expect(chromium.outsideHosts).toEqual([]);
});

describe.each(clients)('Without its registry, with sandpack-react %s', (client) => {
  it('a restarted relay renders every sample', async () => {
    kit = await startKit();
    expect(await showAll(client)).toEqual(allReady);
    await kit.close();
    kit = await startKit({ npm: noWayThere });
    expect(await showAll(client)).toEqual(allReady);
  }, 240_000);
});
