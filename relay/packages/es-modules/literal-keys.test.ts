// Keys of object literals of every form.
import { expect, it } from 'vitest';
import { literalKeys } from './literal-keys.ts';

it.each([
  ['{ a, b: c, "d": 1, \'e-f\': 2 }', ['a', 'b', 'd', 'e-f']],
  [
    '{ a: function (x, y) { return { no: 1, nope: [x, y] }; }, b: (p, q) => p, c(d, e) {}, get f() { return 1; } }',
    ['a', 'b', 'c', 'f'],
  ],
  ['{ ...rest, a: "}, b: 1", c: `}, d`, async *e() {}, f: g ? { h: 1 } : i }', ['a', 'c', 'e', 'f']],
  ['{}', []],
])('%s', (literal, keys) => {
  expect(literalKeys(`x = ${literal}; ({ after: 1 })`, 4)).toEqual(keys);
});
