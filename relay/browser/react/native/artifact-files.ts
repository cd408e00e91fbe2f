// The artifact's own files, running: evaluates them in the order of their imports, and again what an edit changes.
import type { ImportTarget, NativeFile } from '../../../shared/native.ts';
import { evaluateFile } from './evaluate.ts';
import { marked, namespaceOf } from './module-registry.ts';
import type { Refresh } from './refresh.ts';
import { insertStyle } from './styles.ts';

/** What the files need of their page. */
export interface FileSurroundings {
  /** `module.exports` of a package's module. */
  requireModule(path: string): unknown;
  /** Has the browser import an address. */
  importUrl(url: string): Promise<object>;
  /** An `import()` that no file's targets answer. */
  importLater(specifier: string, from: string): Promise<unknown>;
  refresh: Pick<Refresh, 'of' | 'isBoundary' | 'register' | 'isReplaced'>;
}

interface Instance {
  /** Compiled code puts another object in its `exports`, early. */
  module: { exports: Record<string, unknown> };
  state: 'running' | 'done' | 'failed';
  /** Until it has run, when that takes more than one turn. */
  pending: Promise<void> | undefined;
}

export class ArtifactFiles {
  readonly #around: FileSurroundings;
  readonly #instances = new Map<string, Instance>();
  readonly #urls = new Map<string, object>();
  #files: Record<string, NativeFile> = {};

  constructor(around: FileSurroundings) {
    this.#around = around;
  }

  get files(): Readonly<Record<string, NativeFile>> {
    return this.#files;
  }

  /** Runs the file at `entry`, and before it what it imports. @throws what they throw */
  async start(files: Record<string, NativeFile>, entry: string): Promise<void> {
    this.#files = files;
    this.#instances.clear();
    await this.#run(entry, new Set());
  }

