// The playground in any engine: opens artifacts with a real Sandpack client and finds the frames they run in.
import { vi } from 'vitest';
import type { Kit } from '../browser/start-kit.ts';
import type { Engine, EngineFrame, EnginePage } from './engines/engine.ts';

export interface Artifact {
  type: string;
  code: string;
  dependencies?: Record<string, string>;
  files?: Record<string, string>;
}

interface PlaygroundWindow {
  playground: {
    runArtifact(artifact: Artifact): void;
    messages: { type: string; log?: { method: string; data: unknown[] }[] }[];
  };
}

/** How long a preview may take on a slow machine, in milliseconds; the client itself gives up after 40 s. */
const settleTimeoutMs = 60_000;
const frameTimeoutMs = 20_000;

/** One playground tab. */
export class Playground {
  private constructor(readonly page: EnginePage) {}

  static async open(
    engine: Engine,
    kit: Kit,
    { client = '2.19.10', sample }: { client?: string; sample?: string } = {},
  ): Promise<Playground> {
    const query = new URLSearchParams({ panel: 'only', client, ...(sample ? { sample } : {}) });
    const tab = new Playground(await engine.open(`${kit.playgroundUrl}/?${query}`));
    await vi.waitUntil(async () => (await tab.main()).evaluate(() => 'playground' in window), {
      timeout: frameTimeoutMs,
    });
    return tab;
  }

  /** The page's own document. */
  async main(): Promise<EngineFrame> {
    return (await this.page.frames())[0] as EngineFrame;
  }

  /** Shows an artifact of the test's own. */
  async run(artifact: Artifact): Promise<void> {
    await (await this.main()).evaluate((shown) => {
      (window as unknown as PlaygroundWindow).playground.runArtifact(shown);
    }, artifact);
  }

  /** Waits until the preview is ready. @throws Error with the state that it is in instead, and why */
  async ready(): Promise<void> {
    const state = async () =>
      (await this.main()).evaluate(() => ({
        status: document.documentElement.dataset.status ?? '',
        says: document.body.innerText,
      }));
    const settled = ['ready', 'error', 'timed-out'];
    await vi.waitUntil(async () => settled.includes((await state()).status), {
      timeout: settleTimeoutMs,
      interval: 100,
    });
    const { status, says } = await state();
    if (status !== 'ready') throw new Error(`The preview is ${status}: ${says}`);
  }

  /** What the artifact's console says in the chat, as Sandpack's client reports it. */
  async artifactConsole(): Promise<string> {
    return (await this.main()).evaluate(() =>
      (window as unknown as PlaygroundWindow).playground.messages
        .flatMap(({ log }) => log ?? [])
        .map(({ data }) => data.join(' '))
        .join('\n'),
    );
  }

  /** The frame in which the artifact itself runs: `<id>-preview…`, not the shell and not the hidden relay. */
  async artifactFrame(): Promise<EngineFrame> {
    return vi.waitUntil(
      async () => {
        const previews = (await this.page.frames()).filter(
          ({ url }) => /^https?:\/\/[a-z0-9]+-preview\./.test(url) && !url.includes('/__csb_relay/'),
        );
        const newest = previews.at(-1);
        // A frame that the artifact writes into has its address, and comes after it.
        return newest && previews.find(({ url }) => new URL(url).origin === new URL(newest.url).origin);
      },
      { timeout: frameTimeoutMs, interval: 100 },
    );
  }

  /** Presses Sandpack's refresh, which reloads the preview. */
  async refresh(): Promise<void> {
    await (await this.main()).click('[aria-label="Refresh preview"]');
  }
}
