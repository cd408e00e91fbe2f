// Brings a React preview under its service worker, which answers CDN addresses, before the artifact runs.
import { type Egress, egressDirectives } from '../../shared/egress.ts';
import { mirrorWorkerPath } from '../../shared/mirror-config.ts';
import { errorText } from '../error-text.ts';
import { readReport } from '../mirror/mirror-report.ts';

/** Longer than any worker takes that will come at all; the artifact waits for it. */
const timeoutMs = 3000;

/**
 * Resolves when requests of this page go through the worker, or will not. Without it nothing would keep them at home: then the
 * policy gets stricter, and only the kit's own addresses are left.
 * @param base origin of the base host
 * @returns why CDN addresses are blocked, as a sentence for people; undefined when they are not
 */
export async function registerMirror(egress: Egress, base: string): Promise<string | undefined> {
  if (egress.mode === 'none') return undefined;
  const reason = await takeControl();
  if (reason === undefined || egress.mode === 'open') return undefined;
  const trouble = `Addresses of public CDNs are not answered here: ${reason}. Private windows and blocked third-party storage have this effect.`;
  console.warn(`[preview-kit] ${trouble}`);
  restrict(egressDirectives({ ...egress, mirroredHosts: [] }, new URL(base).origin));
  return trouble;
}

/** @returns why there is no worker; undefined when there is one */
async function takeControl(): Promise<string | undefined> {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (workers === undefined) return 'this browser allows no service worker';
  workers.addEventListener('message', ({ data }) => {
    const text = readReport(data);
    if (text !== undefined) console.error(`[preview-kit] ${text}`);
  });
  workers.startMessages();
  const controlled = new Promise<undefined>((resolve) => {
    if (workers.controller) resolve(undefined);
    else workers.addEventListener('controllerchange', () => resolve(undefined), { once: true });
  });
  const failed = workers.register(mirrorWorkerPath, { scope: '/' }).then(() => controlled, errorText);
  const late = new Promise<string>((resolve) => {
    setTimeout(() => resolve(`its service worker did not start within ${timeoutMs / 1000} s`), timeoutMs);
  });
  return Promise.race([controlled, failed, late]);
}

/** Of two policies, both hold. https://www.w3.org/TR/CSP3/#meta-element */
function restrict(directives: string): void {
  const meta = document.createElement('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content = directives;
  document.head.append(meta);
}
