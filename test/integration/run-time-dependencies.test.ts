// What the compiled relay, its commands and the bundler build import is installed by `npm ci --omit=dev`.
import { readdir, readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { init, parse } from 'es-module-lexer';
import { beforeAll, expect, it } from 'vitest';
import { compiledCode, root } from './compiled-code.ts';

/** Package name → the first compiled file that imports it. */
const imported = new Map<string, string>();
let programs: string[];

beforeAll(async () => {
  await init;
  const dist = await compiledCode();
  const files = await readdir(dist, { recursive: true });
  // Benchmarks run where the tests do; browser code and playground are bundled whole.
  programs = files.filter((file) => /^(relay|bundler-build)\/.*\.js$/.test(file));
  const open = programs.map((file) => join(dist, file));
  const seen = new Set(open);
  for (const file of open) {
    for (const specifier of importsOf(await readFile(file, 'utf8'))) {
      if (isBuiltin(specifier)) continue;
      if (!specifier.startsWith('.')) {
        const [name = ''] = /^(@[^/]+\/)?[^/]+/.exec(specifier) ?? [];
        if (!imported.has(name)) imported.set(name, relative(dist, file));
        continue;
      }
      const next = resolve(dirname(file), specifier);
      if (!seen.has(next)) open.push(next);
      seen.add(next);
    }
  }
});

/** Static and dynamic imports, and what `createRequire` finds the place of. */
function importsOf(code: string): string[] {
  const [imports] = parse(code);
  const required = [...code.matchAll(/createRequire\d*\(import\.meta\.url\)\.resolve\("([^"]+)"\)/g)];
  return [...imports.flatMap(({ specifier }) => specifier ?? []), ...required.map(([, name = '']) => name)];
}

it('looks at every program', () => {
  expect(programs).toEqual(
    expect.arrayContaining([
      'bundler-build/main.js',
      'relay/main.js',
      ...['bundle', 'doctor', 'prune', 'setup', 'share', 'smoke', 'warm'].map(
        (name) => `relay/cli/${name}.js`,
      ),
    ]),
  );
  expect([...imported.keys()]).toEqual(
    expect.arrayContaining([
      ...['express', 'playwright-core', '@codesandbox/sandpack-client', '@photostructure/sqlite', 'pg'],
    ]),
  );
});

it('every package that a program imports is a dependency, not one for development', async () => {
  const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  expect([...imported].filter(([name]) => !Object.hasOwn(dependencies, name))).toEqual([]);
});

it('SQLite comes ready-made for the image: for Linux with glibc, on both kinds of machine', async () => {
  const prebuilds = join(root, 'node_modules', '@photostructure', 'sqlite', 'prebuilds');
  for (const machine of ['linux-x64', 'linux-arm64'])
    expect(await readdir(join(prebuilds, machine))).toContainEqual(expect.stringMatching(/glibc\.node$/));
});
