// The shell page's script: nests the bundler's frame on a fresh random origin and passes Sandpack's messages both ways.
// It answers the handshake at once, so that files and dependencies arrive while the bundler still boots.

import { customAlphabet } from 'nanoid';
import { bundlerPath } from '../../shared/native.ts';
import { reactIdLength } from '../../shared/preview-id.ts';
import { forChatPage, MessageBudget } from '../console/message-budget.ts';
import { lacksFeatures } from './delegation.ts';
import { EarlyPackages } from './early-packages.ts';
import { isNative } from './native/native-request.ts';
import {
  type CompileMessage,
  type Engine,
  isBundlerWanted,
  isCompile,
  isHello,
  isMetrics,
  isMetricsRequest,
  isRegisterFrame,
  isSandpackMessage,
  type SandpackMessage,
} from './sandpack-messages.ts';
import { explainUnreachable } from './unreachable.ts';

interface ShellConfig {
  /** Origins that may embed previews. */
  embedOrigins: string[];
  /** `allow` attribute of the nested frame. */
  allow: string;
  /** What the frame opens with. */
  engine: Engine;
}

/** A frame's page announces itself before it loads any script; DNS or TLS faults show as silence. */
const helloTimeoutMs = 8000;
const errorPageGraceMs = 1000;

const config = JSON.parse(document.getElementById('config')?.textContent ?? '{}') as ShellConfig;
const embedder = window.parent;
const { previewId, isAnew } = readName();
const frameOrigin = `${location.protocol}//${previewId}-${location.host}`;

const packages = new EarlyPackages(`${location.origin}/-/`);

/** Messages for the bundler that arrived before it listened. */
const waiting: unknown[] = [];
let frameSpoke = false;
/** Whether the bundler's page takes the place of the frame's first. */
let isReplaced = false;
let bundlerListens = false;
/** What runs in the frame, or will when its page has loaded. */
let { engine } = config;
/** What a page that comes into the frame has to be told again. */
let registered: unknown;
let compiled: unknown;
let client: { origin: string; id: number } | undefined;
const consoleLines = new MessageBudget(performance.now(), forChatPage);

let frame = openFrame('/');

let helloTimer = window.setTimeout(reportUnreachable, helloTimeoutMs);
// A browser's own error page loads too, and it never says hello; a preview says it while it is parsed, before it has loaded.
frame.addEventListener(
  'load',
  () => {
    if (!frameSpoke && !isReplaced) expectHelloWithin(errorPageGraceMs);
  },
  { once: true },
);

window.addEventListener('message', (event) => {
  if (event.source === embedder && embedder !== window) fromEmbedder(event);
  else if (event.source === frame.contentWindow && event.origin === frameOrigin) fromFrame(event.data);
});

toEmbedder({ codesandbox: true, type: 'initialized', url: location.href });

function openFrame(path: string): HTMLIFrameElement {
  const element = document.createElement('iframe');
  element.title = 'Artifact';
  element.allow = config.allow;
  element.src = `${frameOrigin}${path}${location.search}${location.hash}`;
  document.body.append(element);
  return element;
}

/**
 * The preview's id: random, and the same as long as the embedder keeps its iframe. Sandpack's refresh loads this page anew in
 * the same iframe, and an artifact expects its storage to be there; only `window.name` belongs to the iframe and outlives that.
 * It also says whether this page has loaded itself anew already.
 */
function readName(): { previewId: string; isAnew: boolean } {
  const [, kept, anew] = /^preview-kit:(r[a-z0-9]{20})(:anew)?$/.exec(window.name) ?? [];
  const id = kept ?? `r${customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', reactIdLength - 1)()}`;
  window.name = `preview-kit:${id}${anew ?? ''}`;
  return { previewId: id, isAnew: anew !== undefined };
}

/** The client greets the new page, and sends the artifact again. */
function loadAnew(): void {
  window.name = `preview-kit:${previewId}:anew`;
  location.reload();
}

function fromEmbedder(event: MessageEvent): void {
  if (!config.embedOrigins.includes(event.origin)) {
    if (isRegisterFrame(event.data))
      console.error(
        `[preview-kit] ${event.origin} may not embed previews. Add it to EMBED_ORIGINS (now: ${config.embedOrigins.join(' ') || 'none'}).`,
      );
    return;
  }
  const { data } = event;
  if (isRegisterFrame(data)) {
    client = { origin: event.origin, id: data.id };
    // The bundler answers the origin it is told: ours, and we pass its answers on.
    registered = { ...data, origin: location.origin };
    toFrame(registered);
  } else if (isSandpackMessage(data)) {
    // Sandpack's refresh loads this page anew and says so too: a bundler that still boots need not be reloaded once more.
    if (data.type === 'refresh' && !bundlerListens) return;
    if (isCompile(data)) {
      if (!isAnew && lacksFeatures(data)) {
        loadAnew();
        return;
      }
      compiled = data;
      if (!bundlerListens) {
        if (engine === 'native' && !isNative(data)) openBundler();
        askEarly(data);
        if (frameSpoke) peek(data);
      }
    }
    toFrame(data);
  } else if (isMetricsRequest(data)) {
    frame.contentWindow?.postMessage(data, frameOrigin);
  }
}

