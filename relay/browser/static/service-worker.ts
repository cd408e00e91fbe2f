// The service worker of a static preview's origin, `/__csb_sw.js`, scope `/`. It answers for the artifact's own files by asking the
// client behind the relay frame, and for public CDN files with the kit's copies. It caches nothing and keeps no state that it
// could not lose: browsers stop and restart workers at will.

import { egressDirectives } from '../../shared/egress.ts';
import { innerConfigOf, type innerGlobal } from '../../shared/mirror-config.ts';
import { placeholderPrefix } from '../../shared/placeholder-path.ts';
import {
  createMessage,
  type PreviewAnswer,
  readMessage,
  readMessageType,
  relayFramePath,
  type WorkerReport,
  type WorkerTotals,
} from '../../shared/relay-messages.ts';
import { errorText } from '../error-text.ts';
import { blockedNoticeCode } from '../mirror/blocked-notice.ts';
import { buildFailureResponse, type Failure } from '../mirror/failure-response.ts';
import { InnerTexts, innerCall, readData } from '../mirror/inner/inner-texts.ts';
import { Mirror } from '../mirror/mirror.ts';
import { outwardLinksCode } from '../outward-links.ts';
import { ownHistoryCode } from '../own-history.ts';
import pageConsole from './page-console.ts?compiled';
import { buildPreviewResponse } from './preview-response.ts';
import { type FailureReason, RelayExchange, RelayFailure, type RelayPeer } from './relay-exchange.ts';

declare const self: ServiceWorkerGlobalScope;

// With some slack, pages learn within two seconds that nobody answers.
const relayTimeoutMs = 1_500;
const listRelaysAfterMs = 100;
const nextRelayMs = 500;
const lateAnswerLifetimeMs = 5_000;

const run = crypto.randomUUID();
const totals = { requests: 0, bytes: 0 };
const totalsIntervalMs = 100;
let totalsTimer: ReturnType<typeof setTimeout> | undefined;

/** The answer to a navigation that failed as too slow, kept for the reload that fetches it, and handed out once. */
let lateAnswer: { url: string; answer: PreviewAnswer; expiresAt: number } | undefined;

interface PageRequest {
  url: string;
  /** The page that the navigation creates; empty for subresources. */
  pageId: string;
}

const exchange = new RelayExchange<PageRequest>({
  run,
  timeoutMs: relayTimeoutMs,
  listAfterMs: listRelaysAfterMs,
  nextPeerMs: nextRelayMs,
  listPeers: async () => (await listRelays()).map(toPeer),
  onLateAnswer: ({ url, pageId }, answer) => void offerLateAnswer(url, pageId, answer),
});

const mirror = new Mirror(self.location.origin, {
  report,
  onAnswer: (bytes) => {
    totals.bytes += bytes;
    countRequest();
  },
});
const { egress } = mirror.config;
const policy = mirror.base === undefined ? '' : egressDirectives(egress, mirror.base, { plugins: true });
const notice = policy === '' ? '' : blockedNoticeCode(egress);
const inner =
  mirror.base === undefined ? undefined : innerConfigOf(egress, mirror.base, self.location.origin);
const { __previewKitInner: innerScript } = self as unknown as { [innerGlobal]: string };
// On one line: what follows keeps its line numbers.
const innerFunction = innerScript.replaceAll('\n', ' ');
const innerCode = inner ? `${innerFunction}(${JSON.stringify(inner).replaceAll('<', '\\u003c')});` : '';
const texts = inner && new InnerTexts(inner, innerCall(innerFunction, inner), readData);
const around = {
  policy,
  prelude: innerCode + ownHistoryCode() + outwardLinksCode() + notice,
  listener: pageConsole,
  prepare: (html: string) => texts?.markup(html, false) ?? html,
};

self.addEventListener('install', () => void self.skipWaiting());
// No clients.claim(): nothing needs to be controlled but the artifact's pages, and those are opened after activation.

