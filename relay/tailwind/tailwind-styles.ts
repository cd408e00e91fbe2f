// The styles of an artifact before it runs, for its first paint: from its own texts, as Tailwind's Play CDN would make them later from
// the page. Never an error and never a wait without an end: without styles, the page waits for the Play CDN.
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { callEsbuild } from '../esbuild/esbuild-call.ts';
import { InFlight } from '../packages/base/in-flight.ts';
import type { PackageLog } from '../packages/base/package-log.ts';
import { type HashedText, StyleThread } from './style-thread.ts';

/** Of an artifact's texts together. */
const maxBytes = 2 * 1024 * 1024;
const maxWaitMs = 3_000;
/** Starting anew takes half a second; a thread that waits holds memory. */
const idleMs = 10 * 60_000;
const maxKeptChars = 4 * 1024 * 1024;

/** Files that can name a class. Stylesheets cannot: what they say of Tailwind (`@apply`) means nothing to the Play CDN either. */
const namesClasses = /\.([cm]?[jt]sx?|html?|mdx?|json|svg|vue|svelte|txt)$/i;
const namesNone = /(^|\/)(node_modules\/|package(-lock)?\.json$|tsconfig[^/]*\.json$)/;

/** What only the Play CDN understands, in a page. */
const refusals: [sign: RegExp, reason: string][] = [
  [/\btailwind\s*(\?\.|\.)\s*config\b(?!\.[cm]?[jt]s\b)/, 'configures Tailwind'],
  [/\btailwind\s*=(?![=>])/, 'configures Tailwind'],
  [/\[\s*(['"`])tailwind\1\s*\]/, 'configures Tailwind'],
  [/\btext\/tailwindcss\b/, 'has styles for the Play CDN'],
];

/** See the head of this file. Tailwind is loaded, in a thread of its own, when it is needed. */
export class TailwindStyles {
  readonly #log: Pick<PackageLog, 'info' | 'warn'>;
  readonly #maxWaitMs: number;
  readonly #thread: StyleThread;
  readonly #running = new InFlight<string>();
  readonly #kept = new LRUCache<string, string>({
    maxSize: maxKeptChars,
    sizeCalculation: (css) => css.length,
  });

  /** @param options `maxWaitMs`: how long {@link css} may take, and an artifact occupy the thread */
  constructor(options: { log: Pick<PackageLog, 'info' | 'warn'>; maxWaitMs?: number }) {
    this.#log = options.log;
    this.#maxWaitMs = options.maxWaitMs ?? maxWaitMs;
    this.#thread = new StyleThread({ maxWorkMs: this.#maxWaitMs, idleMs });
  }

  /** Loads Tailwind ahead of the first artifact. */
  prepare(): void {
    this.#thread.start();
  }

  /**
   * The CSS that the Play CDN would make for a page with every class that these files name: Tailwind's defaults, prefixed.
   * It is an artifact's text: for a style element's `textContent`, never for markup.
   * @param files the artifact's texts by path, those that its entry reaches
   * @returns '' when only the Play CDN can tell, or something failed; the log has the reason
   */
  async css(files: Record<string, string>): Promise<string> {
    const sources = Object.entries(files).filter(
      ([path]) => namesClasses.test(path) && !namesNone.test(path),
    );
    const bytes = sources.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
    if (bytes > maxBytes) return this.#refuse(`the artifact has more than ${maxBytes} bytes`);
    for (const [path, text] of sources) {
      const reason = refusals.find(([sign]) => sign.test(text))?.[1];
      if (reason !== undefined) return this.#refuse(`${path} ${reason}`);
    }
    return this.#timely(hashTexts(sources.map(([, text]) => text)));
  }

  /** Ends the thread. */
  close(): Promise<void> {
    return this.#thread.close();
  }

  async #timely(texts: HashedText[]): Promise<string> {
    const key = hashOf(texts.map(({ hash }) => hash).join());
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const work = this.#running.run(key, () => this.#make(key, texts));
    const waiting = new AbortController();
    const tooLate = delay(this.#maxWaitMs, undefined, { signal: waiting.signal, ref: false }).then(
      () => this.#refuse(`there were none after ${this.#maxWaitMs} ms`),
      () => '',
    );
    return Promise.race([work, tooLate]).finally(() => waiting.abort());
  }

  async #make(key: string, texts: HashedText[]): Promise<string> {
    try {
      const css = await addPrefixes(await this.#thread.run(texts));
      this.#kept.set(key, css);
      return css;
    } catch (error) {
      this.#log.warn({ reason: String(error) }, 'Tailwind failed');
      return '';
    }
  }

  #refuse(reason: string): string {
    this.#log.info({ reason }, 'no styles before the first paint');
    return '';
  }
}

/** Without repetitions, in an order of their own: neither means anything to Tailwind. */
function hashTexts(texts: string[]): HashedText[] {
  const byHash = new Map(texts.map((text) => [hashOf(text), text]));
  return [...byHash].map(([hash, text]) => ({ hash, text })).sort((a, b) => (a.hash < b.hash ? -1 : 1));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** What the Play CDN leaves to Autoprefixer. Safari knows `user-select` and some others by their prefixed names only. */
async function addPrefixes(css: string): Promise<string> {
  const { code } = await callEsbuild({ what: 'the styles of an artifact' }, ({ transform }) =>
    transform(css, {
      loader: 'css',
      minifyWhitespace: true,
      charset: 'utf8',
      target: ['chrome111', 'firefox115', 'safari16'],
      legalComments: 'none',
      logLevel: 'silent',
    }),
  );
  return code;
}
