// Where the imports of a Play script lead. Tailwind's own choice of a package comes first, so that each is there once, as far as
// ranges allow: two copies of PostCSS would not understand each other's nodes.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import semver from 'semver';
import { parseSpec } from '../../base/package-spec.ts';
import type { PackageJson } from '../../npm/packument.ts';
import type { Registry } from '../../registry/registry.ts';
import { browserRules, type PackageFolder } from '../../sources/entry-points.ts';

/** The folder of Tailwind as it is installed with the relay. */
const installedDir = dirname(createRequire(import.meta.url).resolve('tailwindcss/package.json'));
const installedManifest = parseManifest(readFileSync(join(installedDir, 'package.json')));
const rules = browserRules('production');

/** See the head of this file. One serves one build. */
export class PlayPackages {
  readonly #registry: Registry;
  readonly #plugins: ReadonlyMap<string, string>;
  /** Those that are installed with the relay, for which nothing has to be fetched. */
  readonly #installed = new Set<PackageFolder>();
  readonly #opened = new Map<string, Promise<PackageFolder>>();
  readonly #owners: PackageFolder[] = [];

  /** @param tailwind the package that the script is made of; `plugins`: versions by name */
  private constructor(
    readonly tailwind: PackageFolder,
    { registry, plugins }: { registry: Registry; plugins: ReadonlyMap<string, string> },
  ) {
    this.#registry = registry;
    this.#plugins = plugins;
    this.#owners.push(tailwind);
  }

  /**
   * @param version exact; the installed one comes from where the relay is installed, others from the registry
   * @throws PackageError
   */
  static async of(
    version: string,
    parts: { registry: Registry; plugins: ReadonlyMap<string, string> },
  ): Promise<PlayPackages> {
    const isInstalled = version === installedVersion();
    const tailwind = isInstalled
      ? { dir: installedDir, packageJson: installedManifest, rules }
      : await openStored(parts.registry, 'tailwindcss', version);
    const packages = new PlayPackages(tailwind, parts);
    if (isInstalled) packages.#installed.add(packages.tailwind);
    return packages;
  }

  /** Names Tailwind's version and those of the plugins. */
  get id(): string {
    const plugins = [...this.#plugins].map(([name, version]) => `${name}@${version}`);
    return [this.tailwind.packageJson.version, ...plugins].join(' ');
  }

  /** The package that a file belongs to; Tailwind for what belongs to none. */
  ownerOf(path: string): PackageFolder {
    return this.#findOwner(path) ?? this.tailwind;
  }

  /**
   * What an import of `name` means in a package.
   * @returns undefined for what the package does not say it needs: engines that Tailwind tried out, and never uses here
   * @throws PackageError
   */
  async open(name: string, owner: PackageFolder): Promise<PackageFolder | undefined> {
    const { tailwind } = this;
    if (name === 'tailwindcss') return tailwind;
    const range = rangeOf(owner, name) ?? this.#plugins.get(name);
    const own = rangeOf(tailwind, name);
    if (own !== undefined) {
      const shared = await this.#once(name, own, tailwind);
      if (range === undefined || semver.satisfies(shared.packageJson.version, range)) return shared;
    }
    return range === undefined ? undefined : this.#once(name, range, owner);
  }

  /** The packages that files belong to, as `name@version`. */
  namesOf(paths: readonly string[]): string[] {
    const owners = paths.flatMap((path) => this.#findOwner(path) ?? []);
    return [...new Set(owners.map(({ packageJson: { name, version } }) => `${name}@${version}`))].sort();
  }

  #findOwner(path: string): PackageFolder | undefined {
    return this.#owners
      .filter(({ dir }) => path.startsWith(dir + sep))
      .sort((a, b) => b.dir.length - a.dir.length)[0];
  }

  async #once(name: string, range: string, owner: PackageFolder): Promise<PackageFolder> {
    const key = `${name}@${range}`;
    const opened = this.#opened.get(key) ?? this.#open(name, range, owner);
    this.#opened.set(key, opened);
    return opened;
  }

  async #open(name: string, range: string, owner: PackageFolder): Promise<PackageFolder> {
    const isInstalled = this.#installed.has(owner) && !this.#plugins.has(name);
    const found = isInstalled ? await findInstalled(name, owner.dir) : await this.#fetch(name, range);
    // Two ranges of one version are one package.
    const known = this.#owners.find(({ dir }) => dir === found.dir);
    if (known) return known;
    this.#owners.push(found);
    if (isInstalled) this.#installed.add(found);
    return found;
  }

  async #fetch(name: string, range: string): Promise<PackageFolder> {
    const spec = parseSpec(name, range);
    const version = await this.#registry.resolve(spec.packageName, spec.range);
    return openStored(this.#registry, spec.packageName, version);
  }
}

/** The version of Tailwind that is installed with the relay. */
export function installedVersion(): string {
  return installedManifest.version;
}

/**
 * All that these packages depend on, themselves included, as `name@version`; what they expect beside them is not.
 * @throws PackageError
 */
export async function listDependencies(
  registry: Registry,
  versions: ReadonlyMap<string, string>,
): Promise<string[]> {
  const found = new Set<string>();
  const queue = [...versions];
  for (const [name, range] of queue) {
    const spec = parseSpec(name, range);
    const version = await registry.resolve(spec.packageName, spec.range);
    const id = `${spec.packageName}@${version}`;
    if (found.has(id)) continue;
    found.add(id);
    const { packageJson } = await registry.files(spec.packageName, version);
    queue.push(...Object.entries(dependenciesOf(packageJson)));
  }
  return [...found];
}

function rangeOf({ packageJson }: PackageFolder, name: string): string | undefined {
  return dependenciesOf(packageJson)[name];
}

function dependenciesOf(packageJson: PackageJson): Record<string, string> {
  const { dependencies = {} } = packageJson as { dependencies?: Record<string, string> };
  return dependencies;
}

/** As Node finds packages: in the nearest `node_modules` from the folder upwards. */
async function findInstalled(name: string, from: string): Promise<PackageFolder> {
  const parent = dirname(from);
  try {
    return await readFolder(join(from, 'node_modules', name));
  } catch (error) {
    if (parent === from) throw error;
    return findInstalled(name, parent);
  }
}

async function readFolder(dir: string): Promise<PackageFolder> {
  return { dir, packageJson: parseManifest(await readFile(join(dir, 'package.json'))), rules };
}

function parseManifest(text: Buffer): PackageJson {
  return JSON.parse(text.toString('utf8')) as PackageJson;
}

async function openStored(registry: Registry, name: string, version: string): Promise<PackageFolder> {
  const files = await registry.files(name, version);
  // esbuild reads the folder by itself.
  await files.verify();
  return { dir: files.dir, packageJson: files.packageJson, rules };
}
