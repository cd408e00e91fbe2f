// Runs checks: those that build on nothing unfinished at once, each within its time, and none whose ground is missing.
import type { Check, CheckContext } from './check.ts';
import { type Finding, fail, type Level, type Outcome, skip } from './finding.ts';

/**
 * @param checks in the order of the report; `needs` and `yieldsTo` name ids among them
 * @param timeoutMs how long a check may take
 * @returns findings in the order of the checks; at least one a check
 * @throws Error when checks need one that is not there, or each other
 */
export async function runChecks(
  checks: readonly Check[],
  context: Omit<CheckContext, 'signal'>,
  timeoutMs: number,
): Promise<Finding[]> {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const running = new Map<string, Promise<Outcome[]>>();
  const started: string[] = [];

  const start = (id: string): Promise<Outcome[]> => {
    const known = running.get(id);
    if (known) return known;
    const check = byId.get(id);
    if (!check) throw new Error(`A check needs “${id}”, which is not in the table.`);
    if (started.includes(id)) throw new Error(`The check “${id}” needs itself.`);
    started.push(id);
    const ground = [...(check.needs ?? []), ...(check.yieldsTo ?? [])].map(
      (each) => [each, start(each)] as const,
    );
    const outcomes = (async () => {
      for (const [each, finished] of ground) {
        const missing = missingGround(
          byId.get(each) as Check,
          await finished,
          check.needs?.includes(each) ?? false,
        );
        if (missing) return [skip(missing)];
      }
      return runInTime(check, context, timeoutMs * (check.patience ?? 1));
    })();
    running.set(id, outcomes);
    return outcomes;
  };

  for (const { id } of checks) start(id);
  const findings = await Promise.all(
    checks.map(async ({ id, title }) => (await start(id)).map((outcome) => ({ id, title, ...outcome }))),
  );
  return findings.flat();
}

/** The worst level among outcomes. */
export function worst(outcomes: readonly Pick<Outcome, 'level'>[]): Level {
  const levels = new Set(outcomes.map(({ level }) => level));
  return (['fail', 'warn', 'ok'] as const).find((level) => levels.has(level)) ?? 'skip';
}

function missingGround(check: Check, outcomes: Outcome[], needed: boolean): string | undefined {
  const level = worst(outcomes);
  if (level === 'fail') return `not looked at, because “${check.title}” failed`;
  if (level !== 'skip' || !needed) return undefined;
  const reason = outcomes[0]?.found ?? '';
  return reason.startsWith('not looked at') ? reason : `not looked at: ${reason}`;
}

async function runInTime(
  check: Check,
  context: Omit<CheckContext, 'signal'>,
  timeoutMs: number,
): Promise<Outcome[]> {
  const clock = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Outcome[]>((resolve) => {
    timer = setTimeout(() => {
      clock.abort();
      resolve([
        fail(
          `an answer within ${timeoutMs / 1000} s`,
          'none',
          'Run the doctor again with a longer --timeout; if that does not help, something on the way drops packets.',
        ),
      ]);
    }, timeoutMs);
  });
  const work = (async () => [await check.run({ ...context, signal: clock.signal })].flat())().catch(
    (error) => [fail('the check can be made', error instanceof Error ? error.message : String(error), '')],
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
