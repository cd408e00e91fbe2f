import { describe, expect, it } from 'vitest';
import type { Check, CheckContext } from './check.ts';
import { fail, ok, skip, warn } from './finding.ts';
import { runChecks } from './run-checks.ts';

const context = {} as CheckContext;

function check(id: string, run: Check['run'], more: Partial<Check> = {}): Check {
  return { id, group: 'Network', title: `Title of ${id}`, looksAt: '', fix: '', run, ...more };
}

const run = (checks: Check[], timeoutMs = 1_000) => runChecks(checks, context, timeoutMs);
const levels = async (checks: Check[]): Promise<string[]> =>
  (await run(checks)).map(({ id, level }) => `${id} ${level}`);

const healthy = () => ok('', '');
const broken = () => fail('', '', '');

describe('runChecks', () => {
  it('keeps the order of the table, whatever needs what', async () => {
    const checks = [check('b', healthy, { needs: ['a'] }), check('a', healthy)];
    expect(await levels(checks)).toEqual(['b ok', 'a ok']);
  });

  it('skips what needs a check that failed, and names it, also at second hand', async () => {
    const findings = await run([
      check('a', broken),
      check('b', healthy, { needs: ['a'] }),
      check('c', healthy, { needs: ['b'] }),
    ]);
    const reason = 'not looked at, because “Title of a” failed';
    expect(findings.slice(1).map(({ level, found }) => [level, found])).toEqual([
      ['skip', reason],
      ['skip', reason],
    ]);
  });

  it('goes on after a warning', async () => {
    expect(await levels([check('a', () => warn('', '', '')), check('b', healthy, { needs: ['a'] })])).toEqual(
      ['a warn', 'b ok'],
    );
  });

  it('tells a skipped need from one that a check merely yields to', async () => {
    const absent = check('a', () => skip('it is elsewhere'));
    expect(await levels([absent, check('b', healthy, { needs: ['a'] })])).toEqual(['a skip', 'b skip']);
    expect(await levels([absent, check('b', healthy, { yieldsTo: ['a'] })])).toEqual(['a skip', 'b ok']);
    expect(await levels([check('a', broken), check('b', healthy, { yieldsTo: ['a'] })])).toEqual([
      'a fail',
      'b skip',
    ]);
  });

  it('ends a check that hangs, and aborts what it does', async () => {
    let aborted = false;
    const hanging = check('a', ({ signal }) => {
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      return new Promise(() => {});
    });
    const [finding] = await run([hanging], 20);
    expect(finding).toMatchObject({ level: 'fail', expected: 'an answer within 0.02 s' });
    expect(aborted).toBe(true);
  });

  it('takes what a check throws for a failure', async () => {
    const [finding] = await run([
      check('a', () => {
        throw new Error('no route');
      }),
    ]);
    expect(finding).toMatchObject({ id: 'a', level: 'fail', found: 'no route' });
  });

  it('runs checks that do not need each other at the same time', async () => {
    let open: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const waiting = check('a', async () => {
      await gate;
      return ok('', '');
    });
    const opening = check('b', () => {
      open();
      return ok('', '');
    });
    expect(await levels([waiting, opening])).toEqual(['a ok', 'b ok']);
  });

  it('refuses a table in which a check needs one that is not there, or itself', async () => {
    await expect(run([check('a', healthy, { needs: ['b'] })])).rejects.toThrow(
      '“b”, which is not in the table',
    );
    await expect(
      run([check('a', healthy, { needs: ['b'] }), check('b', healthy, { needs: ['a'] })]),
    ).rejects.toThrow('needs itself');
  });
});
