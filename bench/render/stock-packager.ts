// CodeSandbox's package manifests (version 2) made beforehand: for each package its plain files, one by one, and those of
// everything it depends on. After codesandbox/dependency-packager; docs/benchmarks/render.md says where this differs.
import { readFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import semver from 'semver';
import { splitSpecifier } from '../../relay/packages/base/specifier.ts';
import { locate } from '../../relay/packages/prebundle/module-graph.ts';
import type { Registry } from '../../relay/packages/registry/registry.ts';
import type { PackageFiles } from '../../relay/packages/store/package-files.ts';
import type { DependencyTree, TreeNode } from '../../relay/packages/tree/tree.ts';
import { findFile } from './bundler-resolution.ts';

interface PackagedFile {
  content: string;
  isModule?: boolean;
  requires?: string[];
}

/** An answer of the packager's bucket. */
export interface PackagerManifest {
  contents: Record<string, PackagedFile>;
  dependency: { name: string; version: string };
  peerDependencies: Record<string, string>;
  dependencyDependencies: Record<
    string,
    { semver: string; resolved: string; parents: string[]; entries: string[] }
  >;
  dependencyAliases: Record<string, Record<string, string>>;
}

/** Entries beside the main one; the packager takes them along because they lie in the main entry's folder. */
const neighbours: Record<string, string[]> = {
  react: ['./jsx-runtime', './jsx-dev-runtime'],
  'react-dom': ['./client'],
  'react-refresh': ['./runtime'],
};
/** The packager leaves its files out; the bundler fetches the few it needs one by one. */
const withoutFiles = new Set(['node-libs-browser']);

/** Makes manifests of the packages of one tree, so that all of them agree about versions. */
export class StockPackager {
  constructor(
    readonly tree: DependencyTree,
    readonly registry: Registry,
  ) {}

  /** The manifest of one of the tree's direct dependencies. */
  async manifest(name: string): Promise<PackagerManifest> {
    const node = this.tree.nodes[this.tree.root[name] ?? ''];
    if (!node) throw new Error(`${name} is not in the benchmark's dependency set.`);
    const own = await this.#open(node);
    const reached = await this.#closure(node);
    const manifest: PackagerManifest = {
      contents: withoutFiles.has(name) ? {} : await this.#files(node, reached),
      dependency: { name, version: node.version },
      peerDependencies: recordOf(own.packageJson.peerDependencies),
      dependencyDependencies: {},
      dependencyAliases: {},
    };
    for (const key of reached) {
      const { packageJson } = await this.#open(this.#node(key));
      manifest.contents[`/node_modules/${key}/package.json`] = { content: JSON.stringify(packageJson) };
      this.#describe(manifest, key, reached, packageJson);
    }
    return manifest;
  }

  /**
   * Versions of a package, as jsDelivr lists them, less those that npm's resolver passed over although they match: the
   * bundler takes the highest match, and both paths shall render the same packages.
   */
  async versions(name: string, range: string | undefined): Promise<{ tags: unknown; versions: string[] }> {
    const packument = await this.registry.packument(name);
    const chosen = this.tree.nodes[this.tree.root[name] ?? '']?.version;
    const versions = Object.keys(packument.versions).reverse();
    const agreeing = versions.filter(
      (version) => !chosen || !range || !semver.satisfies(version, range) || semver.lte(version, chosen),
    );
    return { tags: packument['dist-tags'], versions: agreeing };
  }

  /** Keys of a package and of what it depends on; peers come from the artifact's own dependencies. */
  async #closure(start: TreeNode): Promise<Set<string>> {
    const reached = new Set<string>([start.key]);
    const queue = [start];
    for (let node = queue.pop(); node; node = queue.pop()) {
      const { packageJson } = await this.#open(node);
      for (const name of Object.keys(ownDependencies(packageJson))) {
        const key = node.dependencies[name];
        if (key === undefined || reached.has(key)) continue;
        reached.add(key);
        queue.push(this.#node(key));
      }
    }
    return reached;
  }

  /** Every file that the bundler can reach from the package's entry without leaving `reached`. */
  async #files(node: TreeNode, reached: Set<string>): Promise<PackagerManifest['contents']> {
    const folders = new Map<string, string>();
    const packages = new Map<string, PackageFiles>();
    for (const key of reached) {
      const files = await this.#open(this.#node(key));
      packages.set(key, files);
      folders.set(files.dir, key);
    }
    const own = packages.get(node.key) as PackageFiles;
    const entries = ['.', ...(neighbours[node.name] ?? [])].flatMap(
      (subpath) => findFile(own, subpath)?.file ?? [],
    );
    if (entries.length === 0) return {};
    const contents: PackagerManifest['contents'] = {};
    const linker = this.#linker(packages, folders, async (key, manifest) => {
      const path = `${packages.get(key)?.dir}/${manifest}`;
      contents[`/node_modules/${key}/${manifest}`] = { content: await readFile(path, 'utf8') };
    });
    const metafile = await this.#walk(own, entries, linker);
    for (const [path, { imports, format }] of Object.entries(metafile.inputs)) {
      const place = placeOf(path, folders);
      if (!place) continue;
      const requires = [...new Set(imports.flatMap(({ original }) => original ?? []))];
      contents[`/node_modules/${place.key}/${place.file}`] = {
        content: await readFile(path, 'utf8'),
        isModule: format === 'esm',
        requires,
      };
    }
    return contents;
  }

  async #walk(own: PackageFiles, entries: string[], linker: Plugin): Promise<Metafile> {
    const { metafile } = await build({
      entryPoints: entries,
      absWorkingDir: own.dir,
      outdir: '/out',
      bundle: true,
      write: false,
      metafile: true,
      platform: 'browser',
      // Both branches of `process.env.NODE_ENV === 'production'` are packaged: the packager knows no environment.
      define: { 'process.env.NODE_ENV': 'unknownEnvironment' },
      mainFields: ['module', 'browser', 'main'],
      treeShaking: false,
      ignoreAnnotations: true,
      preserveSymlinks: true,
      loader: { '.node': 'empty', '.html': 'text' },
      plugins: [linker],
      logLevel: 'silent',
    });
    const inputs = Object.entries(metafile.inputs)
      // What a `browser` field switches off is listed too, as no file at all.
      .filter(([path]) => !path.startsWith('('))
      .map(([path, input]) => [resolve(own.dir, path), input]);
    return { ...metafile, inputs: Object.fromEntries(inputs) };
  }

  /** Leads bare specifiers to the files of the tree; what the packages do not have stays outside. */
  #linker(
    packages: Map<string, PackageFiles>,
    folders: Map<string, string>,
    add: (key: string, manifest: string) => Promise<void>,
  ): Plugin {
    return {
      name: 'tree',
      setup: ({ onResolve, resolve: follow }) => {
        onResolve({ filter: /^[^./]/ }, async ({ path, importer, kind }) => {
          if (kind === 'entry-point') return undefined;
          const from = placeOf(importer, folders)?.key;
          const need = locate(this.tree, from, path);
          const target = need && packages.get(need.key);
          const found = target && findFile(target, need.subpath);
          if (!found) return { path, external: true };
          for (const manifest of found.manifests) await add(need.key, manifest);
          return { path: join(target.dir, found.file) };
        });
        onResolve({ filter: /^\.\.?(\/|$)/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
          if (pluginData === 'asked' || kind === 'entry-point') return undefined;
          const found = await follow(path, { importer, resolveDir, kind, pluginData: 'asked' });
          return found.errors.length > 0 ? { path, external: true } : found;
        });
      },
    };
  }

  #describe(
    manifest: PackagerManifest,
    key: string,
    reached: Set<string>,
    packageJson: PackageFiles['packageJson'],
  ): void {
    for (const [name, range] of Object.entries(ownDependencies(packageJson))) {
      const target = this.#node(key).dependencies[name];
      if (target === undefined || !reached.has(target)) continue;
      if (target !== name) {
        const aliases = manifest.dependencyAliases[key] ?? {};
        manifest.dependencyAliases[key] = { ...aliases, [name]: target };
      }
      const known = manifest.dependencyDependencies[target];
      if (known) known.parents.push(key);
      else
        manifest.dependencyDependencies[target] = {
          semver: range,
          resolved: this.#node(target).version,
          parents: [key],
          entries: [],
        };
    }
  }

  #node(key: string): TreeNode {
    return this.tree.nodes[key] as TreeNode;
  }

  #open({ packageName, version }: TreeNode): Promise<PackageFiles> {
    return this.registry.files(packageName, version);
  }
}

function ownDependencies(packageJson: Record<string, unknown>): Record<string, string> {
  return { ...recordOf(packageJson.dependencies), ...recordOf(packageJson.optionalDependencies) };
}

function recordOf(value: unknown): Record<string, string> {
  return typeof value === 'object' && value !== null ? (value as Record<string, string>) : {};
}

/** Whose file this is. */
function placeOf(path: string, folders: Map<string, string>): { key: string; file: string } | undefined {
  for (const [dir, key] of folders)
    if (path.startsWith(dir + sep)) return { key, file: relative(dir, path).split(sep).join('/') };
  return undefined;
}

/** The package that a path of the packager means: `/v2/packages/@scope/name/1.2.3.json`. */
export function packageOfPath(path: string): { name: string; version: string } | undefined {
  const rest = /^\/v2\/packages\/(.+)\.json$/.exec(path)?.[1];
  if (rest === undefined) return undefined;
  const { name, subpath } = splitSpecifier(rest);
  return { name, version: subpath.slice(2) };
}
