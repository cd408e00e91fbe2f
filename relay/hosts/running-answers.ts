// Answers that are still on their way: whether their reader may have the rest is asked again and again, because access may end meanwhile,
// at another relay too. Those that may not are cut.
import type { ServerResponse } from 'node:http';

/** How long after its access has ended somebody may still be sent something, in milliseconds; and what asking takes. */
const everyMs = 1_000;

type MayGoOn = () => Promise<boolean>;

/** See the head of this file. */
export class RunningAnswers {
  readonly #running = new Map<ServerResponse, MayGoOn>();
  #timer: NodeJS.Timeout | undefined;

  /**
   * Watches an answer that was handed over whole; one that the system has taken already is left alone, as nearly all are.
   * @param mayGoOn what it throws tells nothing: it is asked again
   */
  watch(res: ServerResponse, mayGoOn: MayGoOn): void {
    if (res.writableLength === 0 || res.destroyed) return;
    this.#running.set(res, mayGoOn);
    res.once('close', () => this.#running.delete(res));
    this.#timer ??= setTimeout(() => void this.#check(), everyMs).unref();
  }

  async #check(): Promise<void> {
    // One after the other: many slow readers are no reason to keep the database busy.
    for (const [res, mayGoOn] of [...this.#running]) {
      const isOver = this.#running.has(res) && !(await mayGoOn().catch(() => true));
      // What the system has not sent yet is not sent any more, either.
      if (isOver) res.socket?.resetAndDestroy();
    }
    this.#timer = this.#running.size > 0 ? setTimeout(() => void this.#check(), everyMs).unref() : undefined;
  }
}
