import { describe, expect, it } from 'vitest';
import { replaceFrameTags } from './frame-tags.ts';
import { InnerTexts, innerCall, readData } from './inner-texts.ts';

const config = {
  mode: 'mirror',
  base: 'https://preview.example.com',
  hosts: ['unpkg.com'],
  policy: "default-src 'self'",
  role: 'page',
} as const;
const texts = new InnerTexts(config, innerCall('function f(c){}', config), readData);

describe('replaceFrameTags', () => {
  it('reads attributes in all their forms, and finds no frames in what is no markup', () => {
    const html = `<script>'<iframe srcdoc="a">'</script><!-- <iframe srcdoc="b"> --><IFRAME sandbox srcdoc='&lt;p title="1"&gt;&#38;nbsp;' title=x></IFRAME><iframe src=data:text/html,a></iframe>`;
    const found: object[] = [];
    expect(replaceFrameTags(html, (given) => void found.push({ ...given }))).toBe(html);
    expect(found).toEqual([
      { sandbox: '', srcdoc: '<p title="1">&nbsp;', title: 'x' },
      { src: 'data:text/html,a' },
    ]);
  });

  it('replaces what is given, and keeps the rest', () => {
    expect(replaceFrameTags('<iframe id="a" srcdoc="b">', () => ({ srcdoc: '<p title="1">&' }))).toBe(
      '<iframe srcdoc="&lt;p title=&quot;1&quot;>&amp;" id="a" >',
    );
  });
});

describe('InnerTexts', () => {
  it('gives a document that no worker answers for the policy, the script and the kit’s addresses, once', () => {
    const ready = texts.document('<!doctype html><img src="https://unpkg.com/a">', true);
    expect(ready).toBe(
      `<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'self'" data-preview-kit><script data-preview-kit>(function f(c){})(${JSON.stringify({ ...config, role: 'inner' })});</script><img src="https://preview.example.com/-/inner/unpkg.com/a">`,
    );
    expect(texts.document(ready, true)).toBe(ready);
  });

  it('shows why a CDN’s page is not shown', () => {
    const ready = texts.markup('<iframe src="https://unpkg.com/a/index.html"></iframe>', false);
    expect(ready).toContain('https://unpkg.com/a/index.html is not shown here');
    const other = '<iframe src="https://example.org/"></iframe>';
    expect(texts.markup(other, false)).toBe(other);
  });

  it('shows in a frame of its own origin what is at a data: address', () => {
    const ready = texts.markup('<iframe src="data:text/html,%3Cp%3E1"></iframe>', false);
    expect(ready).toContain('&lt;p>1" sandbox="allow-downloads');
    expect(ready).not.toContain('allow-same-origin');
    expect(ready).toContain('src="data:text/html,%3Cp%3E1"');
  });
});

it.each([
  ['data:,a%20b', { type: 'text/plain', text: 'a b' }],
  ['data:text/html;charset=utf-8,<p>é 100%#top', { type: 'text/html', text: '<p>é 100%' }],
  ['data:text/html;base64,w6k=', { type: 'text/html', text: 'é' }],
  ['data:text/html;base64,*', undefined],
])('reads %s', (address, content) => {
  expect(readData(address)).toEqual(content);
});
