// What is not React's goes to the bundler, whose page comes in a frame of its own while the first one's is on its way: in every engine.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Kit, startKit } from '../browser/start-kit.ts';
import { serveTemplatePage } from '../browser/templates/page-server.ts';
import { engines } from './engines/all-engines.ts';
import type { Engine, EnginePage } from './engines/engine.ts';
import { keepPictureOfFailure } from './failure-picture.ts';

/** Each a preview of its own: which page comes first differs from one to the next. */
const previews = ['vanilla-ts', 'svelte', 'vanilla-ts'];
const patient = { timeout: 40_000 };

let kit: Kit;
let pageServer: Server;
let origin: string;

beforeAll(async () => {
  pageServer = await serveTemplatePage();
  origin = `http://localhost:${(pageServer.address() as AddressInfo).port}`;
  kit = await startKit({ flags: { engine: 'native', 'embed-origins': origin } });
});
afterAll(async () => {
  await kit?.close();
  pageServer?.closeAllConnections();
  await new Promise((done) => pageServer?.close(done));
});

describe.each(engines)('$name', ({ start }) => {
  let engine: Engine;
  let page: EnginePage;

  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine?.close());
  afterEach(async (test) => {
    await keepPictureOfFailure(test, page);
    await page.close();
    expect(engine.outsideHosts).toEqual([]);
  });

  it.each(previews)('shows %s', async (template) => {
    page = await engine.open(`${origin}/?${new URLSearchParams({ template, bundler: kit.previewUrl })}`);
    await expect.poll(() => shownIn(page), patient).toEqual([expect.stringContaining('Hello world')]);
  });
});

/** The texts of all preview frames that there are; none while a document is being replaced. */
async function shownIn(page: EnginePage): Promise<string[]> {
  const frames = (await page.frames()).filter(({ url }) => /^https?:\/\/r[a-z0-9]+-preview\./.test(url));
  return Promise.all(frames.map((frame) => frame.evaluate(() => document.body.innerText).catch(() => '')));
}
