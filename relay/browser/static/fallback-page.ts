// Script of the page that a preview's address shows when a request reaches the server instead of the service worker: after a hard
// reload, in a tab of its own, or where there is no worker. It brings the preview back if it can and otherwise says why not.
import { createMessage, readMessage } from '../../shared/relay-messages.ts';
import { openWorker, WorkerUnavailable } from './worker-registration.ts';
import { type TroubleNotice, troubleNotices } from './worker-trouble.ts';

const probeTimeoutMs = 2_000;
const reloadPauseMs = 15_000;
const reloadedAtKey = 'preview-kit:reloaded-at';

const detached: TroubleNotice = {
  title: 'This preview has ended',
  message:
    'A preview lives as long as the chat page that shows it, and that page is closed or has dropped it.',
  remedy: 'Open the artifact again in the chat.',
};
const ownTab: TroubleNotice = {
  title: 'Previews live inside the chat',
  message: 'This address works only inside the chat page that made it, not in a tab of its own.',
  remedy: 'Open the artifact in the chat.',
};
const bypassed: TroubleNotice = {
  title: 'The browser bypasses the preview',
  message: 'The preview’s service worker is ready, but the browser does not use it.',
  remedy:
    'If developer tools are open, turn off “Bypass for network” (Application → Service workers), then open the artifact again.',
};

async function recover(): Promise<void> {
  try {
    const relays = await countRelays(await openWorker());
    if (relays === 0) show(window.parent === window ? ownTab : detached);
    // A plain reload goes through the worker; the one that led here did not (Shift+Reload bypasses workers).
    // https://w3c.github.io/ServiceWorker/#on-fetch-request-algorithm
    else if (mayReload()) location.reload();
    else show(bypassed);
  } catch (error) {
    if (error instanceof WorkerUnavailable) show(troubleNotices[error.trouble], error.detail);
    else show(troubleNotices.failed, String(error));
  }
}

/** The number of relay frames that the worker sees, or `undefined` if it does not answer. */
function countRelays(worker: ServiceWorker): Promise<number | undefined> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), probeTimeoutMs);
    port1.onmessage = ({ data }) => {
      clearTimeout(timer);
      resolve(readMessage('worker/status', data)?.relays);
    };
    worker.postMessage(createMessage('worker/probe', {}), [port2]);
  });
}

/** Once in a while, so that a browser that keeps bypassing the worker does not reload for ever. */
function mayReload(): boolean {
  const last = Number(sessionStorage.getItem(reloadedAtKey));
  if (Date.now() - last < reloadPauseMs) return false;
  sessionStorage.setItem(reloadedAtKey, String(Date.now()));
  return true;
}

function show({ title, message, remedy }: TroubleNotice, detail = ''): void {
  console.error([title, message, remedy, detail].filter(Boolean).join(' '));
  document.title = title;
  setText('h1', title);
  setText('#message', message);
  setText('#remedy', remedy);
  setText('#detail', detail);
}

function setText(selector: string, text: string): void {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) return;
  element.textContent = text;
  element.hidden = text === '';
}

void recover();
