// Joins identical calls: while one is running, the others wait for its outcome. Nothing is kept afterwards, least of all a rejection.

/** Calls that are running, by key. */
export class InFlight<T> {
  readonly #calls = new Map<string, Promise<T>>();

  /** Runs `call`, or joins the one that already runs under `key`. */
  run(key: string, call: () => Promise<T>): Promise<T> {
    const running = this.#calls.get(key);
    if (running) return running;
    const started = call().finally(() => this.#calls.delete(key));
    this.#calls.set(key, started);
    return started;
  }
}
