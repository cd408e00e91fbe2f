// What the page of a native preview and the relay say to each other: an artifact's files go up, what runs comes back. Shapes only.

/** Where the bundler's page is when `/` is the native engine's. */
export const bundlerPath = '/__kit_bundler';

/** `POST /-/native`, as JSON in a text/plain body (which needs no preflight). */
export interface NativeRequest {
  /** The artifact's files: text by absolute path, as Sandpack's `compile` message has them. */
  files: Record<string, string>;
  /** What the code did not spell out and was asked for at run time: bare specifiers, and paths of the artifact's files. */
  imports: string[];
  /** Whether the page has Tailwind's Play CDN, with its defaults: its styles can be made ahead then. */
  tailwind: boolean;
}

/** Where an import of a compiled file leads. */
export type ImportTarget =
  /** Another file of the artifact. */
  | { file: string }
  /** A module of a package, by its path below `/node_modules`. */
  | { module: string }
  /** An address that the browser imports by itself: `https:`, `blob:`, `data:`. */
  | { url: string }
  /** Nothing; what to say when it is needed. */
  | { missing: string };

/**
 * One of the artifact's files, ready to run: the body of a function with the parameters `module`, `exports`, `require`,
 * `$import` (an `import()`), `$meta` (an `import.meta`), `$loop` (asked by loops), `$RefreshReg$` and `$RefreshSig$`; of an async
 * function when `isAsync`.
 */
export interface CompiledFile {
  code: string;
  /** Whether it awaits something at its top level. */
  isAsync: boolean;
  /** What it imports before it runs, in the order of its imports. */
  imports: string[];
  /** What it may import later: `import('…')`, workers. */
  laterImports: string[];
  /** Whether it has an `import()` of a computed name. */
  importsComputed: boolean;
  /** Source map, version 3 (https://tc39.es/ecma426/), without the sources' content; '' for files that are not code. */
  mappings: string;
  /** Of a stylesheet: what it says. */
  style?: string;
}

/** What is wrong with a file of the artifact. Lines from 1, columns from 0. */
export interface CompileProblem {
  message: string;
  path: string;
  line: number;
  column: number;
  /** Whether the bundler can do what this engine cannot. */
  isForBundler?: boolean;
}

/** A file of the answer. */
export interface NativeFile extends CompiledFile {
  /** Names what it was compiled from: the same hash, the same file. */
  hash: string;
  /** By specifier, for all of {@link CompiledFile.imports} and {@link CompiledFile.laterImports}. */
  targets: Record<string, ImportTarget>;
}

/** Modules of packages that travel in one script, at an address that always means the same. */
export interface Pack {
  /** Path on the base host. */
  path: string;
  /** Bytes, uncompressed. */
  bytes: number;
}

/** The packages of an answer. */
export interface LinkedPackages {
  /** Id of the tree. */
  tree: string;
  packs: Pack[];
  /** Module paths by bare specifier, as the artifact's files and React's own needs name them. */
  roots: Record<string, string>;
  /** Why there is none, by bare specifier: for each that was asked for and is not in `roots`. */
  missing: Record<string, string>;
  /** Packages that can only be loaded file by file, which a native preview cannot. */
  fallbacks: string[];
  /** Versions that were taken for packages that the artifact does not declare. */
  undeclared: Record<string, string>;
}

/** The answer. With problems, `files` has what could be compiled. */
export interface NativeAnswer {
  /** Path of the file that runs first. */
  entry: string;
  files: Record<string, NativeFile>;
  problems: CompileProblem[];
  packages: LinkedPackages;
  /** Bare specifiers that modules at addresses, which the browser imports by itself, may ask this page for. */
  pageImports: string[];
  /** Why only the bundler can show this artifact; undefined when it need not. */
  bundlerOnly?: string;
  /** Path on the base host of the styles that Tailwind's Play CDN would make; undefined when only that can tell. */
  styles?: string;
}

/**
 * What a pack calls, once: `previewKitPack(modules)`, by path below `/node_modules`.
 * The function is as in CommonJS; some use the free names `process`, `global`, `Buffer` and `__previewKit.cdn`. The record says where each of its `require` leads, for those that lead somewhere.
 */
export type PackModules = Record<
  string,
  | [
      run: (module: { exports: unknown }, exports: unknown, require: (id: string) => unknown) => void,
      links: Record<string, string>,
    ]
  /**
   * A stylesheet. Its fonts and images are at public addresses, `https://cdn.jsdelivr.net/npm/…`: the page replaces these by
   * the kit's, `<base>/-/cdn/cdn.jsdelivr.net/npm/…`, for a pack is the same on every host.
   */
  | string
>;
