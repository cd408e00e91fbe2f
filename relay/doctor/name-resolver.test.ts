import { describe, expect, it } from 'vitest';
import { NameResolver, parseNameRule } from './name-resolver.ts';

describe('--resolve', () => {
  it.each([
    ['*.example.com=203.0.113.5', { pattern: '*.example.com', address: '203.0.113.5', port: undefined }],
    [
      'Preview.example.com=203.0.113.5:8443',
      { pattern: 'preview.example.com', address: '203.0.113.5', port: 8443 },
    ],
    ['a.test=[2001:db8::5]:443', { pattern: 'a.test', address: '2001:db8::5', port: 443 }],
    ['a.test=2001:db8::5', { pattern: 'a.test', address: '2001:db8::5', port: undefined }],
  ])('%s', (text, rule) => {
    expect(parseNameRule(text)).toEqual(rule);
  });

  it.each(['a.test', 'a.test=', '=1.2.3.4', 'a.test=b.test', '*=1.2.3.4'])('refuses %s', (text) => {
    expect(() => parseNameRule(text)).toThrow('name=address[:port]');
  });

  it('covers names below a wildcard, and not the name itself', async () => {
    const names = new NameResolver({ rules: [parseNameRule('*.a.invalid=192.0.2.1:99')], timeoutMs: 100 });
    expect(await names.addresses('x-y.a.invalid')).toEqual({
      v4: ['192.0.2.1'],
      v6: [],
      port: 99,
      source: '--resolve',
    });
    expect((await names.addresses('localhost')).v4).toEqual(['127.0.0.1']);
    expect(names.isBent).toBe(true);
  });
});
