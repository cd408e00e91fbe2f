// Holds the direction of imports: a room imports from the floors below its own, never from above or beside. ARCHITECTURE.md says
// what each room is for.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, posix, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** From the ground up. A room is a folder with all that is below it, less what is a room itself; or a file. */
const floors: string[][] = [
  [
    'relay/shared',
    'scripts',
    'bundler-build',
    'nginx',
    'certbot',
    'examples',
    'package.json',
    'librechat.env.example',
  ],
  [
    'relay/browser',
    'relay/esbuild',
    'relay/packages/base',
    'relay/flags.ts',
    'relay/host.ts',
    'relay/measures.ts',
    'relay/terminal',
  ],
  ['relay/browser/mirror', 'relay/compile', 'relay/packages/disk', 'relay/tailwind'],
  ['relay/browser/react', 'relay/browser/static', 'relay/packages/npm'],
  ['relay/browser/share'],
  ['relay/packages/policy', 'relay/packages/store', 'relay/packages/sources'],
  ['relay/packages/registry', 'relay/packages/answers', 'relay/config-values.ts'],
  ['relay/packages/tree', 'relay/packages/cdn/answer', 'relay/config-shares.ts'],
  ['relay/packages/prebundle', 'relay/packages/es-modules'],
  ['relay/packages/sets', 'relay/packages/cdn/modules'],
  ['relay/packages/cdn/libraries'],
  ['relay/packages/cdn/github'],
  [
    'relay/packages/cdn/files',
    'relay/packages/cdn/fonts',
    'relay/packages/cdn/hosts',
    'relay/packages/cdn/rules',
  ],
  ['relay/packages/cdn'],
  ['relay/packages'],
  ['relay/packages/upkeep'],
  ['relay/packages/upkeep/bundle', 'relay/packages/upkeep/warm'],
  ['relay/config.ts', 'relay/http', 'relay/state'],
  ['relay/configured-engine.ts', 'relay/bundler', 'relay/server.ts', 'relay/hosts', 'relay/native'],
  ['relay/shares'],
  ['relay/api'],
  ['relay/mcp'],
  // Surfaces never import each other: each file or folder is a room.
  readdirSync(resolve(root, 'relay/surfaces')).map((name) => `relay/surfaces/${name}`),
  ['relay', 'relay/deploy', 'relay/smoke'],
  ['relay/doctor'],
  ['relay/cli'],
  ['playground', 'test', 'bench/report'],
  ['bench/rig'],
  ['bench/render'],
  ['bench/static'],
  ['bench'],
];

const floorOf = new Map(floors.flatMap((rooms, floor) => rooms.map((room) => [room, floor] as const)));

/** The innermost room that a path is in. */
function roomOf(path: string): string | undefined {
  if (floorOf.has(path)) return path;
  const folder = dirname(path);
  return folder === '.' ? undefined : roomOf(folder);
}

function filesBelow(folder: string): string[] {
  return readdirSync(resolve(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\.(ts|tsx|mts|mjs)$/.test(path) && !/\.test\.ts$/.test(path));
}

/** Relative imports with their kinds, as this repository writes them: one a statement, with the file's extension. */
const relativeImport = /(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g;

const imports = ['relay', 'playground', 'bench', 'bundler-build'].flatMap(filesBelow).flatMap((from) =>
  [...readFileSync(resolve(root, from), 'utf8').matchAll(relativeImport)].map(([, specifier = '']) => ({
    from,
    to: posix.normalize(posix.join(dirname(from), specifier.replace(/\?.*$/, ''))),
  })),
);

it('reads the imports', () => {
  expect(imports.length).toBeGreaterThan(1_000);
});

it('every file is in a room', () => {
  const homeless = imports.flatMap(({ from, to }) => [from, to]).filter((path) => roomOf(path) === undefined);
  expect([...new Set(homeless)]).toEqual([]);
});

it('esbuild, which is one process for all, is called by one room', () => {
  const values = /^import (?!type\b)[^;]*from 'esbuild'/m;
  const callers = filesBelow('relay').filter((from) =>
    values.test(readFileSync(resolve(root, from), 'utf8')),
  );
  expect(callers.map(roomOf)).toEqual(callers.map(() => 'relay/esbuild'));
  expect(callers).not.toEqual([]);
});

it('imports go down', () => {
  const wrong = imports.filter(({ from, to }) => {
    const [source, target] = [roomOf(from), roomOf(to)];
    if (source === undefined || target === undefined || source === target) return false;
    return (floorOf.get(target) ?? 0) >= (floorOf.get(source) ?? 0);
  });
  expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});
