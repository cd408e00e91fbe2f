// The last step of pre-bundling: one output of esbuild becomes a CommonJS file with the list of what it requires.
import { posix } from 'node:path';
import { init, parse } from 'es-module-lexer';
import type { Metafile } from 'esbuild';
import { callEsbuild } from '../../esbuild/esbuild-call.ts';
import { withoutCopies } from '../../esbuild/module-helpers.ts';
import { ownPrefix, plainPrefix, throwMissing } from '../sources/package-plugin.ts';

/** How the package means an entry to be imported. */
export type EntryKind =
  /** Its `module.exports` is what esbuild calls its default export. */
  | 'commonjs'
  | 'es-module'
  /** An ES module whose CommonJS twin is one value, most often a function. */
  | 'es-module-of-one-value'
  /** Not an entry. */
  | 'chunk';

export const target = 'es2022';

/** `import x from` an ES module without a default gets all of it, as from its CommonJS twin. */
const lenientDefault =
  '(m=>{"default"in m||Object.defineProperty(m,"default",{get:()=>m,configurable:true})})(module.exports);';
/** `require` gets the function itself, which carries the other exports, for ES modules to find them. */
const functionIsModule =
  '(m=>{const f=m.default;if(typeof f!="function"||!Object.isExtensible(f)||f.__esModule)return;for(const k of Object.keys(m))if(k!="default"&&k in f&&f[k]!==m[k])return;for(const k of Object.keys(m))k in f||Object.defineProperty(f,k,{get:()=>m[k],enumerable:k!="default",configurable:true});Object.defineProperty(f,"__esModule",{value:true});module.exports=f})(module.exports);';

const endings: Record<EntryKind, string> = {
  commonjs: '\nmodule.exports=module.exports.default;',
  'es-module': `\n${lenientDefault}`,
  'es-module-of-one-value': `\n${functionIsModule}`,
  chunk: '',
};

/**
 * @param what names the package, for people
 * @param esm esbuild's output, an ES module
 * @param path where the file will be in the package
 * @param place from esbuild's output name to a path in the package
 * @throws Error with esbuild's message
 */
export async function toCommonJs(
  what: string,
  esm: string,
  path: string,
  place: (output: string) => string,
  imports: Metafile['outputs'][string]['imports'],
  kind: EntryKind,
): Promise<{ content: string; requires: string[] }> {
  const { text: source, requires } = await placeImports(esm, path, place, imports);
  const { code } = await callEsbuild({ what }, ({ transform }) =>
    transform(source, {
      format: 'cjs',
      platform: 'browser',
      target,
      // The code is evaluated from memory: a native `import()` would look for its files beside the bundler's own scripts.
      supported: { 'dynamic-import': false },
      minifyWhitespace: true,
      minifySyntax: true,
      legalComments: 'eof',
      charset: 'utf8',
      logLevel: 'silent',
    }),
  );
  return { content: withoutCopies(code.trimEnd()) + endings[kind], requires };
}

/** Gives imports the specifiers that they have in the built package, and lists them. */
async function placeImports(
  esm: string,
  path: string,
  place: (output: string) => string,
  imports: Metafile['outputs'][string]['imports'],
): Promise<{ text: string; requires: string[] }> {
  const requires = new Set<string>();
  const specifiers = new Map<string, string>();
  const missing = new Set<string>();
  for (const { path: imported, external } of imports) {
    const output = imported.replace(/^__out__\//, '');
    const prefix = [plainPrefix, ownPrefix].find((known) => imported.startsWith(known));
    if (!external) specifiers.set(`./${output}`, relativeSpecifier(path, place(output)));
    else if (prefix !== undefined)
      specifiers.set(imported, relativeSpecifier(path, imported.slice(prefix.length)));
    // esbuild leaves a `require` of a file that is not there where a `try` will catch it.
    else if (/^\.?\.?\//.test(imported) && !imported.startsWith('//')) missing.add(imported);
    else if (!/^(https?:|data:|\/\/)/.test(imported)) requires.add(imported);
  }
  await init;
  let text = '';
  let done = 0;
  for (const entry of parse(esm)[0]) {
    if (entry.type === 'import-meta' || entry.specifier === undefined) continue;
    const isDynamic = entry.type === 'dynamic';
    const specifier = specifiers.get(entry.specifier);
    if (specifier !== undefined) {
      text +=
        esm.slice(done, entry.start) +
        JSON.stringify(specifier).slice(isDynamic ? 0 : 1, isDynamic ? undefined : -1);
      done = entry.end;
    } else if (isDynamic && missing.has(entry.specifier)) {
      text += `${esm.slice(done, entry.importStart)}(async()=>{${throwMissing(entry.specifier)}})()`;
      done = entry.importEnd;
    }
  }
  text += esm.slice(done);
  // esbuild wraps `require` in a helper from a shared chunk; each file has a `require` of its own here. What is required is known
  // from esbuild, and how it writes that too: no lexer finds calls.
  for (const { path: imported, kind } of imports) {
    if (kind !== 'require-call') continue;
    const specifier = specifiers.get(imported) ?? imported;
    const call = missing.has(imported)
      ? `(()=>{${throwMissing(imported)}})()`
      : `require(${JSON.stringify(specifier)})`;
    text = text.replaceAll(`__require(${JSON.stringify(imported)})`, () => call);
  }
  return { text, requires: [...requires, ...specifiers.values()].sort() };
}

/** A file that is another one, e.g. `css.js` for `swiper/css`. */
export function forwardingFile(from: string, to: string): { content: string; requires: string[] } {
  const specifier = relativeSpecifier(from, to);
  return { content: `module.exports=require(${JSON.stringify(specifier)});`, requires: [specifier] };
}

function relativeSpecifier(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith('.') && !path.startsWith('.kit') ? path : `./${path}`;
}
