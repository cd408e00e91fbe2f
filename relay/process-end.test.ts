import { EventEmitter } from 'node:events';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Closable, endProcessWell, type HostProcess } from './process-end.ts';

/** Stands in for `process`: keeps the codes that it should have ended with. */
class FakeProcess extends EventEmitter implements HostProcess {
  codes: number[] = [];
  exit(code: number): void {
    this.codes.push(code);
  }
}

let host: FakeProcess;
let lines: { level: number; msg: string; err?: { message: string } }[];

/** @param close how the relay closes; without it, it is not up yet */
function start(close?: Closable['close']): void {
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const running = endProcessWell(host, log);
  if (close) running({ close });
}

const messages = (): string[] => lines.map(({ msg }) => msg);
const never = (): Promise<void> => new Promise(() => {});

beforeEach(() => {
  vi.useFakeTimers();
  host = new FakeProcess();
  lines = [];
});
afterEach(() => void vi.useRealTimers());

describe('a signal', () => {
  it('closes with time for running answers, then ends with 0', async () => {
    const graces: number[] = [];
    start(async (graceMs) => void graces.push(graceMs));
    host.emit('SIGTERM', 'SIGTERM');
    await vi.advanceTimersByTimeAsync(0);
    expect({ codes: host.codes, graces }).toEqual({ codes: [0], graces: [10_000] });
  });

  it('ends a relay that is not up yet', async () => {
    start();
    host.emit('SIGINT', 'SIGINT');
    await vi.advanceTimersByTimeAsync(0);
    expect(host.codes).toEqual([0]);
  });

  it('ends with 1, and a line in the log, when closing fails', async () => {
    start(async () => Promise.reject(new Error('no way')));
    host.emit('SIGTERM', 'SIGTERM');
    await vi.advanceTimersByTimeAsync(0);
    expect(host.codes).toEqual([1]);
    expect(lines.at(-1)).toMatchObject({ level: 50, msg: 'closing failed', err: { message: 'no way' } });
  });

  it('ends with 1 soon after the grace when closing never ends', async () => {
    start(never);
    host.emit('SIGTERM', 'SIGTERM');
    await vi.advanceTimersByTimeAsync(11_999);
    expect(host.codes).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(host.codes).toEqual([1]);
    expect(messages()).toEqual(['shutting down', 'closing takes too long; what still runs is cut off']);
  });

  it('a second time ends at once; twice in a moment, as npm hands it on, is once', async () => {
    start(never);
    host.emit('SIGINT', 'SIGINT');
    host.emit('SIGINT', 'SIGINT');
    await vi.advanceTimersByTimeAsync(500);
    expect(host.codes).toEqual([]);
    host.emit('SIGTERM', 'SIGTERM');
    expect(host.codes).toEqual([1]);
  });
});

describe('an uncaught exception', () => {
  it('is logged as fatal, leaves running answers a short time, and ends with 1', async () => {
    const graces: number[] = [];
    start(async (graceMs) => void graces.push(graceMs));
    host.emit('uncaughtException', new Error('bug'), 'uncaughtException');
    await vi.advanceTimersByTimeAsync(0);
    expect({ codes: host.codes, graces }).toEqual({ codes: [1], graces: [2_000] });
    expect(lines).toMatchObject([{ level: 60, err: { message: 'bug' } }]);
  });

  it('while the relay shuts down makes that end with 1, and does not start it anew', async () => {
    let finish = (): void => {};
    const closing = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const close = vi.fn(() => closing);
    start(close);
    host.emit('SIGTERM', 'SIGTERM');
    host.emit('uncaughtException', new Error('bug'), 'unhandledRejection');
    finish();
    await vi.advanceTimersByTimeAsync(0);
    expect(host.codes).toEqual([1]);
    expect(close).toHaveBeenCalledTimes(1);
  });

  it('cannot keep the process by coming again and again', async () => {
    start(never);
    for (let second = 0; second < 4; second += 1) {
      host.emit('uncaughtException', new Error('bug'), 'uncaughtException');
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(host.codes).toEqual([1]);
  });
});
