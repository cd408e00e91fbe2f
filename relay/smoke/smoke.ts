// A smoke test of a deployment: a real browser shows a React and an HTML artifact through the public addresses.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Frame,
  type Page,
  type Request,
} from 'playwright-core';
import { serveEmbedderPage } from './embedder-page.ts';

export interface SmokeOptions {
  /** The relay's base address, e.g. `https://preview.example.com`. */
  previewUrl: string;
  /** LibreChat's origin, one of the relay's `EMBED_ORIGINS`. */
  embedder: string;
  /** Chromium or Chrome. */
  browserPath: string;
  playgroundDir: string;
  /** Folder for screenshots; made when missing. */
  outDir: string;
  /** DNS as the browser should see it, in Chromium's `--host-resolver-rules` form; empty for the system's. */
  resolverRules: string;
  /** Do not check certificates. Service workers need that switched off for the whole browser. */
  insecure: boolean;
  /** For each artifact. */
  timeoutMs: number;
}

export interface SmokeResult {
  artifact: string;
  ok: boolean;
  /** What went wrong, or where the artifact ran. */
  detail: string;
  /** Mount until Sandpack reported the artifact as shown; undefined when it did not. */
  renderMs?: number;
  screenshot: string;
}

export interface SmokeReport {
  ok: boolean;
  results: SmokeResult[];
  /** Hosts that are neither the relay's nor LibreChat's and that the pages asked for something. */
  foreignHosts: string[];
  notes: string[];
}

/** The playground's page once Sandpack has said how it went. */
const settled = 'html:is([data-status=ready], [data-status=error], [data-status=timed-out])';

/** One sample of each of Sandpack's two ways. */
const artifacts = [
  { sample: 'dashboard', name: 'React' },
  { sample: 'landing', name: 'HTML' },
];

/**
 * Runs it.
 * @param onResult called when an artifact has been tried
 * @throws Error when the browser cannot be started
 */
export async function smoke(
  options: SmokeOptions,
  onResult: (result: SmokeResult) => void = () => {},
): Promise<SmokeReport> {
  await mkdir(options.outDir, { recursive: true });
  const browser = await launch(options);
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const foreignHosts = recordForeignHosts(context, options);
    const note = await serveEmbedderPage(browser, context, options);
    const results: SmokeResult[] = [];
    for (const { sample, name } of artifacts) {
      const result = await tryArtifact(context, options, sample, name);
      results.push(result);
      onResult(result);
    }
    const hosts = [...foreignHosts].sort();
    return {
      ok: results.every(({ ok }) => ok) && hosts.length === 0,
      results,
      foreignHosts: hosts,
      notes: note === undefined ? [] : [note],
    };
  } finally {
    await browser.close();
  }
}

function launch({ browserPath, resolverRules, insecure }: SmokeOptions): Promise<Browser> {
  return chromium.launch({
    executablePath: browserPath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(resolverRules ? [`--host-resolver-rules=${resolverRules}`] : []),
      ...(insecure ? ['--ignore-certificate-errors'] : []),
      // Playwright switches third-party storage partitioning off; the last --disable-features wins. The page that is put in
      // LibreChat's place has no address, counts as public, and could not frame previews on a private address.
      '--disable-features=LocalNetworkAccessChecks',
    ],
  });
}

const screenshotTimeoutMs = 8_000;

/** What a request met that did not leave the browser: a content policy, or its own cancellation. */
const stayedInside = /csp|ERR_BLOCKED|ERR_ABORTED/;

function recordForeignHosts(context: BrowserContext, { previewUrl, embedder }: SmokeOptions): Set<string> {
  const hosts = new Set<string>();
  const base = new URL(previewUrl).host;
  const record = (request: Request) => {
    const { host, protocol } = new URL(request.url());
    const own = host === base || host.endsWith(`-${base}`) || host === new URL(embedder).host;
    if (/^(https?|wss?):$/.test(protocol) && !own) hosts.add(host);
  };
  // A CDN address that the preview's service worker answers has not left the browser.
  context.on('response', (response) => {
    if (!response.fromServiceWorker()) record(response.request());
  });
  context.on('requestfailed', (request) => {
    if (!stayedInside.test(request.failure()?.errorText ?? '')) record(request);
  });
  return hosts;
}

async function tryArtifact(
  context: BrowserContext,
  { embedder, previewUrl, outDir, timeoutMs }: SmokeOptions,
  sample: string,
  name: string,
): Promise<SmokeResult> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const screenshot = join(outDir, `${sample}.png`);
  try {
    await page.goto(`${embedder}/?panel=only&sample=${sample}`, { timeout: timeoutMs });
    const shown = { artifact: name, screenshot };
    try {
      await page.locator(settled).waitFor({ state: 'attached', timeout: timeoutMs });
    } catch {
      const complaint = complaints.find((text) => /frame|certificate|ERR_/i.test(text)) ?? complaints[0];
      const detail = `nothing was shown within ${timeoutMs / 1000} s.${complaint ? ` The browser said: ${complaint.trim().slice(0, 400)}` : ''}`;
      return { ...shown, ok: false, detail };
    }
    const [status, renderMs] = await Promise.all(
      ['data-status', 'data-render-ms'].map((name) => page.locator('html').getAttribute(name)),
    );
    const frame = artifactFrame(page, new URL(previewUrl).host);
    if (status !== 'ready' || !frame)
      return { ...shown, ok: false, detail: `${await reasonOf(page)} (status: ${status}).` };
    const trouble = await tryAction(frame, timeoutMs);
    return trouble
      ? { ...shown, ok: false, detail: trouble }
      : { ...shown, ok: true, detail: `at ${new URL(frame.url()).origin}`, renderMs: Number(renderMs) };
  } catch (error) {
    return { artifact: name, screenshot, ok: false, detail: (error as Error).message.split('\n')[0] ?? '' };
  } finally {
    // A picture of a page that the browser refuses to paint is no reason to wait.
    await page.screenshot({ path: screenshot, timeout: screenshotTimeoutMs }).catch(() => {});
    await page.close();
  }
}

/** The frame with an origin of its own in which the artifact runs. */
function artifactFrame(page: Page, base: string): Frame | undefined {
  return page.frames().findLast((frame) => {
    const { host, pathname } = new URL(frame.url());
    return host.endsWith(`-${base}`) && !pathname.startsWith('/__csb_relay');
  });
}

/** Presses the artifact's button and waits until its text changes; a sentence when it does not. */
async function tryAction(frame: Frame, timeoutMs: number): Promise<string | undefined> {
  const action = frame.getByTestId('action');
  try {
    const before = await action.textContent({ timeout: timeoutMs });
    await action.click({ timeout: timeoutMs });
    for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(50))
      if ((await action.textContent({ timeout: timeoutMs })) !== before) return undefined;
  } catch {
    // Told below.
  }
  return 'the artifact is shown but does not respond to a click.';
}

/** What Sandpack or the preview says about its failure. */
async function reasonOf(page: Page): Promise<string> {
  const messages = await page.evaluate<{ message?: string }[]>('window.playground?.messages ?? []');
  const told = messages.findLast(({ message }) => typeof message === 'string')?.message;
  if (told) return told;
  for (const frame of page.frames().slice(1).reverse()) {
    const text = await frame
      .locator('body')
      .innerText({ timeout: 1000 })
      .catch(() => '');
    if (text.trim()) return text.trim().replaceAll(/\s+/g, ' ').slice(0, 300);
  }
  return 'the preview stayed empty';
}
