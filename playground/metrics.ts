// Asks a preview what it has loaded. The kit's frames answer; anything else on the page is ignored.
import type { SandpackSetup } from './librechat.ts';

export interface Metrics {
  /** The preview's own random origin. */
  origin: string;
  requests: number;
  bytes: number;
}

/**
 * The frame that can answer for the open preview. React: the visible frame. Static: the newest hidden relay frame,
 * because the visible one runs the artifact's own page; the client never removes older relay frames.
 */
export function findMetricsFrame(template: SandpackSetup['template']): Window | null {
  const selector = template === 'react-ts' ? 'iframe.sp-preview-iframe' : 'iframe[src*="/__csb_relay/"]';
  const frames = [...document.querySelectorAll<HTMLIFrameElement>(selector)];
  return frames.at(-1)?.contentWindow ?? null;
}

export function askForMetrics(frame: Window): void {
  // The origin is random by design, so it cannot be named; the question carries no secret.
  frame.postMessage({ type: 'preview-kit:metrics-request' }, '*');
}

/** Returns the metrics in a message's data, or null when it is anything else. */
export function parseMetrics(data: unknown): Metrics | null {
  if (typeof data !== 'object' || data === null) return null;
  const { type, origin, requests, bytes } = data as Record<string, unknown>;
  if (type !== 'preview-kit:metrics') return null;
  if (typeof origin !== 'string' || !URL.canParse(origin) || new URL(origin).origin !== origin) return null;
  if (!isCount(requests) || !isCount(bytes)) return null;
  return { origin, requests, bytes };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
