// What an artifact looks like before its first paint is what it looks like once Tailwind's Play CDN has run: every computed property
// of every element is compared, between a page that the Play CDN styles and one that has the relay's styles.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TailwindStyles } from '../../relay/tailwind/tailwind-styles.ts';
import { openChromium, type RecordedBrowser } from './open-chromium.ts';
import { type Kit, startKit } from './start-kit.ts';

// As in a dashboard, and what else decides a look: variants, arbitrary values, importance, negatives, groups and peers, gradients, rings.
const markup = `
<main class="min-h-screen bg-slate-50 p-4 text-slate-900 antialiased md:p-8 dark:bg-slate-950 dark:text-slate-100">
  <header class="flex flex-col gap-3 sm:flex-row sm:items-center sm:justify-between">
    <h1 class="text-2xl font-semibold tracking-tight">Revenue</h1>
    <button class="inline-flex h-9 select-none items-center rounded-md border border-slate-200 bg-white/70 px-3 text-sm shadow-sm ring-offset-2 backdrop-blur hover:bg-slate-100 focus-visible:ring-2 disabled:opacity-50 dark:border-slate-800" disabled>30 days</button>
  </header>
  <section class="container mx-auto mt-6 grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-4 [&>article]:rounded-xl">
    <article class="group border bg-gradient-to-br from-sky-500/20 via-white to-transparent p-6 shadow-lg shadow-sky-900/10 ring-1 ring-sky-200">
      <p class="text-sm/6 text-slate-500 group-first:uppercase">Orders</p>
      <p class="text-[1.7rem] font-bold tabular-nums before:mr-1 before:content-['€']">1,204</p>
      <svg class="-mt-2 ml-auto size-5 rotate-45 stroke-current opacity-70 drop-shadow" viewBox="0 0 9 9"><path d="M1 1h7v7"/></svg>
    </article>
    <article class="w-[calc(100%-13px)] divide-y divide-dashed border !p-2 odd:bg-white even:bg-amber-50">
      <ul class="list-inside list-disc space-y-2 truncate"><li class="first:font-bold">Chairs</li><li class="line-clamp-1 last:italic">Tables</li></ul>
      <div class="h-2 w-full overflow-hidden rounded-full bg-slate-200"><div class="h-full w-1/3 animate-pulse bg-emerald-600"></div></div>
    </article>
    <label class="relative col-span-full flex items-center has-[:checked]:underline">
      <input type="checkbox" class="peer sr-only" checked><span class="rounded-s-full bg-rose-100 px-2 peer-checked:bg-rose-500 peer-checked:text-white">on</span>
      <input placeholder="Search" class="ms-auto rounded border px-2 py-1 placeholder:italic placeholder:text-slate-400">
    </label>
  </section>
  <table class="mt-6 hidden w-full border-separate border-spacing-x-2 text-left sm:table"><thead><tr class="*:pb-2"><th>Name</th><th>Sum</th></tr></thead>
    <tbody><tr class="align-top odd:[&>td]:bg-slate-100"><td class="max-w-prose">A sofa</td><td class="text-right font-mono">99</td></tr></tbody></table>
  <footer class="fixed inset-x-0 bottom-0 z-50 bg-[url(data:,)] p-[7px] pb-[env(safe-area-inset-bottom)] text-center text-xs supports-[display:grid]:grid motion-safe:transition print:hidden">End</footer>
</main>`;

/** Where artifacts' own styles are when the Play CDN adds its own: before them. */
const ownStyles =
  'h1 { font-size: 40px; margin: 9px } .border { border-color: red } * { animation-play-state: paused !important; transition-duration: 0s !important }';

let kit: Kit;
let chromium: RecordedBrowser;
let css: string;

beforeAll(async () => {
  const styles = new TailwindStyles({ log: { info: () => {}, warn: () => {} }, maxWaitMs: 20_000 });
  [kit, chromium, css] = await Promise.all([
    startKit(),
    openChromium(),
    styles.css({
      '/App.tsx': `export default () => <div dangerouslySetInnerHTML={{ __html: \`${markup}\` }} />`,
    }),
  ]);
  await styles.close();
});
afterAll(async () => {
  await Promise.all([chromium?.close(), kit?.close()]);
  expect(chromium.outsideHosts).toEqual([]);
});

/** What a page looks like: for each element and part of one, its properties as lines. */
type Look = string[];

async function open(): Promise<Page> {
  const page = await chromium.browser.newPage();
  await page.setContent(`<!doctype html><head><style>${ownStyles}</style></head><body>${markup}</body>`);
  return page;
}

