// The frame of every page that the relay itself shows: plain, self-contained, light and dark, no script.

/** Escapes text for HTML content and attribute values. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/**
 * Renders a page.
 * @param page `title` as text, `style` as CSS beside what all pages share, `icon` as SVG, `body` as HTML that the caller has escaped
 */
export function renderPage(page: { title: string; style: string; icon?: string; body: string }): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(page.title)}</title>
<style>${pageStyle}${page.style}</style>
<main>
${page.icon ?? ''}<h1>${escapeHtml(page.title)}</h1>
${page.body}
</main>
</html>
`;
}

/**
 * Renders a notice: a short page with one card.
 * @param notice `title` and `code` as text; `body` as HTML that the caller has escaped
 */
export function renderNotice(notice: { title: string; code: string; body: string }): string {
  const body = `${notice.body}\n<p class="code">${escapeHtml(notice.code)}</p>`;
  return renderPage({ title: notice.title, style: noticeStyle, icon: failedWindow, body });
}

/** A window with a cross in it. */
const failedWindow =
  '<svg viewBox="0 0 24 24" width="32" height="32" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true"><rect x="3" y="4" width="18" height="16" rx="3"/><path d="M3 9h18M9.5 13l5 4M14.5 13l-5 4"/></svg>\n';

const pageStyle = `
:root{--ink:#1f2430;--soft:#646c7d;--line:#e3e6ec;--card:#fff;--back:#f6f7f9}
@media (prefers-color-scheme:dark){:root{--ink:#eceef3;--soft:#9aa3b5;--line:#2f333d;--card:#1b1e25;--back:#121419}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;padding:1.5rem;background:var(--back);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{width:100%;padding:2rem;border:1px solid var(--line);border-radius:16px;background:var(--card)}
svg{color:var(--soft)}
h1{margin:.75rem 0 .5rem;font-size:1.2rem;line-height:1.3}
p{margin:.5rem 0;color:var(--soft);overflow-wrap:anywhere}
p strong{color:var(--ink);font-weight:600}
code{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;color:var(--ink);overflow-wrap:anywhere}
`;

const noticeStyle = `
body{display:grid;place-items:center}
main{max-width:34rem}
.code{margin-top:1.25rem;padding-top:.9rem;border-top:1px solid var(--line);font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
`;
