// The script of the page where people manage their shares: opens panels, sends what was changed, and draws the share anew.
import { embedCode } from '../../shared/manage/embed-code.ts';
import { deletedCard, shareCard } from '../../shared/manage/share-card.ts';
import type { DayView, ShareView, TokenView, VersionView } from '../../shared/manage/views.ts';
import { CallFailed, callApi, pathOf } from './call-api.ts';
import { ask, copied, showLink } from './dialogs.ts';
import './manage-page.css';
import { sharePanel } from './share-panel.ts';

const dayMs = 24 * 3_600_000;
const shownDays = 14;
const list = element('#shares');
const deleted = element('#deleted');
const status = element('#said');

function element<Found extends HTMLElement>(selector: string, inside: ParentNode = document): Found {
  const found = inside.querySelector<Found>(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
}

let silence: number | undefined;
function say(text: string): void {
  status.textContent = text;
  window.clearTimeout(silence);
  silence = window.setTimeout(() => {
    status.textContent = '';
  }, 4000);
}

/** Dates as the reader writes them. */
function localise(inside: ParentNode): void {
  for (const time of inside.querySelectorAll('time')) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    time.textContent = at.toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
    time.title = at.toLocaleString();
  }
}

function fromHtml(html: string): HTMLElement {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content.firstElementChild as HTMLElement;
}

const nameOf = (card: HTMLElement): string => card.dataset.name ?? '';
const shareOf = async (name: string) => (await callApi<{ share: ShareView }>('GET', pathOf(name))).share;

/** Draws a share anew, as it is now; its panel stays open. @param focus what was used, by selector */
async function redraw(card: HTMLElement, share: ShareView, focus?: string): Promise<void> {
  const { days } = await callApi<{ days: DayView[] }>(
    'GET',
    `${pathOf(share.name, 'views')}?days=${shownDays}`,
  );
  const fresh = fromHtml(shareCard(share, days, Date.now()));
  const wasOpen = card.querySelector('details')?.open ?? false;
  if (wasOpen) await fillPanel(fresh, share);
  element<HTMLDetailsElement>('details', fresh).open = wasOpen;
  localise(fresh);
  card.replaceWith(fresh);
  (focus === undefined ? undefined : fresh.querySelector<HTMLElement>(focus))?.focus();
}

async function fillPanel(card: HTMLElement, share: ShareView): Promise<void> {
  const [{ tokens }, { versions }] = await Promise.all([
    callApi<{ tokens: TokenView[] }>('GET', pathOf(share.name, 'tokens')),
    callApi<{ versions: VersionView[] }>('GET', pathOf(share.name, 'versions')),
  ]);
  const panel = element('.panel', card);
  panel.innerHTML = sharePanel(share, tokens, versions);
  localise(panel);
}

/** Runs what somebody asked for; what fails is said beside it. */
async function attempt(card: HTMLElement, work: () => Promise<unknown>): Promise<void> {
  const fault = card.querySelector<HTMLElement>('.fault');
  if (fault) fault.hidden = true;
  card.setAttribute('aria-busy', 'true');
  try {
    await work();
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    if (fault) {
      fault.hidden = false;
      fault.textContent = error.message;
      fault.scrollIntoView({ block: 'nearest' });
    }
  } finally {
    card.removeAttribute('aria-busy');
  }
}

async function change(card: HTMLElement, body: object, focus?: string): Promise<void> {
  const { share } = await callApi<{ share: ShareView }>('PATCH', pathOf(nameOf(card)), body);
  await redraw(card, share, focus);
  say('Saved.');
}

async function newLink(card: HTMLElement, given: object): Promise<string> {
  const { link } = await callApi<{ link: string }>('POST', pathOf(nameOf(card), 'tokens'), given);
  return link;
}

type Act = (card: HTMLElement, button: HTMLElement) => Promise<void>;

async function mark(card: HTMLElement, verb: string): Promise<void> {
  const { share } = await callApi<{ share: ShareView }>('POST', pathOf(nameOf(card), verb));
  await redraw(card, share, 'summary');
}

async function giveLink(card: HTMLElement, isShown: boolean): Promise<void> {
  const share = await shareOf(nameOf(card));
  const isOnce = share.visibility === 'private';
  const link = isOnce ? await newLink(card, { label: 'made on this page' }) : share.url;
  if (isShown || !(await copied(link))) await showLink(share.title, link, isOnce);
  else say(isOnce ? 'A new link is in the clipboard.' : 'The link is in the clipboard.');
  if (isOnce) await redraw(card, share);
}

