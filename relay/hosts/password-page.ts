// The page that asks for a host's password.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { noticeHeaders } from '../http/headers.ts';
import { kitFolder } from '../shared/bar.ts';
import { escapeHtml, renderPage } from '../shared/page.ts';

/** Where the form is sent. */
export const passwordPath = `/${kitFolder}/password`;

const lock =
  '<svg viewBox="0 0 24 24" width="32" height="32" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true"><rect x="5" y="10.5" width="14" height="10" rx="2.5"/><path d="M8 10.5V7.5a4 4 0 0 1 8 0v3M12 14.5v2"/></svg>\n';

const style = `
body{display:grid;place-items:center}
main{max-width:26rem}
form{display:grid;gap:.75rem;margin-top:1.25rem}
label{font-size:.85rem;font-weight:600}
input,button{font:inherit;padding:.6rem .75rem;border-radius:10px;border:1px solid var(--line);width:100%}
input{background:var(--back);color:var(--ink)}
input:focus-visible,button:focus-visible{outline:2px solid #14b8a6;outline-offset:2px}
button{background:#0f766e;border-color:#0f766e;color:#fff;font-weight:600;cursor:pointer}
.wrong{color:#b91c1c}
@media (prefers-color-scheme:dark){.wrong{color:#fca5a5}}
`;

/**
 * Sends the page, with 401.
 * @param page `title` of the share; `next`: the path that was asked for; `isWrong`: after an answer that was not right
 */
export function sendPasswordPage(
  req: IncomingMessage,
  res: ServerResponse,
  { title, next, isWrong }: { title: string; next: string; isWrong: boolean },
): void {
  const wrong = isWrong ? '<p class="wrong" role="alert">That is not the password. Try again.</p>' : '';
  const html = renderPage({
    title,
    style,
    icon: lock,
    body: `<p>This page is shown to people who know its password.</p>
<form method="post" action="${passwordPath}">
<input type="hidden" name="next" value="${escapeHtml(next)}">
<label for="password">Password</label>
<input id="password" name="password" type="password" required autofocus autocomplete="current-password">
${wrong}<button>Open</button>
</form>`,
  });
  res.writeHead(401, {
    ...noticeHeaders,
    'Content-Security-Policy':
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'",
    'Content-Type': 'text/html; charset=utf-8',
    'X-Robots-Tag': 'noindex',
    'Content-Length': Buffer.byteLength(html),
  });
  res.end(req.method === 'HEAD' ? undefined : html);
}