self.addEventListener('message', (event) => {
  const { source, data } = event;
  switch (readMessageType(data)) {
    case 'worker/probe':
      event.waitUntil(answerProbe(event.ports[0]));
      break;
    case 'worker/init':
      if (isRelay(source)) exchange.announce(toPeer(source));
      break;
    case 'preview/response': {
      const response = readMessage('preview/response', data);
      if (response && isRelay(source)) exchange.receive(response.id, response);
      break;
    }
    case 'relay/refusal': {
      const refusal = readMessage('relay/refusal', data);
      if (refusal && isRelay(source)) exchange.refuse(refusal.id, source.id, refusal.reason);
      break;
    }
  }
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin === self.location.origin) {
    const isServers = url.pathname.startsWith('/__csb') || url.pathname.startsWith(placeholderPrefix);
    if (!isServers) event.respondWith(answerFromClient(event));
    return;
  }
  // Anything else that leaves the origin is the browser's business, and the content policy's.
  const answer = mirror.answer(request);
  if (answer) event.respondWith(answer);
});

/** Only the relay frame speaks for a client: an artifact's page on this origin must not pose as one by accident. */
function isRelay(source: ExtendableMessageEvent['source']): source is WindowClient {
  return source instanceof WindowClient && new URL(source.url).pathname === relayFramePath;
}

/** The relay frames open now, newest first: matchAll lists clients that never had the focus in order of creation. */
async function listRelays(): Promise<WindowClient[]> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return windows.filter(isRelay).reverse();
}

function toPeer(client: WindowClient): RelayPeer {
  return { id: client.id, post: (message) => client.postMessage(message) };
}

async function answerProbe(port: MessagePort | undefined): Promise<void> {
  port?.postMessage(createMessage('worker/status', { relays: (await listRelays()).length }));
}

async function answerFromClient(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const isNavigation = request.mode === 'navigate';
  try {
    const answer =
      (isNavigation && takeLateAnswer(request.url)) ||
      (await exchange.ask(
        { url: request.url, method: request.method },
        { url: request.url, pageId: isNavigation ? event.resultingClientId : '' },
      ));
    const { response, bytes } = buildPreviewResponse(answer, request.method, around);
    totals.bytes += bytes;
    countRequest();
    return response;
  } catch (error) {
    const failure = explainFailure(request, error);
    report(`${failure.message} ${failure.remedy}`);
    return buildFailureResponse(failure, isNavigation);
  }
}

const failureTitles: Record<FailureReason, string> = {
  'no-relay': 'This preview has ended',
  refused: 'This preview has no content',
  silent: 'Waiting for the chat page',
};

function explainFailure(request: Request, error: unknown): Failure {
  if (error instanceof RelayFailure) {
    const remedy =
      error.reason === 'silent' && request.mode === 'navigate'
        ? 'The preview appears by itself once the chat page answers; if it does not, open the artifact again.'
        : 'Open the artifact again in the chat.';
    return { title: failureTitles[error.reason], message: error.message, remedy };
  }
  return {
    title: 'This file cannot be shown',
    message: `The chat page answered ${request.method} ${request.url} with something that is not a response: ${errorText(error)}.`,
    remedy: 'Open the artifact again; if it happens again, report it with the artifact.',
  };
}

function countRequest(): void {
  totals.requests += 1;
  if (totalsTimer !== undefined) return;
  totalsTimer = setTimeout(() => {
    totalsTimer = undefined;
    tellRelays(createMessage('worker/totals', { run, ...totals }));
  }, totalsIntervalMs);
}

/** Failures belong where authors look: into the artifact's own console, which only a page can write to. */
function report(text: string): void {
  console.error(text);
  tellRelays(createMessage('worker/report', { text }));
}

function tellRelays(message: WorkerTotals | WorkerReport): void {
  void listRelays().then((relays) => {
    for (const relay of relays) relay.postMessage(message);
  });
}

async function offerLateAnswer(url: string, pageId: string, answer: PreviewAnswer): Promise<void> {
  const page = pageId === '' ? undefined : await self.clients.get(pageId);
  if (!page) return;
  lateAnswer = { url, answer, expiresAt: Date.now() + lateAnswerLifetimeMs };
  page.postMessage(createMessage('worker/late-answer', {}));
}

function takeLateAnswer(url: string): PreviewAnswer | undefined {
  const offer = lateAnswer;
  if (offer?.url !== url) return undefined;
  lateAnswer = undefined;
  return offer.expiresAt >= Date.now() ? offer.answer : undefined;
}
