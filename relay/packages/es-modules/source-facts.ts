// What a source file says of itself without being run: ES module or CommonJS, and what it exports. Lexers do not execute
// anything, and Node's own is as good as what its users expect of `import { name } from 'a-commonjs-package'`.
import { readFile } from 'node:fs/promises';
import { extname, join, posix } from 'node:path';
import { initSync, parse as parseCommonJs } from 'cjs-module-lexer';
import { init as initEsLexer, parse as parseEsModule } from 'es-module-lexer';
import { callEsbuild, isBuildFailure } from '../../esbuild/esbuild-call.ts';
import { splitSpecifier } from '../base/specifier.ts';
import { nameOf } from '../sources/build-failure.ts';
import { readCommonJs } from '../sources/commonjs-exports.ts';
import {
  type PackageFolder,
  replaceByBrowserField,
  resolveEntry,
  resolvePrivateImport,
} from '../sources/entry-points.ts';
import type { Env } from './es-package.ts';

/** What a file exports, itself and by way of others. */
export interface SourceFacts {
  format: 'es' | 'cjs';
  names: string[];
  /** Specifiers whose names are all exported too: `export * from`, `module.exports = require()`. */
  reexports: string[];
  /** Of CommonJS: specifiers of functions whose result is exported. */
  made?: string[];
  /** Of CommonJS that is a function: names of what it returns. */
  returned?: string[];
}

const nothingLexed = { exports: [], reexports: [] };
const nothing: SourceFacts = { format: 'cjs', names: [], reexports: [] };
const needsCompiling = new Set(['.jsx', '.ts', '.tsx', '.mts', '.cts']);

/**
 * Reads one file.
 * @param file relative to the package
 * @throws Error when it is not JavaScript
 */
async function readFacts(folder: PackageFolder, file: string, env: Env): Promise<SourceFacts> {
  const source = await readFile(join(folder.dir, file), 'utf8');
  const extension = extname(file);
  const what = nameOf(folder, file);
  if (extension === '.json') return { format: 'cjs', names: jsonNames(source), reexports: [] };
  const code = needsCompiling.has(extension) ? await compile(source, extension, env, what) : source;
  await initEsLexer;
  const facts =
    extension === '.cjs' ? undefined : (esFacts(code) ?? esFacts(await tryCompile(code, env, what)));
  if (facts && (facts.isModule || extension === '.mjs')) return facts;
  return commonJsFacts(code, env, what);
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
    const known = this.#facts.get(file);
    if (known) return known;
    const facts = readFacts(this.folder, file, this.env);
    this.#facts.set(file, facts);
    // It may have failed for what was compiled beside it: the build that asked will ask again.
    facts.catch(() => this.#facts.delete(file));
    return facts;
  }

  /** @throws Error when the file is not JavaScript */
  async exported(file: string): Promise<Exported> {
    const known = this.#exported.get(file);
    if (known) return known;
    const { names, reexports, made = [] } = await this.facts(file);
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
    for (const specifier of made) {
      const inside = resolveInside(this.folder, file, specifier);
      if (!inside) continue;
      for (const name of await this.#returned(inside, new Set()))
        if (!result.names.has(name)) result.names.set(name, inside);
    }
    result.stars = [...new Set(result.stars)];
    return result;
  }

  /** What the function gives that a CommonJS file exports, or hands on. */
  async #returned(file: string, seen: Set<string>): Promise<string[]> {
    if (seen.has(file)) return [];
    seen.add(file);
    const { reexports, returned = [] } = await this.facts(file).catch(() => nothing);
    const inside = reexports.map((specifier) => resolveInside(this.folder, file, specifier));
    const more = await Promise.all(inside.map((other) => (other ? this.#returned(other, seen) : [])));
    return [...returned, ...more.flat()];
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

async function commonJsFacts(code: string, env: Env, what: string): Promise<SourceFacts> {
  initSync();
  const lexed = lexCommonJs(code);
  // Of `if (process.env.NODE_ENV === 'production')`, one branch counts. Compiling takes longer than all else: not without need.
  const isPlain = lexed !== undefined && !code.includes('NODE_ENV');
  const compiled = isPlain ? code : ((await tryCompile(code, env, what)) ?? code);
  const { reexports, exports } = (isPlain ? lexed : lexCommonJs(compiled)) ?? nothingLexed;
  const parsed = readCommonJs(compiled);
  const names = new Set([...(lexed?.exports ?? []), ...exports, ...(parsed?.names ?? [])]);
  names.delete('default');
  names.delete('__esModule');
  return {
    format: 'cjs',
    names: [...names],
    reexports: [...new Set([...reexports, ...(parsed?.reexports ?? [])])],
    made: parsed?.made ?? [],
    returned: parsed?.returned ?? [],
  };
}

/** Undefined where the lexer cannot read the file: JSX. */
function lexCommonJs(code: string): { exports: string[]; reexports: string[] } | undefined {
  try {
    return parseCommonJs(code);
  } catch {
    return undefined;
  }
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

async function compile(source: string, extension: string, env: Env, what: string): Promise<string> {
  const { code } = await callEsbuild({ what }, ({ transform }) =>
    transform(source, {
      loader: extension.replace(/^\.[mc]?/, '') as 'js' | 'jsx' | 'ts' | 'tsx',
      define: { 'process.env.NODE_ENV': JSON.stringify(env) },
      minifySyntax: true,
      logLevel: 'silent',
      tsconfigRaw: '{}',
    }),
  );
  return code;
}

/** Undefined when it is no JavaScript either way. */
async function tryCompile(source: string, env: Env, what: string): Promise<string | undefined> {
  try {
    return await compile(source, '.jsx', env, what);
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    return undefined;
  }
}
