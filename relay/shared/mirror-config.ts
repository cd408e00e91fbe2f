// What the relay tells browser code about its mirror: written in front of worker scripts, and into the frame's configuration.
import { type Egress, innerDirectives } from './egress.ts';

/** See the head of this file. */
export interface MirrorConfig {
  egress: Egress;
  /** With ISOLATION=shared previews are on the base host itself. */
  onBase: boolean;
}

/** What the script for documents and workers within a page is called with; relay/browser/mirror/inner has it. */
export interface InnerConfig {
  mode: Egress['mode'];
  /** Origin of the base host. */
  base: string;
  /** Hosts that are mirrored. */
  hosts: readonly string[];
  /** Directives for what no service worker answers for. */
  policy: string;
  /** `page`: the artifact's own; `inner`: a document or worker that came of it. */
  role: 'page' | 'inner';
}

/** The built file of that script: a function of its configuration. */
export const innerRealmFile = 'inner-realm.js';

/** Name of the global that holds the function in React previews, and its text in the service worker of static ones. */
export const innerGlobal = '__previewKitInner';

/**
 * The configuration in an artifact's page.
 * @param base origin of the base host
 * @param origin the page's
 * @returns undefined where CDN addresses are not answered, or nothing is blocked
 */
export function innerConfigOf(egress: Egress, base: string, origin: string): InnerConfig | undefined {
  if (egress.mode !== 'mirror' || egress.mirroredHosts.length === 0) return undefined;
  const policy = innerDirectives(egress, base, origin);
  return { mode: egress.mode, base, hosts: egress.mirroredHosts, policy, role: 'page' };
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
