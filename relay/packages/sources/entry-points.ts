// Which file of a package answers which import specifier, as browsers' bundlers decide it: `exports` maps of every shape,
// main fields, `browser` replacements, and, where a strict map refuses, the file itself (Sandpack accepts it, models write it).
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { exports as resolveExports, imports as resolveImports } from 'resolve.exports';
import type { PackageJson } from '../npm/packument.ts';

/** How `exports` and `imports` maps are read. */
export interface MapRules {
  /** Lists of conditions, tried one after the other until something answers. */
  conditions: readonly (readonly string[])[];
  /** The first condition of the list decides, instead of the first of the map. */
  inListOrder: boolean;
}

/**
 * The bundler tries conditions in this order, not in the order of the map (sandpack-core, `resolver/utils/exports`), and
 * artifacts rely on it: Babel's helpers, for one, have an ES module under `import` that compiled `require` calls cannot use.
 */
const bundlerRules: MapRules = {
  conditions: [['browser', 'development', 'default', 'import', 'require']],
  inListOrder: true,
};

/** Maps as Node defines them (https://nodejs.org/api/packages.html#conditional-exports), for ES modules in browsers. */
export function browserRules(env: 'production' | 'development'): MapRules {
  const conditions = ['browser', 'module', 'import', env];
  // A package may have a CommonJS form only.
  return { conditions: [conditions, [...conditions, 'require']], inListOrder: false };
}

const extensions = ['', '.js', '.mjs', '.cjs', '.jsx', '.ts', '.tsx', '.json', '.css'];
/** More entries than this, and a package is built for what is asked of it instead of for everything it offers. */
export const maxDefaultEntries = 24;

/** The package's folder on disk and what its package.json says. */
export interface PackageFolder {
  dir: string;
  packageJson: PackageJson;
  /** Default: the bundler's. */
  rules?: MapRules;
}

/**
 * The file that `subpath` means, relative to the package and without `./`; undefined when there is none.
 * @param subpath `.` or `./sub/path`
 */
export function resolveEntry(folder: PackageFolder, subpath: string): string | undefined {
  const { packageJson } = folder;
  if (packageJson.exports !== undefined) {
    for (const candidate of [subpath, `${subpath}.js`]) {
      const target = fromMap(folder, 'exports', candidate);
      const file = target && existingFile(folder, target);
      if (file) return file;
      if (subpath === '.') break;
    }
  }
  if (subpath !== '.') return existingFile(folder, subpath);
  const { browser } = packageJson;
  const mains = [
    packageJson.module,
    typeof browser === 'string' ? browser : undefined,
    packageJson.main,
    packageJson['jsnext:main'],
    'index',
  ];
  for (const main of mains) {
    const file =
      typeof main === 'string'
        ? existingFile(folder, replaceByBrowserField(folder, main) || main)
        : undefined;
    if (file) return file;
  }
  return undefined;
}

/** The file that `require` of `subpath` means where Node decides; undefined when the package does not say. */
export function resolveCommonJsTwin(folder: PackageFolder, subpath: string): string | undefined {
  const { packageJson } = folder;
  if (packageJson.exports === undefined)
    return subpath === '.' && typeof packageJson.main === 'string'
      ? existingFile(folder, packageJson.main)
      : undefined;
  try {
    const target = resolveExports(packageJson, subpath, { require: true, browser: true })?.[0];
    return target && existingFile(folder, target);
  } catch {
    // Not exported.
    return undefined;
  }
}

/** The target of a package-private `#name` import, relative to the package, or a bare specifier; undefined when unknown. */
export function resolvePrivateImport(folder: PackageFolder, specifier: string): string | undefined {
  const target = fromMap(folder, 'imports', specifier);
  if (!target?.startsWith('.')) return target;
  const file = existingFile(folder, target);
  return file && `./${file}`;
}

/**
 * What the `browser` field puts in place of a file or package: another specifier, or '' for an empty module.
 * @param request a bare name, or a file relative to the package
 */
