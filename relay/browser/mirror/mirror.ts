// The mirror as a service worker uses it: decides which requests are the kit's to answer, and answers them.

import { readMirrorConfig } from '../../shared/mirror-config.ts';
import { buildFailureResponse } from './failure-response.ts';
import { findBaseOrigin, findMirrorAddress } from './mirror-address.ts';
import { fetchFromMirror } from './mirror-response.ts';

// The kit may have to fetch and unpack the package first.
const mirrorTimeoutMs = 20_000;

/** What becomes of answers. */
export interface MirrorEvents {
  /** Something could not be had; a sentence for the artifact's console. */
  report(text: string): void;
  /** A file of this size is passed on, in bytes as they travel. */
  onAnswer(bytes: number): void;
}

/** See the head of this file. */
export class Mirror {
  readonly config = readMirrorConfig();
  /** Origin of the base host; undefined on hosts that have none. */
  readonly base: string | undefined;
  readonly #hosts: ReadonlySet<string>;

  constructor(
    origin: string,
    readonly events: MirrorEvents,
  ) {
    const { egress, onBase } = this.config;
    this.base = onBase ? origin : findBaseOrigin(origin);
    this.#hosts = new Set(egress.mode === 'none' ? [] : egress.mirroredHosts);
  }

  /** The answer to a request, if it is the kit's to give. */
  answer(request: Request): Promise<Response> | undefined {
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
    const address = findMirrorAddress(new URL(request.url), this.base, this.#hosts);
    return address === undefined ? undefined : this.#answer(request, address);
  }

  async #answer(request: Request, address: string): Promise<Response> {
    const { onAnswer, report } = this.events;
    try {
      const response = await fetchFromMirror(request, address, {
        timeoutMs: mirrorTimeoutMs,
        hosts: this.#hosts,
        onAnswer,
      });
      if (response.status < 400) return response;
      if (this.config.egress.mode === 'open') return fetch(request);
      report(await explain(request.url, response.clone()));
      return response;
    } catch (error) {
      if (request.signal.aborted) return Response.error();
      const message = error instanceof Error ? error.message : String(error);
      const remedy = 'Check that the preview server runs and is reachable.';
      report(`${message} ${remedy}`);
      return buildFailureResponse({ title: 'This file cannot be had', message, remedy }, false);
    }
  }
}

/** The kit's own words, where the answer has them. */
async function explain(url: string, response: Response): Promise<string> {
  const answer = (await response.json().catch(() => undefined)) as
    | { error?: { message?: string; remedy?: string } }
    | undefined;
  const reason = answer?.error?.message ?? `the preview server answered ${response.status}.`;
  return [`${url} is not available here: ${reason}`, answer?.error?.remedy].filter(Boolean).join(' ');
}