  /**
   * Runs what an edit changed, and what imports that, up to files that React can refresh.
   * @returns false when everything has to start anew: that reaches `entry`, or what React cannot refresh
   * @throws what the files throw
   */
  async update(files: Record<string, NativeFile>, entry: string): Promise<boolean> {
    const changed = Object.keys(files).filter(
      (path) => this.#instances.has(path) && !isEqual(this.#files[path], files[path]),
    );
    const stale = this.#stale(changed, entry);
    if (stale === undefined) return false;
    this.#files = files;
    const before = new Map([...stale].map((path) => [path, this.#instances.get(path)]));
    for (const path of stale) this.#instances.delete(path);
    for (const path of stale) if (files[path]) await this.#run(path, new Set());
    return [...before].every(([path, old]) => {
      const now = this.#instances.get(path);
      if (!old || !now || !this.#isBoundary(path, old)) return true;
      return (
        files[path]?.style !== undefined ||
        this.#around.refresh.isReplaced(old.module.exports, now.module.exports)
      );
    });
  }

  /** Takes more files; those that are there stay as they are. */
  add(files: Record<string, NativeFile>): void {
    this.#files = { ...files, ...this.#files };
  }

  /** What `import()` of a file gives. @throws what it throws */
  async importFile(path: string): Promise<unknown> {
    const known = this.#instances.get(path);
    if (known?.state === 'running') await known.pending;
    else await this.#run(path, new Set());
    return namespaceOf(this.#instances.get(path)?.module.exports);
  }

  /** Changed files and their importers; undefined when the entry is among them. */
  #stale(changed: string[], entry: string): Set<string> | undefined {
    const stale = new Set(changed);
    for (const path of stale) {
      if (path === entry) return undefined;
      const instance = this.#instances.get(path);
      if (instance && this.#isBoundary(path, instance)) continue;
      const importers = [...this.#instances.keys()].filter((other) => this.#imports(other, path));
      // Whoever imported it by a computed name is not known.
      if (importers.length === 0) return undefined;
      for (const importer of importers) stale.add(importer);
    }
    return stale;
  }

  #isBoundary(path: string, { state, module }: Instance): boolean {
    if (this.#files[path]?.style !== undefined) return true;
    return state === 'done' && this.#around.refresh.isBoundary(module.exports);
  }

  #imports(importer: string, path: string): boolean {
    const targets = Object.values(this.#files[importer]?.targets ?? {});
    return targets.some((target) => 'file' in target && target.file === path);
  }

  /** @param chain files that wait for this one: an import of any of them is a circle, and gets what there is */
  #run(path: string, chain: ReadonlySet<string>): Promise<void> | undefined {
    const file = this.#files[path];
    if (!file) throw new Error(`Cannot find module '${path}'`);
    const known = this.#instances.get(path);
    if (known?.state === 'done') return undefined;
    if (known?.state === 'running') return chain.has(path) ? undefined : known.pending;
    const instance: Instance = { module: { exports: {} }, state: 'running', pending: undefined };
    this.#instances.set(path, instance);
    const settle = (state: 'done' | 'failed') => {
      if (state === 'done') this.#around.refresh.register(path, instance.module.exports);
      instance.state = state;
      instance.pending = undefined;
    };
    try {
      const imports = this.#runImports(file, new Set([...chain, path]));
      const run = () => this.#evaluate(path, file, instance);
      const result = imports ? imports.then(run) : run();
      if (result === undefined) {
        settle('done');
        return undefined;
      }
      instance.pending = result.then(
        () => settle('done'),
        (error: unknown) => {
          settle('failed');
          throw error;
        },
      );
      return instance.pending;
    } catch (error) {
      settle('failed');
      throw error;
    }
  }

  /**
   * One after the other, as they are written, when any has to be waited for. Else each runs when the file asks for it, which has
   * named its own exports by then: in a circle, others get those, and not what is there before.
   */
  #runImports(file: NativeFile, chain: ReadonlySet<string>): Promise<void> | undefined {
    return this.#hasToWait(file, new Set()) ? this.#runImportsFrom(0, file, chain) : undefined;
  }

  /** Whether an import, or an import of one, takes more than one turn. */
  #hasToWait({ imports, targets }: NativeFile, seen: Set<string>): boolean {
    return imports.some((specifier) => {
      const target = targets[specifier];
      if (target === undefined) return false;
      if ('url' in target) return !this.#urls.has(target.url);
      if (!('file' in target) || seen.has(target.file)) return false;
      seen.add(target.file);
      const file = this.#files[target.file];
      const instance = this.#instances.get(target.file);
      if (file === undefined || instance?.state === 'done') return false;
      return file.isAsync || instance?.pending !== undefined || this.#hasToWait(file, seen);
    });
  }

  #runImportsFrom(from: number, file: NativeFile, chain: ReadonlySet<string>): Promise<void> | undefined {
    for (let index = from; index < file.imports.length; index++) {
      const target = file.targets[file.imports[index] as string];
      const waiting =
        target === undefined
          ? undefined
          : 'file' in target
            ? this.#run(target.file, chain)
            : 'url' in target
              ? this.#fetch(target.url)
              : undefined;
      if (waiting) return waiting.then(() => this.#runImportsFrom(index + 1, file, chain));
    }
    return undefined;
  }

  #fetch(url: string): Promise<void> | undefined {
    if (this.#urls.has(url)) return undefined;
    return this.#around.importUrl(url).then((namespace) => void this.#urls.set(url, marked(namespace)));
  }

  #evaluate(path: string, file: NativeFile, instance: Instance): Promise<void> | undefined {
    if (file.style !== undefined) insertStyle(path, file.style);
    const { module } = instance;
    return evaluateFile(path, file, {
      module,
      exports: module.exports,
      require: (specifier: string) => this.#require(specifier, file.targets[specifier]),
      $import: (specifier: unknown) => this.#import(String(specifier), path, file),
      $meta: { url: new URL(path, location.origin).href, env: importMetaEnv },
      refresh: this.#around.refresh.of(path),
    });
  }

  #require(specifier: string, target: ImportTarget | undefined): unknown {
    if (target === undefined) throw new Error(`Cannot find module '${specifier}'`);
    if ('file' in target) {
      const known = this.#instances.get(target.file);
      // `require()` in the middle of a file.
      if (known === undefined || known.state === 'failed') void this.#run(target.file, new Set());
      return this.#instances.get(target.file)?.module.exports;
    }
    if ('module' in target) return this.#around.requireModule(target.module);
    if ('url' in target) return this.#urls.get(target.url);
    throw new Error(target.missing);
  }

  async #import(specifier: string, from: string, file: NativeFile): Promise<unknown> {
    const target = Object.hasOwn(file.targets, specifier) ? file.targets[specifier] : undefined;
    if (target === undefined) return this.#around.importLater(specifier, from);
    if ('file' in target) return this.importFile(target.file);
    if ('module' in target) return namespaceOf(this.#around.requireModule(target.module));
    if ('url' in target) return this.#around.importUrl(target.url);
    throw new Error(target.missing);
  }
}

/** What Vite gives (https://vite.dev/guide/env-and-mode): models write for it. */
const importMetaEnv = { MODE: 'development', DEV: true, PROD: false, SSR: false, BASE_URL: '/' };

/** The same code that reaches the same modules. */
function isEqual(one: NativeFile | undefined, other: NativeFile | undefined): boolean {
  return one?.hash === other?.hash && JSON.stringify(one?.targets) === JSON.stringify(other?.targets);
}
