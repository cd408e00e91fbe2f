// Types of npm's own client libraries, as far as they are used here: they ship none, and the published ones are years behind.

declare module '@npmcli/config' {
  export default class Config {
    constructor(options: {
      definitions: unknown;
      shorthands: unknown;
      flatten: unknown;
      nerfDarts?: unknown;
      npmPath: string;
      env: Record<string, string | undefined>;
      argv: string[];
      cwd: string;
      warn?: boolean;
    });
    load(): Promise<void>;
    /** A setting as it was configured, or its default. */
    get(key: string): unknown;
    /** Options as npm's libraries take them. */
    get flat(): {
      registry: string;
      before: Date | null;
      defaultTag: string;
      /** `npmjs`, `never`, `always` or a host. */
      replaceRegistryHost: string;
      [option: string]: unknown;
    };
  }
}

declare module '@npmcli/config/lib/definitions/index.js' {
  const npmDefinitions: {
    definitions: { registry: { default: string } };
    shorthands: unknown;
    flatten: unknown;
    nerfDarts: unknown;
  };
  export default npmDefinitions;
}

declare module 'npm-package-arg' {
  interface Spec {
    /** As it was given; `name@spec` when the two came apart. */
    raw: string;
    /** Undefined where the text names no package. */
    name: string | undefined;
    /** The name as in a registry's address: a scope's slash is `%2f`. */
    escapedName: string | undefined;
    /** With its `@`. */
    scope: string | undefined;
    /** What follows the name; `*` where a whole argument ends with the name. */
    rawSpec: string;
  }
  /** A version, a range or a tag; an empty spec is a range. */
  export interface RegistrySpec extends Spec {
    type: 'version' | 'range' | 'tag';
    registry: true;
    fetchSpec: string;
  }
  /** `npm:name@spec`. */
  export interface AliasSpec extends Spec {
    type: 'alias';
    registry: true;
    subSpec: RegistrySpec & { name: string };
  }
  /** What no registry has. */
  export interface ForeignSpec extends Spec {
    type: 'git' | 'remote' | 'file' | 'directory';
    registry: undefined;
  }
  export type Result = RegistrySpec | AliasSpec | ForeignSpec;

  const npa: {
    /** `name@spec`, or a spec alone. @throws Error with code EINVALIDPACKAGENAME, EINVALIDTAGNAME or EUNSUPPORTEDPROTOCOL */
    (arg: string): Result;
    /** @throws as above */
    resolve(name: string, spec: string): Result;
  };
  export default npa;
}

declare module 'npm-pick-manifest' {
  /**
   * The version that npm would install for a version, range or tag.
   * @param wanted without it, the default tag
   * @throws Error with code ETARGET or ENOVERSIONS when there is none
   */
  export default function pickManifest<Manifest extends { version: string }>(
    packument: {
      name: string;
      'dist-tags': Record<string, string>;
      versions: Record<string, Manifest>;
      time?: Record<string, string>;
    },
    wanted: string,
    options?: {
      /** Versions from after this date are not picked, where the packument states times. */
      before?: Date | null | undefined;
      /** Default: `latest`. */
      defaultTag?: string | undefined;
    },
  ): Manifest;
}

declare module 'npm-registry-fetch' {
  import type { Result } from 'npm-package-arg';

  /** npm's flat options go in as they are. */
  export interface FetchOptions {
    /** Its scope decides which registry and whose credentials are meant. */
    spec?: string | Result;
    headers?: Record<string, string>;
    signal?: AbortSignal;
    /** How long the connection may be idle, and the answer may take to begin, in ms. */
    timeout?: number;
    /** Folder of npm's cache. */
    cache?: string | undefined;
    retry?: { retries: number };
    [option: string]: unknown;
  }
  /** An answer below 400. */
  export interface FetchResponse {
    status: number;
    headers: { get(name: string): string | null };
    /** A stream of minipass. */
    body: AsyncIterable<Buffer> & { on(event: 'error', listener: (error: Error) => void): unknown };
  }

  const npmFetch: {
    /** @throws Error with `statusCode` and `headers` for an answer of 400 and more, with `code` or `type` when there was none */
    (url: string, options?: FetchOptions): Promise<FetchResponse>;
    /** The body, parsed. @throws as above, and SyntaxError */
    json(url: string, options?: FetchOptions): Promise<unknown>;
    /** The address of the registry that packages like `spec` come from, as it was configured. */
    pickRegistry(spec: string | Result, options?: FetchOptions): string;
  };
  export default npmFetch;
}

declare module 'ssri' {
  /** Digests by algorithm. */
  export interface Integrity {
    /** The strongest algorithm that digests are stated of, among `algorithms`; null when there is none. */
    pickAlgorithm(options: undefined, algorithms?: readonly string[]): string | null;
    /** Whether a digest is one of `stated`'s, in the strongest algorithm that both have; false when `stated` is null. */
    match(stated: Integrity | string | null): object | false;
    /** `sha512-… sha512-…`. */
    toString(): string;
  }

  const ssri: {
    /** Null when the text states no digest of an algorithm that Node has. */
    parse(text: string): Integrity | null;
    fromHex(digest: string, algorithm: string): Integrity | null;
    /** A hash over chunks. */
    create(options: { algorithms: readonly string[] }): {
      update(chunk: Buffer): unknown;
      digest(): Integrity;
    };
  };
  export default ssri;
}

declare module '@npmcli/arborist' {
  export interface Edge {
    /** Folder name of the dependency. */
    name: string;
    type: 'prod' | 'dev' | 'optional' | 'peer' | 'peerOptional' | 'workspace';
    /** Null while nothing is in that place. */
    to: Node | null;
  }
  export interface Node {
    /** Folder name: an alias or the real name. */
    name: string;
    /** The name in its package.json. */
    packageName: string | null;
    /** `''` where the package.json has none. */
    version: string;
    /** Path from the project: `node_modules/a/node_modules/b`, `''` for the project itself. */
    location: string;
    integrity: string | null;
    /** An optional package that is not for this platform. */
    inert: boolean;
    package: { os?: string[]; cpu?: string[]; libc?: string[] };
    edgesOut: Map<string, Edge>;
  }
  /** What differs from npm's flat options, which go in as they are. */
  export interface ArboristOptions {
    path: string;
    /** Where pacote looks packuments up before it asks a registry. */
    packumentCache: {
      has(key: string): boolean;
      get(key: string): Promise<unknown>;
      set(key: string, packument: unknown): void;
      delete(key: string): void;
    };
    [option: string]: unknown;
  }

  export default class Arborist {
    constructor(options: ArboristOptions);
    /**
     * The tree as it would be installed.
     * @throws Error of npm's with `code`, and whatever the packument cache throws
     */
    buildIdealTree(): Promise<Node>;
  }
}
