// The shape of a package built as ES modules: plain data, stored as JSON. Every source file of a package is one module,
// at one place: inside a chunk, or, where no chunk has it, in a file of its own.

/** Which of the two builds that packages tell apart by `process.env.NODE_ENV` and by export conditions. */
export type Env = 'production' | 'development';

/** Part of every address and cache key: raise it when the same package is built or linked differently. */
export const esModulesVersion = 2;

/** An import of something outside the package, by its place in the content. */
export interface EsImport {
  /** As the package writes it: `react`, `react-dom/client`, `fs`, `kit:process`. */
  specifier: string;
  /** `require` and `dynamic` may lead nowhere, as long as nothing runs into them. */
  kind: 'import' | 'dynamic' | 'require';
  /** Offsets of the specifier in the content, without its quotes. */
  start: number;
  end: number;
}

/** A module as it is served, but for the specifiers of other packages; those of its own package are relative already. */
export interface EsFile {
  content: string;
  imports: EsImport[];
  /** Whether it has a default export, which `export *` leaves out. */
  hasDefault: boolean;
}

/** How a source file inside a chunk is reached. */
export interface ChunkedModule {
  /** Path of the chunk. */
  chunk: string;
  format: 'es' | 'cjs';
  /** Of `es`: name that the chunk exports, by the module's own name. Of `cjs`: empty. */
  names: Record<string, string>;
  /** Of `cjs`: name of the chunk's function that gives the `module.exports`. */
  load?: string;
  /** Of `cjs`: what its `module.exports` has, as far as the source tells. */
  likely?: string[];
  /** Other packages whose exports are all exported again. */
  stars: string[];
  /** An ES module whose CommonJS twin is one value: `require` gives its default export. */
  isOneValue?: true;
}

/** A package version with its chunks. */
export interface EsPackage {
  name: string;
  version: string;
  env: Env;
  /** Imports of files that are not there fail when they are run, not when the package is built. */
  isLenient: boolean;
  /** Chunks by path, e.g. `.kit/chunk-0.js`. */
  files: Record<string, EsFile>;
  /** Source files in chunks, by path; all others are built one by one when they are asked for. */
  chunked: Record<string, ChunkedModule>;
  /** Chunks that cannot be built, and why. */
  failures: Record<string, string>;
}

/** What is built of a source file that is in no chunk: its module, and what that needs of its own. */
export type LooseFile = Record<string, EsFile>;

/** A package or file that cannot be built this way; the message says what stands in the way, and where. */
export class EsBuildError extends Error {
  override name = 'EsBuildError';
}

/** Folder of everything that the kit adds to a package. No package has one: npm's names begin with no dot. */
export const kitFolder = '.kit';

/** Where the function stands that loads a CommonJS file outside of all chunks. */
export const loaderPath = (file: string): string => `${kitFolder}/load/${file}.js`;
/** Where a file that is no code is a module: JSON, a stylesheet, an image. */
export const dataModulePath = (file: string): string => `${kitFolder}/module/${file}.js`;
