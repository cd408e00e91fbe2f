import { describe, expect, it } from 'vitest';
import { formatLog } from './console-text.ts';

describe('formatLog', () => {
  it.each([
    [['reserved', 2], 'reserved 2'],
    [['ready', { seats: 12, name: 'a', constructor: { name: 'Object' } }], 'ready { seats: 12, name: "a" }'],
    [
      [
        { '@t': '[[undefined]]', data: '' },
        { '#@t': '[[NaN]]', data: '' },
      ],
      'undefined NaN',
    ],
    [
      [{ '@t': '[[Error]]', data: { name: 'TypeError', message: 'x is not a function' } }],
      'TypeError: x is not a function',
    ],
    [[[1, [2, { a: null }]], {}], '[1, [2, { a: null }]] {}'],
    [[{ '@t': 'Function', data: { name: 'run', body: '' } }], 'ƒ run()'],
  ])('%j', (data, text) => {
    expect(formatLog(data)).toBe(text);
  });

  it('cuts very long text', () => {
    expect(formatLog(['x'.repeat(5000)])).toHaveLength(2001);
  });
});
