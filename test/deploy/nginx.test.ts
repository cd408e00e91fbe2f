// The whole way as a browser goes it: setup renders nginx's configuration, a real nginx with TLS serves it in front of the real
// relay, and Chromium, which trusts the test CA and nothing else, renders artifacts in a page at LibreChat's address.
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlaygroundPage } from '../browser/playground-page.ts';
import type { Kit } from '../browser/start-kit.ts';
import { type Front, startFront } from './rig/front.ts';
import { openStrictChromium } from './rig/strict-chromium.ts';

/** Opens Chromium for a deployment; `home` below its folder decides what it trusts. */
const openFor = ({ folder, ports }: Front, home = 'home'): Promise<Browser> =>
  openStrictChromium({ home: join(folder, home), httpPort: ports.http, httpsPort: ports.https });

async function openPlayground(chromium: Browser, front: Front, sample: string): Promise<PlaygroundPage> {
  const context = await chromium.newContext({ viewport: { width: 1280, height: 900 } });
  const kit = { playgroundUrl: `https://${front.chatHost}` } as Kit;
  return PlaygroundPage.open(context, kit, { sample });
}

/** Packages that no run has fetched yet may take longer than the client waits; then it is opened again. */
async function show(chromium: Browser, front: Front, sample: string): Promise<PlaygroundPage> {
  for (let attempt = 1; ; attempt++) {
    const tab = await openPlayground(chromium, front, sample);
    const status = await tab.settled(60_000);
    if (status === 'ready' || attempt === 3) {
      expect(status, JSON.stringify((await tab.messages()).filter(({ action }) => action))).toBe('ready');
      return tab;
    }
    await tab.page.context().close();
  }
}

/** Shows a sample, and clicks its action, whose text has to change. */
async function expectResponse(chromium: Browser, front: Front, sample: string): Promise<void> {
  const tab = await show(chromium, front, sample);
  const frame = await tab.artifactFrame();
  expect(frame.url()).toMatch(new RegExp(`^https://[a-z0-9]+-${front.previewsHost}/`));
  const action = frame.getByTestId('action');
  await action.waitFor();
  const before = await action.textContent();
  await action.click();
  await expect.poll(() => action.textContent()).not.toBe(before);
  await tab.page.context().close();
}

const artifacts = [
  ['a React artifact', 'kanban'],
  ['an HTML artifact', 'landing'],
] as const;

describe('LibreChat and previews on one domain', () => {
  let front: Front;
  let chromium: Browser;
  beforeAll(async () => {
    front = await startFront({ flags: ['--monaco', 'yes'] });
    chromium = await openFor(front);
  });
  afterAll(async () => {
    await chromium?.close();
    await front?.close();
  });

  it.each(artifacts)(
    '%s renders on an address of its own, and responds',
    async (_kind, sample) => expectResponse(chromium, front, sample),
    240_000,
  );

  it('refuses the certificate when it is not told to trust the CA, so that the tests above are strict', async () => {
    const stranger = await openFor(front, 'empty-home');
    const page = await stranger.newPage();
    await expect(page.goto(`https://${front.chatHost}/`)).rejects.toThrow(/ERR_CERT_AUTHORITY_INVALID/);
    await stranger.close();
  });

  it('opens a WebSocket to LibreChat', async () => {
    const page = await chromium.newPage();
    await page.goto(`https://${front.chatHost}/code`);
    const said = await page.evaluate(
      (address) =>
        new Promise((done) => {
          const socket = new WebSocket(address);
          socket.onmessage = ({ data }) => done(data);
          socket.onerror = () => done('error');
        }),
      `wss://${front.chatHost}/socket`,
    );
    expect(said).toBe('hello');
    await page.close();
  });

  it('edits code with Monaco from the kit, its workers included', async () => {
    const page = await chromium.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`https://${front.chatHost}/code`);
    await page.locator('.view-line', { hasText: 'answer' }).waitFor({ timeout: 60_000 });
    // The compiler runs in a worker: only with it there is a mark under the wrong type.
    await page.locator('.squiggly-error').first().waitFor({ state: 'attached', timeout: 60_000 });
    expect(
      asked.filter(
        (address) => !/^(https:\/\/(librechat|preview)\.example\.test\/|blob:|data:)/.test(address),
      ),
    ).toEqual([]);
    expect(
      asked.some((address) =>
        address.startsWith(
          `https://${front.previewsHost}/-/cdn/cdn.jsdelivr.net/npm/monaco-editor@0.55.1/min/vs/`,
        ),
      ),
    ).toBe(true);
    await page.close();
  }, 180_000);

  it('says that the relay is down, and the preview comes up by itself when the relay is back', async () => {
    await front.stopRelay();
    const notice = await front.get(front.previewsHost);
    expect(notice.status).toBe(503);
    expect(notice.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'retry-after': '5',
      'strict-transport-security': 'max-age=31536000',
    });
    const tab = await openPlayground(chromium, front, 'kanban');
    await tab.page.frameLocator('iframe').first().getByText('does not answer').waitFor();
    await front.startRelay();
    expect(await tab.settled(60_000)).toBe('ready');
    await tab.page.context().close();
  }, 120_000);

  it('still shows LibreChat when the relay is down', async () => {
    await front.stopRelay();
    expect((await front.get(front.chatHost)).status).toBe(200);
    await front.startRelay();
  });
});

describe('previews on a domain of their own', () => {
  let front: Front;
  let chromium: Browser;
  beforeAll(async () => {
    front = await startFront({ previewsHost: 'preview.artifacts.test' });
    chromium = await openFor(front);
  });
  afterAll(async () => {
    await chromium?.close();
    await front?.close();
  });

  it.each(artifacts)(
    '%s renders as a third party, and responds',
    async (_kind, sample) => expectResponse(chromium, front, sample),
    240_000,
  );
});
