// React Refresh: an edit puts new components in the place of the old and keeps their state
// (https://github.com/facebook/react/tree/main/packages/react-refresh).

/** What of react-refresh's runtime is used. */
interface RefreshRuntime {
  injectIntoGlobalHook(global: unknown): void;
  register(type: unknown, id: string): void;
  createSignatureFunctionForTransform(): (type: unknown, key: string) => unknown;
  isLikelyComponentType(type: unknown): boolean;
  getFamilyByType(type: unknown): object | undefined;
  performReactRefresh(): unknown;
}

export class Refresh {
  #runtime: RefreshRuntime | undefined;

  /** Call it before React DOM runs, which looks for the hook once. */
  start(runtime: unknown): void {
    if (this.#runtime) return;
    this.#runtime = runtime as RefreshRuntime;
    this.#runtime.injectIntoGlobalHook(window);
  }

  /** What a file's code registers its components with. */
  of(path: string): [register: unknown, sign: unknown] {
    const runtime = this.#runtime;
    return [
      (type: unknown, id: string) => runtime?.register(type, `${path} ${id}`),
      runtime ? () => runtime.createSignatureFunctionForTransform() : () => (type: unknown) => type,
    ];
  }

  /** Whether all that a file exports are components: then nobody notices that it was run again. */
  isBoundary(exports: Record<string, unknown>): boolean {
    const names = Object.keys(exports);
    return (
      names.length > 0 &&
      // React takes any function for a component; who imported another keeps the old one.
      names.every(
        (name) => /^([A-Z]|default$)/.test(name) && this.#runtime?.isLikelyComponentType(exports[name]),
      )
    );
  }

  /** Registers components that have no name of their own in the file. */
  register(path: string, exports: Record<string, unknown>): void {
    for (const name of Object.keys(exports))
      if (this.#runtime?.isLikelyComponentType(exports[name]))
        this.#runtime.register(exports[name], `${path} %exports% ${name}`);
  }

  /** Whether components of the new exports take the place of those of the old, each by its name. */
  isReplaced(before: Record<string, unknown>, after: Record<string, unknown>): boolean {
    const names = Object.keys(before);
    return (
      names.join() === Object.keys(after).join() &&
      names.every((name) => {
        const family = this.#runtime?.getFamilyByType(before[name]);
        return family !== undefined && family === this.#runtime?.getFamilyByType(after[name]);
      })
    );
  }

  /** Shows what was registered since the last call. */
  perform(): void {
    this.#runtime?.performReactRefresh();
  }
}
