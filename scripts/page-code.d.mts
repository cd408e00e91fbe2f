import type { BuildOptions, Plugin } from 'esbuild';

/** Reads `./file.ts?compiled` as one line of code for a page. */
export const compiled: Plugin;

/** How the code for documents and workers within a page is built. */
export const innerRealm: BuildOptions;
