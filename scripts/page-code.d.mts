import type { Plugin } from 'esbuild';

/** Reads `./file.ts?compiled` as one line of code for a page. */
export const compiled: Plugin;
