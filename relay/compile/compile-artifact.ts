// Compiles an artifact's own files for a native preview: from the entry, every file that an import reaches. The relay calls it with
// what a page posted; packages are the caller's. Files that have not changed come from memory.
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { InFlight } from '../packages/base/in-flight.ts';
import type { CompileProblem, ImportTarget, NativeFile } from '../shared/native.ts';
import { compileAsset } from './asset-file.ts';
import { compileCode, isCodePath } from './code-file.ts';
import { chooseDecorators } from './decorators.ts';
import { type FileResult, importPlace } from './file-result.ts';
import { findEntry, LocalPaths } from './local-paths.ts';
import { compileStyle, isStylePath, readsOtherFiles } from './style-file.ts';
import { readTypeScriptSettings, type TypeScriptSettings } from './typescript-settings.ts';

export interface ArtifactOptions {
  /** How JSX is compiled: `classic` before React 17. */
  react: 'automatic' | 'classic';
  /** Register components with React Refresh, so that an edit keeps their state. */
  refresh: boolean;
  /** Files that the code did not spell out and that were asked for at run time. */
  later?: readonly string[];
}

export interface CompiledArtifact {
  /** Path of the file that runs first; '' when there is none. */
  entry: string;
  /** By path, with `?raw` or `?url` where an import says so. Targets of bare specifiers are left to the caller. */
  files: Record<string, NativeFile>;
  /** Every bare specifier in them, sorted. */
  bare: string[];
  problems: CompileProblem[];
}

type Compiled = FileResult & { hash: string };

const maxCacheBytes = 8 * 1024 * 1024;
const maxFiles = 2_000;
const maxArtifactBytes = 8 * 1024 * 1024;

export class ArtifactCompiler {
  readonly #compiled = new LRUCache<string, Compiled>({ maxSize: maxCacheBytes, sizeCalculation: sizeOf });
  readonly #running = new InFlight<Compiled>();

  /**
   * What is wrong with the artifact is among the `problems`; with them, `files` has what could be compiled. Throws when esbuild does not
   * answer.
   * @param files text by absolute path
   */
  async compile(files: Record<string, string>, options: ArtifactOptions): Promise<CompiledArtifact> {
    const refusal = refuse(files);
    if (refusal) return { entry: '', files: {}, bare: [], problems: [refusal] };
    const settings = readTypeScriptSettings(files);
    const paths = new LocalPaths(files, settings);
    const entry = findEntry(files, paths);
    if (entry === undefined) {
      const message = 'There is no file to start with: no main in package.json, and no index file.';
      return {
        entry: '',
        files: {},
        bare: [],
        problems: [{ message, path: '/package.json', line: 1, column: 0 }],
      };
    }
    const reached = new Reached(files, paths, this.#compilerOf(files, paths, settings, options));
    await reached.visit(entry);
    await Promise.all((options.later ?? []).map((path) => reached.visit(path)));
    return {
      entry,
      files: Object.fromEntries([...reached.files].toSorted(byFirst)),
      bare: [...reached.bare].sort(),
      problems: reached.problems.sort((a, b) => byFirst([a.path], [b.path]) || a.line - b.line),
    };
  }

  #compilerOf(
    files: Record<string, string>,
    paths: LocalPaths,
    settings: TypeScriptSettings,
    options: ArtifactOptions,
  ): (key: string) => Promise<Compiled> {
    const codeOf = function* () {
      for (const [path, source] of Object.entries(files)) if (isCodePath(path)) yield source;
    };
    return (key) => {
      const [path = '', query] = key.split('?', 2);
      const source = files[path] ?? '';
      if (query === undefined && isCodePath(path)) {
        const decorators = chooseDecorators(source, codeOf, settings);
        const all = { ...options, decorators };
        return this.#remembered([path, source, all], () => compileCode(path, source, all));
      }
      if (query === undefined && isStylePath(path)) {
        const others = readsOtherFiles(source)
          ? Object.entries(files).filter(([name]) => !isCodePath(name))
          : [];
        return this.#remembered([path, source, others], () => compileStyle(path, files, paths));
      }
      return this.#remembered([key, source], () => compileAsset(path, source, query));
    };
  }

  async #remembered(madeOf: unknown[], compile: () => Promise<FileResult>): Promise<Compiled> {
    const hash = createHash('sha256').update(JSON.stringify(madeOf)).digest('hex').slice(0, 32);
    const known = this.#compiled.get(hash);
    if (known) return known;
    return this.#running.run(hash, async () => {
      const compiled = { ...(await compile()), hash };
      this.#compiled.set(hash, compiled);
      return compiled;
    });
  }
}

/** The files that imports reach, as they are found. */
class Reached {
  readonly files = new Map<string, NativeFile>();
  readonly bare = new Set<string>();
  readonly problems: CompileProblem[] = [];
  readonly #seen = new Set<string>();
  readonly #sources: Record<string, string>;
  readonly #paths: LocalPaths;
  readonly #compile: (key: string) => Promise<Compiled>;

  constructor(
    sources: Record<string, string>,
    paths: LocalPaths,
    compile: (key: string) => Promise<Compiled>,
  ) {
    this.#sources = sources;
    this.#paths = paths;
    this.#compile = compile;
  }

  /** @param key a path, with `?raw` or `?url` where an import says so */
  async visit(key: string): Promise<void> {
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const { file, problems, hash } = await this.#compile(key);
    this.problems.push(...problems);
    if (!file) return;
    const [path = ''] = key.split('?', 1);
    const targets: Record<string, ImportTarget> = {};
    const next = new Set<string>();
    for (const specifier of new Set([...file.imports, ...file.laterImports])) {
      const target = this.#paths.resolve(specifier, path);
      if (target === undefined) {
        this.bare.add(specifier);
        continue;
      }
      targets[specifier] = target;
      if ('file' in target) next.add(target.file);
      // What is imported later may never be: it then says so itself.
      if ('missing' in target && file.imports.includes(specifier)) {
        const place = importPlace(file, this.#sources[path] ?? '', specifier);
        this.problems.push({ message: target.missing, path, ...place });
      }
    }
    this.files.set(key, { ...file, hash, targets });
    await Promise.all([...next].map((file) => this.visit(file)));
  }
}

function refuse(files: Record<string, string>): CompileProblem | undefined {
  const sources = Object.values(files);
  const bytes = sources.reduce((sum, source) => sum + Buffer.byteLength(source), 0);
  if (sources.length <= maxFiles && bytes <= maxArtifactBytes) return undefined;
  const message = `The artifact is too large: ${sources.length} files of ${bytes} bytes. A preview takes ${maxFiles} files of ${maxArtifactBytes} bytes in all.`;
  return { message, path: '/', line: 1, column: 0 };
}

/** Bytes, roughly: most of it is text of one byte a character. */
function sizeOf({ file, problems }: Compiled): number {
  return (
    500 +
    (file ? file.code.length + file.mappings.length + (file.style?.length ?? 0) : 0) +
    problems.length * 200
  );
}

function byFirst([a]: readonly [string, ...unknown[]], [b]: readonly [string, ...unknown[]]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
