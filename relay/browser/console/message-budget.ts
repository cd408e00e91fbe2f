// How many console lines of an artifact reach the chat page. Each one makes that page work, and an artifact that logs in a loop
// would stall it; the browser's own console has every line.

interface Limits {
  /** Lines a second in the long run. */
  perSecond: number;
  /** How many more at once. */
  burst: number;
}

/** What a chat page is spared, whatever an artifact sends. */
export const forChatPage: Limits = { perSecond: 100, burst: 300 };
/** What a preview's page sends by itself: less, so that its own notices get through. */
export const forPreview: Limits = { perSecond: 80, burst: 250 };

/** A token bucket (https://en.wikipedia.org/wiki/Token_bucket). */
export class MessageBudget {
  readonly #limits: Limits;
  #left: number;
  #refilledAt: number;
  #dropped = 0;

  /** @param now milliseconds, on any clock */
  constructor(now: number, limits: Limits) {
    this.#limits = limits;
    this.#left = limits.burst;
    this.#refilledAt = now;
  }

  /** Whether one more may pass now. */
  take(now: number): boolean {
    const { burst, perSecond } = this.#limits;
    this.#left = Math.min(burst, this.#left + ((now - this.#refilledAt) / 1000) * perSecond);
    this.#refilledAt = now;
    if (this.#left < 1) {
      this.#dropped += 1;
      return false;
    }
    this.#left -= 1;
    return true;
  }

  /** How many were held back since the last call. */
  takeDropped(): number {
    const dropped = this.#dropped;
    this.#dropped = 0;
    return dropped;
  }
}
