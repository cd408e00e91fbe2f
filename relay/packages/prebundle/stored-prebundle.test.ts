import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Prebundle } from './prebundle.ts';
import { decodePrebundle, encodePrebundle, fileJson } from './stored-prebundle.ts';

const bundle: Prebundle = {
  name: 'pad',
  version: '1.0.0',
  files: {
    '.kit/main.js': { content: 'module.exports = "\n\u2028 ä 🙂 \ud800";', requires: ['./a', 'b'] },
    'plain.css': { content: '' },
    ['__proto__']: { content: 'a file of this name' },
  },
  entries: { '.': '.kit/main.js', './absent': null },
};

describe('A stored build', () => {
  test('is read as it was made', async () => {
    const read = await decodePrebundle(await encodePrebundle(bundle));
    expect(read).toEqual(bundle);
    expect(JSON.stringify(read.files)).toBe(JSON.stringify(bundle.files));
    expect(Object.hasOwn(read.files, '__proto__')).toBe(true);
  });

  test('is compressed when it is large', async () => {
    const large = { ...bundle, files: { 'main.js': { content: 'let a = 1;\n'.repeat(20_000) } } };
    const stored = await encodePrebundle(large);
    expect(stored.length).toBeLessThan(10_000);
    expect(await decodePrebundle(stored)).toEqual(large);
  });

  test('gives its files as the JSON they are in an answer', async () => {
    const read = await decodePrebundle(await encodePrebundle(bundle));
    for (const [path, file] of Object.entries(bundle.files))
      expect(String(fileJson(read.files[path] as typeof file))).toBe(JSON.stringify(file));
  });

  test.each(['', '\n', 'no line', '{"name":"pad"'])('that is “%s” is refused', async (text) => {
    await expect(decodePrebundle(gzipSync(text))).rejects.toThrow();
    await expect(decodePrebundle(Buffer.from(text))).rejects.toThrow();
  });
});
