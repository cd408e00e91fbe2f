import { describe, expect, it } from 'vitest';
import { fillIn, highestReference, matchAddress, parseAddressPattern } from './address-pattern.ts';

const match = (pattern: string, path: string, query = '') =>
  matchAddress(parseAddressPattern(pattern), path, new URLSearchParams(query));

describe('matchAddress', () => {
  it('takes an address without wildcards as it is', () => {
    expect(match('https://a.example/lib.js', '/lib.js')).toEqual([]);
    expect(match('https://a.example/lib.js', '/lib.js.map')).toBeUndefined();
    expect(match('https://a.example/lib.js', '/x/lib.js')).toBeUndefined();
    expect(match('https://a.example', '/')).toEqual([]);
  });

  it('lets a wildcard stand for anything, slashes included', () => {
    expect(match('https://a.example/libs/*', '/libs/x/y.js')).toEqual(['x/y.js']);
    expect(match('https://a.example/libs/*', '/libs/')).toEqual(['']);
    expect(match('https://a.example/*', '/')).toEqual(['']);
    expect(match('https://a.example/*.js', '/a.js/b.js')).toEqual(['a.js/b']);
  });

  it('gives every wildcard but the last as little as it can', () => {
    expect(match('https://a.example/*/*/*', '/lib/1.2.3/dist/lib.js')).toEqual([
      'lib',
      '1.2.3',
      'dist/lib.js',
    ]);
    expect(match('https://a.example/*-*.js', '/a-b-c.js')).toEqual(['a', 'b-c']);
  });

  it('lets no text count for two parts of the pattern', () => {
    expect(match('https://a.example/ab*ba', '/aba')).toBeUndefined();
    expect(match('https://a.example/a*bc*c', '/abc')).toBeUndefined();
  });

  it('compares paths decoded', () => {
    expect(match('https://a.example/%40scope/*', '/@scope/x y.js')).toEqual(['x y.js']);
  });

  it('looks at the query only if the pattern has one', () => {
    expect(match('https://a.example/lib.js', '/lib.js', 'v=1')).toEqual([]);
    expect(match('https://a.example/lib.js?v=*', '/lib.js', 'v=1')).toEqual(['1']);
    expect(match('https://a.example/lib.js?v=*', '/lib.js')).toBeUndefined();
  });

  it('ends soon when an artifact aims at the wildcards', () => {
    const path = `/${'a'.repeat(100_000)}`;
    expect(match(`https://a.example/${'*a'.repeat(9)}b`, path)).toBeUndefined();
  });
});

describe('parseAddressPattern', () => {
  it.each([
    ['cdn.example.com/x', 'must be an address such as https://cdn.example.com/libs/*'],
    ['ftp://cdn.example.com/x', 'must be an address such as https://cdn.example.com/libs/*'],
    ['https://*.example.com/x', 'must name its host without *; write a rule for each host'],
    ['https://cdn.example.com:8080/x', 'must have no port, no user and no fragment'],
    ['https://me:pw@cdn.example.com/x', 'must have no port, no user and no fragment'],
    ['https://cdn.example.com/%E0', 'must be valid percent-encoding'],
    [`https://cdn.example.com/${'*/'.repeat(10)}`, 'must have at most 9 wildcards'],
  ])('refuses %s', (text, message) => {
    expect(() => parseAddressPattern(text)).toThrow(message);
  });
});

it('fills in what the wildcards stand for', () => {
  expect(fillIn('dist/$1/$2.js', ['a', 'b$1'])).toBe('dist/a/b$1.js');
  expect(highestReference('dist/$1/$3.js')).toBe(3);
  expect(highestReference('dist/lib.js')).toBe(0);
});
