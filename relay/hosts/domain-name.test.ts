import { describe, expect, it } from 'vitest';
import { readDomain } from './domain-name.ts';

const known = {
  hostname: 'preview.example.com',
  apiHostnames: ['pages.example.com'],
  embedOrigins: ['https://librechat.example.com'],
};

describe('readDomain', () => {
  it.each([
    ['demo.example.org', 'demo.example.org'],
    [' Demo.Example.ORG. ', 'demo.example.org'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['xpreview.example.com', 'xpreview.example.com'],
    ['example.com', 'example.com'],
  ])('takes %j', (text, domain) => {
    expect(readDomain(text, known)).toBe(domain);
  });

  it.each([
    ['demo', 'two labels or more'],
    ['', 'two labels or more'],
    ['-demo.example.org', 'two labels or more'],
    ['de_mo.example.org', 'two labels or more'],
    [`${'a'.repeat(64)}.example.org`, 'two labels or more'],
    [`${'a.'.repeat(130)}org`, 'two labels or more'],
    ['127.0.0.1', 'IP address'],
    ['0x7f.1', 'IP address'],
    ['https://demo.example.org', 'without scheme'],
    ['demo.example.org:8443', 'without scheme'],
    ['demo.example.org/a', 'without scheme'],
    ['*.example.org', 'wildcard'],
    ['preview.example.com', 'the relay’s own'],
    ['tides-preview.example.com', 'the relay’s own'],
    ['a.preview.example.com', 'the relay’s own'],
    ['pages.example.com', 'the API is there'],
    ['LibreChat.example.com', 'LibreChat’s own origin'],
  ])('refuses %j, and says why', (text, why) => {
    expect(() => readDomain(text, known)).toThrow(why);
  });
});
