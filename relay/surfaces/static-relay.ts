// What the server itself serves for static previews: the relay frame and the service worker, on every preview host. The artifact's files
// never come from here. Invariant: only exact paths are answered; there is no fallback to another page.

import { readBuilt } from '../http/built-file.ts';
import { previewHeaders, workerHeaders } from '../http/headers.ts';
import { jsonForScript } from '../http/page-cache.ts';
import { isRead, type PlainHandler } from '../http/plain-handler.ts';
import { PreparedResponse } from '../http/prepared.ts';
import { pathOf } from '../http/target.ts';
import { renderDocumentWorker } from '../http/worker-script.ts';
import type { Egress } from '../shared/egress.ts';
import { relayFramePath, serviceWorkerPath } from '../shared/relay-messages.ts';

export interface StaticRelayOptions {
  /** Folder with the built `relay-frame.js` and `service-worker.js`; read once. */
  browserDir: string;
  /** Origins whose pages may ask for previews; empty allows any, for development. */
  embedOrigins: readonly string[];
  /** What previews may reach. */
  egress: Egress;
}

/**
 * Answers `/__csb_relay/` and `/__csb_sw.js`; hands every other path on.
 * @throws Error if a built file is missing
 */
export function createStaticRelay({ browserDir, embedOrigins, egress }: StaticRelayOptions): PlainHandler {
  // Any page may embed the relay frame, but its script answers allowed embedders only, and tells the others which setting to change.
  // With frame-ancestors the browser would show neither frame nor reason, and the client would wait for ever.
  const framePage = new PreparedResponse(
    renderFramePage(readBuilt(browserDir, 'relay-frame.js'), embedOrigins),
    previewHeaders(['*']),
  );
  const script = renderDocumentWorker(browserDir, 'service-worker.js', { egress, onBase: false });
  const worker = new PreparedResponse(script, workerHeaders);

  const pages = new Map([
    [relayFramePath, framePage],
    [serviceWorkerPath, worker],
  ]);
  return (request, response, next) => {
    const path = pathOf(request);
    const page = isRead(request) ? pages.get(path) : undefined;
    if (page) page.send(request, response);
    // Relative addresses differ between the two spellings, and clients ask for the one with the slash.
    else if (isRead(request) && `${path}/` === relayFramePath)
      response.writeHead(308, { Location: relayFramePath, 'Content-Length': 0 }).end();
    else next();
  };
}

// The script is inlined: a preview starts with this page, and every round trip before `register()` delays it.
function renderFramePage(script: string, embedOrigins: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>Preview relay</title>
<script type="application/json" id="config">${jsonForScript({ embedders: embedOrigins })}</script>
<p id="notice">This page connects a chat with its preview. There is nothing to see here.</p>
<noscript>Previews need JavaScript.</noscript>
<script>${script}</script>
</html>
`;
}
