// A real Chromium whose every connection beyond loopback goes to a proxy that writes it down and refuses it.
import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../../scripts/browser.mjs';
import { startRecordingProxy } from './recording-proxy.ts';

export interface RecordedBrowser {
  browser: Browser;
  /** Hosts beyond loopback that pages and workers tried to reach. */
  outsideHosts: string[];
  close(): Promise<void>;
}

// Chromium calls home at start, whatever its flags say.
const ownHosts =
  /^(accounts|clients\d|www|update|optimizationguide-pa|content-autofill|safebrowsing[a-z]*|redirector|edgedl)\.(google|googleapis|gvt1)\.com(:443)?$/;

/** Flags of every Chromium in tests: nothing of its own on the network, and storage as users' browsers have it. */
export const quietFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Playwright switches ThirdPartyStoragePartitioning off, which breaks service workers in cross-site frames; the last
  // --disable-features wins. https://github.com/microsoft/playwright/blob/main/packages/playwright-core/src/server/chromium/chromiumSwitches.ts
  '--disable-features=Foo',
];

/**
 * Starts the machine's Chromium or Chrome; `CHROMIUM_PATH` names another.
 * @param resolverRules DNS as the browser sees it, in Chromium's `--host-resolver-rules` form
 * @param home folder that stands for the user's home: the certificates below it are trusted
 */
export async function openChromium(
  resolverRules = 'MAP *.test 127.0.0.1',
  home?: string,
): Promise<RecordedBrowser> {
  const executablePath = findBrowser();
  const proxy = await startRecordingProxy(ownHosts);
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    ...(home ? { env: { ...process.env, HOME: home } as Record<string, string> } : {}),
    args: [
      ...quietFlags,
      `--host-resolver-rules=${resolverRules}`,
      '--proxy-bypass-list=*.test',
      `--proxy-server=127.0.0.1:${proxy.port}`,
    ],
  });
  return {
    browser,
    outsideHosts: proxy.outsideHosts,
    async close() {
      await browser.close();
      await proxy.close();
    },
  };
}
