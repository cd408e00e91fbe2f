// What a check found out, as people and programs get it: one shape for the terminal, `--json` and tests.

/** `skip`: nothing can be said, because something it builds on failed or is not here. */
export type Level = 'ok' | 'warn' | 'fail' | 'skip';

/** What one run of a check says; a check may say several things. */
export interface Outcome {
  level: Level;
  /** What a healthy deployment shows. */
  expected: string;
  /** What was there instead, with the values. */
  found: string;
  /** The setting, line or command that fixes it; '' when there is nothing to fix. */
  remedy: string;
}

/** An outcome with the check that it is from. */
export interface Finding extends Outcome {
  id: string;
  title: string;
}

/** As it should be. */
export const ok = (expected: string, found: string): Outcome => ({
  level: 'ok',
  expected,
  found,
  remedy: '',
});

/** Works, but should be known. */
export const warn = (expected: string, found: string, remedy: string): Outcome => ({
  level: 'warn',
  expected,
  found,
  remedy,
});

/** Does not work for some or all users. */
export const fail = (expected: string, found: string, remedy: string): Outcome => ({
  level: 'fail',
  expected,
  found,
  remedy,
});

/**
 * Nothing can be said.
 * @param reason why
 * @param remedy what would make it possible
 */
export const skip = (reason: string, remedy = ''): Outcome => ({
  level: 'skip',
  expected: '',
  found: reason,
  remedy,
});

/** The faults, or one `ok` when there are none. */
export function okUnless(faults: Outcome[], expected: string, found: string): Outcome[] {
  return faults.length > 0 ? faults : [ok(expected, found)];
}
