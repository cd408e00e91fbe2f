// The playground as browser tests use it: opens artifacts with a real Sandpack client and finds the frames they run in.
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { vi } from 'vitest';
import type { Kit } from './start-kit.ts';

/** Sandpack clients that LibreChat carries or will carry. */
export const clients = ['2.19.10', '2.20.0'] as const;

export interface OpenOptions {
  client?: string;
  sample?: string;
}

interface Artifact {
  type: string;
  code: string;
  dependencies?: Record<string, string>;
  files?: Record<string, string>;
}

/** One playground tab. */
export class PlaygroundPage {
  private constructor(
    readonly page: Page,
    readonly kit: Kit,
  ) {}

  static async open(
    context: BrowserContext,
    kit: Kit,
    { client = '2.19.10', sample }: OpenOptions = {},
  ): Promise<PlaygroundPage> {
    const page = await context.newPage();
    const query = new URLSearchParams({ panel: 'only', client, ...(sample ? { sample } : {}) });
    await page.goto(`${kit.playgroundUrl}/?${query}`);
    await page.waitForFunction(() => 'playground' in window);
    return new PlaygroundPage(page, kit);
  }

  /** Shows an artifact of the test's own. */
  async run(artifact: Artifact): Promise<void> {
    await this.page.evaluate((a) => {
      (window as unknown as { playground: { runArtifact(a: unknown): void } }).playground.runArtifact(a);
    }, artifact);
  }

  /** Edits the artifact's code, as LibreChat does while a model or a person writes. */
  async edit(code: string): Promise<void> {
    await this.page.evaluate((c) => {
      (window as unknown as { playground: { setCode(c: string): void } }).playground.setCode(c);
    }, code);
  }

  /** Waits until the preview has reached one of these states and returns it. */
  async settled(timeoutMs = 40_000): Promise<string> {
    await this.page.waitForFunction(
      () => ['ready', 'error', 'timed-out'].includes(document.documentElement.dataset.status ?? ''),
      null,
      { timeout: timeoutMs },
    );
    return this.status();
  }

  async status(): Promise<string> {
    return this.page.evaluate(() => document.documentElement.dataset.status ?? '');
  }

  /** Types of the Sandpack messages since the artifact was mounted, and the texts of errors among them. */
  async messages(): Promise<
    { type: string; action?: string; message?: string; title?: string; line?: number; path?: string }[]
  > {
    return this.page.evaluate(() =>
      (window as unknown as { playground: { messages: Record<string, unknown>[] } }).playground.messages.map(
        ({ type, action, message, title, line, path }) =>
          ({ type, action, message, title, line, path }) as never,
      ),
    );
  }

  /** The frame in which the artifact itself runs: `<id>-preview…`, not the shell and not the hidden relay. */
  async artifactFrame(): Promise<Frame> {
    return this.artifactFrameOf('');
  }

  /** The same among previews whose id begins so: `r` for React. */
  async artifactFrameOf(idStart: string): Promise<Frame> {
    const address = new RegExp(`^https?://${idStart}[a-z0-9]+-preview\\.`);
    const find = () =>
      this.page
        .frames()
        .findLast((frame) => address.test(frame.url()) && !frame.url().includes('/__csb_relay/'));
    await vi.waitUntil(find, { timeout: 20_000 });
    return find() as Frame;
  }

  /** Presses Sandpack's refresh, which reloads the preview. */
  async refresh(): Promise<void> {
    await this.page
      .getByRole('button', { name: /refresh|reload/i })
      .first()
      .click();
  }
}
