// When a piece of work may run: requests do everything at once, what is prepared ahead of them waits for its turn.

/** Runs `job` when its time has come. */
export type Turn = <T>(job: () => Promise<T>) => Promise<T>;

/** For work that somebody waits for. */
export const atOnce: Turn = (job) => job();
