// React Refresh: an edit puts new components in the place of the old and keeps their state
// (https://github.com/facebook/react/tree/main/packages/react-refresh).

/** What of react-refresh's runtime is used. */
interface RefreshRuntime {
  injectIntoGlobalHook(global: unknown): void;
  register(type: unknown, id: string): void;
  createSignatureFunctionForTransform(): (type: unknown, key: string) => unknown;
  isLikelyComponentType(type: unknown): boolean;
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
    return names.length > 0 && names.every((name) => this.#runtime?.isLikelyComponentType(exports[name]));
  }

  /** Shows what was registered since the last call. */
  perform(): void {
    this.#runtime?.performReactRefresh();
  }
}
