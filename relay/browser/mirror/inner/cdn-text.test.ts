import { describe, expect, it } from 'vitest';
import { createCdnText, insertIntoHead } from './cdn-text.ts';

const base = 'https://preview.example.com';
const { rewrite, rewriteMarkup } = createCdnText({ base, hosts: ['unpkg.com', 'cdn.jsdelivr.net'] });
const home = `${base}/-/inner`;

describe('rewrite', () => {
  it.each([
    ['https://unpkg.com/react', `${home}/unpkg.com/react`],
    ['http://unpkg.com:80/react', `${home}/unpkg.com/react`],
    ['"//cdn.jsdelivr.net/npm/a"', `"${home}/cdn.jsdelivr.net/npm/a"`],
    ['url(https://unpkg.com/a.css)', `url(${home}/unpkg.com/a.css)`],
    ["import a from 'https://unpkg.com/a';", `import a from '${home}/unpkg.com/a';`],
    ['"https:\\/\\/unpkg.com\\/a"', `"${home}/unpkg.com\\/a"`],
    ['"x\\nhttps://unpkg.com/a"', `"x\\n${home}/unpkg.com/a"`],
    ['https://api.example.org/?of=https://unpkg.com/a', `https://api.example.org/?of=${home}/unpkg.com/a`],
  ])('sends %s home', (text, expected) => {
    expect(rewrite(text)).toBe(expected);
  });

  it.each([
    'https://unpkg.com.example.org/a',
    'https://unpkg.com:8443/a',
    'https://my-unpkg.com/a',
    'https://web.archive.org/web/https://unpkg.com/a',
    'unpkg.com/a',
    `${home}/unpkg.com/a`,
  ])('leaves %s', (text) => {
    expect(rewrite(text)).toBe(text);
  });
});

describe('rewriteMarkup', () => {
  it('changes what is loaded, and not what is read', () => {
    expect(
      rewriteMarkup(
        '<p title="a > b">https://unpkg.com/a</p><script src="https://unpkg.com/b"></script><textarea>"https://unpkg.com/c"</textarea><style>@import "https://unpkg.com/d"</style><!-- <img src="https://unpkg.com/e"> -->',
      ),
    ).toBe(
      `<p title="a > b">https://unpkg.com/a</p><script src="${home}/unpkg.com/b"></script><textarea>"https://unpkg.com/c"</textarea><style>@import "${home}/unpkg.com/d"</style><!-- <img src="https://unpkg.com/e"> -->`,
    );
  });

  it('lets a policy of the document’s own allow the whole kit', () => {
    expect(
      rewriteMarkup('<meta http-equiv="Content-Security-Policy" content="script-src https://unpkg.com">'),
    ).toBe(`<meta http-equiv="Content-Security-Policy" content="script-src ${base}">`);
  });
});

it.each([
  ['<!doctype html><html></html>', '<!doctype html>+<html></html>'],
  ['\n<!-- a --><!DOCTYPE html>\n<p>', '\n<!-- a --><!DOCTYPE html>+\n<p>'],
  ['<p>', '+<p>'],
])('puts the head of %s after the doctype', (html, expected) => {
  expect(insertIntoHead(html, '+')).toBe(expected);
});
