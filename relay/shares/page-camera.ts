// Takes pictures of public shares with a browser of this machine. What it opens is hostile: it reaches nothing but the relay, for seconds, one
// page at a time, in a process that is killed afterwards.
import PQueue from 'p-queue';
import type { BrowserServer } from 'playwright-core';
import type { PackageLog } from '../packages/base/package-log.ts';
import { pictureSize } from './share-head.ts';

/** `auto`: where there is a browser that can shut itself in. `no-sandbox`: in a container that does it for the browser. */
export type CameraMode = 'auto' | 'no-sandbox' | 'off';

export interface CameraOptions {
  mode: CameraMode;
  /** The base host. */
  hostname: string;
  /** Where the relay listens. */
  relay: () => { address: string; port: number };
  log: PackageLog;
}

/** Shots give no view, and others can know them by it. */
export const cameraAgent = 'LibreChat-Preview-Kit-Camera';

const maxWaiting = 20;
const loadTimeoutMs = 8_000;
const settleMs = 1_500;
const enterMs = 800;
/** From start to end. A browser that takes longer is killed. */
const shotTimeoutMs = 20_000;
/** For how long no picture is promised after a browser did not start: it will not start the next time, either. */
const brokenMs = 10 * 60_000;
const maxScriptMegabytes = 256;
/** Height of the bar, in relay/browser/bar/bar.css. */
const barHeight = 40;

/** See the head of this file. */
export class PageCamera {
  readonly #queue = new PQueue({ concurrency: 1 });
  #browser: Promise<string | undefined> | undefined;
  #running: BrowserServer | undefined;
  #isClosed = false;
  #brokenUntil = 0;

  constructor(readonly options: CameraOptions) {}

  /** Whether pictures can be taken. */
  async isReady(): Promise<boolean> {
    return Date.now() >= this.#brokenUntil && (await this.#find()) !== undefined;
  }

  /**
   * @param name of a public share
   * @returns a PNG of {@link pictureSize}; undefined when there is none to be had now
   */
  async take(name: string, hasBar: boolean): Promise<Buffer | undefined> {
    if (this.#queue.size >= maxWaiting) return undefined;
    return this.#queue.add(async () => {
      const path = (await this.isReady()) ? await this.#find() : undefined;
      if (path === undefined) return undefined;
      return this.#shoot(path, name, hasBar).catch((err) => {
        this.options.log.warn({ err, name }, 'no picture could be taken of a page');
        return undefined;
      });
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#queue.clear();
    await this.#running?.kill();
    await this.#queue.onIdle();
  }

  #find(): Promise<string | undefined> {
    this.#browser ??= this.#look();
    return this.#browser;
  }

  async #look(): Promise<string | undefined> {
    const { mode, log } = this.options;
    if (mode === 'off') return undefined;
    if (mode === 'auto' && process.getuid?.() === 0) {
      log.info({ setting: 'SHARE_PICTURES' }, 'no pictures of pages: run by root, a browser has no sandbox');
      return undefined;
    }
    const { findBrowser } = await import('../../scripts/browser.mjs');
    return findBrowser() || undefined;
  }

  async #shoot(path: string, name: string, hasBar: boolean): Promise<Buffer> {
    const { hostname, relay } = this.options;
    const { address, port } = relay();
    const place = `${address.includes(':') ? `[${address}]` : address}:${port}`;
    const server = await this.#start(path, place).catch((error) => {
      this.#brokenUntil = Date.now() + brokenMs;
      throw error;
    });
    this.#running = server;
    const end = setTimeout(() => void server.kill(), shotTimeoutMs);
    try {
      if (this.#isClosed) throw new Error('The relay is closing.');
      return await this.#open(server, `http://${name}-${hostname}:${port}/`, hasBar);
    } finally {
      clearTimeout(end);
      this.#running = undefined;
      await server.kill();
    }
  }

  async #start(path: string, place: string): Promise<BrowserServer> {
    const { chromium } = await import('playwright-core');
    const { hostname } = this.options;
    return chromium.launchServer({
      executablePath: path,
      chromiumSandbox: this.options.mode === 'auto',
      args: [
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--renderer-process-limit=2',
        `--js-flags=--max-old-space-size=${maxScriptMegabytes}`,
        '--no-proxy-server',
        '--webrtc-ip-handling-policy=disable_non_proxied_udp',
        // Whatever port a page names, it is the relay's. Nothing else has an address, not even one made of numbers.
        `--host-resolver-rules=MAP ${hostname} ${place}, MAP *-${hostname} ${place}, MAP * ~NOTFOUND`,
      ],
      timeout: shotTimeoutMs,
      // How the relay ends is its own affair.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  }

  async #open(server: BrowserServer, url: string, hasBar: boolean): Promise<Buffer> {
    const { chromium } = await import('playwright-core');
    const browser = await chromium.connect(server.wsEndpoint());
    const context = await browser.newContext({
      viewport: { ...pictureSize, height: pictureSize.height + (hasBar ? barHeight : 0) },
      userAgent: cameraAgent,
      serviceWorkers: 'block',
      acceptDownloads: false,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    context.on('page', (other) => void other.close());
    const answer = await page.goto(url, { timeout: loadTimeoutMs, waitUntil: 'load' });
    // A notice, of a page that was taken off for one, is no picture of the page.
    if (!answer?.ok()) throw new Error(`The page answered ${answer?.status() ?? 'nothing'}.`);
    // A page that never rests is shown as it is then.
    await page.waitForLoadState('networkidle', { timeout: settleMs }).catch(() => {});
    // Charts and headings glide in.
    await page.waitForTimeout(enterMs);
    const clip = { x: 0, y: hasBar ? barHeight : 0, ...pictureSize };
    return page.screenshot({ clip, animations: 'disabled', timeout: loadTimeoutMs });
  }
}
