import { expect, it } from 'vitest';
import { parseAddressPattern } from './address-pattern.ts';
import { MirrorRules } from './mirror-rules.ts';

const rules = new MirrorRules(
  ['https://a.example/x/*', 'https://a.example/*', 'https://unpkg.com/one'].map((text, index) => ({
    number: index + 1,
    pattern: parseAddressPattern(text),
    target: { kind: 'blocked', reason: 'no' },
  })),
);
const find = (host: string, path: string) => rules.find(host, path, new URLSearchParams());

it('finds the first rule that fits, by host and path', () => {
  expect(find('a.example', '/x/y')).toMatchObject({ rule: { number: 1 }, captures: ['y'] });
  expect(find('A.Example', '/y')).toMatchObject({ rule: { number: 2 }, captures: ['y'] });
  expect(find('unpkg.com', '/one')).toMatchObject({ rule: { number: 3 }, captures: [] });
  expect(find('unpkg.com', '/two')).toBeUndefined();
  expect(find('b.example', '/x/y')).toBeUndefined();
});

it('names the hosts of its rules, each once', () => {
  expect(rules.hosts).toEqual(['a.example', 'unpkg.com']);
});
