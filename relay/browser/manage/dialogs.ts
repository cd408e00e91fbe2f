// Dialogs of the page: a link with its QR code, and a question before something is lost. The browser's own element keeps the focus in.
import QRCode from 'qrcode';
import { escapeHtml } from '../../shared/page.ts';

function open(content: string): HTMLDialogElement {
  const dialog = document.createElement('dialog');
  dialog.innerHTML = content;
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  // A click beside the dialog is one on its backdrop.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.showModal();
  return dialog;
}

/** Shows a link. @param isOnce the link has a token in it, and cannot be shown again */
export async function showLink(title: string, link: string, isOnce: boolean): Promise<void> {
  const svg = await QRCode.toString(link, { type: 'svg', margin: 1, errorCorrectionLevel: 'M' });
  const dialog = open(`<form method="dialog" aria-labelledby="link-title">
<h2 id="link-title">${escapeHtml(title)}</h2>
<img class="qr" alt="QR code of the link" src="data:image/svg+xml,${encodeURIComponent(svg)}">
<label for="link-text">Link</label>
<div class="field"><input id="link-text" readonly value="${escapeHtml(link)}"><button type="button" class="main" data-copy>Copy</button></div>
${isOnce ? '<p class="soft">Whoever has this link can open the page. It is shown this once; revoke it under “Manage”.</p>' : ''}
<p class="end"><button>Close</button></p></form>`);
  const copy = dialog.querySelector<HTMLButtonElement>('[data-copy]');
  const field = dialog.querySelector('input');
  field?.select();
  copy?.addEventListener('click', async () => {
    copy.textContent = (await copied(link)) ? 'Copied' : 'Press Ctrl+C';
    field?.select();
  });
}

/** @returns whether the person agreed */
export function ask(question: string, consequence: string, verb: string): Promise<boolean> {
  const dialog = open(`<form method="dialog" aria-labelledby="ask-title" aria-describedby="ask-text">
<h2 id="ask-title">${escapeHtml(question)}</h2><p id="ask-text">${escapeHtml(consequence)}</p>
<p class="end"><button value="">Cancel</button><button value="yes" class="danger">${escapeHtml(verb)}</button></p></form>`);
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'));
  });
}

/** @returns whether the browser let us */
export const copied = (text: string): Promise<boolean> =>
  navigator.clipboard
    ? navigator.clipboard.writeText(text).then(
        () => true,
        () => false,
      )
    : Promise.resolve(false);
