import { createRequire } from 'node:module';
import postcss, { type AcceptedPlugin, type Plugin } from 'postcss';
import { beforeAll, describe, expect, it } from 'vitest';
import { openBarePage } from '../../../../test/play/bare-page.ts';
import { makeClassLists } from '../../../../test/play/class-lists.ts';
import type { Registry } from '../../registry/registry.ts';
import { buildPlay } from './play-build.ts';
import { installedVersion, PlayPackages } from './play-packages.ts';

type Options = Record<string, unknown>;

const require = createRequire(import.meta.url);
const tailwind = require('tailwindcss') as (config: object) => AcceptedPlugin;
const createPlugin = require('tailwindcss/plugin') as (run: (api: never) => void) => unknown;

/** The installed version needs none. */
const noRegistry = new Proxy({} as Registry, {
  get: () => () => {
    throw new Error('The registry was asked.');
  },
});

let script: string;
beforeAll(async () => {
  const plugins = new Map<string, string>();
  script = await buildPlay(await PlayPackages.of(installedVersion(), { registry: noRegistry, plugins }), []);
});

/** What Tailwind itself makes in Node, without comments and prefixes. */
async function cssOfTailwind(classes: string[], config: Options = {}, own = ''): Promise<string> {
  const content = {
    files: [{ raw: classes.join(' '), extension: 'html' }],
    extract: { html: (text: string) => text.split(' ') },
  };
  const directives = '@tailwind base;@tailwind components;@tailwind utilities;';
  const made = await postcss([tailwind({ ...config, content })]).process(directives + own, {
    from: undefined,
    map: false,
  });
  return plain(made.css);
}

/** Neither comments nor what is prefixed, in one form. */
async function plain(css: string): Promise<string> {
  const strip: Plugin = {
    postcssPlugin: 'strip',
    Once(root) {
      root.walkComments((comment) => void comment.remove());
      root.walkDecls(/^-webkit-/, (declaration) => void declaration.remove());
    },
  };
  const { css: stripped } = await postcss([strip]).process(css, { from: undefined, map: false });
  return stripped.replace(/\s+/g, ' ');
}

async function cssOfPage(classes: string[], config: Options = {}, own = ''): Promise<string> {
  const page = openBarePage(script);
  page.window.tailwind.config = config;
  page.classes.push(...classes);
  if (own !== '') page.own.push(own);
  return plain(await page.styles());
}

const utilities = (name: string) =>
  createPlugin((({ addUtilities }: { addUtilities: (rules: object) => void }) =>
    addUtilities({ [`.${name}`]: { color: 'rebeccapurple' } })) as never);

const configs: [name: string, config: Options][] = [
  ['no configuration', {}],
  ['darkMode: class', { darkMode: 'class' }],
  ['important', { important: true }],
  ['a selector for importance', { important: '#app' }],
  ['a prefix', { prefix: 'tw-' }],
  ['no preflight', { corePlugins: { preflight: false, float: false } }],
  ['a safelist', { safelist: ['p-11', { pattern: /^bg-red-(100|200)$/, variants: ['hover'] }] }],
  ['a preset', { presets: [{ theme: { colors: { brand: '#123' }, spacing: { 4: '4rem' } } }] }],
  [
    'functions in the theme',
    {
      theme: {
        extend: {
          spacing: ({ theme }: { theme: (key: string) => string }) => ({ 13: theme('borderWidth.8') }),
          colors: { slate: { 900: 'rgb(var(--s) / <alpha-value>)' } },
        },
      },
    },
  ],
  ['plugins', { plugins: [utilities('prose-x')], separator: '_' }],
];

