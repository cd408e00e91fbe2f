import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { ownHistory, ownHistoryCode } from './own-history.ts';

/** A window whose artifact has `count` entries and shows the one at `index`. */
function pageAt(index: number, count: number) {
  const went: string[] = [];
  const page = {
    history: { length: 40 } as { length: number; go(delta?: unknown): void; back(): void; forward(): void },
    location: { reload: () => void went.push('reload') },
    navigation: {
      currentEntry: { index },
      entries: () => Array.from({ length: count }, (_, key) => ({ key: String(key) })),
      traverseTo: (key: string) => {
        went.push(key);
        return { committed: Promise.reject(new Error('overtaken')), finished: Promise.reject(new Error()) };
      },
    },
  };
  return { page, went };
}

it('counts the artifact’s own entries, and goes to no other', () => {
  const { page, went } = pageAt(1, 3);
  ownHistory(page);
  expect(page.history.length).toBe(3);
  page.history.go(-2);
  page.history.go(2);
  expect(went).toEqual([]);
  page.history.back();
  page.history.forward();
  page.history.go();
  page.history.go('0');
  expect(went).toEqual(['0', '1', 'reload', 'reload']);
});

it('goes back twice when it is told so at once', () => {
  const { page, went } = pageAt(2, 3);
  ownHistory(page);
  page.history.back();
  page.history.back();
  page.history.back();
  expect(went).toEqual(['1', '0']);
});

it('leaves the history alone where a browser does not tell entries', () => {
  const history = { length: 40 };
  ownHistory({ history, location: { reload: () => {} } });
  expect(Object.keys(history)).toEqual(['length']);
});

it('works as code, on one line', () => {
  const { page, went } = pageAt(1, 2);
  expect(ownHistoryCode()).not.toContain('\n');
  runInNewContext(ownHistoryCode(), { window: page });
  page.history.back();
  expect(went).toEqual(['0']);
});
