// The page of somebody's shares, as the server renders it. Its script (relay/browser/manage) takes over from there.
import type { OwnerSession } from '../hosts/owner-sessions.ts';
import { deletedCard, shareCard } from '../shared/manage/share-card.ts';
import type { DayView, ReportView, ShareView } from '../shared/manage/views.ts';
import { escapeHtml } from '../shared/page.ts';

/** How many days of views each share shows. */
export const shownDays = 14;

/** What is on the page. */
export interface ManagePage {
  session: OwnerSession;
  shares: { share: ShareView; views: DayView[] }[];
  deleted: ShareView[];
  /** For the operator. */
  reports: ReportView[];
  /** There are more shares than are listed. */
  hasMore: boolean;
  now: number;
}

export function managePage(page: ManagePage): string {
  const { session, shares, deleted, reports } = page;
  const who = session.isOperator ? 'Operator' : session.owner;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Published pages</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/pages/manage-page.css">
<script src="/pages/manage-page.js" defer></script>
</head>
<body>
<header class="top">
<div><h1>Published pages</h1><p class="who">Pages of <strong>${escapeHtml(who)}</strong></p></div>
<form method="post" action="/pages/leave"><button>Leave</button></form>
</header>
<main>
${reports.length > 0 ? reportList(reports) : ''}
<ul class="shares" id="shares" aria-label="Pages">
${shares.map(({ share, views }) => shareCard(share, views, page.now)).join('\n')}
</ul>
${page.hasMore ? '<p class="note">Only the pages that changed last are listed. <code>npm run share -- list</code> has all of them.</p>' : ''}
${empty}
<section id="deleted" aria-labelledby="deleted-title"${deleted.length === 0 ? ' hidden' : ''}>
<h2 id="deleted-title" class="section">Deleted</h2>
<ul class="shares">
${deleted.map(deletedCard).join('\n')}
</ul>
</section>
</main>
<p id="said" role="status" aria-live="polite"></p>
</body>
</html>
`;
}

/** Shown by the style sheet while the list before it has nothing in it. */
const empty = `<section class="empty">
<svg viewBox="0 0 24 24" width="40" height="40" fill="none" stroke="currentColor" stroke-width="1.4" aria-hidden="true"><rect x="3" y="4" width="18" height="16" rx="3"/><path d="M3 8.5h18M12 17v-5.5M9.5 13.5 12 11l2.5 2.5"/></svg>
<h2>Nothing is published yet</h2>
<p>Ask in the chat: <q>Publish this as a page.</q> Or from a terminal:</p>
<pre><code>npm run share -- report.html</code></pre>
</section>`;

function reportList(reports: ReportView[]): string {
  const rows = reports.map(
    (report) => `<li class="report" data-id="${escapeHtml(report.id)}" data-name="${escapeHtml(report.name)}">
<div><p class="reason"><span class="badge is-off">${escapeHtml(report.reason)}</span> <strong>${escapeHtml(report.title)}</strong> <span class="soft">${escapeHtml(report.name)}, of ${escapeHtml(report.owner)}${report.disabledAt === null ? '' : ', taken down'}</span></p>
<p class="said">${escapeHtml(report.message) || '<span class="soft">No words.</span>'}</p>
<p class="soft"><time datetime="${report.createdAt}">${report.createdAt.slice(0, 10)}</time> · to take it down: <code>npm run share -- disable ${escapeHtml(report.name)}</code></p></div>
<button type="button" data-act="close-report" aria-label="Done with the report about ${escapeHtml(report.title)}">Done</button>
</li>`,
  );
  return `<section aria-labelledby="reports-title"><h2 id="reports-title" class="section">Reported by visitors</h2><ul class="reports">${rows.join('\n')}</ul></section>`;
}