function fromFrame(data: unknown): void {
  if (isHello(data)) {
    // The page that the bundler's is about to replace.
    if (data.engine !== engine) return;
    window.clearTimeout(helloTimer);
    frameSpoke = true;
    for (const message of waiting) peek(message);
  } else if (isMetrics(data)) {
    if (client) embedder.postMessage({ ...data, origin: frameOrigin }, client.origin);
  } else if (isBundlerWanted(data)) {
    if (engine === 'bundler') return;
    bundlerListens = false;
    expectBundlersPage();
    waiting.splice(0, waiting.length, ...[registered, compiled].filter((message) => message !== undefined));
    engine = 'bundler';
    packages.forget();
    if (isCompile(compiled)) askEarly(compiled);
  } else if (isSandpackMessage(data)) {
    if (data.type === 'initialized') {
      // The page that the bundler's is about to replace says so too.
      if (engine === 'native' || data.engine === undefined) bundlerInitialized(data);
    } else if (data.type !== 'console') toEmbedder(data);
    else if (consoleLines.take(performance.now())) passConsoleLine(data);
  }
}

/** The first time, the client has been greeted already and its messages wait here; after a reload it has to register anew. */
function bundlerInitialized(message: SandpackMessage): void {
  if (bundlerListens) {
    toEmbedder(message);
    return;
  }
  bundlerListens = true;
  for (const queued of waiting.splice(0)) toFrame(queued);
}

function askEarly(message: CompileMessage): void {
  if (engine === 'native') packages.askNative(message);
  else packages.askSet(message.modules);
}

/** In a frame of its own: the first one's page may be on its way, or run already, and would be cut off in the middle. */
function openBundler(): void {
  engine = 'bundler';
  expectBundlersPage();
  frame.remove();
  frame = openFrame(bundlerPath);
}

function expectBundlersPage(): void {
  isReplaced = true;
  frameSpoke = false;
  expectHelloWithin(helloTimeoutMs);
}

function expectHelloWithin(ms: number): void {
  window.clearTimeout(helloTimer);
  helloTimer = window.setTimeout(reportUnreachable, ms);
}

/** Shows the frame what will be compiled, so that it gets ready while the bundler boots, and gives it the packages. */
async function peek(message: unknown): Promise<void> {
  if (!isCompile(message)) return;
  askEarly(message);
  // A frame that is told the query waits for its answer, so only the one that gets the answer is told.
  const taken = packages.take();
  frame.contentWindow?.postMessage(
    { type: 'preview-kit:peek', compile: message, query: taken?.query },
    frameOrigin,
  );
  if (!taken) return;
  const answer = await taken.answer;
  const transfer = 'body' in answer ? [answer.body] : [];
  frame.contentWindow?.postMessage({ type: 'preview-kit:set', answer }, frameOrigin, transfer);
}

function passConsoleLine(message: SandpackMessage): void {
  const dropped = consoleLines.takeDropped();
  if (dropped > 0)
    console.warn(`[preview-kit] ${dropped} console lines were not passed on to the chat page.`);
  toEmbedder(message);
}

function toFrame(message: unknown): void {
  if (bundlerListens) frame.contentWindow?.postMessage(message, frameOrigin);
  else waiting.push(message);
}

function toEmbedder(message: SandpackMessage): void {
  // Before the handshake the embedder's origin is not known; `initialized` tells nothing that has to stay secret.
  embedder.postMessage(withShellAddress(message), client?.origin ?? '*');
}

/** The client shows and compares addresses by the origin it opened: the shell's. */
function withShellAddress(message: SandpackMessage): SandpackMessage {
  return typeof message.url === 'string' && message.url.startsWith(frameOrigin)
    ? { ...message, url: location.origin + message.url.slice(frameOrigin.length) }
    : message;
}

function reportUnreachable(): void {
  if (!frame.isConnected) return;
  window.clearTimeout(helloTimer);
  const reason = explainUnreachable(frameOrigin);
  toEmbedder({
    codesandbox: true,
    type: 'action',
    action: 'show-error',
    title: 'Preview unreachable',
    message: reason,
    path: '',
    line: 0,
    column: 0,
    payload: {},
    ...(client ? { $id: client.id } : {}),
  });
  frame.remove();
  const notice = document.createElement('p');
  notice.setAttribute('style', 'font:15px/1.5 system-ui,sans-serif;padding:2rem;margin:0;max-width:40rem');
  notice.textContent = reason;
  document.body.append(notice);
}
