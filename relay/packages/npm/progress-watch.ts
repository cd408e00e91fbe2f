// Gives up on an answer that stalls. A trickle counts as a stall: a byte a second would otherwise hold a permit for hours.
import { PackageError, type PackageErrorFacts } from '../base/package-error.ts';
import { toUpstreamFailure, UpstreamFailure } from './upstream-failure.ts';

/** What must arrive within one time-out for the transfer to count as alive. */
const minProgressBytes = 16 * 1024;

/** Watches one transfer, from the request to the last byte. */
export class ProgressWatch {
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #finished = false;
  #sinceProgress = 0;
  #expire: (error: UpstreamFailure) => void = () => {};
  /** Rejects when the transfer stalls; never resolves. */
  readonly expired: Promise<never>;

  constructor(
    readonly timeoutMs: number,
    readonly facts: PackageErrorFacts,
  ) {
    this.expired = new Promise((_, reject) => {
      this.#expire = reject;
    });
    this.expired.catch(() => {});
    this.#restart();
  }

  /** Aborts the request when the transfer stalls or is given up. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Passes the body on, while watching its pace and its size. */
  async *meter(body: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
    this.#restart();
    let total = 0;
    try {
      for await (const chunk of body) {
        total += chunk.length;
        if (total > maxBytes)
          throw new PackageError('TARBALL_TOO_LARGE', { ...this.facts, limit: `${maxBytes} bytes` });
        this.#sinceProgress += chunk.length;
        if (this.#sinceProgress >= minProgressBytes) this.#restart();
        yield chunk;
      }
    } catch (error) {
      throw error instanceof PackageError ? error : toUpstreamFailure(error, this.facts);
    }
    this.#finished = true;
    clearTimeout(this.#timer);
  }

  /** Ends the watch; a transfer that is not through is aborted. */
  stop(): void {
    clearTimeout(this.#timer);
    if (!this.#finished) this.#controller.abort();
    this.#finished = true;
  }

  #restart(): void {
    clearTimeout(this.#timer);
    this.#sinceProgress = 0;
    this.#timer = setTimeout(() => {
      const error = new PackageError('REGISTRY_TIMEOUT', this.facts, `no progress for ${this.timeoutMs} ms`);
      this.#expire(new UpstreamFailure(error, { noAnswer: true }));
      this.#controller.abort();
    }, this.timeoutMs);
  }
}
