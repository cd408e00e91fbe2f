// One static preview, as a person causes it: a page with the artifact panel, one mount, and the wait for the artifact's first paint.
import type { HostPage } from '../render/host-page.ts';
import type { PaintReport, StaticArtifact } from './artifacts.ts';

/** Moments of a preview, in milliseconds since the client was mounted. */
export interface StaticRender {
  /** The client has put its hidden relay frame into the page. */
  openedMs: number;
  /** The relay frame has loaded. */
  relayMs: number;
  /** The navigation to the artifact's page begins: the worker is ready. */
  navigatedMs: number;
  /** The page has arrived from the worker. */
  answeredMs: number;
  /** First contentful paint of the artifact's own frame. */
  paintedMs: number;
  /** Documents of the artifact that painted. */
  documents: number;
}

interface PageReport {
  mountedAt: number;
  relayOpenedAt: number;
  relayLoadedAt: number;
  paints: PaintReport[];
}

const limitMs = 30_000;

/** Mounts the artifact; comes back when it has painted and loaded. Times are on the clock of `performance.timeOrigin`. */
const mount = (code: string): string => `(async () => {
  const now = () => performance.timeOrigin + performance.now();
  const root = document.documentElement;
  const paints = [];
  let relayOpenedAt, relayLoadedAt, loadedAt;
  addEventListener('message', ({ data }) => {
    if (data && data.type === 'bench:paint') paints.push(data);
  });
  document.addEventListener('load', ({ target }) => {
    if (!(target instanceof HTMLIFrameElement)) return;
    if (target.src.endsWith('/__csb_relay/')) relayLoadedAt ??= now();
    else if (target.getAttribute('src')) loadedAt ??= now();
  }, true);
  new MutationObserver((changes) => {
    const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
    if (added.some((node) => node instanceof HTMLIFrameElement)) relayOpenedAt ??= now();
  }).observe(document.body, { childList: true });
  window.playground.runArtifact({ type: 'text/html', code: ${JSON.stringify(code)} });
  const end = performance.now() + ${limitMs};
  while (!(paints.length > 0 && root.dataset.status === 'ready' && root.dataset.renderMs) && performance.now() < end)
    await new Promise((done) => setTimeout(done, 50));
  // The page's own clock began with the mount and stopped with the frame's load.
  return { mountedAt: loadedAt - Number(root.dataset.renderMs), relayOpenedAt, relayLoadedAt, paints };
})()`;

/** @throws Error when the artifact does not paint, or paints without what it loads */
export async function renderStatic(page: HostPage, artifact: StaticArtifact): Promise<StaticRender> {
  const { mountedAt, relayOpenedAt, relayLoadedAt, paints } = (await page.evaluate(
    mount(artifact.code),
  )) as PageReport;
  const [first] = paints;
  if (!first || Number.isNaN(mountedAt)) throw new Error(`The ${artifact.name} has painted nothing.`);
  if (!first.isWhole) throw new Error(`The ${artifact.name} has painted without what it loads.`);
  const { navigatedAt } = first;
  return {
    openedMs: relayOpenedAt - mountedAt,
    relayMs: relayLoadedAt - mountedAt,
    navigatedMs: navigatedAt - mountedAt,
    answeredMs: navigatedAt + first.answeredMs - mountedAt,
    paintedMs: navigatedAt + first.paintedMs - mountedAt,
    documents: paints.length,
  };
}
