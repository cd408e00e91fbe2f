// What a static preview's host answers when a request for the artifact reaches the server, which has no artifact: for documents a page that
// brings the preview back or says why it cannot, for everything else a 404. Mounted for static ids only, after the relay.
import type { RequestHandler } from 'express';
import { readBuilt } from '../http/built-file.ts';
import { lifetimes, previewHeaders } from '../http/headers.ts';
import { PreparedResponse } from '../http/prepared.ts';
import { renderNotice } from '../shared/page.ts';

/**
 * Answers every path but `/__csb*`; see {@link isStaticId} for the hosts it is meant for.
 * @param options `browserDir` holds the built `fallback-page.js`, read once; `embedOrigins` may embed the page, empty allows any
 * @throws Error if the built file is missing
 */
export function createFallbackPage({
  browserDir,
  embedOrigins,
}: {
  browserDir: string;
  embedOrigins: readonly string[];
}): RequestHandler {
  // Sent with 200, although nothing is here: proxies replace the bodies of error answers (nginx: proxy_intercept_errors), and
  // with the body the preview's way back would be gone.
  const page = new PreparedResponse(renderFallbackPage(readBuilt(browserDir, 'fallback-page.js')), {
    ...previewHeaders(embedOrigins.length > 0 ? [...embedOrigins] : ['*']),
    'Cache-Control': lifetimes.never,
    'X-Robots-Tag': 'noindex',
  });
  return (request, response, next) => {
    if (request.path.startsWith('/__csb') || (request.method !== 'GET' && request.method !== 'HEAD'))
      return next();
    if (wantsDocument(request.get('sec-fetch-dest'), request.get('accept')))
      return page.send(request, response);
    response
      .status(404)
      .set({ 'Cache-Control': lifetimes.never, 'X-Content-Type-Options': 'nosniff' })
      .type('text')
      .send(
        `${request.path} belongs to an artifact; only the browser window that shows the artifact has it.\n`,
      );
  };
}

/** Browsers of today say what a request is for; for the others Accept has to do. */
function wantsDocument(fetchDest: string | undefined, accept: string | undefined): boolean {
  if (fetchDest !== undefined) return /^(document|iframe|frame|embed|object)$/.test(fetchDest);
  return accept?.includes('text/html') ?? false;
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
