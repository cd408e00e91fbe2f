import { expect, test } from 'vitest';
import { coversName, coversVersion, parsePackagePatterns } from './package-pattern.ts';

const only = (text: string) => parsePackagePatterns(text)[0] as ReturnType<typeof parsePackagePatterns>[0];

test.each([
  ['react', 'react', true],
  ['react', 'react-dom', false],
  ['react', '@react/react', false],
  ['@acme/*', '@acme/parts', true],
  ['@acme/*', '@acme2/parts', false],
  ['@acme/*', 'acme', false],
  ['d3-*', 'd3-scale', true],
  ['d3-*', 'd3', false],
  ['d3-*', '@x/d3-scale', false],
  ['*', 'react', true],
  ['*', '@acme/parts', false],
  ['@*/parts', '@acme/parts', true],
  ['a.b', 'axb', false],
])('%s covers %s: %s', (pattern, name, covered) => {
  expect(coversName(only(pattern), name)).toBe(covered);
  expect(coversVersion(only(pattern), name, '1.0.0')).toBe(covered);
});

test.each([
  ['x@1.2.3', '1.2.3', true],
  ['x@1.2.3', '1.2.4', false],
  ['x@<2', '1.9.0', true],
  ['x@<2', '2.0.0', false],
  ['x@<2', '1.0.0-beta.1', true],
  ['x@1||3.x', '3.4.0', true],
  ['@s/x@^1', '1.0.0', false],
])('%s covers version %s: %s', (pattern, version, covered) => {
  expect(coversVersion(only(pattern), 'x', version)).toBe(covered);
});

test('reads scoped names with ranges, and lists of all kinds', () => {
  expect(only('@acme/parts@^2')).toEqual({ text: '@acme/parts@^2', name: '@acme/parts', range: '^2' });
  expect(parsePackagePatterns(' a, b\n@c/*@1 ').map(({ text }) => text)).toEqual(['a', 'b', '@c/*@1']);
  expect(parsePackagePatterns('')).toEqual([]);
});

test.each(['a@', 'a@y z', 'a@latest', '../a', '@acme', 'a/b', '<2', 'https://a.example/x.tgz'])(
  'refuses %j and says why',
  (text) => {
    expect(() => parsePackagePatterns(text)).toThrow(/^“.+” (names no package|has no valid range)/);
  },
);
