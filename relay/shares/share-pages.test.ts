import { describe, expect, it } from 'vitest';
import { makePages } from './share-pages.ts';
import type { ShareContent } from './share-request.ts';

const limits = { maxFiles: 3, maxBytes: 20_000 };
const makeReactPage = async () => ({ files: [], entry: '/index.html' });

async function made(content: ShareContent) {
  const { files, entry } = await makePages(content, { limits, makeReactPage, title: 'Tides' });
  return { entry, files: Object.fromEntries(files.map(({ path, content }) => [path, String(content)])) };
}

const files = (names: string[]) => ({
  type: 'files' as const,
  files: Object.fromEntries(names.map((name) => [name, name])),
});

describe('makePages', () => {
  it.each([
    [
      '<!doctype html>\n<html><head></head>',
      '<!doctype html><script src="https://cdn.tailwindcss.com/3.4.17"></script>\n<html><head></head>',
    ],
    ['<p>Tides', '<script src="https://cdn.tailwindcss.com/3.4.17"></script><p>Tides'],
    [
      '<script src="https://cdn.tailwindcss.com"></script>',
      '<script src="https://cdn.tailwindcss.com"></script>',
    ],
  ])('gives HTML the Tailwind that previews have: %j', async (content, expected) => {
    expect(await made({ type: 'html', content })).toEqual({
      entry: '/index.html',
      files: { '/index.html': expected },
    });
  });

  it.each([
    ['svg', '<?xml version="1.0"?><svg id="a"/>', '<svg id="a"/>'],
    ['markdown', '# Tides </script>', '"# Tides \\u003c/script>"'],
    ['mermaid', 'graph TD; A-->B', '"graph TD; A-->B"'],
  ] as const)('makes a page of %s', async (type, content, expected) => {
    expect((await made({ type, content })).files['/index.html']).toContain(expected);
  });

  it.each([
    [['index.html', 'a.html'], '/index.html'],
    [['start.html', 'docs/a.html'], '/start.html'],
  ])('begins %j with %s', async (names, entry) => {
    expect((await made(files(names))).entry).toBe(entry);
  });

  it('begins with the file that it is told to', async () => {
    expect((await made({ ...files(['index.html', 'a.html']), entry: 'a.html' })).entry).toBe('/a.html');
  });

  it.each([
    [files(['a.html', 'b.html']), 'no index.html among /a.html, /b.html'],
    [{ ...files(['index.html']), entry: 'b.html' }, 'no file “b.html” to begin with; there are /index.html'],
    [files(['index.html', '../b.html']), '“../b.html” is no path'],
    [files(['index.html', '/index.html']), '“/index.html” is there twice'],
    [files(['index.html', 'a', 'b', 'c']), 'has 4 files, and may have 3'],
    [{ type: 'html' as const, content: 'x'.repeat(20_001) }, 'bytes, and may have 20000'],
    [{ type: 'zip' as const, base64: 'AAAA' }, 'no zip archive'],
  ])('refuses %j', async (content, message) => {
    await expect(made(content)).rejects.toThrow(message);
  });
});