describe('The styles of 500 class lists are those that Tailwind makes in Node', () => {
  it.each(configs.map(([name, config], index) => [name, config, index + 1] as const))(
    'with %s',
    async (_name, config, seed) => {
      const lists = makeClassLists(500 / configs.length, { seed, ...config });
      const expected = await cssOfTailwind(lists, config);
      expect(expected.match(/\{/g)?.length).toBeGreaterThan(100);
      expect(await cssOfPage(lists, config)).toBe(expected);
    },
    30_000,
  );

  it('when they come one after the other, but for the order of what is equal to Tailwind', async () => {
    const page = openBarePage(script);
    const lists = makeClassLists(40);
    for (const list of lists) {
      page.classes.push(list);
      await page.styles();
    }
    const rules = (css: string): string[] => css.split('}').sort();
    expect(rules(await plain(await page.styles()))).toEqual(rules(await cssOfTailwind(lists)));
  }, 30_000);
});

describe("A page's own styles", () => {
  const own = `@layer base { h1 { @apply text-2xl font-bold } }
@layer components { .btn { @apply px-4 py-2 rounded hover:bg-red-500 dark:text-white } }
@layer utilities { .lined { border: 1px solid theme('colors.slate.500') } }
@media screen(md) { .wide { width: theme(spacing.12) } }
.plain { @apply btn lined }`;

  it('are compiled as in Node: @apply, @layer, theme() and screen()', async () => {
    const classes = ['btn md:lined', 'p-4'];
    expect(await cssOfPage(classes, {}, own)).toBe(await cssOfTailwind(classes, {}, own));
  });

  it('stay the same when classes are added', async () => {
    const page = openBarePage(script);
    page.own.push(own);
    page.classes.push('p-4');
    await page.styles();
    page.classes.push('btn lg:lined');
    expect(await plain(await page.styles())).toBe(await cssOfTailwind(['p-4', 'btn lg:lined'], {}, own));
  });

  it('are made again when they change', async () => {
    const page = openBarePage(script);
    page.own.push('.a { @apply p-4 }');
    expect(await plain(await page.styles())).toMatch(/\.a \{ padding: 1rem;? \}$/);
    page.own[0] = '.a { @apply p-8 }';
    expect(await plain(await page.styles())).toMatch(/\.a \{ padding: 2rem;? \}$/);
  });
});

describe('window.tailwind', () => {
  const styled = async (
    before: Record<string, unknown>,
    then: (window: ReturnType<typeof openBarePage>['window']) => void,
  ) => {
    const page = openBarePage(script, before);
    page.classes.push('p-brand');
    then(page.window);
    return page.styles();
  };
  const config = { theme: { spacing: { brand: '3px' } } };

  it.each([
    [
      'assigned after the script',
      {},
      (window) => {
        window.tailwind.config = config;
      },
    ],
    [
      'assigned whole',
      {},
      (window) => {
        window.tailwind = { config } as never;
      },
    ],
    ['assigned before the script', { tailwind: { config } }, () => {}],
    [
      'a function',
      {},
      (window) => {
        window.tailwind.config = () => config;
      },
    ],
    [
      'made in place',
      {},
      (window) => {
        Object.assign(window.tailwind.config as object, config);
      },
    ],
  ] as [string, Record<string, unknown>, Parameters<typeof styled>[1]][])(
    'takes a configuration that is %s',
    async (_name, before, then) => {
      expect(await styled(before, then)).toContain('padding: 3px');
    },
  );

  it('has what the Play CDN has', () => {
    const { tailwind: api } = openBarePage(script).window;
    expect(api).toMatchObject({
      config: {},
      colors: { red: { 500: '#ef4444' } },
      defaultTheme: { screens: { sm: '640px' } },
      defaultConfig: { presets: [] },
      plugin: expect.any(Function),
      resolveConfig: expect.any(Function),
    });
  });

  it('goes to the script that comes later, with the configuration', async () => {
    const first = openBarePage(script);
    first.window.tailwind.config = config;
    const other = openBarePage(script.replace('id:"3.4.17"', 'id:"other"'), first.window);
    other.classes.push('p-brand');
    expect(await other.styles()).toContain('padding: 3px');
    first.classes.push('p-brand');
    expect(await first.styles()).toBe('');
  });

  it('stays with the first of two scripts that are the same', async () => {
    const first = openBarePage(script);
    const again = openBarePage(script, first.window);
    again.classes.push('p-4');
    expect(await again.styles()).toBe('');
  });
});
