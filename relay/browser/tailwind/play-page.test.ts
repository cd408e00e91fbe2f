import { transform } from 'esbuild';
import postcss, { type Plugin } from 'postcss';
import { expect, it } from 'vitest';
import { addPrefixes } from './play-page.ts';

it('adds the prefixes that esbuild adds for the browsers of the relay’s own styles', async () => {
  const names =
    'user-select backdrop-filter mask mask-image mask-size mask-position mask-repeat mask-clip mask-origin mask-composite text-decoration text-emphasis hyphens box-decoration-break appearance print-color-adjust text-size-adjust clip-path initial-letter tab-size filter'.split(
      ' ',
    );
  const css = [
    ...names.map((name) => `${name}:inherit`),
    'background-clip:text',
    'width:stretch',
    'height:stretch',
  ]
    .map((declaration, index) => `.x${index}{${declaration}}`)
    .join('');
  const target = ['chrome111', 'firefox115', 'safari16'];
  const expected = await transform(css, { loader: 'css', minifyWhitespace: true, target });
  const plugin: Plugin = { postcssPlugin: 'prefixes', OnceExit: (root) => addPrefixes(root as never) };
  const made = await postcss([plugin]).process(css, { from: undefined, map: false });
  expect(made.css).toBe(expected.code.trim());
});
