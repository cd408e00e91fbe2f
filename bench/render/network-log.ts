// What a preview asks for on the network, its workers included: requests and bytes on the wire, by kind. Used in renders that
// are not timed, because being told of every request costs the browser time.
import type { HostPage } from './host-page.ts';

/** Kinds of requests, in the order in which reports show them. */
export const requestKinds = [
  'pages',
  'bundler files',
  'package versions',
  'package manifests',
  'package files',
  'Tailwind',
  'other',
] as const;
export type RequestKind = (typeof requestKinds)[number];

const quietMs = 1000;

/** Requests that left for a server, and answers that came from the browser's cache. */
export interface Traffic {
  requests: number;
  fromCache: number;
  bytes: number;
}

export type TrafficByKind = Record<RequestKind, Traffic>;

interface Exchange {
  url: string;
  isDocument: boolean;
  fromCache: boolean;
  bytes: number;
}

/** Records a page's previews from now on. */
export class NetworkLog {
  readonly #exchanges = new Map<string, Exchange>();
  #lastEventMs = 0;

  /** @param page not rendered yet; its own requests are left out */
  static async record(page: HostPage): Promise<NetworkLog> {
    const log = new NetworkLog();
    page.chromium.listen(({ method, params, sessionId }) => {
      if (sessionId === undefined || !method.startsWith('Network.')) return;
      const isDocument = params.type === 'Document' || log.#exchanges.has(String(params.requestId));
      // A frame's own page is asked for by the page that holds it.
      if (sessionId !== page.sessionId || isDocument)
        log.#note(method.slice(8), params as unknown as NetworkEvent);
    });
    await page.chromium.send('Network.enable', {}, page.sessionId);
    await page.watch((send) => send('Network.enable'));
    return log;
  }

  /** Waits until late requests are through: the bundler loads parts of itself after `done`. */
  async untilQuiet(): Promise<void> {
    while (performance.now() - this.#lastEventMs < quietMs)
      await new Promise((resolve) => setTimeout(resolve, quietMs / 5));
  }

  /** Sums by kind. @param bundlerHost host of the bundler or of the kit */
  byKind(bundlerHost: string): TrafficByKind {
    const empty = () => ({ requests: 0, fromCache: 0, bytes: 0 });
    const sums = Object.fromEntries(requestKinds.map((kind) => [kind, empty()])) as TrafficByKind;
    for (const exchange of this.#exchanges.values()) {
      if (!/^https?:/.test(exchange.url)) continue;
      const sum = sums[kindOf(exchange, bundlerHost)];
      if (exchange.fromCache) sum.fromCache += 1;
      else sum.requests += 1;
      sum.bytes += exchange.bytes;
    }
    return sums;
  }

  #note(event: string, params: NetworkEvent): void {
    this.#lastEventMs = performance.now();
    const { requestId } = params;
    // A worker's own script is announced in its parent and loaded in itself, under one id.
    const known = this.#exchanges.get(requestId);
    if (event === 'requestWillBeSent') {
      const { url } = params.request;
      const isDocument = params.type === 'Document';
      this.#exchanges.set(requestId, known ?? { url, isDocument, fromCache: false, bytes: 0 });
    } else if (!known) {
      return;
    } else if (event === 'requestServedFromCache') {
      known.fromCache = true;
    } else if (event === 'responseReceived') {
      known.fromCache ||= params.response.fromDiskCache;
    } else if (event === 'loadingFinished') {
      known.bytes = Math.max(known.bytes, known.fromCache ? 0 : params.encodedDataLength);
    }
  }
}

interface NetworkEvent {
  requestId: string;
  type: string;
  request: { url: string };
  response: { fromDiskCache: boolean };
  encodedDataLength: number;
}

function kindOf({ url, isDocument }: Exchange, bundlerHost: string): RequestKind {
  const { host, pathname } = new URL(url);
  if (isDocument) return 'pages';
  if (/cdn\.tailwindcss\.com|\/-\/styles\//.test(url)) return 'Tailwind';
  if (/^\/-\/(set|native)/.test(pathname)) return 'package manifests';
  if (pathname.startsWith('/-/')) return 'package files';
  if (host === bundlerHost) return 'bundler files';
  if (host.startsWith('prod-packager')) return 'package manifests';
  if (host === 'data.jsdelivr.com') return pathname.endsWith('/flat') ? 'package files' : 'package versions';
  if (/jsdelivr\.net$|unpkg\.com$/.test(host)) return 'package files';
  return 'other';
}
