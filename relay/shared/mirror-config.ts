// What the relay tells browser code about its mirror: written in front of worker scripts, and into the frame's configuration.
import type { Egress } from './egress.ts';

/** See the head of this file. */
export interface MirrorConfig {
  egress: Egress;
  /** With ISOLATION=shared previews are on the base host itself. */
  onBase: boolean;
}

/** Where the service worker of React previews is. */
export const mirrorWorkerPath = '/__kit_sw.js';

/** Name of the global that holds it in workers. */
export const mirrorGlobal = '__previewKitMirror';

const unlimited: MirrorConfig = { egress: { mode: 'open', allow: [], mirroredHosts: [] }, onBase: false };

/** The worker's configuration. */
export function readMirrorConfig(): MirrorConfig {
  return (globalThis as unknown as Record<string, MirrorConfig | undefined>)[mirrorGlobal] ?? unlimited;
}
