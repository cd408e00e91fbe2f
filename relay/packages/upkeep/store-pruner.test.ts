import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { silentLog } from '../base/package-log.ts';
import { StorePruner } from './store-pruner.ts';

const bounds = { dataDir: '/nonexistent', maxBytes: 1, maxAgeMs: 0, offline: false };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch(settings = bounds, log = silentLog) {
  const pruner = new StorePruner({ ...settings, log });
  return { pruner, prune: vi.spyOn(pruner, 'prune') };
}

it('Runs soon after the start, then every hour, until it is stopped', () => {
  const { pruner, prune } = watch();
  const stop = pruner.start();
  expect(prune).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10_000);
  expect(prune).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(2 * 3_600_000);
  expect(prune).toHaveBeenCalledTimes(3);
  stop();
  vi.advanceTimersByTime(24 * 3_600_000);
  expect(prune).toHaveBeenCalledTimes(3);
});

it('Does not run without bounds', () => {
  const { pruner, prune } = watch({ ...bounds, maxBytes: 0 });
  pruner.start();
  vi.advanceTimersByTime(24 * 3_600_000);
  expect(prune).not.toHaveBeenCalled();
});

it('Logs a failure and goes on', async () => {
  const error = vi.fn();
  const { pruner, prune } = watch(bounds, { ...silentLog, error });
  prune.mockRejectedValue(new Error('the pin is damaged'));
  pruner.start();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(error).toHaveBeenCalledTimes(2);
});
