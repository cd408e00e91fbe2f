// The bar above a share: shows the share in the frame below, keeps address and title in step with it, and sends reports.
import { frameMark, withoutMark } from '../../shared/bar.ts';
import './bar.css';

const frame = document.querySelector<HTMLIFrameElement>('#page');
const menu = document.querySelector<HTMLElement>('#menu');
const ownTitle = document.title;

function show(page: HTMLIFrameElement): void {
  const { pathname, search, hash } = location;
  page.src = `${pathname}${search === '' ? '?' : `${search}&`}${frameMark}${hash}`;
  page.addEventListener('load', () => follow(page));
  page.focus();
}

/** The frame's page may have left this site; then there is nothing to follow. */
function follow({ contentWindow: inner }: HTMLIFrameElement): void {
  if (!inner) return;
  try {
    const step = () => keepInStep(inner);
    step();
    const { navigation } = inner as unknown as { navigation?: EventTarget };
    (navigation ?? inner).addEventListener(navigation ? 'currententrychange' : 'hashchange', step);
    if (inner.document.head)
      new MutationObserver(step).observe(inner.document.head, { subtree: true, childList: true });
    inner.addEventListener('click', leaveByLink);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

function keepInStep({ location: at, document: { title } }: Window): void {
  const address = `${at.pathname}${withoutMark(at.search)}${at.hash}`;
  // Browsers count how often an address is changed.
  if (/^https?:$/.test(at.protocol) && address !== location.pathname + location.search + location.hash)
    history.replaceState(history.state, '', address);
  document.title = title || ownTitle;
}

/** What leads to other sites, to mail and the like takes the whole tab along, as without a bar: no frame could show it. */
function leaveByLink(event: MouseEvent): void {
  // Elements of the frame are of classes of its own.
  const link = event
    .composedPath()
    .find((each): each is HTMLAnchorElement => /^a(rea)?$/i.test((each as Element).tagName ?? ''));
  if (!link?.href || event.defaultPrevented || link.hasAttribute('download')) return;
  const isHere = link.origin === location.origin || /^(javascript|data|blob):$/.test(link.protocol);
  if (!isHere && /^(_self)?$/i.test(link.target)) link.target = '_top';
}

async function report(form: HTMLFormElement): Promise<void> {
  const fault = form.querySelector('.fault');
  const data = new FormData(form);
  const response = await fetch('/__kit/report', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ reason: data.get('reason'), message: data.get('message') }),
  }).catch(() => undefined);
  if (response?.ok) {
    form.innerHTML =
      '<h2 tabindex="-1">Thank you</h2><p>Whoever runs this server will look at it.</p><p class="end"><button type="button" data-close>Close</button></p>';
    form.querySelector<HTMLElement>('h2')?.focus();
  } else if (fault)
    fault.textContent =
      response?.status === 429
        ? 'You have reported a lot already. Try again in an hour.'
        : 'This could not be sent. Try again.';
}

document.addEventListener('click', async ({ target }) => {
  const button = (target as Element).closest<HTMLElement>('button, a');
  if (!button) return;
  const { open, copy, hide, close } = button.dataset;
  if (menu?.contains(button)) menu.hidePopover();
  if (open !== undefined) document.querySelector<HTMLDialogElement>(`#${open}`)?.showModal();
  if (close !== undefined) button.closest('dialog')?.close();
  if (hide !== undefined) document.body.classList.add('is-bare');
  if (copy !== undefined) await navigator.clipboard?.writeText(location.href).catch(() => {});
});
document.querySelector('#report form')?.addEventListener('submit', (event) => {
  event.preventDefault();
  void report(event.target as HTMLFormElement);
});
// A click in the frame is none here.
window.addEventListener('blur', () => menu?.hidePopover());
if (frame) show(frame);
