import { describe, expect, it } from 'vitest';
import { allowsFrame, frameSourcesOf } from './content-policy.ts';

const self = 'https://librechat.example.com';
const id = 'https://0123456789-preview.example.com';

describe('allowsFrame', () => {
  it.each([
    ['https://*.example.com', true],
    ['*.example.com', true],
    ['http://*.example.com', true],
    ['https:', true],
    ['*', true],
    ['https://*.example.com:*', true],
    ['https://*.example.com:443', true],
    [id, true],
    ['https://preview.example.com', false],
    ['https://*-preview.example.com', false],
    ['https://*.preview.example.com', false],
    ['https://*.example.org', false],
    ['http:', true],
    ['data:', false],
    ["'self'", false],
    ["'none'", false],
  ])('%s: %s', (source, allowed) => {
    expect(allowsFrame([source], id, self)).toBe(allowed);
  });

  it('wants the port where the address has one', () => {
    expect(allowsFrame(['https://*.example.com'], `${id}:8443`, self)).toBe(false);
    expect(allowsFrame(['https://*.example.com:8443'], `${id}:8443`, self)).toBe(true);
  });
});

it('finds the directive that decides about frames', () => {
  expect(frameSourcesOf("default-src 'self'; frame-src https://a.test; child-src b")).toEqual([
    'https://a.test',
  ]);
  expect(frameSourcesOf("default-src 'self'; child-src b")).toEqual(['b']);
  expect(frameSourcesOf("Default-Src 'self'")).toEqual(["'self'"]);
  expect(frameSourcesOf("frame-src 'none'; frame-src *")).toEqual(["'none'"]);
  expect(frameSourcesOf("script-src 'self'")).toBeUndefined();
});
