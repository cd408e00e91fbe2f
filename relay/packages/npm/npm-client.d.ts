// Types of npm's own client libraries that ship none, as far as the package engine uses them.

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
    get flat(): Record<string, unknown>;
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
