// One render, as a person causes it: a page with the artifact panel, one mount of the artifact, and the wait for `done`. The
// page notes when each Sandpack message arrives; nothing is asked of the browser in between.
import type { Chromium, Json } from './chromium.ts';

/** A moment of a render, in milliseconds since the client was mounted. */
export interface Mark {
  name: string;
  atMs: number;
}

/** What a document loaded, from its own performance entries; times since mount. */
export interface LoadedFile {
  url: string;
  startMs: number;
  endMs: number;
  /** Bytes on the wire; 0 from the cache. */
  transferred: number;
}

export interface Render {
  /** Mount to Sandpack's `done`, in ms. */
  renderMs: number;
  /** Mount until something of the artifact's own was first on the screen, in ms: before `done` or after it. */
  firstPaintMs: number;
  /** Sandpack's messages; repeated ones once. */
  marks: Mark[];
  /** Documents of the preview, outermost first: what they loaded, and when they painted and what the kit's own code marked. */
  documents: { url: string; files: LoadedFile[]; moments: Mark[] }[];
}

interface PageReport {
  status: string;
  renderMs: number;
  timeOrigin: number;
  mountedAt: number;
  messages: { name: string; at: number }[];
  errors: string[];
}

const renderTimeoutMs = 60_000;
const paintTimeoutMs = 5_000;
/** How long after `done` nothing is asked of the preview. */
const undisturbedMs = 500;

/** Waits until the page has loaded its client library and nothing more comes. */
const settle = `(async () => {
  const count = () => performance.getEntriesByType('resource').length;
  for (let seen = -1; !window.playground || seen !== count(); ) {
    seen = count();
    await new Promise((done) => setTimeout(done, 250));
  }
})()`;

/** Mounts the artifact and comes back when the preview is done or has failed. */
const mount = (artifact: string): string => `(async () => {
  const messages = [];
  const errors = [];
  addEventListener('message', ({ data }) => {
    if (!data || !data.codesandbox) return;
    messages.push({ name: data.type === 'status' ? data.status : data.type, at: performance.now() });
    if (data.type === 'action') errors.push(String(data.message || data.title));
  });
  const root = document.documentElement;
  const settled = new Promise((done) => {
    const look = () => ['ready', 'error', 'timed-out'].includes(root.dataset.status) && done();
    new MutationObserver(look).observe(root, { attributes: true });
  });
  window.playground.open(${JSON.stringify(artifact)});
  await settled;
  // React may draw after \`done\`: whoever asks the frame questions now would keep it waiting.
  await new Promise((done) => setTimeout(done, ${undisturbedMs}));
  const renderMs = Number(root.dataset.renderMs);
  const done = messages.find(({ name }) => name === 'done');
  return {
    status: root.dataset.status,
    renderMs,
    timeOrigin: performance.timeOrigin,
    mountedAt: (done ? done.at : 0) - renderMs,
    messages,
    errors,
  };
})()`;

const isDrawn = `(async () => {
  const bars = () => [...document.querySelectorAll('[data-testid=bar-chart] .recharts-bar-rectangle path')]
    .filter((bar) => bar.getBoundingClientRect().width > 1);
  for (let tries = 0; tries < 100 && bars().length < 5; tries += 1)
    await new Promise((done) => setTimeout(done, 50));
  return { bars: bars().length, font: getComputedStyle(document.querySelector('h1') ?? document.body).fontWeight };
})()`;

/**
 * When the first of the artifact's own elements was painted. First contentful paint would also count a loading screen; these are
 * the largest texts and images so far of each painted frame, which browsers keep without being asked
 * (https://w3c.github.io/largest-contentful-paint/). The first inside the artifact's root comes with its first frame, for nothing
 * outside of it is as large. Undefined when there is none.
 */
export const readFirstPaint = `new Promise((done) => {
  const observer = new PerformanceObserver((list) => {
    const own = list.getEntries().find(({ element }) => document.getElementById('root')?.contains(element));
    if (own) done(own.renderTime);
  });
  observer.observe({ type: 'largest-contentful-paint', buffered: true });
  setTimeout(done, ${paintTimeoutMs});
})`;

const readEntries = `({
  url: location.href,
  timeOrigin: performance.timeOrigin,
  files: [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .map(({ name, startTime, responseEnd, transferSize }) => ({ name, startTime, responseEnd, transferSize })),
  moments: performance.getEntries()
    .filter(({ name, entryType }) => entryType === 'paint' || (entryType === 'mark' && name.startsWith('preview-kit: ')))
    .map(({ name, startTime }) => ({ name: name.replace('preview-kit: ', ''), startTime })),
})`;

/** Sends a command to a target. */
export type Send = (method: string, params?: Json) => Promise<Json>;

/** A tab of the host page. */
export class HostPage {
  /** Sessions of frames by the session of the document that holds them. */
  readonly #children = new Map<string, string[]>();
  #isWatched = false;

  private constructor(
    readonly chromium: Chromium,
    readonly targetId: string,
    readonly sessionId: string,
  ) {}

  /** Opens the page with nothing mounted. @param context a browser context; the profile's own without */
  static async open(chromium: Chromium, hostPageUrl: string, context?: string): Promise<HostPage> {
    const { targetId } = await chromium.send('Target.createTarget', {
      url: 'about:blank',
      ...(context ? { browserContextId: context } : {}),
    });
    const { sessionId } = await chromium.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new HostPage(chromium, String(targetId), String(sessionId));
    await chromium.send('Page.enable', {}, page.sessionId);
    const loaded = new Promise<void>((resolve) => {
      const stop = chromium.listen(({ method, sessionId: about }) => {
        if (method !== 'Page.loadEventFired' || about !== page.sessionId) return;
        stop();
        resolve();
      });
    });
    await chromium.send(
      'Page.navigate',
      { url: `${hostPageUrl}/?panel=only&client=2.19.10` },
      page.sessionId,
    );
    await loaded;
    await chromium.send('Page.disable', {}, page.sessionId);
    await page.evaluate(settle);
    return page;
  }

