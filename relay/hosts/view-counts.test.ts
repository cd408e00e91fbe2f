import { expect, it, vi } from 'vitest';
import type { HostRegistry } from './host-registry.ts';
import { ViewCounts } from './view-counts.ts';

it('keeps what cannot be written, and complains once, not for each host', async () => {
  const written = new Map<string, number>();
  let isAway = true;
  const hosts: Pick<HostRegistry, 'countViews' | 'viewsSince' | 'now'> = {
    now: Date.now,
    viewsSince: async () => [],
    async countViews(id, count) {
      if (isAway) throw new Error('Connection terminated');
      written.set(id, count);
    },
  };
  const warn = vi.fn();
  const views = new ViewCounts(hosts, { warn });
  for (const id of ['a', 'b', 'a']) views.count(id);
  await views.flush();
  expect(warn).toHaveBeenCalledTimes(1);
  views.count('b');
  isAway = false;
  await views.flush();
  expect([...written]).toEqual([
    ['a', 2],
    ['b', 2],
  ]);
});
