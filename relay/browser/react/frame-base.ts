// What every frame of a React preview does, whichever engine runs in it: guards its messages, brings the page under its service
// worker, explains what the content policy blocks, tells how much was loaded, and greets the shell.
import { explainBlocked, policyStart } from '../../shared/egress.ts';
import {
  type InnerConfig,
  innerConfigOf,
  type innerGlobal,
  type MirrorConfig,
} from '../../shared/mirror-config.ts';
import { mirrorPath } from '../../shared/mirror-path.ts';
import { openOutwardLinks } from '../outward-links.ts';
import { guardMessages } from './message-guard.ts';
import { registerMirror } from './mirror-registration.ts';
import { allowWorkersFrom } from './package-workers.ts';
import { type Engine, isMetricsRequest } from './sandpack-messages.ts';

/** What the server says to every frame. */
export interface FrameConfig {
  /** Base host, protocol-relative, with a slash at the end. */
  base: string;
  mirror: MirrorConfig;
}

/** The page of a preview. */
export interface FrameBase {
  /** Address of the base host, with a slash at the end. */
  base: string;
  /** Nested by the shell; with ISOLATION=shared the embedder opens this page itself. */
  isNested: boolean;
  /** Artifacts run once this has resolved: CDN addresses are answered at home then, or blocked. */
  mirrorReady: Promise<void>;
  /** The kit's own address for an address of a public CDN; undefined for any other address. */
  mirrored(address: string): string | undefined;
  /** Tells the shell that the page is there; to be called when its listeners are. */
  greet(): void;
}

/** Call it before any other script runs. */
export function openFrame(config: FrameConfig, engine: Engine): FrameBase {
  const base = new URL(config.base, location.href).href;
  const { origin } = new URL(base);
  const { egress } = config.mirror;
  const mirroredHosts = new Set(egress.mirroredHosts);
  const isNested = location.origin !== origin;
  const inner = innerConfigOf(egress, origin, location.origin);
  const { __previewKitInner: keepInnerHome } = window as unknown as {
    [innerGlobal]: (given: InnerConfig) => void;
  };
  if (inner) keepInnerHome(inner);
  /** Why CDN addresses are blocked; undefined as long as they are not. */
  let mirrorTrouble: string | undefined;
  const mirrorReady = registerMirror(egress, base).then((trouble) => {
    mirrorTrouble = trouble;
  });
  guardMessages(isNested ? origin : undefined);
  allowWorkersFrom(`${base}-/`);
  openOutwardLinks(window);

  const mirrored = (address: string): string | undefined => {
    const path = URL.canParse(address) ? mirrorPath(new URL(address), mirroredHosts) : undefined;
    return path === undefined ? undefined : new URL(path, base).href;
  };

  window.addEventListener('securitypolicyviolation', ({ blockedURI, disposition, originalPolicy }) => {
    if (disposition !== 'enforce') return;
    // No setting of the server's would help a CDN address here: it is blocked because there is no worker to answer it.
    const reason =
      mirrorTrouble !== undefined && mirrored(blockedURI) !== undefined
        ? `${blockedURI} is blocked. ${mirrorTrouble}`
        : explainBlocked(egress, blockedURI, originalPolicy.startsWith(policyStart));
    console.error(`[preview-kit] ${reason}`);
  });
  // The guard lets the embedder's messages through only.
  window.addEventListener('message', (event) => {
    if (isMetricsRequest(event.data)) tellMetrics(event.origin);
  });

  return {
    base,
    isNested,
    mirrorReady,
    mirrored,
    greet() {
      if (window.parent !== window) window.parent.postMessage({ type: 'preview-kit:hello', engine }, origin);
    },
  };
}

function tellMetrics(origin: string): void {
  const entries = performance.getEntries() as PerformanceResourceTiming[];
  const loads = entries.filter(({ entryType }) => entryType === 'resource' || entryType === 'navigation');
  const bytes = loads.reduce((sum, { transferSize }) => sum + (transferSize || 0), 0);
  window.parent.postMessage(
    { type: 'preview-kit:metrics', origin: location.origin, requests: loads.length, bytes },
    origin,
  );
}
