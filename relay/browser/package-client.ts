// The frame's side of the packages surface: one request for a dependency set, one for each module that was not in it.
import { findImports, type Modules } from './imports.ts';

/** Files by path below `/node_modules/`; `requires` lists what a pre-bundled CommonJS file requires. */
export type Contents = Record<string, { content: string; requires?: string[] }>;

/** What the bundler works with: its packager client's merged manifest, and the tree it was made from. */
export interface SetManifest {
  tree: string;
  contents: Contents;
  dependencies: { name: string; version: string }[];
  dependencyDependencies: Record<
    string,
    { semver: string; resolved: string; parents: string[]; entries: string[] }
  >;
  dependencyAliases: Record<string, Record<string, string>>;
}

/** What identifies a set: ranges by package, overrides, and the specifiers that the artifact imports. */
export interface SetRequest {
  dependencies: Record<string, string>;
  resolutions: Record<string, string>;
  imports: string[];
}

/** Longer than any wait of the server, shorter than Sandpack's own 40 s. */
const timeoutMs = 33_000;

const maxAddressLength = 7000;

/** Packages that the bundler's presets add to what an artifact names; see codesandbox-client's `compile.ts`. */
const notInstalled = /^@types\/|^react-scripts(-ts)?$|^parcel-bundler$|^web-vitals$/;

export class PackageClient {
  readonly #base: string;
  readonly #sets = new Map<string, Promise<SetManifest>>();
  readonly #modules = new Map<string, Promise<Contents | undefined>>();
  #tree: string | undefined;

  /** @param base address of the packages surface, e.g. `https://preview.example.com/-/` */
  constructor(base: string) {
    this.#base = base;
  }

  /**
   * The manifest of a set. Identical requests share one answer.
   * @throws Error whose message names the package and the reason, for people
   */
  async manifest(request: SetRequest): Promise<SetManifest> {
    const dependencies = Object.fromEntries(
      Object.entries(request.dependencies)
        .filter(([name, range]) => !notInstalled.test(name) && !bundlerOwn[name]?.includes(range))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    const query = JSON.stringify({ d: dependencies, r: request.resolutions, i: request.imports });
    const known = this.#sets.get(query);
    const pending = known ?? this.#fetchSet(query);
    this.#sets.set(query, pending);
    pending.catch(() => this.#sets.delete(query));
    const manifest = await pending;
    this.#tree = manifest.tree;
    return manifest;
  }

  /** Starts fetching what `modules` will need, before the bundler is there to ask. */
  prefetch(modules: Modules): void {
    try {
      const { dependencies = {}, peerDependencies = {} } = JSON.parse(
        modules['/package.json']?.code ?? '{}',
      ) as {
        dependencies?: Record<string, string>;
        peerDependencies?: Record<string, string>;
      };
      const request = {
        dependencies: { ...peerDependencies, ...dependencies },
        resolutions: {},
        imports: findImports(modules),
      };
      // A failure is reported when the bundler itself asks.
      this.manifest(request).catch(() => {});
    } catch {
      // The bundler reports an unreadable package.json itself.
    }
  }

  /** Files that make `path` (e.g. `date-fns/locale/fr`) importable; undefined when the kit does not have it. */
  async modules(path: string): Promise<Contents | undefined> {
    const known = this.#modules.get(path);
    if (known) return known;
    const pending = this.#fetchModules(path);
    this.#modules.set(path, pending);
    return pending;
  }

  async #fetchSet(query: string): Promise<SetManifest> {
    const address = `set?q=${encodeURIComponent(query)}`;
    // A proxy may allow 8 kB for the request line; text/plain needs no preflight.
    const answer = address.length < maxAddressLength ? this.#fetch(address) : this.#fetch('set', query);
    const manifest = (await answer) as SetManifest;
    this.#localizeStyles(manifest.contents);
    return manifest;
  }

  async #fetchModules(path: string): Promise<Contents | undefined> {
    if (!this.#tree) return undefined;
    try {
      const answer = (await this.#fetch(`tree/${this.#tree}/modules?i=${encodeURIComponent(path)}`)) as {
        contents: Contents;
      };
      this.#localizeStyles(answer.contents);
      return answer.contents;
    } catch (error) {
      console.warn(`[preview-kit] ${path}: ${(error as Error).message}`);
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

  async #fetch(address: string, body?: string): Promise<unknown> {
    let response: Response;
    try {
      response = await fetch(this.#base + address, {
        signal: AbortSignal.timeout(timeoutMs),
        credentials: 'omit',
        ...(body === undefined ? {} : { method: 'POST', body }),
      });
    } catch (error) {
      const late = (error as Error).name === 'TimeoutError';
      throw new Error(
        late
          ? `The package server did not answer within ${timeoutMs / 1000} s.`
          : `The package server at ${new URL(this.#base).host} cannot be reached.`,
      );
    }
    const answer = (await response.json().catch(() => undefined)) as
      | { error?: { message?: string; remedy?: string } }
      | undefined;
    if (!response.ok)
      throw new Error(
        [answer?.error?.message ?? `The package server answered ${response.status}.`, answer?.error?.remedy]
          .filter(Boolean)
          .join(' '),
      );
    return answer;
  }
}

/** Added by the bundler to every set, with these ranges; the server adds what is needed of them itself, so that one key names one set. */
const bundlerOwn: Record<string, string[]> = {
  'node-libs-browser': ['2.2.0', '2.2.1'],
  '@babel/runtime': ['^7.3.1', '^7.3.4', '^7.17.9'],
  '@babel/core': ['^7.3.3'],
  'react-refresh': ['0.9.0'],
};
