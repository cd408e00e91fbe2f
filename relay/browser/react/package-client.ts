// The frame's side of the packages surface: one request for a dependency set, one for what later edits import beside it.
import type { Contents, SetAddition, SetManifest } from '../../shared/set-manifest.ts';
import { formatSetQuery, type SetRequest } from '../../shared/set-query.ts';
import { askPackages, type RawAnswer, readAnswer } from './package-request.ts';

export class PackageClient {
  readonly #base: string;
  readonly #sets = new Map<string, Promise<SetManifest>>();
  #additions = new Map<string, Promise<SetAddition | undefined>>();
  #lastAddition: Promise<unknown> = Promise.resolve();
  /** The set that the bundler asked for last; its tree is the one that additions belong to. */
  #current = '';
  #tree: string | undefined;
  /** Specifiers that the frame has the modules for. */
  #known: string[] = [];

  /** @param base address of the packages surface, e.g. `https://preview.example.com/-/` */
  constructor(base: string) {
    this.#base = base;
  }

  /**
   * Has a set come that the bundler is going to ask for. A failure is reported when it does.
   * @param answer the answer to this set, if somebody else has asked already
   */
  prefetch(request: SetRequest, answer?: Promise<RawAnswer>): void {
    this.#ask(formatSetQuery(request), answer);
  }

  /**
   * The manifest of a set. Identical requests share one answer.
   * @throws Error whose message names the package and the reason, for people
   */
  async manifest(request: SetRequest): Promise<SetManifest> {
    const query = formatSetQuery(request);
    this.#current = query;
    const manifest = await this.#ask(query);
    if (this.#current === query && manifest.tree !== this.#tree) {
      this.#tree = manifest.tree;
      this.#known = request.imports;
      this.#additions = new Map();
    }
    return manifest;
  }

  /**
   * Files that make `specifier` (e.g. `date-fns/locale/fr`) importable; undefined when the kit does not have it.
   * @param imports what the artifact imports now; what is new of it comes in the same answer
   */
  async addition(specifier: string, imports: string[]): Promise<SetAddition | undefined> {
    const known = this.#additions.get(specifier);
    if (known) return known;
    const added = [...new Set([specifier, ...imports])].filter(
      (name) => !this.#known.includes(name) && !this.#additions.has(name),
    );
    // One after the other: each answer has to fit to what came before.
    const pending = this.#lastAddition.then(() => this.#fetchAddition(added));
    this.#lastAddition = pending;
    for (const name of added)
      this.#additions.set(
        name,
        pending.then((answer) => (answer?.missing.includes(name) ? undefined : answer)),
      );
    return this.#additions.get(specifier);
  }

  #ask(query: string, answer?: Promise<RawAnswer>): Promise<SetManifest> {
    const pending = this.#sets.get(query) ?? this.#readSet(answer ?? askPackages(`${this.#base}set`, query));
    this.#sets.set(query, pending);
    pending.catch(() => this.#sets.delete(query));
    return pending;
  }

  async #readSet(answer: Promise<RawAnswer>): Promise<SetManifest> {
    const manifest = readAnswer(await answer) as SetManifest;
    this.#localizeStyles(manifest.contents);
    return manifest;
  }

  async #fetchAddition(added: string[]): Promise<SetAddition | undefined> {
    if (!this.#tree) return undefined;
    const query = JSON.stringify({ i: this.#known, n: added });
    try {
      const answer = await askPackages(`${this.#base}tree/${this.#tree}/modules`, query);
      const addition = readAnswer(answer) as SetAddition;
      this.#localizeStyles(addition.contents);
      this.#known = [...this.#known, ...added.filter((name) => !addition.missing.includes(name))].sort();
      return addition;
    } catch (error) {
      console.warn(`[preview-kit] ${added.join(', ')}: ${(error as Error).message}`);
      return undefined;
    }
  }

  /** Stylesheets name their fonts and images by public addresses; the kit has the same files. */
  #localizeStyles(contents: Contents): void {
    for (const [path, file] of Object.entries(contents))
      if (path.endsWith('.css'))
        file.content = file.content.replaceAll(
          'https://cdn.jsdelivr.net/npm/',
          `${this.#base}cdn/cdn.jsdelivr.net/npm/`,
        );
  }
}
