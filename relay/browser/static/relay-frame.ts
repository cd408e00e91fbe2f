// Script of `/__csb_relay/`, the hidden frame between a static preview's client (in the chat page) and its service worker. It holds the
// client's port and passes messages on. Invariant: an allowed client gets `preview/ready` in every case, because only then does it
// open the preview, and only there can a person be told what is wrong.
import {
  createMessage,
  findFault,
  readMessage,
  readMessageType,
  relayFramePath,
  type WorkerTotals,
} from '../../shared/relay-messages.ts';
import { openWorker } from './worker-registration.ts';

const maxOpenRequests = 256;

const embedders = readEmbedders();
// Before anything else: installing the worker takes longest, and the client's message comes only after this frame's load event.
const opening = openWorker();
opening.catch((error) => tell(String(error)));

let client: MessagePort | undefined;
/** Which worker asked, by request id: after an update, two workers can have requests under way. */
const askers = new Map<string, ServiceWorker>();
const totalsByRun = new Map<string, WorkerTotals>();

// Reaches this frame although no worker controls it; without startMessages the events would wait for DOMContentLoaded.
// https://w3c.github.io/ServiceWorker/#dom-serviceworkercontainer-startmessages
navigator.serviceWorker?.addEventListener('message', ({ source, data }) => {
  const request = readMessage('preview/request', data);
  if (request && source instanceof ServiceWorker) {
    if (!client) return refuse(source, request.id, 'The chat page has closed this preview.');
    remember(request.id, source);
    client.postMessage(request);
  }
  const totals = readMessage('worker/totals', data);
  if (totals) keepTotals(totals);
  const report = readMessage('worker/report', data);
  if (report) printInArtifacts(report.text);
});
navigator.serviceWorker?.startMessages();

window.addEventListener('message', (event) => {
  if (event.source !== window.parent || window.parent === window) return;
  const isInit = readMessageType(event.data) === 'preview/init';
  const isMetricsRequest = event.data?.type === 'preview-kit:metrics-request';
  if (!isInit && !isMetricsRequest) return;
  if (embedders.length > 0 && !embedders.includes(event.origin)) {
    tell(
      `${event.origin} asked for a preview, but only ${embedders.join(', ')} may. If this is your chat's address, add it to EMBED_ORIGINS on the preview server.`,
    );
    return;
  }
  // A sandboxed or file page has the origin “null”, which cannot be addressed.
  if (isMetricsRequest)
    window.parent.postMessage(createMetrics(), event.origin === 'null' ? '*' : event.origin);
  const [port] = event.ports;
  if (isInit && port) void attach(port);
});

async function attach(port: MessagePort): Promise<void> {
  client = port;
  port.onmessage = ({ data }) => receiveAnswer(data);
  // Chromium only, yet: https://chromestatus.com/feature/5086799659794432. Elsewhere a closed preview costs a time-out.
  port.addEventListener('close', () => {
    if (client === port) client = undefined;
  });
  try {
    const worker = await opening;
    worker.postMessage(createMessage('worker/init', {}));
  } catch {
    // Told already; the fallback page at the preview's own address explains it to the person.
  }
  port.postMessage(createMessage('preview/ready', {}));
}

function receiveAnswer(data: unknown): void {
  if (readMessageType(data) !== 'preview/response') return;
  const { id } = data as { id?: unknown };
  const asker = typeof id === 'string' ? askers.get(id) : undefined;
  if (!asker || typeof id !== 'string') return;
  askers.delete(id);
  const fault = findFault('preview/response', data);
  if (fault === undefined) asker.postMessage(data);
  else
    refuse(asker, id, `The chat page answered with an invalid message: its field “${fault}” cannot be used.`);
}

function remember(id: string, worker: ServiceWorker): void {
  askers.set(id, worker);
  const [oldest] = askers.keys();
  if (askers.size > maxOpenRequests && oldest !== undefined) askers.delete(oldest);
}

function refuse(worker: ServiceWorker, id: string, reason: string): void {
  worker.postMessage(createMessage('relay/refusal', { id, reason }));
}

function keepTotals(totals: WorkerTotals): void {
  const known = totalsByRun.get(totals.run);
  if (!known || totals.requests > known.requests) totalsByRun.set(totals.run, totals);
}

/** Totals over all runs of the worker that this frame has heard of. */
function createMetrics() {
  const runs = [...totalsByRun.values()];
  return {
    type: 'preview-kit:metrics',
    origin: location.origin,
    requests: runs.reduce((sum, { requests }) => sum + requests, 0),
    bytes: runs.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** Sandpack's console hook sits in the artifact's page, a sibling of this frame with the same origin. */
function printInArtifacts(text: string): void {
  for (let index = 0; index < window.parent.length; index += 1) {
    try {
      const sibling = window.parent[index] as (Window & typeof globalThis) | undefined;
      if (sibling && sibling.location.pathname !== relayFramePath) sibling.console.error(text);
    } catch {
      // Another origin's frame.
    }
  }
}

function tell(text: string): void {
  console.error(text);
  const notice = document.getElementById('notice');
  if (notice) notice.textContent = text;
}

function readEmbedders(): string[] {
  const config: { embedders: string[] } = JSON.parse(document.getElementById('config')?.textContent ?? '');
  return config.embedders;
}
