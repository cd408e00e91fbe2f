// A compiler must not be newer than the runtime it compiles for.
import { expect, it } from 'vitest';
import { matchCompilers } from './compilers.ts';

it.each([
  ['an exact version', '1.3.15', '>=1.2.0 <1.4.0'],
  ['a range of patches', '~1.8.2', '>=1.2.0 <1.9.0'],
  ['an open range, whose newest fits', '^1.3.0', '^1.2.0'],
  ['a tag', 'latest', '^1.2.0'],
  ['a later major version', '2.0.0', '^1.2.0'],
])('Solid’s compiler for %s', (_, runtime, compiler) => {
  const dependencies = { 'solid-js': runtime, 'babel-preset-solid': '^1.2.0', other: '1.0.0' };
  expect(matchCompilers(dependencies)).toEqual({ ...dependencies, 'babel-preset-solid': compiler });
});

it('A compiler that the artifact chose stays', () => {
  const dependencies = { 'solid-js': '1.3.15', 'babel-preset-solid': '1.9.0' };
  expect(matchCompilers(dependencies)).toEqual(dependencies);
});
