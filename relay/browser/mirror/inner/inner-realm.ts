// Keeps CDN addresses at home in documents and workers that an artifact makes within its page. No service worker answers for most of
// them, while they inherit the page's content policy, which lists the CDN hosts. Built as the text of one function, which runs first in
// the artifact's page and gives itself to every document and worker that comes of it: what is written there names the kit's
// copies, and a policy without the CDN hosts blocks what is missed.
import { explainBlocked, policyStart } from '../../../shared/egress.ts';
import { createReport, readReport } from '../mirror-report.ts';
import { keepElementsHome } from './inner-elements.ts';
import { InnerFrames } from './inner-frames.ts';
import { keepRequestsHome, keepWorkersHome, readWithin } from './inner-requests.ts';
import { InnerTexts } from './inner-texts.ts';
import { config, innerSource, type Realm, realmKey } from './realm.ts';

const scope = globalThis as unknown as Record<symbol, Realm | undefined>;

/** The page itself counts as controlled from the start: the artifact waits for the worker, or for a policy without CDN hosts. */
function isControlled(): boolean {
  if (config.role === 'page') return true;
  // A frame's first, empty document. The window may go on to a document that is controlled, and would keep the answer given here.
  if (location.protocol === 'about:' && location.href !== 'about:srcdoc') return false;
  try {
    return navigator.serviceWorker.controller !== null;
  } catch {
    return false;
  }
}

/** Says in the artifact's console, which is the page's, what was blocked in a document within it. */
function passReports(): void {
  addEventListener('message', passReport);
  if (config.role === 'inner') addEventListener('securitypolicyviolation', reportBlocked);
}

function passReport(event: MessageEvent): void {
  const text = readReport(event.data);
  if (text === undefined || event.source === parent) return;
  event.stopImmediatePropagation();
  if (config.role === 'page') console.error(`[preview-kit] ${text}`);
  else parent.postMessage(createReport(text), '*');
}

function reportBlocked({ disposition, blockedURI, originalPolicy }: SecurityPolicyViolationEvent): void {
  if (disposition !== 'enforce') return;
  const reason = explainBlocked(config, blockedURI, originalPolicy.startsWith(policyStart));
  parent.postMessage(createReport(reason), '*');
}

/** Takes the CDN hosts out of what a document may ask. https://www.w3.org/TR/CSP3/#meta-element */
function restrict(texts: InnerTexts): void {
  const head = document.head ?? document.documentElement;
  if (!head) return;
  head.insertAdjacentHTML('afterbegin', texts.meta);
  head.firstElementChild?.remove();
}

function start(): void {
  const texts = new InnerTexts(config, innerSource(), readWithin);
  const realm: Realm = { isControlled: isControlled(), texts, enter: () => {} };
  Object.defineProperty(globalThis, realmKey, { value: realm });
  keepWorkersHome(realm);
  if (!realm.isControlled) keepRequestsHome(realm);
  if (typeof document === 'undefined') return;
  const frames = new InnerFrames(realm);
  if (!realm.isControlled) keepElementsHome(realm);
  let entered: Document | undefined;
  // A frame's first document may hand its realm on to the next: patches stay, observers and policy do not.
  realm.enter = () => {
    realm.isControlled = isControlled();
    if (entered === document) return;
    entered = document;
    frames.observe();
    passReports();
    if (!realm.isControlled) restrict(texts);
  };
  realm.enter();
}

const known = scope[realmKey];
if (known) known.enter();
else start();
if (typeof document !== 'undefined' && config.role === 'inner') {
  for (const element of document.querySelectorAll('[data-preview-kit]')) element.remove();
}
