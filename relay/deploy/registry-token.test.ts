import { describe, expect, it } from 'vitest';
import { holdsToken, keptToken } from './registry-token.ts';

const npmrc = [
  '# npm’s configuration',
  'registry = https://npm.example.com/team',
  '//npm.example.com/team/:_authToken = "t0k3n"',
  '//other.example.org/:_authToken=0th3r',
  '',
].join('\n');

describe('keptToken', () => {
  it('is the token of the registry that npmrc names', () => {
    expect(keptToken(npmrc, 'https://npm.example.com/team/')).toBe('t0k3n');
  });

  it.each([
    ['another host', 'https://npm.example.net/team/'],
    ['another path', 'https://npm.example.com/'],
    ['another port', 'https://npm.example.com:8443/team/'],
    ['no encryption', 'http://npm.example.com/team/'],
    ['a registry that npmrc has a token for, but does not name', 'https://other.example.org/'],
  ])('is none for %s', (_, registry) => {
    expect(keptToken(npmrc, registry)).toBe('');
  });

  it('is none where npmrc has none, or is no address', () => {
    expect(keptToken('', 'https://npm.example.com/')).toBe('');
    expect(keptToken('registry=https://npm.example.com/\n', 'https://npm.example.com/')).toBe('');
    expect(keptToken('registry=npm\n//npm/:_authToken=x\n', 'https://npm.example.com/')).toBe('');
  });
});

it('holdsToken tells a file with a token for anybody', () => {
  expect(holdsToken(npmrc)).toBe(true);
  expect(holdsToken('registry=https://npm.example.com/\n#//a/:_authToken=x\n')).toBe(false);
});
