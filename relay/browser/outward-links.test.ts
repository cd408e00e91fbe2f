import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openOutwardLinks, outwardLinksCode } from './outward-links.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The target of a link while the browser follows it. */
function follow(link: Record<string, unknown>, { defaultPrevented = false, isTrusted = true } = {}): unknown {
  openOutwardLinks({
    location: { origin: 'https://r-preview.example.com' },
    addEventListener: (_type, listener) =>
      listener({ isTrusted, defaultPrevented, composedPath: () => [{ localName: 'span' }, link] }),
  });
  const { target } = link;
  vi.runAllTimers();
  return target;
}

const linkTo = (href: unknown, target = '') => ({ localName: 'a', href, target, rel: '' });

it.each(['', '_self', '_top', '_PARENT'])(
  'opens a link out of the artifact in a tab of its own: “%s”',
  (target) => {
    const link = linkTo('https://elsewhere.example/', target);
    expect(follow(link)).toBe('_blank');
    expect(link).toEqual(linkTo('https://elsewhere.example/', target));
  },
);

it.each([
  ['to the artifact itself', linkTo('https://r-preview.example.com/about')],
  ['of another kind', linkTo('mailto:ada@example.com')],
  ['that is none', linkTo('http://')],
  ['in SVG', linkTo({ baseVal: 'https://elsewhere.example/' })],
])('leaves a link alone %s', (_, link) => {
  expect(follow(link)).toBe('');
});

it('leaves alone what the artifact opens or handles itself', () => {
  expect(follow(linkTo('https://elsewhere.example/', 'help'))).toBe('help');
  expect(follow(linkTo('https://elsewhere.example/'), { defaultPrevented: true })).toBe('');
});

it('leaves alone what a script clicks: it opens no window', () => {
  expect(follow(linkTo('https://elsewhere.example/', '_top'), { isTrusted: false })).toBe('_top');
});

it('is code on one line', () => {
  expect(outwardLinksCode()).not.toContain('\n');
  expect(() => new Function(outwardLinksCode())).not.toThrow();
});
