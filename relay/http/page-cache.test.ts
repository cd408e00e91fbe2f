import { describe, expect, it, vi } from 'vitest';
import { jsonForScript, PageCache } from './page-cache.ts';

describe('PageCache', () => {
  const rendered = () => vi.fn((authority: string) => ({ html: authority, headers: {} }));

  it('renders each base authority once', () => {
    const render = rendered();
    const pages = new PageCache(render);
    const page = pages.get('a.test:1');
    expect(pages.get('a.test:1')).toBe(page);
    expect(pages.get('a.test:2')).not.toBe(page);
    expect(render.mock.calls).toEqual([['a.test:1'], ['a.test:2']]);
  });

  it('stays small whatever ports are asked for', () => {
    const render = rendered();
    const pages = new PageCache(render);
    for (let port = 1; port <= 1000; port += 1) pages.get(`a.test:${port}`);
    render.mockClear();
    for (let port = 985; port <= 1000; port += 1) pages.get(`a.test:${port}`);
    expect(render.mock.calls.length).toBeLessThanOrEqual(16);
  });

  it('does not keep a failure', () => {
    const render = vi.fn().mockImplementationOnce(() => {
      throw new Error('once');
    });
    render.mockReturnValue({ html: 'x', headers: {} });
    const pages = new PageCache(render);
    expect(() => pages.get('a.test')).toThrow('once');
    expect(pages.get('a.test')).toBeDefined();
  });
});

describe('jsonForScript', () => {
  it.each([['</script><script>alert(1)</script>'], ['<!--<script>'], ['\u2028\u2029'], ['"\\\n']])(
    'cannot be ended by %j',
    (text) => {
      const json = jsonForScript({ text });
      expect(json).not.toContain('<');
      expect(JSON.parse(json)).toEqual({ text });
    },
  );
});
