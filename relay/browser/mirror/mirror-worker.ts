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
  const answer = mirror.answer(event.request);
  if (answer) event.respondWith(answer);
});

/** Failures belong where authors look: into the artifact's own console, which only a page can write to. */
function report(text: string): void {
  console.error(text);
  void self.clients.matchAll({ type: 'window' }).then((pages) => {
    for (const page of pages) page.postMessage(createReport(text));
  });
}