  /**
   * Mounts an artifact and measures it.
   * @throws Error when it does not render, or renders without the chart's bars
   */
  async render(artifact: string): Promise<Render> {
    const report = (await this.evaluate(mount(artifact))) as PageReport;
    if (report.status !== 'ready')
      throw new Error(
        `The preview ended as “${report.status}”: ${report.errors.join('; ') || 'no reason given'}`,
      );
    const { timeOrigin, mountedAt, renderMs, messages } = report;
    const mountTime = timeOrigin + mountedAt;
    const { documents, firstPaintMs } = await this.#documents(mountTime);
    const seen = new Set<string>();
    const marks = messages
      .filter(({ name }) => !seen.has(name) && seen.add(name))
      .map(({ name, at }) => ({ name, atMs: at - mountedAt }));
    return { renderMs, firstPaintMs, marks, documents };
  }

  /**
   * From now on halts every frame and worker of the page before its first script, until `prepare` is through. For renders
   * that are not timed.
   */
  async watch(prepare: (send: Send, type: string, sessionId: string) => Promise<unknown>): Promise<void> {
    this.#isWatched = true;
    this.chromium.listen(({ method, params, sessionId: parent }) => {
      const info = params.targetInfo as Json | undefined;
      const isOurs = parent === this.sessionId || [...this.#children.values()].flat().includes(parent ?? '');
      if (method !== 'Target.attachedToTarget' || parent === undefined || !isOurs) return;
      const child = String(params.sessionId);
      const send: Send = (command, args) => this.chromium.send(command, args, child);
      if (info?.type === 'iframe') this.#children.set(parent, [...(this.#children.get(parent) ?? []), child]);
      // Commands are worked off in order; a target that is gone by then needs none of them.
      this.#autoAttach(child, true)
        .then(() => prepare(send, String(info?.type), child))
        .then(() => send('Runtime.runIfWaitingForDebugger'))
        .catch(() => {});
    });
    await this.#autoAttach(this.sessionId, true);
  }

  async close(): Promise<void> {
    await this.chromium.send('Target.closeTarget', { targetId: this.targetId });
  }

  /** @returns the value of an expression, awaited */
  async evaluate(expression: string, sessionId = this.sessionId): Promise<unknown> {
    const answer = await this.chromium.send(
      'Runtime.evaluate',
      { expression, awaitPromise: true, returnByValue: true, timeout: renderTimeoutMs },
      sessionId,
    );
    const exception = answer.exceptionDetails as Json | undefined;
    if (exception) throw new Error(`In the page: ${JSON.stringify(exception.exception ?? exception.text)}`);
    return (answer.result as Json).value;
  }

  /** Reads the preview's documents after the fact; the innermost must show the chart. */
  async #documents(mountTime: number): Promise<Pick<Render, 'documents' | 'firstPaintMs'>> {
    const sessions = await this.#frames();
    const innermost = sessions.at(-1);
    const { bars } = (await this.evaluate(isDrawn, innermost)) as { bars: number };
    const paintedAt = (await this.evaluate(readFirstPaint, innermost)) as number | undefined;
    const documents: Render['documents'] = [];
    let firstPaintMs = Number.NaN;
    for (const sessionId of sessions) {
      const { url, timeOrigin, files, moments } = (await this.evaluate(readEntries, sessionId)) as {
        url: string;
        timeOrigin: number;
        files: { name: string; startTime: number; responseEnd: number; transferSize: number }[];
        moments: { name: string; startTime: number }[];
      };
      const since = (time: number) => time + timeOrigin - mountTime;
      if (sessionId === innermost && paintedAt !== undefined) firstPaintMs = since(paintedAt);
      documents.push({
        url,
        files: files.map(({ name, startTime, responseEnd, transferSize }) => ({
          url: name,
          startMs: since(startTime),
          endMs: since(responseEnd),
          transferred: transferSize,
        })),
        moments: moments.map(({ name, startTime }) => ({ name, atMs: since(startTime) })),
      });
    }
    const url = documents.at(-1)?.url;
    if (bars < 5) throw new Error(`The preview says it is done, but the chart of ${url} has no bars.`);
    if (Number.isNaN(firstPaintMs))
      throw new Error(`Nothing tells when the artifact of ${url} was first painted.`);
    return { documents, firstPaintMs };
  }

  /** Sessions of the preview's frames, outermost first: each is a process, hence a target, of its own. */
  async #frames(): Promise<string[]> {
    const found: string[] = [];
    for (let parent = this.sessionId; ; ) {
      const next = this.#isWatched ? this.#children.get(parent)?.at(-1) : await this.#attachChild(parent);
      if (next === undefined) return found;
      found.push(next);
      parent = next;
    }
  }

  async #attachChild(parent: string): Promise<string | undefined> {
    const attached: string[] = [];
    const stop = this.chromium.listen(({ method, params, sessionId }) => {
      const info = params.targetInfo as Json | undefined;
      if (method === 'Target.attachedToTarget' && sessionId === parent && info?.type === 'iframe')
        attached.push(String(params.sessionId));
    });
    await this.#autoAttach(parent, false);
    stop();
    return attached.at(-1);
  }

  #autoAttach(sessionId: string, waitForDebuggerOnStart: boolean): Promise<Json> {
    return this.chromium.send(
      'Target.setAutoAttach',
      { autoAttach: true, flatten: true, waitForDebuggerOnStart },
      sessionId,
    );
  }
}
