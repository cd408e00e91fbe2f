import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BackgroundTurns, Traffic } from './background-turns.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp() {
  const traffic = new Traffic();
  const turns = new BackgroundTurns(traffic);
  const done: string[] = [];
  const begin = (name: string) => turns.run(async () => void done.push(name));
  return { traffic, turns, done, begin };
}

it('work begins at once while no request runs', async () => {
  const { done, begin } = setUp();
  await begin('a');
  expect(done).toEqual(['a']);
});

it('work waits until the last request is over, and a moment longer for the next of its burst', async () => {
  const { traffic, done, begin } = setUp();
  const [leaveFirst, leaveSecond] = [traffic.enter(), traffic.enter()];
  const work = begin('a');
  leaveFirst();
  await vi.advanceTimersByTimeAsync(10_000);
  leaveSecond();
  await vi.advanceTimersByTimeAsync(200);
  const leaveThird = traffic.enter();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(done).toEqual([]);
  leaveThird();
  await vi.advanceTimersByTimeAsync(300);
  await work;
  expect(done).toEqual(['a']);
});

it('closing rejects what waits and what comes, and lets running work end', async () => {
  const { traffic, turns, done, begin } = setUp();
  let finish: () => void = () => {};
  const running = turns.run(() => new Promise<void>((resolve) => (finish = resolve)));
  await vi.advanceTimersByTimeAsync(0);
  traffic.enter();
  const waiting = expect(begin('a')).rejects.toThrow();
  turns.close();
  await waiting;
  await expect(begin('b')).rejects.toThrow();
  finish();
  await running;
  expect(done).toEqual([]);
});
