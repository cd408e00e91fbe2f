// What a source file says of itself without being run: ES module or CommonJS, and what it exports. Lexers do not execute
// anything, and Node's own is as good as what its users expect of `import { name } from 'a-commonjs-package'`.
import { readFile } from 'node:fs/promises';
import { extname, join, posix } from 'node:path';
import { initSync, parse as parseCommonJs } from 'cjs-module-lexer';
import { init as initEsLexer, parse as parseEsModule } from 'es-module-lexer';
import { transform } from 'esbuild';
import { splitSpecifier } from '../base/specifier.ts';
import {
  type PackageFolder,
  replaceByBrowserField,
  resolveEntry,
  resolvePrivateImport,
} from '../sources/entry-points.ts';
import type { Env } from './es-package.ts';
import { literalKeys } from './literal-keys.ts';

/** What a file exports, itself and by way of others. */
export interface SourceFacts {
  format: 'es' | 'cjs';
  names: string[];
  /** Specifiers whose names are all exported too: `export * from`, `module.exports = require()`. */
  reexports: string[];
}

/** Fewer than this many assignments to members of one variable are no sign that it is what the file exports. */
const minAssigned = 50;
/** How Parcel and webpack 4 write an export. */
const declaredByBundler =
  /\$parcel\$export\(module\.exports,\s*"([\w$]+)"|\.d\([\w$]+,\s*"([A-Za-z_$][\w$]*)",/g;
/** A wrapper for every module system. */
const universal = /\bdefine\.amd\b/;
const needsCompiling = new Set(['.jsx', '.ts', '.tsx', '.mts', '.cts']);

/**
 * Reads one file.
 * @param file relative to the package
 * @throws Error when it is not JavaScript
 */
async function readFacts(folder: PackageFolder, file: string, env: Env): Promise<SourceFacts> {
  const source = await readFile(join(folder.dir, file), 'utf8');
  const extension = extname(file);
  if (extension === '.json') return { format: 'cjs', names: jsonNames(source), reexports: [] };
  const code = needsCompiling.has(extension) ? await compile(source, extension, env) : source;
  await initEsLexer;
  const facts = extension === '.cjs' ? undefined : (esFacts(code) ?? esFacts(await tryCompile(code, env)));
  if (facts && (facts.isModule || extension === '.mjs')) return facts;
  return commonJsFacts(code, env);
}

/** What a file exports, by way of others too. */
export interface Exported {
  /** Name → the file that states it; `default` among them for ES modules only. */
  names: Map<string, string>;
  /** Specifiers of other packages that are exported whole. */
  stars: string[];
}

/** Collects what files export; reads and resolves each file once. */
export class ExportCollector {
  readonly #facts = new Map<string, Promise<SourceFacts>>();
  readonly #exported = new Map<string, Exported>();

  constructor(
    readonly folder: PackageFolder,
    readonly env: Env,
  ) {}

  /** @throws Error when the file is not JavaScript */
  facts(file: string): Promise<SourceFacts> {
    const facts = this.#facts.get(file) ?? readFacts(this.folder, file, this.env);
    this.#facts.set(file, facts);
    return facts;
  }

  /** @throws Error when the file is not JavaScript */
  async exported(file: string): Promise<Exported> {
    const known = this.#exported.get(file);
    if (known) return known;
    const { names, reexports } = await this.facts(file);
    const result: Exported = { names: new Map(names.map((name) => [name, file])), stars: [] };
    // In a circle, what is known so far is what there is.
    this.#exported.set(file, result);
    for (const specifier of reexports) {
      const inside = resolveInside(this.folder, file, specifier);
      if (inside === undefined) result.stars.push(specifier);
      else if (inside !== '') {
        const more = await this.exported(inside).catch(() => undefined);
        for (const [name, origin] of more?.names ?? [])
          if (name !== 'default' && !result.names.has(name)) result.names.set(name, origin);
        result.stars.push(...(more?.stars ?? []));
      }
    }
    result.stars = [...new Set(result.stars)];
    return result;
  }
}

/** The file of the package that a specifier means; undefined for other packages, '' for nothing. */
function resolveInside(folder: PackageFolder, from: string, specifier: string): string | '' | undefined {
  const target = specifier.startsWith('#') ? resolvePrivateImport(folder, specifier) : specifier;
  if (target === undefined) return '';
  if (!target.startsWith('.')) {
    const { name, subpath } = splitSpecifier(target);
    return name === folder.packageJson.name ? (resolveEntry(folder, subpath) ?? '') : undefined;
  }
  const { exports: _, ...packageJson } = folder.packageJson;
  const plain = { ...folder, packageJson };
  const base = specifier.startsWith('#') ? '' : posix.dirname(from);
  const found = resolveEntry(plain, `./${posix.join(base, target)}`);
  const replaced = found === undefined ? undefined : replaceByBrowserField(folder, `./${found}`);
  return (replaced?.startsWith('.') ? resolveEntry(plain, replaced) : replaced === '' ? '' : found) ?? '';
}

function esFacts(code: string | undefined): (SourceFacts & { isModule: boolean }) | undefined {
  if (code === undefined) return undefined;
  try {
    const [imports, exports, , isModule] = parseEsModule(code);
    const names = exports.flatMap((entry) => ('name' in entry ? [entry.name] : []));
    const reexports = imports.flatMap((entry) => (entry.type === 'reexport-star' ? [entry.specifier] : []));
    return { format: 'es', names: [...new Set(names)], reexports, isModule };
  } catch {
    return undefined;
  }
}

async function commonJsFacts(code: string, env: Env): Promise<SourceFacts> {
  initSync();
  const names = new Set(lexCommonJs(code).exports);
  // Of `if (process.env.NODE_ENV === 'production')`, one branch counts.
  const compiled = (await tryCompile(code, env)) ?? code;
  const { reexports, exports } = lexCommonJs(compiled);
  for (const name of exports) names.add(name);
  for (const name of literalNames(compiled)) names.add(name);
  for (const [, parcel, webpack] of compiled.matchAll(declaredByBundler)) names.add(parcel ?? webpack ?? '');
  for (const [, , called = ''] of compiled.matchAll(/\bmodule\.exports\s*=\s*require\((["'])(.+?)\1\)\(/g))
    reexports.push(called);
  if ((names.size === 0 && reexports.length === 0) || universal.test(code))
    for (const name of assignedNames(compiled)) names.add(name);
  names.delete('default');
  names.delete('__esModule');
  return { format: 'cjs', names: [...names], reexports };
}

/** Keys of the object that is exported, as it stands or under a name; of a factory, what it returns. */
function literalNames(code: string): string[] {
  const isFactory = /\bmodule\.exports\s*=\s*function\b/.test(code);
  const named = isFactory
    ? /\breturn\b[^;{}]*?(?<![\w$.])([A-Za-z_$][\w$]*)\s*[;}]/g
    : /\bmodule\.exports\s*=\s*([A-Za-z_$][\w$]*)\s*[;,}\n]/g;
  const variables = [...code.matchAll(named)].map(([, variable = '']) => variable.replace(/\$/g, '\\$&'));
  const places = ['module\\.exports', ...variables.map((variable) => `(?<![\\w$.])${variable}`)];
  return places.flatMap((place) =>
    [...code.matchAll(new RegExp(`${place}\\s*=\\s*\\{`, 'g'))].flatMap(({ 0: match, index }) =>
      literalKeys(code, index + match.length - 1),
    ),
  );
}

function lexCommonJs(code: string): { exports: string[]; reexports: string[] } {
  try {
    return parseCommonJs(code);
  } catch {
    return { exports: [], reexports: [] };
  }
}

/**
 * What libraries with a wrapper for every module system export: members assigned to the variable that is exported, or to
 * the one variable that is given dozens of members (lodash). A name too many is undefined to whoever imports it.
 */
function assignedNames(code: string): string[] {
  const members = new Map<string, Set<string>>();
  for (const [, variable = '', name = ''] of code.matchAll(
    /(?<![\w$.])([\w$]+)\.([A-Za-z_$][\w$]*)\s*=(?!=)/g,
  ))
    if (name !== 'prototype') members.set(variable, (members.get(variable) ?? new Set()).add(name));
  for (const [, exported = ''] of code.matchAll(/\bexports\s*=\s*([\w$]+)\s*[;,)}\n]/g)) {
    const named = members.get(exported);
    if (named) return [...named];
  }
  for (const own of ['this', 'module', 'exports', 'window', 'self', 'global', 'globalThis'])
    members.delete(own);
  const most = [...members.values()].sort((a, b) => b.size - a.size)[0];
  return most && most.size >= minAssigned ? [...most] : [];
}

function jsonNames(source: string): string[] {
  try {
    const value: unknown = JSON.parse(source);
    const isTable = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isTable
      ? Object.keys(value).filter((key) => /^[A-Za-z_$][\w$]*$/.test(key) && key !== 'default')
      : [];
  } catch {
    return [];
  }
}

async function compile(source: string, extension: string, env: Env): Promise<string> {
  const { code } = await transform(source, {
    loader: extension.replace(/^\.[mc]?/, '') as 'js' | 'jsx' | 'ts' | 'tsx',
    define: { 'process.env.NODE_ENV': JSON.stringify(env) },
    minifySyntax: true,
    logLevel: 'silent',
    tsconfigRaw: '{}',
  });
  return code;
}

/** Undefined when it is no JavaScript either way. */
async function tryCompile(source: string, env: Env): Promise<string | undefined> {
  return compile(source, '.jsx', env).catch(() => undefined);
}
