// Everything that the relay has esbuild do goes through here. Its process is one for the whole relay, and code that is nested deep enough
// ends it: what was under way beside such code is done again, each by itself, so that what ends it twice is found out.
import { type TransformFailure, version } from 'esbuild';
import { type Attempt, currentAttempt, type Esbuild, EsbuildSession, SessionEnd } from './esbuild-session.ts';

export const esbuildVersion = version;

/** Work that esbuild does not survive, or does not come to an end with. */
export class EsbuildEnded extends Error {
  override name = 'EsbuildEnded';
}

export interface EsbuildCallOptions {
  /** Name of what is compiled, for people: `/App.tsx`, `lodash@4.17.21`. */
  what: string;
  /** For each attempt. Default: enough for a large package on a slow machine. */
  timeoutMs?: number;
}

interface AloneTurn {
  begin: Promise<void>;
  end: () => void;
}

const defaultTimeoutMs = 60_000;
/** Others' code may end the process as often without anything being wrong with this. */
const maxInterruptions = 5;

/** What runs alone, one after the other; whatever starts anew waits for it. */
let alone: Promise<void> = Promise.resolve();
/** Whose turns are to come: what was under way when the process crashed. */
const turns = new WeakMap<Attempt, AloneTurn>();
let session = startSession();

/** Whether an error is esbuild's complaint about the code that it was given. */
export function isBuildFailure(error: unknown): error is TransformFailure {
  return error instanceof Error && Array.isArray((error as Partial<TransformFailure>).errors);
}

/**
 * Has esbuild do something; what its plugins call meanwhile is part of it. `work` may be called again, from the start.
 * @throws EsbuildEnded naming `what`; what `work` throws
 */
export async function callEsbuild<T>(
  { what, timeoutMs = defaultTimeoutMs }: EsbuildCallOptions,
  work: (esbuild: Esbuild) => Promise<T>,
): Promise<T> {
  const outer = currentAttempt();
  if (outer && !outer.isOver) return work(outer.esbuild);
  for (let interruptions = 0; interruptions < maxInterruptions; interruptions++) {
    await untilNothingIsAlone();
    const attempt = session.attempt();
    try {
      return await session.run(attempt, work, timeoutMs);
    } catch (error) {
      if (!(error instanceof SessionEnd)) throw error;
      if (error.late === attempt) throw tooLong(what, timeoutMs);
      const turn = turns.get(attempt);
      if (turn) return await runAlone(what, timeoutMs, work, turn);
    } finally {
      // It may have been done, or failed, at the moment of the crash.
      turns.get(attempt)?.end();
    }
  }
  throw new EsbuildEnded(`esbuild was interrupted ${maxInterruptions} times while it compiled ${what}.`);
}

function startSession(): EsbuildSession {
  return new EsbuildSession(({ late }, attempts) => {
    session = startSession();
    if (late === undefined) for (const attempt of attempts) turns.set(attempt, takeTurn());
  });
}

/** Others may have crashed meanwhile: whose turn comes then is in front. */
async function untilNothingIsAlone(): Promise<void> {
  for (let seen: unknown; seen !== alone; ) {
    seen = alone;
    await alone;
  }
}

function takeTurn(): AloneTurn {
  const begin = alone;
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  alone = begin.then(() => ended);
  return { begin, end };
}

async function runAlone<T>(
  what: string,
  timeoutMs: number,
  work: (esbuild: Esbuild) => Promise<T>,
  turn: AloneTurn,
): Promise<T> {
  await turn.begin;
  const attempt = session.attempt();
  try {
    return await session.run(attempt, work, timeoutMs);
  } catch (error) {
    if (!(error instanceof SessionEnd)) throw error;
    if (error.late) throw tooLong(what, timeoutMs);
    throw new EsbuildEnded(`esbuild crashes when it compiles ${what}: its code may be nested too deeply.`);
  } finally {
    turns.get(attempt)?.end();
    turn.end();
  }
}

function tooLong(what: string, timeoutMs: number): EsbuildEnded {
  return new EsbuildEnded(`esbuild did not compile ${what} within ${timeoutMs} ms.`);
}
