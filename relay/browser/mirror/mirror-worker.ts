// The service worker of a React preview's origin, `/__kit_sw.js`: public CDN files come from the kit, whoever in the artifact asks for
// them and however; everything else is the browser's business, and the content policy's. It keeps no state.
import { Mirror } from './mirror.ts';
import { createReport } from './mirror-report.ts';

declare const self: ServiceWorkerGlobalScope;

const mirror = new Mirror(self.location.origin, { report, onAnswer: () => {} });

self.addEventListener('install', () => void self.skipWaiting());
// The artifact's page is open already: it registers this worker itself.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const answer = isSentForm(request)
    ? // What the relay would answer (relay/surfaces/frame.ts), without sending it what was entered.
      Response.redirect(request.url, 303)
    : mirror.answer(request);
  if (answer) event.respondWith(answer);
});

function isSentForm({ mode, method, url }: Request): boolean {
  return mode === 'navigate' && method === 'POST' && new URL(url).origin === self.location.origin;
}

/** Failures belong where authors look: into the artifact's own console, which only a page can write to. */
function report(text: string): void {
  console.error(text);
  void self.clients.matchAll({ type: 'window' }).then((pages) => {
    for (const page of pages) page.postMessage(createReport(text));
  });
}
