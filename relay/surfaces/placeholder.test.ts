import { describe, expect, it } from 'vitest';
import { parsePlaceholder, renderPlaceholder } from './placeholder.ts';

describe('parsePlaceholder', () => {
  it.each([
    ['/api/placeholder/400/320', { width: 400, height: 320, text: '400 × 320' }],
    ['/api/placeholder/400x320', { width: 400, height: 320, text: '400 × 320' }],
    ['/api/placeholder/64', { width: 64, height: 64, text: '64 × 64' }],
    ['/api/placeholder/10000/1/', { width: 10_000, height: 1, text: '10000 × 1' }],
    ['/api/placeholder/400/320?text=My+dog%21', { width: 400, height: 320, text: 'My dog!' }],
    ['/api/placeholder/400/320?text=', { width: 400, height: 320, text: '400 × 320' }],
  ])('%s', (address, placeholder) => {
    expect(parsePlaceholder(address)).toEqual(placeholder);
  });

  it.each(['', '0/10', '10001/10', '99999999/10', '-1/10', '1e3/10', 'a/b', '10/10/10'])(
    'refuses %s',
    (size) => {
      expect(parsePlaceholder(`/api/placeholder/${size}`)).toBeUndefined();
    },
  );
});

describe('renderPlaceholder', () => {
  it('says its size in letters that fit', () => {
    const image = renderPlaceholder({ width: 400, height: 320, text: '400 × 320' });
    expect(image).toContain('width="400" height="320" viewBox="0 0 400 320"');
    expect(image).toContain('>400 × 320</text>');
    const size = (text: string, width: number) =>
      Number(/font-size="([\d.]+)"/.exec(renderPlaceholder({ width, height: 100, text }))?.[1]);
    expect(size('a long text that has to fit', 100)).toBeLessThan(10);
    expect(size('ab', 1_000)).toBe(40);
  });

  it('shows text as text', () => {
    const text = '</text><script>alert("1")</script>\u0000&';
    const image = renderPlaceholder({ width: 10, height: 10, text });
    expect(image.match(/<[a-z/][^>]*>/g)?.map((tag) => tag.replace(/[ >].*/s, ''))).toEqual([
      '<svg',
      '<title',
      '</title',
      '<rect',
      '<text',
      '</text',
      '</svg',
    ]);
    expect(image).not.toContain('\u0000');
  });
});
