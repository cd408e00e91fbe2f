// A page at LibreChat's own address that mounts real Sandpack, without LibreChat's login: the browser is told what the address
// answers. What LibreChat's policy says about frames stays in force, as far as its public page tells.
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import mime from 'mime';
import type { Browser, BrowserContext, Route } from 'playwright-core';

export interface EmbedderPage {
  /** LibreChat's origin as browsers see it. */
  embedder: string;
  /** The relay's base address; both of LibreChat's variables. */
  previewUrl: string;
  /** Folder of the compiled playground. */
  playgroundDir: string;
  timeoutMs: number;
}

/** What LibreChat's helmet sends with its page; they decide what may be framed and read. */
const librechatHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
};

/**
 * Answers every request to the embedder's origin from the playground.
 * @returns what could not be learned from LibreChat itself, as a sentence for the operator; undefined when it answered
 */
export async function serveEmbedderPage(
  browser: Browser,
  context: BrowserContext,
  { embedder, previewUrl, playgroundDir, timeoutMs }: EmbedderPage,
): Promise<string | undefined> {
  const { framePolicy, trouble } = await readFramePolicy(browser, embedder, timeoutMs);
  const urls = JSON.stringify({ bundlerURL: previewUrl, staticBundlerURL: previewUrl });
  await context.route(`${embedder}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === '/playground.json') return route.fulfill({ contentType: 'application/json', body: urls });
    await fulfillFile(route, playgroundDir, path === '/' ? '/index.html' : path, framePolicy);
  });
  return trouble;
}

async function fulfillFile(route: Route, folder: string, path: string, policy: string): Promise<void> {
  const body = await readFile(join(folder, normalize(path))).catch(() => undefined);
  if (!body) return route.fulfill({ status: 404, body: 'Not found' });
  await route.fulfill({
    body,
    contentType: mime.getType(extname(path)) ?? 'application/octet-stream',
    headers: { ...librechatHeaders, ...(policy ? { 'Content-Security-Policy': policy } : {}) },
  });
}

/** The part of LibreChat's content policy that concerns previews (https://www.w3.org/TR/CSP3/#directive-frame-src). */
async function readFramePolicy(
  browser: Browser,
  embedder: string,
  timeoutMs: number,
): Promise<{ framePolicy: string; trouble?: string }> {
  // In a context of its own that ends with the browser: Chromium now and then never answers the closing of a page that has only
  // just been committed.
  const page = await browser.newPage();
  try {
    const answer = await page.goto(embedder, { timeout: timeoutMs, waitUntil: 'commit' });
    // Not headerValue(), which waits for ever when the browser's second report of the headers got lost.
    return { framePolicy: framePolicyOf(answer?.headers()['content-security-policy'] ?? '') };
  } catch (error) {
    const reason = /net::\w+|Timeout/.exec((error as Error).message)?.[0] ?? (error as Error).message;
    return {
      framePolicy: '',
      trouble: `LibreChat at ${embedder} did not answer (${reason}): its own content policy is not part of this test.`,
    };
  }
}

/** `frame-src`, or what stands in for it, as a policy of its own; empty when frames are not limited. */
export function framePolicyOf(policy: string): string {
  const directives = new Map(
    policy
      .split(';')
      .map((directive) => directive.trim().split(/\s+/))
      .map(([name = '', ...sources]) => [name.toLowerCase(), sources.join(' ')]),
  );
  const sources = directives.get('frame-src') ?? directives.get('child-src') ?? directives.get('default-src');
  return sources === undefined ? '' : `frame-src ${sources || "'none'"}`;
}
