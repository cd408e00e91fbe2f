// Firefox ESR, driven by puppeteer-core over WebDriver BiDi.
import { type Frame, launch, type Page } from 'puppeteer-core';
import { startRecordingProxy } from '../../browser/recording-proxy.ts';
import { ensurePackages } from '../../rig/debian-packages.ts';
import { type Engine, type EngineFrame, type EnginePage, elementTimeoutMs } from './engine.ts';

const executablePath = process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr';

// Firefox calls home for settings, updates and its portal check, whatever its preferences say.
const ownHosts = /\.(mozilla\.(com|net|org)|firefox\.com)(:\d+)?$/;

/**
 * Starts Firefox ESR, and installs it first where it is missing. `FIREFOX_PATH` names another.
 * @param preferences entries of about:config over the defaults
 */
export async function startFirefox(preferences: Record<string, unknown> = {}): Promise<Engine> {
  await ensurePackages(['firefox-esr']);
  const proxy = await startRecordingProxy(ownHosts);
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    args: ['--width=1280', '--height=900'],
    extraPrefsFirefox: {
      'network.proxy.type': 1,
      'network.proxy.http': '127.0.0.1',
      'network.proxy.http_port': proxy.port,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': proxy.port,
      'network.proxy.no_proxies_on': 'localhost, .localhost, 127.0.0.1',
      ...preferences,
    },
  });
  return {
    label: `Firefox ${(await browser.version()).replace(/^firefox\//, '')}`,
    outsideHosts: proxy.outsideHosts,
    async open(url) {
      const page = await browser.newPage();
      await page.setViewport(null);
      const opened = wrapPage(page);
      await page.goto(url);
      return opened;
    },
    async close() {
      await browser.close();
      await proxy.close();
    },
  };
}

function wrapPage(page: Page): EnginePage {
  const lines: string[] = [];
  page.on('console', (message) => lines.push(message.text()));
  return {
    frames: async () => page.frames().map(wrapFrame),
    reload: async () => void (await page.reload()),
    consoleLines: () => lines,
    screenshot: () => page.screenshot(),
    close: () => page.close(),
  };
}

function wrapFrame(frame: Frame): EngineFrame {
  return {
    url: frame.url(),
    evaluate: (pageFunction, ...args) =>
      frame.evaluate(`(${pageFunction})(...${JSON.stringify(args)})`) as never,
    async click(selector) {
      const element = await frame.waitForSelector(selector, { visible: true, timeout: elementTimeoutMs });
      await element?.click();
    },
  };
}
