import { describe, expect, it } from 'vitest';
import { findBaseOrigin, findMirrorAddress, findRedirectTarget } from './mirror-address.ts';

describe('findBaseOrigin', () => {
  it.each([
    ['http://192a3f-preview.localhost:1580', 'http://preview.localhost:1580'],
    ['https://192a3f-preview.example.com', 'https://preview.example.com'],
    ['https://192a3f-my-previews.example.com', 'https://my-previews.example.com'],
    ['https://preview.example.com', undefined],
  ])('%s → %s', (origin, base) => {
    expect(findBaseOrigin(origin)).toBe(base);
  });
});

describe('findMirrorAddress', () => {
  const base = 'https://preview.example.com';
  const hosts = new Set(['unpkg.com']);

  it('puts the mirror’s path on the base origin', () => {
    expect(findMirrorAddress(new URL('https://unpkg.com/react@18?module'), base, hosts)).toBe(
      'https://preview.example.com/-/cdn/unpkg.com/react@18?module',
    );
  });

  it('leaves other hosts to the browser, and all of them where there is no base', () => {
    expect(findMirrorAddress(new URL('https://example.com/x.js'), base, hosts)).toBeUndefined();
    expect(findMirrorAddress(new URL('https://unpkg.com/react'), undefined, hosts)).toBeUndefined();
  });
});

describe('findRedirectTarget', () => {
  const asked = new URL('https://unpkg.com/react');

  it.each([
    [
      'https://preview.example.com/-/cdn/unpkg.com/react@18.3.1/index.js',
      'https://unpkg.com/react@18.3.1/index.js',
    ],
    ['https://preview.example.com/-/cdn/unpkg.com/react', undefined],
    ['https://preview.example.com/npm/react', undefined],
  ])('%s → %s', (final, target) => {
    expect(findRedirectTarget(asked, final, new Set(['unpkg.com']))).toBe(target);
  });
});
