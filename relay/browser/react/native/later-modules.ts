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
  /** The artifact's files as they were written, by path. */
  sources(): Readonly<Record<string, string>>;
  files(): ArtifactFiles;
}

export class LaterImports {
  readonly #parts: LaterParts;
  readonly #answers = new Map<string, Promise<string>>();

  constructor(parts: LaterParts) {
    this.#parts = parts;
  }

  /** Specifiers of packages, and paths of files, that were asked for. */
  get asked(): string[] {
    return [...this.#answers.keys()];
  }

  /** @throws Error that names the specifier */
  async import(specifier: string, from: string): Promise<unknown> {
    if (/^(https?:|blob:|data:|\/\/)/.test(specifier))
      return this.#parts.importUrl(new URL(specifier, location.href).href);
    const local = resolveLocal(this.#parts.sources(), from, specifier);
    if (local !== undefined) return this.#importFile(local);
    if (/^(\.{0,2}\/|@\/)/.test(specifier))
      throw new Error(`Could not find module '${specifier}' relative to '${from}'`);
    return namespaceOf(this.#parts.requireModule(await this.#pathOf(specifier)));
  }

  async #importFile(path: string): Promise<unknown> {
    const { files } = this.#parts;
    if (!files().files[path]) {
      await this.#once(path, async () => {
        const answer = await this.#parts.ask([...this.asked, path]);
        const problem = answer.problems.find((found) => found.path === path);
        if (problem) throw new SyntaxError(`${path}: ${problem.message} (${problem.line}:${problem.column})`);
        await this.#parts.load(answer);
        files().add(answer.files);
        return path;
      });
    }
    return files().importFile(path);
  }

  #pathOf(specifier: string): Promise<string> {
    return this.#once(specifier, () => this.#find(specifier));
  }

  /** A failure is not kept. */
  #once(specifier: string, find: () => Promise<string>): Promise<string> {
    const known = this.#answers.get(specifier);
    if (known) return known;
    const found = find();
    this.#answers.set(specifier, found);
    found.catch(() => this.#answers.delete(specifier));
    return found;
  }

  async #find(specifier: string): Promise<string> {
    const answer = await this.#parts.ask([...this.asked, specifier]);
    const { roots, missing } = answer.packages;
    const path = Object.hasOwn(roots, specifier) ? roots[specifier] : undefined;
    if (path === undefined) {
      const reason = Object.hasOwn(missing, specifier) ? missing[specifier] : undefined;
      throw new Error(reason ?? `Could not find dependency: '${specifier}'`);
    }
    await this.#parts.load(answer);
    return path;
  }
}
