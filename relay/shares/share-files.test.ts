import { describe, expect, it } from 'vitest';
import { fileAt, readManifest, type ShareManifest, sharePath } from './share-files.ts';

describe('sharePath', () => {
  it.each([
    ['index.html', '/index.html'],
    ['/index.html', '/index.html'],
    ['./a/b.css', '/a/b.css'],
    ['images/tide chart.png', '/images/tide chart.png'],
    ['cafe\u0301.html', '/caf\u00e9.html'],
    ['...', '/...'],
  ])('of %s is %s', (given, expected) => {
    expect(sharePath(given)).toBe(expected);
  });

  it.each([
    '',
    '/',
    '../a',
    'a/../../b',
    'a/./b',
    'a//b',
    '//a',
    'a/',
    'a\\b',
    'C:/a',
    'c:a',
    'a\0b',
    'a\nb',
    '__kit/password',
    'a/'.repeat(30),
    'a'.repeat(501),
  ])('refuses %j', (given) => {
    expect(sharePath(given)).toBeUndefined();
  });
});

describe('fileAt', () => {
  const file = { digest: '0'.repeat(64), type: 'text/html', bytes: 1 };
  const manifest: ShareManifest = {
    files: { '/start.html': file, '/docs/index.html': file, '/caf\u00e9.html': file, '/a b.css': file },
    entry: '/start.html',
  };

  it.each([
    ['/', '/start.html'],
    ['/docs/', '/docs/index.html'],
    ['/a%20b.css', '/a b.css'],
    ['/cafe%CC%81', '/caf\u00e9.html'],
    ['/start', '/start.html'],
  ])('%s is %s', (path, expected) => {
    expect(fileAt(manifest, path)).toBe(expected);
  });

  it.each(['/docs', '/nothing', '/%', '/__proto__', '/constructor', '/../start.html'])(
    '%s is none',
    (path) => {
      expect(fileAt(manifest, path)).toBeUndefined();
    },
  );
});

it('reads no manifest that it did not write', () => {
  expect(() => readManifest('{"files":{"/a":{"digest":"../x","type":"","bytes":0}},"entry":"/a"}')).toThrow();
});
