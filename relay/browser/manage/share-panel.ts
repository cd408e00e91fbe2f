// What “Manage” opens: one form for each thing that can be changed of a share. Texts of others are escaped.
import { embedCode } from '../../shared/manage/embed-code.ts';
import type { ShareView, TokenView, VersionView } from '../../shared/manage/views.ts';
import { escapeHtml } from '../../shared/page.ts';

const day = (at: string | null): string =>
  at === null ? '' : `<time datetime="${escapeHtml(at)}">${escapeHtml(at.slice(0, 10))}</time>`;

const who: [ShareView['visibility'], string][] = [
  ['private', 'Whoever has a link'],
  ['public', 'Anybody'],
  ['password', 'Whoever knows a password'],
  ['signed-in', 'Whoever is signed in'],
];

/** @param tokens and versions newest first */
export function sharePanel(share: ShareView, tokens: TokenView[], versions: VersionView[]): string {
  return [
    visibilityForm(share),
    endForm(share),
    share.visibility === 'private' ? linkSection(share, tokens) : '',
    versionSection(share, versions),
    visitorForm(share),
    embedSection(share),
    awaySection(share),
  ].join('\n');
}

const id = (share: ShareView, field: string) => escapeHtml(`${share.name}-${field}`);

function visibilityForm(share: ShareView): string {
  const options = who.map(
    ([value, text]) =>
      `<option value="${value}"${value === share.visibility ? ' selected' : ''}>${text}</option>`,
  );
  return `<form data-form="visibility"><h3>Who may see it</h3>
<label class="hidden" for="${id(share, 'who')}">Who may see it</label>
<select id="${id(share, 'who')}" name="visibility">${options.join('')}</select>
<div data-password${share.visibility === 'password' ? '' : ' hidden'}><label for="${id(share, 'password')}">Password, 8 characters or more${share.visibility === 'password' ? '; leave it empty to keep it' : ''}</label>
<input id="${id(share, 'password')}" name="password" type="password" minlength="8" autocomplete="new-password"></div>
<button>Save</button></form>`;
}

function endForm(share: ShareView): string {
  const clear =
    share.expiresAt === null ? '' : '<button type="button" data-act="no-end">Take the end away</button>';
  return `<form data-form="end"><h3>Until when</h3>
<label for="${id(share, 'end')}">Last day on which it can be opened</label>
<input id="${id(share, 'end')}" name="end" type="date" required value="${share.expiresAt?.slice(0, 10) ?? ''}">
<p class="row"><button>Save</button>${clear}</p></form>`;
}

function linkSection(share: ShareView, tokens: TokenView[]): string {
  const isGood = ({ revokedAt, expiresAt }: TokenView) =>
    revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > Date.now());
  const rows = tokens.map((token) => {
    const used = token.lastUsedAt === null ? 'never used' : `used ${day(token.lastUsedAt)}`;
    const limit = token.maxUses === null ? '' : ` of ${token.maxUses}`;
    const state =
      token.revokedAt !== null
        ? 'revoked'
        : isGood(token)
          ? token.expiresAt === null
            ? ''
            : `until ${day(token.expiresAt)}`
          : 'ended';
    const revoke = isGood(token)
      ? `<button type="button" data-act="revoke" data-token="${escapeHtml(token.tokenId)}" aria-label="Revoke the link ${escapeHtml(token.label || token.tokenPrefix)}">Revoke</button>`
      : '';
    return `<li class="${isGood(token) ? '' : 'is-over'}"><div><strong>${escapeHtml(token.label) || 'Link'}</strong> <code>${escapeHtml(token.tokenPrefix)}…</code><br><span class="soft">${used} · ${token.uses}${limit} ${token.uses === 1 && limit === '' ? 'use' : 'uses'}${state === '' ? '' : ` · ${state}`}</span></div>${revoke}</li>`;
  });
  const all = tokens.filter(isGood).length > 1;
  return `<section class="wide"><h3>Links</h3><ul class="rows">${rows.join('')}</ul>
<form data-form="link" class="row">
<label class="hidden" for="${id(share, 'label')}">Whom the link is for</label><input id="${id(share, 'label')}" name="label" maxlength="200" placeholder="Whom it is for">
<label class="hidden" for="${id(share, 'days')}">Days until it ends</label><input id="${id(share, 'days')}" name="days" type="number" min="1" max="3650" placeholder="Days">
<button>New link</button>${all ? '<button type="button" class="danger" data-act="revoke-all">Revoke all</button>' : ''}</form></section>`;
}

function versionSection(share: ShareView, versions: VersionView[]): string {
  const rows = versions.slice(0, 20).map(({ number, bytes, createdAt }) => {
    const isShown = number === share.version;
    const act = isShown
      ? '<span class="badge is-public">shown</span>'
      : `<button type="button" data-act="version" data-version="${number}" aria-label="Show version ${number}">Show</button>`;
    return `<li><div>Version ${number} <span class="soft">${day(createdAt)} · ${size(bytes)}</span></div>${act}</li>`;
  });
  const back = share.pinned
    ? '<button type="button" data-act="latest">Follow the newest again</button>'
    : '<p class="soft">The newest is shown.</p>';
  return `<section><h3>Versions</h3><ul class="rows">${rows.join('')}</ul>${back}</section>`;
}

const size = (bytes: number): string =>
  bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${Math.round(bytes / 100_000) / 10} MB`;

function visitorForm(share: ShareView): string {
  const box = (name: 'bar' | 'download' | 'index', text: string) =>
    `<label class="check"><input type="checkbox" name="${name}"${share[name] ? ' checked' : ''}> ${text}</label>`;
  return `<form data-form="visitors"><h3>What visitors get</h3>
<label for="${id(share, 'title')}">Title</label><input id="${id(share, 'title')}" name="title" required maxlength="200" value="${escapeHtml(share.title)}">
<label for="${id(share, 'publisher')}">Your name, if visitors may know it</label><input id="${id(share, 'publisher')}" name="publisher" maxlength="80" value="${escapeHtml(share.publisher)}">
${box('bar', 'A bar with title and “Report”')}
${box('download', 'Download as zip')}
${box('index', 'Listed by search engines, while public')}
<button>Save</button></form>`;
}

function embedSection(share: ShareView): string {
  const code =
    share.embedOrigins.length === 0
      ? '<p class="soft">No site may, until you name one.</p>'
      : `<label for="${id(share, 'code')}">Markup for that site${share.visibility === 'public' ? '' : '. Visitors need access to the page there, too'}</label><textarea id="${id(share, 'code')}" readonly rows="3">${escapeHtml(embedCode(share))}</textarea>`;
  return `<form data-form="embed" class="wide"><h3>Shown in other sites</h3>
<label for="${id(share, 'origins')}">Sites that may show it, one a line</label>
<textarea id="${id(share, 'origins')}" name="embedOrigins" rows="2" placeholder="https://wiki.example.com">${escapeHtml(share.embedOrigins.join('\n'))}</textarea>
${code}
<p class="row"><button>Save</button>${share.embedOrigins.length === 0 ? '' : '<button type="button" data-act="copy-code">Copy markup</button>'}</p></form>`;
}

function awaySection({ unpublishedAt }: ShareView): string {
  return unpublishedAt === null
    ? `<section class="wide row away"><button type="button" data-act="unpublish">Unpublish</button><button type="button" class="danger" data-act="delete">Delete</button><p class="soft">Nobody can open it then. A deleted page can be restored for some days.</p></section>`
    : `<section class="wide row away"><button type="button" class="main" data-act="republish">Publish again</button><button type="button" class="danger" data-act="delete">Delete</button></section>`;
}
