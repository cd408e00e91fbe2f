// What every loop of an artifact asks (relay/compile/loop-guards.ts): whether the page has had no turn for too long. A loop that
// waits for something now and then may go on for ever.

/** How long loops may keep the page from everything else, in ms. */
const longestTurnMs = 5_000;

let turnStarted: number | undefined;

/** `$loop` of compiled files. */
export const loopGuard = {
  /** Rounds of all loops. */
  rounds: 0,

  /** @throws RangeError when the present turn has taken too long */
  check(): void {
    const now = performance.now();
    if (turnStarted === undefined) {
      turnStarted = now;
      setTimeout(() => {
        turnStarted = undefined;
      });
    } else if (now - turnStarted > longestTurnMs) {
      throw new RangeError(
        `Potential infinite loop: the code ran for ${longestTurnMs / 1000} s without giving the page a turn.`,
      );
    }
  },
};
