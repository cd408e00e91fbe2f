import { expect, it } from 'vitest';
import { findEntry, LocalPaths } from './local-paths.ts';
import { readTypeScriptSettings } from './typescript-settings.ts';

function pathsOf(names: string[], tsconfig?: string): LocalPaths {
  const files = Object.fromEntries(names.map((name) => [name, '']));
  if (tsconfig !== undefined) files['/tsconfig.json'] = tsconfig;
  return new LocalPaths(files, readTypeScriptSettings(files));
}

const paths = pathsOf([
  '/App.tsx',
  '/a/index.ts',
  '/a.css',
  '/a/b.jsx',
  '/a/c.json',
  '/src/d.ts',
  '/e.ts',
  '/react.ts',
  '/f.svg',
  '/constructor.js',
]);

it.each([
  ['./App', '/App.tsx'],
  ['../App', '/App.tsx'],
  ['../../App.tsx', '/App.tsx'],
  ['/App', '/App.tsx'],
  ['@/App', '/App.tsx'],
  ['~/App', '/App.tsx'],
  ['@/d', '/src/d.ts'],
  ['~/d', '/src/d.ts'],
  ['/a', '/a.css'],
  ['/a/', '/a/index.ts'],
  ['/a/b', '/a/b.jsx'],
  ['/a/c', '/a/c.json'],
  ['./e.js', '/e.ts'],
  ['./App.js', '/App.tsx'],
  ['./App.jsx', '/App.tsx'],
  ['./f.svg?raw', '/f.svg?raw'],
  ['./f.svg?url', '/f.svg?url'],
  ['./f.svg?v=1', '/f.svg'],
  ['./constructor', '/constructor.js'],
])('finds %s', (specifier, file) => {
  expect(paths.resolve(specifier, '/App.tsx')).toEqual({ file });
});

it('finds a folder from a file in it', () => {
  expect(paths.resolve('.', '/a/b.jsx')).toEqual({ file: '/a/index.ts' });
  expect(paths.resolve('..', '/a/b.jsx')).toEqual({
    missing: "Could not find module '..' relative to '/a/b.jsx'",
  });
});

it.each([
  'https://esm.sh/react',
  'http://a/b',
  'blob:https://a/b',
  'data:text/javascript,1',
  '//cdn.test/a.js',
])('leaves %s to the browser', (specifier) => {
  expect(paths.resolve(specifier, '/App.tsx')).toEqual({ url: specifier });
});

it.each(['react', '@scope/a', 'react/jsx-runtime', 'node:fs', '#inner', 'constructor'])(
  'takes %s for a package',
  (specifier) => {
    expect(paths.resolve(specifier, '/App.tsx')).toBeUndefined();
  },
);

it.each(['./toString', './x', '@/x', '/x'])('finds no %s', (specifier) => {
  expect(paths.resolve(specifier, '/App.tsx')).toEqual({
    missing: `Could not find module '${specifier}' relative to '/App.tsx'`,
  });
});

it('follows paths and baseUrl of the settings', () => {
  const paths = pathsOf(
    ['/src/ui/button.tsx', '/src/theme.ts'],
    '\uFEFF{ /* a */ "compilerOptions": { "baseUrl": "./src", "paths": { "#ui/*": ["ui/*"], "look": ["theme"], }, } }',
  );
  expect(paths.resolve('#ui/button', '/src/a.ts')).toEqual({ file: '/src/ui/button.tsx' });
  expect(paths.resolve('look', '/src/a.ts')).toEqual({ file: '/src/theme.ts' });
  expect(paths.resolve('ui/button', '/src/a.ts')).toEqual({ file: '/src/ui/button.tsx' });
  expect(paths.resolve('react', '/src/a.ts')).toBeUndefined();
  expect(pathsOf(['/a.ts'], '{ "compilerOptions": ').resolve('./a', '/b.ts')).toEqual({ file: '/a.ts' });
});

it.each<[Record<string, string>, string | undefined]>([
  [
    { '/package.json': '{"main":"/src/start.tsx"}', '/src/start.tsx': '', '/index.tsx': '' },
    '/src/start.tsx',
  ],
  [{ '/package.json': '{"main":"gone.js"}', '/index.tsx': '', '/index.js': '' }, '/index.tsx'],
  [{ '/package.json': '{', '/index.js': '' }, '/index.js'],
  [{ '/src/index.jsx': '' }, '/src/index.jsx'],
  [{ '/App.tsx': '' }, undefined],
])('starts at the entry %#', (files, entry) => {
  expect(findEntry(files, new LocalPaths(files, { paths: {} }))).toBe(entry);
});
