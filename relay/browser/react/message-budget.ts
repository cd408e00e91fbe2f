// How many console lines of an artifact reach the chat page. Each one makes that page work, and an artifact that logs in a loop
// would stall it; the browser's own console has every line.

/** Lines a second in the long run, and how many more at once. */
const perSecond = 100;
const burst = 300;

/** A token bucket (https://en.wikipedia.org/wiki/Token_bucket). */
export class MessageBudget {
  #left = burst;
  #refilledAt: number;
  #dropped = 0;

  /** @param now milliseconds, on any clock */
  constructor(now: number) {
    this.#refilledAt = now;
  }

  /** Whether one more may pass now. */
  take(now: number): boolean {
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
