// The only door to the registry: bounded concurrency, a watch on progress, few and short retries, errors from the one table.
// Called by the packument store and the tarball download. Every attempt has `timeoutMs` without progress, and the last one begins
// within 1.5 s, so that is when a failure is known; a pause that the registry itself asked for, 3 s at most, comes on top.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Result as NpmSpec } from 'npm-package-arg';
import npmFetch from 'npm-registry-fetch';
import { PackageError, type PackageErrorFacts } from '../base/package-error.ts';
import type { PackageLog } from '../base/package-log.ts';
import { Semaphore } from '../base/semaphore.ts';
import type { NpmOptions } from './npm-config.ts';
import { ProgressWatch } from './progress-watch.ts';
import { toUpstreamFailure, UpstreamFailure } from './upstream-failure.ts';

/** One GET of a registry. */
export interface UpstreamRequest {
  url: string;
  /** Decides whose credentials are sent. */
  spec: NpmSpec;
  headers?: Record<string, string>;
  /** More bytes than this fail with TARBALL_TOO_LARGE. */
  maxBytes: number;
  /** Named in errors. */
  facts: PackageErrorFacts;
}

/** An answer below 400; `body` fails with a {@link PackageError} when it stalls, breaks off or grows too large. */
export interface UpstreamResponse {
  status: number;
  header(name: string): string | undefined;
  body: AsyncIterable<Buffer>;
}

export interface UpstreamSettings {
  npm: NpmOptions;
  /** How long the registry may stay silent, in ms. */
  timeoutMs: number;
  /** Requests at once. */
  concurrency: number;
  log: PackageLog;
}

/** No attempt begins later than this, pauses that the registry asked for not counted. */
const retryBudgetMs = 1_500;
const longestRetryAfterMs = 3_000;
const retryDelaysMs = [150, 500];
/** While a registry is down, stale packuments are served without asking it again. */
const downForMs = 15_000;

/** GETs from npm registries; see the head of this file. */
export class Upstream {
  readonly #permits: Semaphore;
  readonly #options: Record<string, unknown>;
  /** By origin: how often it has answered anything, and when it was last found to answer nothing. */
  readonly #answers = new Map<string, number>();
  readonly #downSince = new Map<string, number>();

  constructor(readonly settings: UpstreamSettings) {
    this.#permits = new Semaphore(settings.concurrency);
    this.#options = {
      ...settings.npm,
      // No cache of npm's: the store keeps what it needs in a form of its own.
      cache: undefined,
      offline: false,
      preferOffline: false,
      // No retries of npm's: by default they go on for over a minute.
      retry: { retries: 0 },
      // Only a backstop, and constant, because npm keeps one connection pool for each set of options.
      timeout: settings.timeoutMs * 2,
      userAgent: `librechat-preview-kit node/${process.version}`,
    };
  }

  /** Whether the registry at `url` was found to answer nothing at all a moment ago. */
  isDown(url: string): boolean {
    const since = this.#downSince.get(new URL(url).origin);
    return since !== undefined && Date.now() - since < downForMs;
  }

  /**
   * Sends one request and hands the answer to `consume`, again for each retry.
   * @throws PackageError with a REGISTRY_… code, PACKAGE_NOT_FOUND or TARBALL_TOO_LARGE; what `consume` throws is passed on
   */
  async request<T>(
    request: UpstreamRequest,
    consume: (response: UpstreamResponse) => Promise<T>,
  ): Promise<T> {
    const { origin } = new URL(request.url);
    const queuedAt = Date.now();
    return this.#permits.run(async () => {
      // Those who waited in line behind a registry that turned out to be down share its failure.
      if ((this.#downSince.get(origin) ?? 0) > queuedAt)
        throw new PackageError('REGISTRY_TIMEOUT', request.facts);
      let startedAt = Date.now();
      for (let attempt = 0; ; attempt += 1) {
        const answersBefore = this.#answers.get(origin);
        try {
          return await this.#attempt(request, consume);
        } catch (error) {
          if (!(error instanceof UpstreamFailure)) throw error;
          if (error.noAnswer && this.#answers.get(origin) === answersBefore)
            this.#downSince.set(origin, Date.now());
          const delayMs = retryDelay(error, attempt, Date.now() - startedAt);
          this.settings.log.debug(
            {
              ...request.facts,
              code: error.error.code,
              detail: error.error.detail,
              attempt,
              retryInMs: delayMs,
            },
            'the registry failed',
          );
          if (delayMs === undefined) throw error.error;
          if (error.retryAfterMs !== undefined) startedAt += delayMs;
          await sleep(delayMs);
        }
      }
    });
  }

  async #attempt<T>(
    request: UpstreamRequest,
    consume: (response: UpstreamResponse) => Promise<T>,
  ): Promise<T> {
    const watch = new ProgressWatch(this.settings.timeoutMs, request.facts);
    const work = async (): Promise<T> => {
      const answer = await npmFetch(request.url, {
        ...this.#options,
        spec: request.spec,
        headers: request.headers ?? {},
        signal: watch.signal,
      }).catch((error) => {
        if (error?.statusCode !== undefined) this.#noteAnswer(request.url);
        throw toUpstreamFailure(error, request.facts);
      });
      this.#noteAnswer(request.url);
      // An abort after the consumer has left would otherwise be an error that nobody listens to.
      answer.body.on('error', () => {});
      return consume({
        status: answer.status,
        header: (name) => answer.headers.get(name) ?? undefined,
        body: watch.meter(answer.body, request.maxBytes),
      });
    };
    try {
      return await Promise.race([watch.expired, work()]);
    } finally {
      watch.stop();
    }
  }

  #noteAnswer(url: string): void {
    const { origin } = new URL(url);
    this.#answers.set(origin, (this.#answers.get(origin) ?? 0) + 1);
    this.#downSince.delete(origin);
  }
}

/** How long to wait before the next attempt, in ms; undefined when there is none. */
function retryDelay(failure: UpstreamFailure, attempt: number, elapsedMs: number): number | undefined {
  if (failure.retryAfterMs !== undefined) {
    const inTime = failure.retryAfterMs <= longestRetryAfterMs && elapsedMs <= retryBudgetMs;
    return attempt === 0 && inTime ? failure.retryAfterMs : undefined;
  }
  const delayMs = retryDelaysMs[attempt];
  if (!failure.mayRetry || delayMs === undefined || elapsedMs + delayMs > retryBudgetMs) return undefined;
  return delayMs;
}
