import { expect, it } from 'vitest';
import { forChatPage, MessageBudget } from './message-budget.ts';

const passed = (budget: MessageBudget, count: number, at: number): number =>
  Array.from({ length: count }, () => budget.take(at)).filter(Boolean).length;

it('lets a burst pass, then a hundred a second, and counts what it held back', () => {
  const budget = new MessageBudget(1000, forChatPage);
  expect(passed(budget, 2000, 1000)).toBe(300);
  expect(budget.takeDropped()).toBe(1700);
  expect(budget.takeDropped()).toBe(0);
  expect(passed(budget, 200, 2000)).toBe(100);
  expect(passed(budget, 2000, 600_000)).toBe(300);
});
