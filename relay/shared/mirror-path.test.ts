import { describe, expect, it } from 'vitest';
import { mirroredUrl, mirrorPath } from './mirror-path.ts';

const hosts = new Set(['cdn.tailwindcss.com', 'cdn.jsdelivr.net', 'unpkg.com']);

describe('mirrorPath', () => {
  it.each([
    ['https://cdn.tailwindcss.com/3.4.17#tailwind.js', '/-/cdn/cdn.tailwindcss.com/3.4.17'],
    ['https://cdn.tailwindcss.com', '/-/cdn/cdn.tailwindcss.com/'],
    [
      'https://cdn.tailwindcss.com/?plugins=forms,typography',
      '/-/cdn/cdn.tailwindcss.com/?plugins=forms,typography',
    ],
    ['https://cdn.jsdelivr.net/npm/@scope/a@1.0.0/x.js', '/-/cdn/cdn.jsdelivr.net/npm/@scope/a@1.0.0/x.js'],
    ['http://unpkg.com/react@18', '/-/cdn/unpkg.com/react@18'],
    ['https://unpkg.com/a/../b%2Fc', '/-/cdn/unpkg.com/b%2Fc'],
  ])('maps %s', (url, path) => {
    expect(mirrorPath(new URL(url), hosts)).toBe(path);
  });

  it.each([
    'https://example.com/x.js',
    'https://evil-unpkg.com/x.js',
    'https://unpkg.com.evil.test/x.js',
    'https://unpkg.com:8443/x.js',
    'wss://unpkg.com/x',
    'data:text/javascript,1',
  ])('leaves %s alone', (url) => {
    expect(mirrorPath(new URL(url), hosts)).toBeUndefined();
  });
});

describe('mirroredUrl', () => {
  it('is the inverse of mirrorPath', () => {
    const url = new URL('https://unpkg.com/@scope/a@1.0.0/x.js?module');
    const path = mirrorPath(url, hosts) as string;
    expect(mirroredUrl(new URL(path, 'http://preview.localhost:1580'), hosts)?.href).toBe(url.href);
  });

  it.each(['/-/cdn/', '/-/cdn/unpkg.com', '/-/cdn/evil.test/x.js', '/npm/x.js'])('refuses %s', (path) => {
    expect(mirroredUrl(new URL(path, 'http://preview.localhost'), hosts)).toBeUndefined();
  });
});
