// Which host speaks which dialect. A dialect turns a CDN's address into an answer from npm packages.

import type { EsModules } from '../es-modules/es-modules.ts';
import type { PrebundleStore } from '../prebundle/prebundle-store.ts';
import type { Registry } from '../registry/registry.ts';
import type { DependencySets } from '../sets/dependency-set.ts';
import type { CdnAnswer } from './answer/answer.ts';
import { answerEsm, answerJsdelivr, answerJsdelivrData } from './files/jsdelivr.ts';
import { answerUnpkg } from './files/unpkg.ts';
import { answerFontFile, answerFontSheet } from './fonts/google-fonts.ts';
import { parseGithubAddress, parseRawAddress } from './github/github-address.ts';
import { answerGithub } from './github/github-file.ts';
import { answerPackager } from './hosts/codesandbox.ts';
import { answerTailwind } from './hosts/tailwind.ts';
import { answerCdnjs } from './libraries/cdnjs.ts';
import { smallHostRows } from './libraries/small-host-rows.ts';
import { answerSmallHost } from './libraries/small-hosts.ts';
import { answerEsmSh } from './modules/esm-sh.ts';
import { answerJspm } from './modules/jspm.ts';
import { answerSkypack } from './modules/skypack.ts';

/** What dialects answer with. */
export interface CdnParts {
  /** The registry, as far as artifacts may ask for its packages. */
  registry: Registry;
  /** The registry without an operator's list of allowed packages: for what the kit itself needs. */
  ownRegistry: Registry;
  sets: DependencySets;
  prebundles: PrebundleStore;
  esModules: EsModules;
}

/**
 * Answers `https://<host><path>?<search>`.
 * @param path decoded, with a leading slash
 * @returns undefined when the address means nothing in this dialect
 * @throws PackageError
 */
export type Dialect = (
  parts: CdnParts,
  path: string,
  search: URLSearchParams,
) => Promise<CdnAnswer | undefined>;

/** Hosts that are nothing but rows of the table; those with a dialect of their own are below. */
const smallHosts = smallHostRows
  .flatMap(({ hosts }) => hosts)
  .map((host): [string, Dialect] => [host, ({ registry }, path) => answerSmallHost(registry, host, path)]);

/** Hosts that show files of GitHub repositories, and what stands before the repository there. */
const githubHosts = Object.entries({
  'cdn.statically.io': '/gh/',
  'rawcdn.githack.com': '/',
  'raw.githack.com': '/',
  'cdn.rawgit.com': '/',
  'rawgit.com': '/',
}).map(([host, root]): [string, Dialect] => [
  host,
  async (parts, path) => {
    const text = path.startsWith(root) ? path.slice(root.length) : '';
    const wanted = /^[^@]+@/.test(text) ? parseGithubAddress(text) : parseRawAddress(text);
    return wanted && answerGithub(parts, wanted, `https://${host}${path}`);
  },
]);

/** Every host that has an answer under `/-/cdn/<host>/`. */
export const dialects: Readonly<Record<string, Dialect>> = {
  ...Object.fromEntries([...smallHosts, ...githubHosts]),
  'cdn.jsdelivr.net': async ({ registry, esModules }, path) =>
    (await answerSmallHost(registry, 'cdn.jsdelivr.net', path)) ?? answerJsdelivr(registry, esModules, path),
  'esm.run': ({ esModules }, path) => answerEsm(esModules, path.slice(1)),
  'data.jsdelivr.com': ({ registry }, path) => answerJsdelivrData(registry, path),
  'unpkg.com': ({ registry, esModules }, path, search) => answerUnpkg(registry, esModules, path, search),
  // unpkg's name of old.
  'npmcdn.com': ({ registry, esModules }, path, search) => answerUnpkg(registry, esModules, path, search),
  'esm.sh': ({ esModules }, path, search) => answerEsmSh(esModules, path, search),
  'cdn.esm.sh': ({ esModules }, path, search) => answerEsmSh(esModules, path, search),
  'cdn.skypack.dev': ({ esModules }, path) => answerSkypack(esModules, path),
  'ga.jspm.io': ({ esModules }, path) => answerJspm(esModules, path),
  'jspm.dev': ({ esModules }, path) => answerJspm(esModules, path),
  'fonts.googleapis.com': ({ registry }, path, search) => answerFontSheet(registry, path, search),
  'fonts.bunny.net': ({ registry }, path, search) => answerFontSheet(registry, path, search),
  'fonts.gstatic.com': ({ registry }, path) => answerFontFile(registry, path),
  'cdnjs.cloudflare.com': async ({ registry, ownRegistry }, path) =>
    (await answerSmallHost(registry, 'cdnjs.cloudflare.com', path)) ??
    // The bundler itself asks for its TypeScript compiler here.
    answerCdnjs(path.startsWith('/ajax/libs/typescript/') ? ownRegistry : registry, path),
  'cdn.tailwindcss.com': ({ ownRegistry }, path, search) => answerTailwind(ownRegistry, path, search),
  'prod-packager-packages.codesandbox.io': ({ sets, prebundles }, path) =>
    answerPackager(sets, prebundles, path),
};

/** What the bundler asks for by itself, on the kit's own path. No artifact needs it, so no artifact's address is turned to it. */
const bundlerHosts: ReadonlySet<string> = new Set([
  'data.jsdelivr.com',
  'prod-packager-packages.codesandbox.io',
]);

/** Hosts that artifacts may name: the service worker answers their addresses with the kit's copies. */
export const mirroredHosts: readonly string[] = Object.keys(dialects).filter(
  (host) => !bundlerHosts.has(host),
);
