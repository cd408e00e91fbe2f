import { expect, it } from 'vitest';
import { hashOfToken, makeToken } from './secret-token.ts';

it('makes tokens of 256 bits that are found by their hash', () => {
  const { token, hash, prefix } = makeToken('host');
  expect(token).toMatch(/^pkh_[\w-]{43}$/);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(token.startsWith(prefix)).toBe(true);
  expect(prefix).toHaveLength(10);
  expect(hashOfToken('host', token)).toBe(hash);
  expect(makeToken('host').token).not.toBe(token);
});

it.each([
  '',
  'pkh_',
  'x'.repeat(47),
  `pkh_${'a'.repeat(42)}`,
  `pkh_${'a'.repeat(44)}`,
  `pkh_${'a'.repeat(42)}\n`,
])('does not look for %j', (token) => {
  expect(hashOfToken('host', token)).toBeUndefined();
});

it('takes no token of one kind for the other', () => {
  expect(hashOfToken('api', makeToken('host').token)).toBeUndefined();
});
