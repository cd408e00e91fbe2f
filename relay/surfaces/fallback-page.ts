// What a static preview's host answers when a request for the artifact reaches the server, which has no artifact: for documents a page that
// brings the preview back or says why it cannot, for everything else a 404. For static ids only, after the relay.
import { readBuilt } from '../http/built-file.ts';
import { lifetimes, previewHeaders } from '../http/headers.ts';
import { hostOf } from '../http/host-routing.ts';
import { isNavigation } from '../http/navigation.ts';
import { isRead, type PlainHandler } from '../http/plain-handler.ts';
import { PreparedResponse } from '../http/prepared.ts';
import { pathOf } from '../http/target.ts';
import { renderNotice } from '../shared/page.ts';
import { isStaticId } from '../shared/preview-id.ts';

/**
 * Answers every path but `/__csb*` of a static preview.
 * @param options `browserDir` holds the built `fallback-page.js`, read once; `embedOrigins` may embed the page, empty allows any
 * @throws Error if the built file is missing
 */
export function createFallbackPage({
  browserDir,
  embedOrigins,
}: {
  browserDir: string;
  embedOrigins: readonly string[];
}): PlainHandler {
  // Sent with 200, although nothing is here: proxies replace the bodies of error answers (nginx: proxy_intercept_errors), and
  // with the body the preview's way back would be gone.
  const page = new PreparedResponse(renderFallbackPage(readBuilt(browserDir, 'fallback-page.js')), {
    ...previewHeaders(embedOrigins.length > 0 ? [...embedOrigins] : ['*']),
    'Cache-Control': lifetimes.never,
    'X-Robots-Tag': 'noindex',
  });
  return (req, res, next) => {
    const host = hostOf(res);
    const path = pathOf(req);
    if (host.kind !== 'preview' || !isStaticId(host.id) || path.startsWith('/__csb') || !isRead(req))
      return next();
    if (isNavigation(req)) return page.send(req, res);
    const text = `${path} belongs to an artifact; only the browser window that shows the artifact has it.\n`;
    res.writeHead(404, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': lifetimes.never,
      'X-Content-Type-Options': 'nosniff',
      'Content-Length': Buffer.byteLength(text),
    });
    res.end(req.method === 'HEAD' ? undefined : text);
  };
}

function renderFallbackPage(script: string): string {
  return renderNotice({
    title: 'Bringing the preview back…',
    code: 'PREVIEW_NOT_CONTROLLED',
    body: `<p id="message">The artifact is fetched from the chat page.</p>
<p><strong id="remedy" hidden></strong></p>
<p><code id="detail" hidden></code></p>
<noscript><p>Previews need JavaScript.</p></noscript>
<script>${script}</script>`,
  });
}
