// Chromium, driven by playwright-core.
import type { Frame, Page } from 'playwright-core';
import { openChromium } from '../../browser/open-chromium.ts';
import { type Engine, type EngineFrame, type EnginePage, elementTimeoutMs } from './engine.ts';

/** Starts the machine's Chromium; `npm run test:browsers` has installed one. */
export async function startChromium(): Promise<Engine> {
  const { browser, outsideHosts, close } = await openChromium();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  return {
    label: `Chromium ${browser.version()}`,
    outsideHosts,
    close,
    async open(url) {
      const page = await context.newPage();
      const opened = wrapPage(page);
      await page.goto(url);
      return opened;
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
    click: (selector) => frame.locator(selector).first().click({ timeout: elementTimeoutMs }),
  };
}