function addStyles(page: Page, text: string): Promise<void> {
  return page.evaluate((content) => {
    const style = document.createElement('style');
    style.id = 'relay-styles';
    style.textContent = content;
    document.head.append(style);
  }, text);
}

/** Waits for the style element that the Play CDN appends to the head, with its text. */
function runPlayCdn(page: Page, address: string): Promise<void> {
  return page.evaluate(async (src) => {
    const script = document.createElement('script');
    const styled = new Promise<void>((done) => {
      new MutationObserver((records, observer) => {
        const added = records.flatMap((record) => [...record.addedNodes]);
        if (!added.some((node) => node.textContent?.includes('tailwindcss v'))) return;
        observer.disconnect();
        done();
      }).observe(document.head, { childList: true });
    });
    script.src = src;
    // It looks at the page when something changes there, and not before.
    script.onload = () => script.remove();
    document.head.append(script);
    await styled;
  }, address);
}

/** All computed properties of all elements and of what Tailwind styles beside them, in narrow and wide pages, light and dark. */
async function look(page: Page): Promise<Look> {
  const looks: Look = [];
  for (const [width, colorScheme] of settings) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    looks.push(...(await page.evaluate(readLook, `${width} px, ${colorScheme}`)));
  }
  return looks;
}

const settings = [400, 1280].flatMap((width) => [[width, 'light'] as const, [width, 'dark'] as const]);

function readLook(setting: string): Look {
  return [...document.querySelectorAll('html, body, body *')].flatMap((element) =>
    ['', '::before', '::after', ...(element.tagName === 'INPUT' ? ['::placeholder'] : [])].map((part) => {
      const computed = getComputedStyle(element, part || undefined);
      // Nothing is shown there.
      if (/before|after/.test(part) && computed.content === 'none') return `${part}\ncontent: none`;
      // Custom properties come in no order, and as they were written: quotes included. Autoprefixer, in the Play CDN, adds
      // prefixed names of what may have a transition, which browsers take for the plain ones.
      const properties = Array.from(computed, (name) => `${name}: ${computed.getPropertyValue(name)}`)
        .map((line) => line.replaceAll("'", '"'))
        .map((line) => (line.startsWith('transition-property') ? line.replace(/, -webkit-.*$/, '') : line))
        .sort();
      return [`${setting}: ${element.tagName}.${element.getAttribute('class')}${part}`, ...properties].join(
        '\n',
      );
    }),
  );
}

function differences(before: Look, after: Look): string[] {
  expect(after.length).toBe(before.length);
  return before.flatMap((one, at) => {
    const other = after[at]?.split('\n') ?? [];
    const [of, ...lines] = one.split('\n');
    return lines
      .map((line, index) => [line, other[index + 1]])
      .filter(([line, now]) => line !== now)
      .map(([line, now]) => `${of} ${line} → ${now}`);
  });
}

it("the relay's styles look as the Play CDN's: alone, together, and when the Play CDN's have taken over", async () => {
  const [early, late] = await Promise.all([open(), open()]);
  const address = `${kit.previewUrl}/-/cdn/cdn.tailwindcss.com/3.4.17`;
  const bare = await look(late);
  await Promise.all([addStyles(early, css), runPlayCdn(late, address)]);
  const [relay, play] = [await look(early), await look(late)];
  expect(differences(bare, play).length).toBeGreaterThan(500);
  expect(differences(play, relay)).toEqual([]);

  await runPlayCdn(early, address);
  expect(differences(relay, await look(early))).toEqual([]);
  await early.evaluate(() => {
    const styles = [...document.head.querySelectorAll('style')];
    document.getElementById('relay-styles')?.replaceWith(styles.at(-1) ?? '');
  });
  expect(await early.evaluate(() => document.head.querySelectorAll('style').length)).toBe(2);
  expect(differences(relay, await look(early))).toEqual([]);
  await Promise.all([early.close(), late.close()]);
});

it('tells a look with one rule less from the other', async () => {
  const [whole, lessOne] = await Promise.all([open(), open()]);
  const rule = '.tracking-tight{letter-spacing:-0.025em}';
  expect(css).toContain(rule);
  await Promise.all([addStyles(whole, css), addStyles(lessOne, css.replace(rule, ''))]);
  expect(differences(await look(whole), await look(lessOne))).toContainEqual(
    expect.stringMatching(/^400 px, light: H1.* letter-spacing: -0\.6px → letter-spacing: normal$/),
  );
  await Promise.all([whole.close(), lessOne.close()]);
});
