// Text of the modules that the kit writes itself: what a chunk exports, how other modules get at a file inside a chunk, and
// what stands at the file's own address. Specifiers of the package's own files begin with `kit-own:` until they are placed.
import { extname } from 'node:path';
import { codeExtensions } from '../sources/package-plugin.ts';
import { type ChunkedModule, dataModulePath, loaderPath } from './es-package.ts';

/** Begins a specifier that means a module of the same package by its path. */
export const ownPrefix = 'kit-own:';
/** Begins a specifier that a source file means by `require`. */
export const requirePrefix = 'kit-require:';
/** Begins a specifier that means a source file, for esbuild to put in place. */
export const sourcePrefix = 'kit-source:';

const quote = (text: string): string => JSON.stringify(text);
const plainName = /^[A-Za-z_$][\w$]*$/;
/** A name as import and export lists want it: any string may be one (ES2022). */
const listed = (name: string): string => (plainName.test(name) ? name : quote(name));

/** Where a source file is a module: itself, when it is code. */
export function modulePath(file: string): string {
  return codeExtensions.has(extname(file)) ? file : dataModulePath(file);
}

/** What a chunk exports of its files, under names that no two of them share. */
export interface ChunkExport {
  file: string;
  /** The file's own name for it; undefined for the function that loads a CommonJS file. */
  name?: string;
  as: string;
}

/** Entry of a chunk. The files come first and by themselves: their order is the order in which they run. */
export function chunkText(files: string[], exported: ChunkExport[]): string {
  const lazy = new Set(exported.flatMap(({ file, name }) => (name === undefined ? [file] : [])));
  const lines = files.filter((file) => !lazy.has(file)).map((file) => `import${quote(sourcePrefix + file)};`);
  for (const { file, name, as } of exported) {
    const source = quote(sourcePrefix + file);
    lines.push(
      name === undefined
        ? `export const ${as}=()=>require(${source});`
        : `export{${listed(name)} as ${as}}from${source};`,
    );
  }
  return lines.join('\n');
}

/** An ES module with the exports of an ES module in a chunk; live, since nothing is copied. */
export function linkText({ chunk, names, stars }: ChunkedModule): string {
  const list = Object.entries(names).map(([name, as]) => `${as} as ${listed(name)}`);
  const own = quote(ownPrefix + chunk);
  return [
    list.length > 0 ? `export{${list.join()}}from${own};` : `import${own};`,
    ...stars.map((star) => `export*from${quote(star)};`),
  ].join('\n');
}

/** A module whose export `r` loads a CommonJS file. */
export function loaderText(chunk: string, load: string): string {
  return `export{${load} as r}from${quote(ownPrefix + chunk)};`;
}

/** What stands at the address of a file that is in a chunk. */
export function facadeText(module: ChunkedModule): string {
  if (module.format === 'cjs')
    return commonJsFacade(loaderText(module.chunk, module.load ?? ''), module.likely ?? [], module.stars);
  const twin = module.isOneValue
    ? `\nexport{${module.names.default} as "module.exports"}from${quote(ownPrefix + module.chunk)};`
    : '';
  return linkText(module) + twin;
}

/** What stands at the address of a CommonJS file outside of all chunks. */
export function looseFacadeText(file: string, names: string[], stars: string[]): string {
  return commonJsFacade(`export{r}from${quote(ownPrefix + loaderPath(file))};`, names, stars);
}

/**
 * A CommonJS module as an ES module: `default` as bundlers give it, and `module.exports`, under the name that Node has for it
 * (https://nodejs.org/api/modules.html#loading-ecmascript-modules-using-require), for CommonJS in other packages.
 */
function commonJsFacade(loader: string, names: string[], stars: string[]): string {
  const picked = names.map((name, index) => `${quote(name)}:n${index}`);
  const exported = names.map((name, index) => `n${index} as ${listed(name)}`);
  return [
    `${loader.replace(/^export/, 'import')}`,
    'const m=r();',
    'export default m!=null&&m.__esModule&&"default"in m?m.default:m;',
    'export{m as "module.exports"};',
    ...(names.length > 0 ? [`const{${picked.join()}}=m??{};export{${exported.join()}};`] : []),
    ...stars.map((star) => `export*from${quote(requirePrefix + star)};`),
  ].join('\n');
}

/** What `require` of an ES module gives, as code of a CommonJS module that has the namespace as `ns`. */
export function requiredText(specifier: string): string {
  const asked = specifier.replace(/^kit-[a-z]+:/, '');
  return `module.exports=require("kit-interop").toRequired(require(${quote(`kit-namespace:${specifier}`)}).ns,${quote(asked)});`;
}

/**
 * A function carries what else its ES module exports: `require('clsx').clsx`. One that is all there is, is the module:
 * compiled code calls `require('@babel/runtime/helpers/…')` right away.
 */
export const interopText = `
export function toRequired(ns, name) {
  if ("kit:missing" in ns) throw Object.assign(new Error("Cannot find module '" + name + "'"), { code: "MODULE_NOT_FOUND" });
  const alone = Object.keys(ns).join() == "default" && typeof ns.default == "function";
  const one = alone || "module.exports" in ns;
  const to = alone ? ns.default : one ? ns["module.exports"] : {};
  if (alone && Object.isExtensible(to) && !("default" in to)) Object.defineProperty(to, "default", { value: to });
  if (one && (typeof to != "function" || to.__esModule || !Object.isExtensible(to))) return to;
  for (const key of Object.keys(ns))
    if (key != "module.exports" && !(one && (key == "default" || key in to)))
      Object.defineProperty(to, key, { get: () => ns[key], enumerable: true, configurable: true });
  return one ? to : Object.defineProperty(to, "__esModule", { value: true });
}`;
