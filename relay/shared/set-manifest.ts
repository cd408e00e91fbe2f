// The answers to a page's requests for packages, as data: what the server makes and the browser reads.

/** Files by absolute path below `/node_modules`; `requires` lists what a pre-bundled CommonJS file requires. */
export type Contents = Record<string, { content: string; requires?: string[] }>;

/** The bundler's merged manifest (codesandbox-client, `packager/fetch-dependencies`), with the tree it came from. */
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

/** What a page with a set's modules needs to import more. */
export interface SetAddition {
  contents: Contents;
  /** What no package of the tree answers. */
  missing: string[];
  /** Packages are divided into files differently now: with the new files beside the old, modules would exist twice. */
  replaces: boolean;
}
