// The proof of the pudding: a real browser registers the service worker, in a frame of a page at LibreChat's origin.
import type { Browser, Page } from 'playwright-core';
import { relayFramePath, serviceWorkerPath } from '../../shared/relay-messages.ts';
import type { Check, CheckContext } from '../check.ts';
import { fail, type Outcome, ok, skip } from '../finding.ts';

const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Playwright switches ThirdPartyStoragePartitioning off, which breaks service workers in cross-site frames; the last
  // --disable-features wins. https://github.com/microsoft/playwright/blob/main/packages/playwright-core/src/server/chromium/chromiumSwitches.ts
  // The stand-in for LibreChat's page has no address, so the browser takes it for a public one; what that means for the real one is
  // told by the check `address-space`.
  '--disable-features=LocalNetworkAccessChecks',
];

const expected = 'an active service worker in a preview’s frame';

export const serviceWorker: Check = {
  id: 'service-worker',
  group: 'Browser',
  title: 'A browser registers the service worker',
  looksAt:
    'An installed Chromium or Chrome opens a preview’s frame in a page at LibreChat’s origin and registers its service worker, with strict TLS',
  fix: 'Open the address in a tab to see what the browser says; docs/errors.md explains it',
  needs: ['worker-script', 'frame-options'],
  yieldsTo: ['certificate-names', 'certificate-dates', 'certificate-chain', 'librechat-headers'],
  patience: 4,
  run: async (context) => {
    const { subject, signal } = context;
    if (!subject.mayOpenBrowser) return skip('--no-browser was given');
    const browser = await openBrowser(context);
    if (!('newPage' in browser)) return browser;
    signal.addEventListener('abort', () => void browser.close().catch(() => {}), { once: true });
    try {
      return await look(context, await browser.newPage());
    } finally {
      await browser.close().catch(() => {});
    }
  },
};

async function openBrowser(context: CheckContext): Promise<Browser | Outcome> {
  const found = await loadBrowser();
  if (!found)
    return skip('there is no Chromium or Chrome here', 'Install one, or name it with CHROMIUM_PATH.');
  const { chromium, executablePath } = found;
  try {
    return await chromium.launch({
      executablePath,
      // Chromium's sandbox does not start for root.
      chromiumSandbox: process.getuid?.() !== 0,
      args: [...flags, ...(await namesForBrowser(context)), ...(await trustForBrowser(context))],
    });
  } catch (error) {
    return skip(`${executablePath} does not start: ${(error as Error).message.split('\n')[0]}`);
  }
}

/** Loaded only now: the other checks need neither, and they take a while to load. */
async function loadBrowser() {
  try {
    const [{ chromium }, { findBrowser }] = await Promise.all([
      import('playwright-core'),
      import('../../../scripts/browser.mjs'),
    ]);
    const executablePath = findBrowser();
    return executablePath === undefined ? undefined : { chromium, executablePath };
  } catch {
    return undefined;
  }
}

/** With --resolve or --dns the browser has to see the same addresses. */
async function namesForBrowser({
  subject: { url, staticHost, embedder },
  names,
}: CheckContext): Promise<string[]> {
  if (!names.isBent) return [];
  const hosts = [url.hostname, staticHost.replace(/:\d+$/, ''), ...(embedder ? [embedder.hostname] : [])];
  const rules = await Promise.all(
    hosts.map(async (host) => {
      const { v4, v6, port } = await names.addresses(host);
      const address = v4[0] ?? (v6[0] === undefined ? '~NOTFOUND' : `[${v6[0]}]`);
      return `MAP ${host} ${address}${port === undefined ? '' : `:${port}`}`;
    }),
  );
  return [`--host-resolver-rules=${rules.join(',')}`, '--no-proxy-server'];
}

/** What `--ca` vouches for, and nothing else: the keys of certificates that were verified with it. */
async function trustForBrowser({
  subject: { url, staticHost, caFile },
  names,
  tls,
}: CheckContext): Promise<string[]> {
  if (caFile === undefined || url.protocol !== 'https:') return [];
  const hashes = await Promise.all(
    [url.hostname, staticHost.replace(/:\d+$/, '')].map(async (name) => {
      const { v4, v6, port = Number(url.port) || 443 } = await names.addresses(name);
      const address = v4[0] ?? v6[0];
      return address === undefined ? [] : [(await tls.handshake({ address, port, name })).spkiHash];
    }),
  );
  return [`--ignore-certificate-errors-spki-list=${[...new Set(hashes.flat())].join(',')}`];
}

async function look({ subject }: CheckContext, page: Page): Promise<Outcome> {
  const { url, staticHost, embedder } = subject;
  const preview = `${url.protocol}//${staticHost}`;
  const failures: string[] = [];
  page.on('requestfailed', (request) => failures.push(`${request.url()}: ${request.failure()?.errorText}`));
  // The page is only a stand-in: what counts is its origin. Without an embedder the preview is opened by itself.
  if (embedder) {
    await page.route(`${embedder.origin}/**`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><title>doctor</title><iframe src="${preview}${relayFramePath}"></iframe>`,
      }),
    );
    await page.goto(`${embedder.origin}/preview-kit-doctor`, { waitUntil: 'load' });
  } else {
    await page.goto(`${preview}${relayFramePath}`);
  }
  const frame = page.frames().find((each) => each.url().startsWith(preview));
  if (!frame)
    return fail(
      expected,
      `the browser does not open ${failures[0] ?? `${preview}${relayFramePath}`}`,
      'Open that address in a tab: the browser names what is wrong with it.',
    );
  const result = await frame.evaluate(async (script) => {
    // Runs in the browser.
    const { navigator } = globalThis as unknown as {
      navigator: {
        serviceWorker?: { register(url: string, options: object): Promise<unknown>; ready: Promise<unknown> };
      };
    };
    if (!navigator.serviceWorker) return 'the browser offers none here; the page is not a secure context';
    try {
      await navigator.serviceWorker.register(script, { scope: '/' });
      await navigator.serviceWorker.ready;
      return '';
    } catch (error) {
      return String(error);
    }
  }, serviceWorkerPath);
  if (result === '') return ok(expected, `registered${embedder ? ` in a page at ${embedder.origin}` : ''}`);
  return fail(
    expected,
    result,
    'docs/errors.md lists what browsers say. The certificate has to be trusted without “proceed anyway”, and the script has to come from the relay.',
  );
}
