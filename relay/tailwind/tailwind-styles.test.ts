import { afterAll, expect, it, vi } from 'vitest';
import { StyleThread } from './style-thread.ts';
import { TailwindStyles } from './tailwind-styles.ts';

const reasons: string[] = [];
const note = (details: object) => reasons.push((details as { reason: string }).reason);
const log = { info: note, warn: note };
const styles = new TailwindStyles({ log, maxWaitMs: 20_000 });
afterAll(() => styles.close());

/** What comes after the defaults that every page gets. */
async function cssOf(code: string): Promise<string> {
  const css = await styles.css({ '/App.tsx': code });
  return css.slice(css.lastIndexOf('[hidden]'));
}

it.each([
  ['a plain string', '<p className="p-4" />', '.p-4{padding:1rem}'],
  ['a template string', ['const a = `flex $', '{open ? "mt-3" : ""}`'].join(''), '.mt-3{margin-top:0.75rem}'],
  ['an object key', "cn({ 'rounded-md': on })", '.rounded-md{border-radius:0.375rem}'],
  ['an arbitrary length', '<p className="w-[37px]" />', '.w-\\[37px\\]{width:37px}'],
  ['an arbitrary address', '<p className="bg-[url(/a.png)]" />', '{background-image:url(/a.png)}'],
  ['an arbitrary property', '<p className="[tab-size:3]" />', 'tab-size:3'],
  ['an arbitrary variant', '<p className="[&>p]:mt-3" />', '.\\[\\&\\>p\\]\\:mt-3>p{margin-top:0.75rem}'],
  ['a state', '<p className="hover:mt-3" />', '.hover\\:mt-3:hover{margin-top:0.75rem}'],
  ['a width of the page', '<p className="md:mt-3" />', '@media(min-width:768px){.md\\:mt-3{'],
  ['the dark mode', '<p className="dark:mt-3" />', '@media(prefers-color-scheme:dark){.dark\\:mt-3{'],
  ['a group', '<p className="group-hover:mt-3" />', '.group:hover .group-hover\\:mt-3{'],
  ['a named peer', '<p className="peer-checked/x:mt-3" />', '.peer\\/x:checked~.peer-checked\\/x\\:mt-3{'],
  ['importance', '<p className="!mt-3" />', '.\\!mt-3{margin-top:0.75rem!important}'],
  ['a negative', '<p className="-mt-3" />', '.-mt-3{margin-top:-0.75rem}'],
  [
    'an opacity',
    '<p className="bg-red-500/30" />',
    '.bg-red-500\\/30{background-color:rgb(239 68 68 / 0.3)}',
  ],
])('finds the class of %s', async (_what, code, expected) => {
  expect(await cssOf(code)).toContain(expected);
});

it('begins with the defaults, and ends with the widest pages', async () => {
  const css = await styles.css({ '/App.tsx': '<p className="lg:p-1 sm:p-1 p-1" />' });
  expect(css.slice(0, 40)).toMatch(/^\*,::before,::after\{--tw-/);
  const places = ['line-height:1.5', '.p-1{', '.sm\\:p-1{', '.lg\\:p-1{'].map((part) => css.indexOf(part));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
});

it('names what Safari knows by prefixed names only', async () => {
  expect(await cssOf('<p className="select-none" />')).toContain('-webkit-user-select:none;user-select:none');
});

it("keeps one artifact's classes out of the next one's styles", async () => {
  const first = await cssOf('<p className="w-[41px] [&>a]:p-1" />');
  const second = await cssOf('<p className="w-[42px]" />');
  expect(first).toContain('41px');
  expect(second).toContain('42px');
  expect(second).not.toContain('41px');
  expect(second).not.toContain('p-1');
});

it('makes the same styles whatever was made before', async () => {
  const code = '<p className="[&>b]:p-1 [&>a]:p-2 p-1 p-2 supports-[display:grid]:grid" />';
  const other = new TailwindStyles({ log, maxWaitMs: 20_000 });
  try {
    const css = await styles.css({ '/App.tsx': code });
    expect(css).toContain('.p-2{');
    expect((await other.css({ '/App.tsx': code })) === css).toBe(true);
  } finally {
    await other.close();
  }
});

it('reads code and pages, and neither stylesheets nor packages', async () => {
  const css = await styles.css({
    '/App.tsx': 'export default () => <p className="pt-1" />',
    '/page.html': '<p class="pt-2">',
    '/styles.css': '.x { @apply pt-3; }',
    '/node_modules/x/index.js': '"pt-4"',
    '/package.json': '"pt-5"',
  });
  expect(['pt-1', 'pt-2', 'pt-3', 'pt-4', 'pt-5'].filter((name) => css.includes(`.${name}{`))).toEqual([
    'pt-1',
    'pt-2',
  ]);
});

it('answers for the same contents from memory, in any order', async () => {
  const files = { '/a.tsx': '"mt-[1px]"', '/b.tsx': '"mt-[2px]"' };
  const css = await styles.css(files);
  expect(css).toContain('mt-\\[2px\\]');
  const run = vi.spyOn(StyleThread.prototype, 'run');
  expect(await styles.css({ '/b.tsx': files['/b.tsx'], '/a.tsx': files['/a.tsx'] })).toBe(css);
  expect(run).not.toHaveBeenCalled();
  run.mockRestore();
});

it.each([
  ['/public/index.html', '<script>tailwind.config = { theme: {} }</script>', 'configures Tailwind'],
  ['/App.tsx', 'window.tailwind = { config: {} };', 'configures Tailwind'],
  ['/App.tsx', "window['tailwind'].config = {};", 'configures Tailwind'],
  ['/App.tsx', '<style type="text/tailwindcss">{css}</style>', 'has styles for the Play CDN'],
])('leaves %s to the Play CDN where it says %s', async (path, text, reason) => {
  reasons.length = 0;
  expect(await styles.css({ '/index.tsx': '"p-4"', [path]: text })).toBe('');
  expect(reasons).toEqual([`${path} ${reason}`]);
});

it('does not take the name of a configuration file for a configuration', async () => {
  expect(await cssOf('// as in tailwind.config.js\n"p-4"')).toContain('.p-4{');
});

it('refuses more than 2 MiB of source', async () => {
  reasons.length = 0;
  expect(await cssOf(' '.repeat(2 * 1024 * 1024 + 1))).toBe('');
  expect(reasons).toEqual(['the artifact has more than 2097152 bytes']);
});

it('ends what takes too long, and serves the next artifact', async () => {
  reasons.length = 0;
  const hurried = new TailwindStyles({ log, maxWaitMs: 400 });
  try {
    // Some 100,000 classes, all different.
    const code = Array.from({ length: 100_000 }, (_, i) => `"mt-[${i}px]"`).join('\n');
    const before = performance.now();
    expect(await hurried.css({ '/App.tsx': code })).toBe('');
    expect(performance.now() - before).toBeLessThan(2_000);
    expect(reasons).toContain('there were none after 400 ms');
    await expect.poll(() => hurried.css({ '/App.tsx': '"p-4"' }), { timeout: 10_000 }).toContain('.p-4{');
  } finally {
    await hurried.close();
  }
});
