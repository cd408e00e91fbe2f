// A Chromium driven over its debugging pipe and nothing else: no network domain, no request interception, no script of ours in
// its frames, so that what is timed is what a person's browser would do. https://chromedevtools.github.io/devtools-protocol/
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { findBrowser } from '../../scripts/browser.mjs';

export type Json = Record<string, unknown>;

/** An event of the protocol; `sessionId` says which target it is about. */
export interface ProtocolEvent {
  method: string;
  params: Json;
  sessionId: string | undefined;
}

const commandTimeoutMs = 90_000;
const closeTimeoutMs = 5_000;
const flags = [
  '--headless=new',
  '--remote-debugging-pipe',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-features=OptimizationHints,MediaRouter,Translate',
  // Each page is measured in front of all others; these keep headless Chromium from thinking otherwise.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--password-store=basic',
  '--use-mock-keychain',
  '--window-size=1280,900',
];

/** A running browser with a profile of its own. */
export class Chromium {
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #commands: Writable;
  readonly #pending = new Map<
    number,
    { method: string; resolve: (result: Json) => void; reject: (error: Error) => void }
  >();
  readonly #listeners = new Set<(event: ProtocolEvent) => void>();
  #lastId = 0;
  #partial = '';

  private constructor(process: ChildProcess, profile: string) {
    this.#process = process;
    this.#profile = profile;
    this.#commands = process.stdio[3] as Writable;
    const answers = process.stdio[4] as Readable;
    answers.setEncoding('utf8');
    answers.on('data', (chunk: string) => this.#receive(chunk));
    // Both ends of the pipe break when the browser does; the commands under way say so.
    this.#commands.on('error', () => {});
    process.once('exit', () => {
      for (const { reject } of this.#pending.values()) reject(new Error('Chromium has ended.'));
    });
  }

  /**
   * Starts the machine's Chromium or Chrome; `CHROMIUM_PATH` names another.
   * @param options `resolverRules`: DNS as the browser sees it, in Chromium's `--host-resolver-rules` form; `trustedKey`:
   * hash of a public key whose certificates are valid. (Answers under a certificate that is merely tolerated are not cached.)
   * @throws Error when there is none
   */
  static async launch(options: { resolverRules: string; trustedKey?: string }): Promise<Chromium> {
    const path = findBrowser();
    if (!path) throw new Error('No Chromium found: install it, or set CHROMIUM_PATH to one.');
    const profile = await mkdtemp(join(tmpdir(), 'preview-kit-bench-'));
    const args = [
      ...flags,
      `--user-data-dir=${profile}`,
      `--host-resolver-rules=${options.resolverRules}`,
      ...(options.trustedKey ? [`--ignore-certificate-errors-spki-list=${options.trustedKey}`] : []),
      '--no-proxy-server',
      'about:blank',
    ];
    const child = spawn(path, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    return new Chromium(child, profile);
  }

  /** Sends a command to the browser, or to one of its targets. @throws Error with the protocol's own message */
  send(method: string, params: Json = {}, sessionId?: string): Promise<Json> {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#commands.write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new Error(`Chromium did not answer ${method} within ${commandTimeoutMs / 1000} s.`));
      }, commandTimeoutMs);
      const settle = <T>(finish: (value: T) => void) => {
        return (value: T) => {
          clearTimeout(timer);
          finish(value);
        };
      };
      this.#pending.set(id, { method, resolve: settle(resolve), reject: settle(reject) });
    });
  }

  /** Calls `listener` for every event; returns what stops that. */
  listen(listener: (event: ProtocolEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, 'exit');
      this.send('Browser.close').catch(() => this.#process.kill('SIGKILL'));
      const timer = setTimeout(() => this.#process.kill('SIGKILL'), closeTimeoutMs);
      await ended;
      clearTimeout(timer);
    }
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  #receive(chunk: string): void {
    const messages = (this.#partial + chunk).split('\0');
    this.#partial = messages.pop() ?? '';
    for (const text of messages) {
      const message = JSON.parse(text) as Json & { id?: number };
      if (message.id === undefined) {
        const { method, params = {}, sessionId } = message as unknown as ProtocolEvent;
        for (const listener of this.#listeners) listener({ method, params, sessionId });
        continue;
      }
      const pending = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      const error = message.error as { message: string } | undefined;
      if (error) pending?.reject(new Error(`${pending.method}: ${error.message}`));
      else pending?.resolve((message.result ?? {}) as Json);
    }
  }
}
