// `import()` of what no file spelled out: a computed name, which the relay is asked for when it is known.
import { resolveLocal } from '../../../shared/imports.ts';
import type { NativeAnswer } from '../../../shared/native.ts';
import type { ArtifactFiles } from './artifact-files.ts';
import { namespaceOf } from './module-registry.ts';

interface LaterParts {
  ask(imports: string[]): Promise<NativeAnswer>;
  load(answer: NativeAnswer): Promise<void>;
  requireModule(path: string): unknown;
  importUrl(url: string): Promise<object>;
  files(): ArtifactFiles;
}

export class LaterImports {
  readonly #parts: LaterParts;
  readonly #answers = new Map<string, Promise<string>>();

  constructor(parts: LaterParts) {
    this.#parts = parts;
  }

  /** Specifiers of packages that were asked for. */
  get asked(): string[] {
    return [...this.#answers.keys()];
  }

  /** @throws Error that names the specifier */
  async import(specifier: string, from: string): Promise<unknown> {
    if (/^(https?:|blob:|data:|\/\/)/.test(specifier))
      return this.#parts.importUrl(new URL(specifier, location.href).href);
    const files = this.#parts.files();
    const local = resolveLocal(files.files, from, specifier);
    if (local !== undefined) return files.importFile(local);
    if (/^(\.{0,2}\/|@\/)/.test(specifier))
      throw new Error(`Could not find module '${specifier}' relative to '${from}'`);
    return namespaceOf(this.#parts.requireModule(await this.#pathOf(specifier)));
  }

  #pathOf(specifier: string): Promise<string> {
    const known = this.#answers.get(specifier);
    if (known) return known;
    const path = this.#find(specifier);
    this.#answers.set(specifier, path);
    path.catch(() => this.#answers.delete(specifier));
    return path;
  }

  async #find(specifier: string): Promise<string> {
    const answer = await this.#parts.ask([...this.asked, specifier]);
    const path = answer.packages.roots[specifier];
    if (path === undefined)
      throw new Error(answer.packages.missing[specifier] ?? `Could not find dependency: '${specifier}'`);
    await this.#parts.load(answer);
    return path;
  }
}
