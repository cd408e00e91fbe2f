import { expect, it } from 'vitest';
import { formatBytes, formatSeconds } from './measures.ts';

it('Sizes and times are short', () => {
  expect([0, 999, 1000, 123_456_789, 5e9].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '123.5 MB',
    '5.0 GB',
  ]);
  expect([40, 9_940, 83_000].map(formatSeconds)).toEqual(['0.0 s', '9.9 s', '83 s']);
});
