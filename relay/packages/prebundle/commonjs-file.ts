// The last step of pre-bundling: one output of esbuild becomes a CommonJS file with the list of what it requires.
import { posix } from 'node:path';
import { type Metafile, transform } from 'esbuild';
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
 * @param esm esbuild's output, an ES module
 * @param path where the file will be in the package
 * @param place from esbuild's output name to a path in the package
 * @throws Error with esbuild's message
 */
export async function toCommonJs(
  esm: string,
  path: string,
  place: (output: string) => string,
  imports: Metafile['outputs'][string]['imports'],
  kind: EntryKind,
): Promise<{ content: string; requires: string[] }> {
  // esbuild wraps `require` of other packages in a helper from a shared chunk; each file has a `require` of its own here.
  const source = esm.replace(/\b__require\((?=["'])/g, 'require(');
  const { code } = await transform(source, {
    format: 'cjs',
    platform: 'browser',
    target,
    // The code is evaluated from memory: a native `import()` would look for its files beside the bundler's own scripts.
    supported: { 'dynamic-import': false },
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'inline',
    charset: 'utf8',
    logLevel: 'silent',
  });
  const requires = new Set<string>();
  let text = code;
  const point = (from: string, to: string): void => {
    const specifier = relativeSpecifier(path, to);
    text = text.replaceAll(JSON.stringify(from), JSON.stringify(specifier));
    requires.add(specifier);
  };
  for (const { path: imported, external } of imports) {
    if (!external) {
      const output = imported.replace(/^__out__\//, '');
      point(`./${output}`, place(output));
    } else if (imported.startsWith(plainPrefix)) point(imported, imported.slice(plainPrefix.length));
    else if (imported.startsWith(ownPrefix)) point(imported, imported.slice(ownPrefix.length));
    else if (/^\.?\.?\//.test(imported) && !imported.startsWith('//'))
      // esbuild leaves a `require` of a file that is not there where a `try` will catch it.
      text = text.replaceAll(`require(${JSON.stringify(imported)})`, `(()=>{${throwMissing(imported)}})()`);
    else if (!/^(https?:|data:|\/\/)/.test(imported)) requires.add(imported);
  }
  return { content: text.trimEnd() + endings[kind], requires: [...requires].sort() };
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
