// The dependency set of a preview's first artifact, asked for by the shell: the frame that needs it is still on its way.
import type { Modules } from '../../shared/imports.ts';
import { formatSetQuery, setOf } from '../../shared/set-query.ts';
import { askNative, requestOf } from './native/native-request.ts';
import { askPackages, type RawAnswer } from './package-request.ts';
import type { CompileMessage } from './sandpack-messages.ts';

export class EarlyPackages {
  readonly #base: string;
  #answer: Promise<RawAnswer> | undefined;
  #query: string | undefined;

  /** @param base address of the packages surface */
  constructor(base: string) {
    this.#base = base;
  }

  /** Asks, the first time; not when the artifact's package.json cannot be read. */
  askSet(modules: Modules): void {
    const set = this.#query === undefined ? setOf(modules) : undefined;
    if (!set) return;
    this.#query = formatSetQuery(set);
    this.#answer = askPackages(`${this.#base}set`, this.#query);
  }

  /** Has the artifact compiled, the first time. */
  askNative(message: CompileMessage): void {
    if (this.#query !== undefined) return;
    this.#query = 'native';
    this.#answer = askNative(this.#base, requestOf(message, []));
  }

  /** Makes the next question the first. */
  forget(): void {
    this.#query = undefined;
    this.#answer = undefined;
  }

  /** Takes query and answer away; undefined when somebody has them already, or nothing was asked. */
  take(): { query: string; answer: Promise<RawAnswer> } | undefined {
    const [query, answer] = [this.#query, this.#answer];
    this.#answer = undefined;
    return query === undefined || answer === undefined ? undefined : { query, answer };
  }
}
