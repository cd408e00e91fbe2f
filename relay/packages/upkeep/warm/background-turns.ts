// Work that nobody waits for, between the requests of those who do: it begins when no request runs, a few jobs at a time, and
// holds nothing that a request needs while it waits.
import { Semaphore } from '../../base/semaphore.ts';
import type { Turn } from '../../base/turn.ts';

/** A preview's requests come in bursts; between two of them there is no room for more work. */
const quietMs = 250;
/** Enough to keep the registry, the disk and the compiler busy; a request waits for no more than these. */
const jobsAtOnce = 6;

/** Knows whether requests are running. */
export class Traffic {
  #running = 0;
  #settling: NodeJS.Timeout | undefined;
  #waiting: (() => void)[] = [];

  /** A request has come. @returns what to call, once, when it is over */
  enter(): () => void {
    this.#running += 1;
    clearTimeout(this.#settling);
    this.#settling = undefined;
    return () => {
      this.#running -= 1;
      if (this.#running === 0) this.#settling = setTimeout(() => this.#release(), quietMs).unref();
    };
  }

  /** Resolves at once where no request runs or has just run, else when that is so. */
  async quiet(): Promise<void> {
    if (this.#running > 0 || this.#settling) await new Promise<void>((done) => this.#waiting.push(done));
  }

  #release(): void {
    this.#settling = undefined;
    for (const go of this.#waiting.splice(0)) go();
  }
}

/** Hands out turns until it is closed. */
export class BackgroundTurns {
  readonly #permits = new Semaphore(jobsAtOnce);
  readonly #closing = new AbortController();
  readonly #closed: Promise<never>;

  constructor(readonly traffic: Traffic) {
    this.#closed = new Promise((_, reject) => {
      this.#closing.signal.addEventListener('abort', () => reject(this.#closing.signal.reason));
    });
    this.#closed.catch(() => {});
  }

  get isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** Rejects what has not begun, now and from now on. */
  close(): void {
    this.#closing.abort();
  }

  /** @throws AbortError when it was closed before `job` began; what `job` throws */
  readonly run: Turn = (job) =>
    this.#permits.run(async () => {
      await Promise.race([this.#closed, this.traffic.quiet()]);
      this.#closing.signal.throwIfAborted();
      return job();
    });
}
