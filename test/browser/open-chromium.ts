// A real Chromium whose every connection beyond loopback goes to a proxy that writes it down and refuses it.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../../scripts/browser.mjs';

export interface RecordedBrowser {
  browser: Browser;
  /** Hosts beyond loopback that pages and workers tried to reach. */
  outsideHosts: string[];
  close(): Promise<void>;
}

// Chromium calls home at start, whatever its flags say.
const ownHosts =
  /^(accounts|clients\d|www|update|optimizationguide-pa|content-autofill|safebrowsing[a-z]*|redirector|edgedl)\.(google|googleapis|gvt1)\.com(:443)?$/;

/**
 * Starts the machine's Chromium or Chrome; `CHROMIUM_PATH` names another.
 * @param resolverRules DNS as the browser sees it, in Chromium's `--host-resolver-rules` form
 */
export async function openChromium(resolverRules = 'MAP *.test 127.0.0.1'): Promise<RecordedBrowser> {
  const executablePath = findBrowser();
  const outsideHosts: string[] = [];
  const record = (host = '') => {
    if (!ownHosts.test(host)) outsideHosts.push(host);
  };
  const proxy = createServer((request, response) => {
    record(new URL(request.url ?? '', 'http://unknown').host);
    response.writeHead(502).end();
  });
  proxy.on('connect', ({ url }, socket) => {
    record(url);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--host-resolver-rules=${resolverRules}`,
      '--proxy-bypass-list=*.test',
      `--proxy-server=127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      // Playwright switches ThirdPartyStoragePartitioning off, which breaks service workers in cross-site frames; the last
      // --disable-features wins. https://github.com/microsoft/playwright/blob/main/packages/playwright-core/src/server/chromium/chromiumSwitches.ts
      '--disable-features=Foo',
    ],
  });
  return {
    browser,
    outsideHosts,
    async close() {
      await browser.close();
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