export function replaceByBrowserField(folder: PackageFolder, request: string): string | '' | undefined {
  const { browser } = folder.packageJson;
  if (typeof browser !== 'object' || browser === null) return undefined;
  const map = browser as Record<string, string | false>;
  const path = posix.normalize(request);
  const keys = [
    request,
    `./${path}`,
    ...extensions.slice(1).map((extension) => `./${path}${extension}`),
    path,
  ];
  const key = keys.find((candidate) => map[candidate] !== undefined);
  return key === undefined ? undefined : map[key] || '';
}

/**
 * The subpaths to build together: what was asked for, and, where the package names few, all of them,
 * so that different artifacts share one build and internal modules exist once.
 */
export function entriesToBuild(folder: PackageFolder, requested: Iterable<string>): string[] {
  const offered = explicitExports(folder.packageJson);
  const all = new Set(requested);
  if (offered.length <= maxDefaultEntries) for (const subpath of offered) all.add(subpath);
  if (resolveEntry(folder, '.') !== undefined) all.add('.');
  return [...all].sort();
}

/** The subpaths that an `exports` map names one by one; none where it has patterns. */
export function explicitExports({ exports }: PackageJson): string[] {
  if (typeof exports !== 'object' || exports === null || Array.isArray(exports)) return [];
  // Patterns open up whole folders, and what is named beside them often gathers those up: three's `./addons`.
  if (Object.keys(exports).some((key) => key.includes('*'))) return [];
  return Object.keys(exports).filter(
    (key) => key.startsWith('.') && !key.includes('*') && !key.endsWith('/') && key !== './package.json',
  );
}

/** What a map of package.json has for a subpath or `#name`; undefined when it has nothing. */
function fromMap(
  { packageJson, rules = bundlerRules }: PackageFolder,
  field: 'exports' | 'imports',
  key: string,
): string | undefined {
  const resolve = field === 'exports' ? resolveExports : resolveImports;
  for (const conditions of rules.conditions) {
    const map = rules.inListOrder ? byPriority(packageJson[field], conditions) : packageJson[field];
    try {
      const target = resolve({ ...packageJson, [field]: map }, key, { unsafe: true, conditions })?.[0];
      if (target !== undefined) return target;
    } catch {
      // Not in the map, or not under these conditions.
    }
  }
  return undefined;
}

/** The same map with conditions in the order of the list, and without those that are not on it. */
function byPriority(value: unknown, conditions: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((inner) => byPriority(inner, conditions));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, byPriority(inner, conditions)] as const);
  if (entries.some(([key]) => key.startsWith('.') || key.startsWith('#'))) return Object.fromEntries(entries);
  const rank = (key: string) => conditions.indexOf(key);
  return Object.fromEntries(entries.filter(([key]) => rank(key) >= 0).sort(([a], [b]) => rank(a) - rank(b)));
}

/** A file of the package for a path that may lack its extension or name a folder; never outside the package. */
function existingFile(folder: PackageFolder, path: string): string | undefined {
  const base = posix.normalize(path.replace(/^\/+/, ''));
  if (base.startsWith('..')) return undefined;
  for (const extension of extensions) {
    const file = base + extension;
    if (isFile(join(folder.dir, file))) return file;
  }
  const nested = join(folder.dir, base, 'package.json');
  if (base !== '.' && isFile(nested)) {
    const inner = nestedMain(folder, base);
    if (inner) return inner;
  }
  for (const extension of extensions.slice(1)) {
    const file = posix.join(base, `index${extension}`);
    if (isFile(join(folder.dir, file))) return file;
  }
  return undefined;
}

/** Folders with a package.json of their own (`preact/hooks`, `@mui/material/Button`). */
function nestedMain(folder: PackageFolder, base: string): string | undefined {
  try {
    const inner = JSON.parse(readFileSync(join(folder.dir, base, 'package.json'), 'utf8')) as PackageJson;
    for (const main of [inner.module, inner.main, inner['jsnext:main']]) {
      const file = typeof main === 'string' ? existingFile(folder, posix.join(base, main)) : undefined;
      if (file) return file;
    }
  } catch {
    // Not a package.json: the folder's index decides.
  }
  return undefined;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
