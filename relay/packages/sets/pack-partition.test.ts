import { describe, expect, it } from 'vitest';
import type { LinkedModule, LinkedModules } from '../prebundle/linked-modules.ts';
import { partitionPacks } from './pack-partition.ts';

const large = 48_000;

/** One module a package, of so many characters. */
function modulesOf(packages: Record<string, number>, links: Record<string, string[]> = {}): LinkedModules {
  const pathOf = (name: string): string => `/node_modules/${name}/index.js`;
  const entries = Object.entries(packages).map(([name, chars]): [string, LinkedModule] => [
    pathOf(name),
    {
      node: { key: name, name, packageName: name, version: '1.0.0', dependencies: {} },
      content: ' '.repeat(chars),
      isCode: true,
      links: Object.fromEntries((links[name] ?? []).map((to) => [to, pathOf(to)])),
    },
  ]);
  const roots = Object.fromEntries(Object.keys(packages).map((name) => [name, pathOf(name)]));
  return { modules: new Map(entries), roots, absent: new Map(), fallbacks: [] };
}

const divide = (...asked: Parameters<typeof modulesOf>): string[][] =>
  partitionPacks(modulesOf(...asked), ['react', 'react-dom']).map((pack) =>
    pack.map(([, { node }]) => node.name),
  );

describe('Modules are divided into packs', () => {
  it('with React first and what it needs, then the large packages, the largest first', () => {
    expect(
      divide(
        {
          three: large * 2,
          react: 10,
          scheduler: 10,
          'react-dom': 10,
          charts: large * 3,
          clsx: 1,
          '@radix-ui/a': 2,
        },
        { 'react-dom': ['react', 'scheduler'], charts: ['react', 'clsx'] },
      ),
    ).toEqual([['react-dom', 'react', 'scheduler'], ['charts'], ['three'], ['@radix-ui/a'], ['clsx']]);
  });

  it('alike, in whatever order they were found', () => {
    const packages = { b: large, a: large, d: 1, c: 1, react: 1 };
    const reversed = Object.fromEntries(Object.entries(packages).reverse());
    expect(divide(packages)).toEqual(divide(reversed));
    expect(divide(packages)).toEqual([['react'], ['a'], ['b'], ['c', 'd']]);
  });

  it('of which there are nine at most: the smallest of the large ones go together', () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`p${n + 10}`, large * 20 - n]));
    const packs = divide({ ...many, react: 1, tslib: 1, clsx: 1 });
    expect(packs).toHaveLength(7);
    expect(packs).toContainEqual(['p13', 'p14', 'p15', 'p16', 'p17', 'p18', 'p19', 'p20', 'p21']);
    expect(packs.flat()).toHaveLength(15);
  });

  it('of which none is empty', () => {
    expect(divide({})).toEqual([]);
    expect(divide({ clsx: 1 })).toEqual([['clsx']]);
  });
});
