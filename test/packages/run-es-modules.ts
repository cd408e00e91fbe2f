// Runs packages built as ES modules in Node, by the addresses at which browsers find them: every module is fetched from the
// engine, written to a file, and its imports are followed.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { constants, Script } from 'node:vm';
import { init, parse } from 'es-module-lexer';
import { PackageError } from '../../relay/packages/base/package-error.ts';
import { silentLog } from '../../relay/packages/base/package-log.ts';
import { splitSpecifier } from '../../relay/packages/base/specifier.ts';
import { esRoot } from '../../relay/packages/es-modules/es-address.ts';
import { EsLinks } from '../../relay/packages/es-modules/es-links.ts';
import { type EsEntry, EsModules, type EsRequest } from '../../relay/packages/es-modules/es-modules.ts';
import { EsStore } from '../../relay/packages/es-modules/es-store.ts';
import type { Registry } from '../../relay/packages/registry/registry.ts';
import type { PackageFolder } from '../../relay/packages/sources/entry-points.ts';
import type { PackageFiles } from '../../relay/packages/store/package-files.ts';
import type { DependencyTree, TreeResolver } from '../../relay/packages/tree/tree.ts';
import { makeTemporaryFolder } from '../registry/temporary-folder.ts';
import type { Exports } from './run-prebundle.ts';

// Vitest would take an `import()` for one of its own.
const importNatively: (url: string) => Promise<Exports> = new Script('(url) => import(url)', {
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}).runInThisContext();

/** Packages that can be imported. */
export interface EsRunner {
  modules: EsModules;
  entry(specifier: string, context?: EsRequest['context']): Promise<EsEntry>;
  /** The namespaces of these specifiers, in one page so to speak; they are built in the order given. */
  run(...specifiers: string[]): Promise<Exports[]>;
  /** Addresses of all modules that were fetched, below `/-/esm/`. */
  fetched: string[];
}

/** Each package sees all others, in their one version. */
export async function runnerFor(...folders: PackageFolder[]): Promise<EsRunner> {
  await init;
  const byName = new Map(folders.map((folder) => [folder.packageJson.name, filesOf(folder)]));
  const registry = registryOf(byName);
  const links = new EsLinks({ registry, asked: registry, trees: treesOf(byName), admit: () => {} });
  const store = new EsStore({ folder: await makeTemporaryFolder(), log: silentLog });
  const modules = new EsModules({ asked: registry, links, store });
  const root = await makeTemporaryFolder();
  const fetched: string[] = [];

  /** Where a module is on disk; the extension makes Node take it for an ES module, whatever its own is. */
  const place = (address: string) => join(root, `${decodeURIComponent(address.slice(esRoot.length))}.mjs`);
  const entry: EsRunner['entry'] = (specifier, context = {}) =>
    modules.entry({ ...splitSpecifier(specifier), context });

  async function fetchAll(address: string): Promise<void> {
    if (fetched.includes(address)) return;
    fetched.push(address);
    const answer = await modules.file(decodeURIComponent(address.slice(esRoot.length)));
    if (!answer) throw new Error(`There is nothing at ${address}.`);
    const content = String(await answer.read());
    let text = '';
    let done = 0;
    for (const found of parse(content)[0]) {
      if (found.type === 'import-meta' || !/^[./]/.test(found.specifier ?? '')) continue;
      const target = new URL(found.specifier ?? '', `http://kit.test${address}`).pathname;
      await fetchAll(target);
      const quoted = found.type === 'dynamic' ? 1 : 0;
      text += content.slice(done, found.start + quoted) + pathToFileURL(place(target)).href;
      done = found.end - quoted;
    }
    await mkdir(dirname(place(address)), { recursive: true });
    await writeFile(place(address), text + content.slice(done));
  }

  return {
    modules,
    entry,
    fetched,
    async run(...specifiers) {
      const urls: string[] = [];
      for (const specifier of specifiers) {
        const { address } = await entry(specifier);
        await fetchAll(address);
        urls.push(pathToFileURL(place(address)).href);
      }
      return Promise.all(urls.map(importNatively));
    },
  };
}

function filesOf({ dir, packageJson }: PackageFolder): PackageFiles {
  const { name, version } = packageJson;
  return {
    name,
    version,
    integrity: `sha512-${createHash('sha512').update(dir).digest('base64')}`,
    dir,
    packageJson,
    has: async (path) => (await stat(join(dir, path)).catch(() => undefined))?.isFile() ?? false,
    list: async () => {
      const paths = await readdir(dir, { recursive: true });
      const files = await Promise.all(
        paths.map(async (path) => ({ path, isFile: (await stat(join(dir, path))).isFile() })),
      );
      return files
        .filter(({ isFile }) => isFile)
        .map(({ path }) => ({ path: `/${path}`, size: 0, hash: '' }));
    },
    read: (path) => readFile(join(dir, path)),
    verify: async () => {},
  };
}

function registryOf(byName: Map<string, PackageFiles>): Registry {
  const find = (name: string): PackageFiles => {
    const files = byName.get(name);
    if (!files) throw new PackageError('PACKAGE_NOT_FOUND', { packageName: name });
    return files;
  };
  return {
    offline: true,
    packument: async (name) => {
      const { version, packageJson } = find(name);
      const dist = { tarball: '' };
      return { name, 'dist-tags': { latest: version }, versions: { [version]: { ...packageJson, dist } } };
    },
    resolve: async (name) => find(name).version,
    files: async (name) => find(name),
  };
}

/** What is declared as a dependency is there. */
function treesOf(byName: Map<string, PackageFiles>): TreeResolver {
  const nodes: DependencyTree['nodes'] = {};
  for (const [name, { version, packageJson }] of byName) {
    const { dependencies = {}, peerDependencies = {} } = packageJson as Record<
      string,
      Record<string, string>
    >;
    const declared = Object.keys({ ...dependencies, ...peerDependencies }).filter((key) => byName.has(key));
    nodes[name] = {
      key: name,
      name,
      packageName: name,
      version,
      dependencies: Object.fromEntries(declared.map((key) => [key, key])),
    };
  }
  const root = Object.fromEntries([...byName.keys()].map((name) => [name, name]));
  const tree = { id: '0'.repeat(32), root, nodes };
  return { resolve: async () => tree, get: async () => tree };
}