const acts: Record<string, Act> = {
  link: (card) => giveLink(card, card.dataset.visibility === 'private'),
  qr: (card) => giveLink(card, true),
  'no-end': (card) => change(card, { expiresInDays: null }, '[name=end]'),
  latest: (card) => change(card, { version: 'latest' }, 'summary'),
  version: (card, { dataset }) => change(card, { version: Number(dataset.version) }, 'summary'),
  async revoke(card, { dataset }) {
    await callApi('DELETE', pathOf(nameOf(card), 'tokens', dataset.token ?? ''));
    await redraw(card, await shareOf(nameOf(card)), '[name=label]');
    say('The link is revoked.');
  },
  async 'revoke-all'(card) {
    const isSure = await ask(
      'Revoke all links?',
      'Whoever came by one of them is out with the next click. New links can be made.',
      'Revoke all',
    );
    if (!isSure) return;
    await callApi('DELETE', pathOf(nameOf(card), 'tokens'));
    await redraw(card, await shareOf(nameOf(card)), '[name=label]');
    say('All links are revoked.');
  },
  async 'copy-code'(card) {
    const share = await shareOf(nameOf(card));
    say(
      (await copied(embedCode(share))) ? 'The markup is in the clipboard.' : 'Select the markup to copy it.',
    );
  },
  unpublish: (card) => mark(card, 'unpublish'),
  republish: (card) => mark(card, 'republish'),
  async delete(card) {
    const isSure = await ask(
      'Delete this page?',
      'Nobody can open it any more. You can restore it for some days.',
      'Delete',
    );
    if (!isSure) return;
    const { share } = await callApi<{ share: ShareView }>('DELETE', pathOf(nameOf(card)));
    const gone = fromHtml(deletedCard(share));
    localise(gone);
    card.remove();
    deleted.hidden = false;
    element('ul', deleted).prepend(gone);
    element('button', gone).focus();
    say('Deleted.');
  },
  async restore(card) {
    const { share } = await callApi<{ share: ShareView }>('POST', pathOf(nameOf(card), 'restore'));
    const back = fromHtml(shareCard(share, [], Date.now()));
    card.remove();
    deleted.hidden = deleted.querySelector('li') === null;
    list.prepend(back);
    await redraw(back, share, 'summary');
    say('Restored.');
  },
  async 'close-report'(row) {
    await callApi('POST', `/reports/${encodeURIComponent(row.dataset.id ?? '')}/close`);
    row.remove();
    say('Done.');
  },
};

const forms: Record<string, (card: HTMLElement, data: FormData) => Promise<void>> = {
  visibility(card, data) {
    const password = String(data.get('password') ?? '');
    const isPassword = data.get('visibility') === 'password';
    return change(
      card,
      { visibility: data.get('visibility'), ...(isPassword && password !== '' && { password }) },
      '[name=visibility]',
    );
  },
  end(card, data) {
    // To the end of that day, where the person is.
    const end = new Date(`${data.get('end')}T23:59:59`).getTime();
    if (end <= Date.now()) throw new CallFailed('This day is over: take today or a later one.');
    return change(card, { expiresInDays: (end - Date.now()) / dayMs }, '[name=end]');
  },
  async link(card, data) {
    const days = Number(data.get('days'));
    const label = String(data.get('label') ?? '');
    const expiresAt = days > 0 ? new Date(Date.now() + days * dayMs).toISOString() : undefined;
    const link = await newLink(card, { label, ...(expiresAt && { expiresAt }) });
    const share = await shareOf(nameOf(card));
    await redraw(card, share, '[name=label]');
    await showLink(share.title, link, true);
  },
  visitors(card, data) {
    return change(
      card,
      {
        title: data.get('title'),
        publisher: data.get('publisher'),
        bar: data.has('bar'),
        download: data.has('download'),
        index: data.has('index'),
      },
      '[name=publisher]',
    );
  },
  embed(card, data) {
    const embedOrigins = String(data.get('embedOrigins'))
      .split(/[\s,]+/)
      .filter(Boolean);
    return change(card, { embedOrigins }, '[name=embedOrigins]');
  },
};

document.addEventListener('click', (event) => {
  const button = (event.target as Element).closest<HTMLElement>('[data-act]');
  const card = button?.closest<HTMLElement>('[data-name]');
  const act = acts[button?.dataset.act ?? ''];
  if (button && card && act) void attempt(card, () => act(card, button));
});
document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  const card = form.closest<HTMLElement>('[data-name]');
  const send = forms[form.dataset.form ?? ''];
  if (!card || !send) return;
  event.preventDefault();
  void attempt(card, async () => send(card, new FormData(form)));
});
document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLSelectElement) || target.name !== 'visibility') return;
  element('[data-password]', target.form ?? document).hidden = target.value !== 'password';
});
// The event of an element that opens does not rise to its parents.
document.addEventListener(
  'toggle',
  ({ target }) => {
    if (!(target instanceof HTMLDetailsElement) || !target.open) return;
    const card = target.closest<HTMLElement>('[data-name]');
    if (card && element('.panel', card).childElementCount === 0)
      void attempt(card, async () => fillPanel(card, await shareOf(nameOf(card))));
  },
  true,
);
localise(document);
