// One share in the list of the page where people manage theirs. The server renders it first, and the page's script after each change.
import { escapeHtml } from '../page.ts';
import type { DayView, ShareView } from './views.ts';

const visibilities: Record<ShareView['visibility'], string> = {
  public: 'Public',
  private: 'Private',
  password: 'Password',
  'signed-in': 'Signed in',
};

/** @param now in milliseconds since 1970 */
export function shareCard(share: ShareView, views: DayView[], now: number): string {
  const { name, title, url, version, pinned } = share;
  const address = new URL(url).host;
  const end = share.expiresAt === null ? '' : `<span>${endOf(share.expiresAt, now)}</span>`;
  return `<li class="share" data-name="${escapeHtml(name)}" data-visibility="${share.visibility}">
<div class="head">
<div class="what">
<h2><a href="${escapeHtml(url)}" target="_blank" rel="noopener">${escapeHtml(title)}</a></h2>
<p class="address">${escapeHtml(address)}</p>
<p class="facts">${badges(share, now)}<span>Version ${version ?? '–'}${pinned ? ', kept' : ''}</span><span>${day(share.updatedAt)}</span>${end}</p>
</div>
${viewBars(views)}
<div class="acts">
<button type="button" class="main" data-act="link">${share.visibility === 'private' ? 'New link' : 'Copy link'}</button>
${share.visibility === 'private' ? '' : `<button type="button" data-act="qr" aria-label="QR code of ${escapeHtml(title)}">QR</button>`}
</div>
</div>
<p class="fault" role="alert" hidden></p>
<details><summary><span>Manage</span><span class="hidden"> ${escapeHtml(title)}</span></summary><div class="panel"></div></details>
</li>`;
}

/** A share that was deleted, and can come back. */
export function deletedCard({ name, title, deletedAt }: ShareView): string {
  return `<li class="share is-gone" data-name="${escapeHtml(name)}">
<div class="head"><div class="what"><h2>${escapeHtml(title)}</h2><p class="facts"><span>${escapeHtml(name)}</span><span>deleted ${day(deletedAt ?? '')}</span></p></div>
<div class="acts"><button type="button" data-act="restore" aria-label="Restore ${escapeHtml(title)}">Restore</button></div></div>
<p class="fault" role="alert" hidden></p>
</li>`;
}

function badges(share: ShareView, now: number): string {
  const state = share.disabledAt
    ? 'Taken down'
    : share.unpublishedAt
      ? 'Unpublished'
      : isOver(share.expiresAt, now)
        ? 'Ended'
        : undefined;
  const who = `<span class="badge is-${share.visibility}">${visibilities[share.visibility]}</span>`;
  return state === undefined ? who : `<span class="badge is-off">${state}</span>${who}`;
}

const isOver = (at: string | null, now: number): boolean => at !== null && Date.parse(at) <= now;
const endOf = (at: string, now: number): string => `${isOver(at, now) ? 'ended' : 'until'} ${day(at)}`;

/** A day as every language reads it; the script makes it the reader's own. */
function day(at: string): string {
  return `<time datetime="${escapeHtml(at)}">${escapeHtml(at.slice(0, 10))}</time>`;
}

const barWidth = 6;
const barGap = 2;
const barsHeight = 32;

/** Views as bars, one a day, with the same in words. */
function viewBars(days: DayView[]): string {
  const sum = days.reduce((total, { views }) => total + views, 0);
  const most = Math.max(1, ...days.map(({ views }) => views));
  const words = `${sum} ${sum === 1 ? 'view' : 'views'}`;
  const bars = days.map(({ day: name, views }, at) => {
    const height = views === 0 ? 2 : Math.max(4, Math.round((views / most) * barsHeight));
    return `<rect x="${at * (barWidth + barGap)}" y="${barsHeight - height}" width="${barWidth}" height="${height}" rx="1.5"${views === 0 ? ' class="none"' : ''}><title>${name}: ${views}</title></rect>`;
  });
  const width = days.length * (barWidth + barGap) - barGap;
  return `<figure class="views"><svg viewBox="0 0 ${width} ${barsHeight}" width="${width}" height="${barsHeight}" role="img" aria-label="${words} in the last ${days.length} days, at most ${most === 1 && sum === 0 ? 0 : most} a day">${bars.join('')}</svg><figcaption>${words}, ${days.length} days</figcaption></figure>`;
}
