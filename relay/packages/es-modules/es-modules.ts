// ES modules that browsers import directly: an entry's address for those who write imports, a file's content for those who
// follow them. The CDN dialects and engines without a bundler stand on this.
import { extname, posix } from 'node:path';
import { init, parse } from 'es-module-lexer';
import { LRUCache } from 'lru-cache';
import { type ContentAnswer, fileAnswer, textAnswer } from '../answers/content-answer.ts';
import { InFlight } from '../base/in-flight.ts';
import { PackageError } from '../base/package-error.ts';
import { parseSpec } from '../base/package-spec.ts';
import type { Registry } from '../registry/registry.ts';
import { codeExtensions } from '../sources/package-plugin.ts';
import { buildStylesheet } from '../sources/stylesheet.ts';
import type { PackageFiles } from '../store/package-files.ts';
import { type EsAddress, esRoot, formatAddress, parseAddress } from './es-address.ts';
import { type EsContext, makeContext, plainContext } from './es-context.ts';
import { type EsLinks, entryFile } from './es-links.ts';
import { type EsFile, type EsPackage, kitFolder } from './es-package.ts';
import type { EsStore } from './es-store.ts';
import { kitModules } from './kit-modules.ts';
import { link } from './link.ts';
import { facadeText, modulePath } from './module-text.ts';
import { placeFile } from './placed-file.ts';

/** What an import means. */
export interface EsRequest {
  name: string;
  /** Version, range or tag. Default: `latest`. */
  range?: string | undefined;
  /** `.` or `./sub/path`. Default: `.`. */
  subpath?: string | undefined;
  context?: {
    /** Default: production. */
    env?: EsContext['env'];
    /** Versions, ranges or tags by package name. */
    deps?: Readonly<Record<string, string>>;
    /** Packages that the page brings itself; `*` for all. */
    external?: readonly string[];
  };
}

/** Where an entry is. */
export interface EsEntry {
  /** `/-/esm/…`, immutable. */
  address: string;
  name: string;
  version: string;
  /** The source file, relative to the package. */
  file: string;
  /** Whether there is a default export to hand on: `export *` leaves it out. */
  hasDefault: boolean;
}

/** Modules that are looked at for what they leave to a page. */
const maxReached = 1_000;
/** Whoever serves them keeps them as they travel. */
const maxLinkedBytes = 4 * 1024 * 1024;
const script = { type: 'text/javascript; charset=utf-8', lifetime: 'immutable' } as const;

/** See the head of this file. All methods throw {@link PackageError}. */
export class EsModules {
  readonly #linked = new LRUCache<string, string>({
    maxSize: maxLinkedBytes,
    sizeCalculation: (text) => text.length + 1,
  });
  readonly #running = new InFlight<string>();

  /** @param parts `asked`: the registry as far as artifacts may ask for its packages */
  constructor(readonly parts: { asked: Registry; links: EsLinks; store: EsStore }) {}

  /** The exact address of an import, and what a module that hands it on has to know. */
  async entry({ name, range = 'latest', subpath = '.', context = {} }: EsRequest): Promise<EsEntry> {
    const { asked, links } = this.parts;
    const spec = parseSpec(name, range);
    const version = await asked.resolve(spec.packageName, spec.range);
    const settled = await links.canonical(spec.packageName, version, await this.#settle(context));
    const files = await asked.files(spec.packageName, version);
    const file = entryFile(files, subpath, settled);
    if (file === undefined)
      throw new PackageError('FILE_NOT_FOUND', {
        packageName: spec.packageName,
        version,
        path: subpath.slice(1) || '/',
      });
    const address = formatAddress({
      context: settled,
      name: spec.packageName,
      version,
      file: modulePath(file),
    });
    const { hasDefault } = await this.#module(files, settled, modulePath(file));
    return { address, name: spec.packageName, version, file, hasDefault };
  }

  /** What an import and all that it reaches leave to the page's import map: specifiers, sorted. */
  async bareImports(request: EsRequest): Promise<string[]> {
    const { address } = await this.entry(request);
    const bare = new Set<string>();
    const reached = new Set([address]);
    // Grows while it is walked.
    for (const path of reached) {
      if (reached.size > maxReached) break;
      for (const specifier of await this.#specifiers(path)) {
        const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier;
        if (target.startsWith(esRoot)) reached.add(target);
        else if (!/^[\w-]+:/.test(target)) bare.add(target);
      }
    }
    return [...bare].sort();
  }

  /**
   * What stands at an address.
   * @param path decoded, below `/-/esm/`
   * @returns undefined when it is no address of this kit's
   */
  async file(path: string): Promise<ContentAnswer | undefined> {
    const address = parseAddress(path);
    if (address === undefined) return undefined;
    if (typeof address === 'string') {
      const content = Object.hasOwn(kitModules, address) ? kitModules[address] : undefined;
      return content === undefined ? undefined : textAnswer(content, script);
    }
    const { name, version, file } = address;
    const files = await this.parts.asked.files(name, version);
    if (!isModule(file)) return plainFile(files, file);
    const content =
      this.#linked.get(path) ?? (await this.#running.run(path, () => this.#link(files, address)));
    this.#linked.set(path, content);
    return textAnswer(content, { ...script, source: `${name}@${version}` });
  }

  /** What the module at an address imports, as it is served. */
  async #specifiers(path: string): Promise<string[]> {
    const answer = await this.file(decodeURIComponent(path.slice(esRoot.length)));
    if (answer === undefined) return [];
    await init;
    const [imports] = parse(String(await answer.read()));
    return imports.flatMap((entry) =>
      entry.type === 'import-meta' || entry.specifier === undefined ? [] : [entry.specifier],
    );
  }

  async #link(files: PackageFiles, { context, file }: EsAddress): Promise<string> {
    const module = await this.#module(files, context, file);
    const targets = new Map<string, string>();
    await Promise.all(
      module.imports.map(async (entry) => {
        const key = `${entry.kind} ${entry.specifier}`;
        if (targets.has(key)) return;
        targets.set(key, '');
        targets.set(key, await this.parts.links.resolve({ files, context }, entry));
      }),
    );
    return link(module, ({ kind, specifier }) => targets.get(`${kind} ${specifier}`) ?? specifier);
  }

  /** @param path a source file that is code, or a path below `.kit/` */
  async #module(files: PackageFiles, { env }: EsContext, path: string): Promise<EsFile> {
    const { store } = this.parts;
    const { name, version } = files;
    const built = await store.package(files, env);
    const chunk = built.files[path];
    if (chunk) return chunk;
    this.#refuseFailure(built, path);
    const source = sourceOf(path);
    const chunked = built.chunked[source];
    if (chunked && path === modulePath(source)) {
      this.#refuseFailure(built, chunked.chunk);
      return placeFile(facadeText(chunked), path);
    }
    // Nothing that is in a chunk is built a second time.
    if (chunked || !(await files.list()).some((file) => file.path === `/${source}`))
      throw new PackageError('FILE_NOT_FOUND', { packageName: name, version, path: `/${path}` });
    const file = (await store.looseFile(files, built, source))[path];
    if (!file) throw new PackageError('FILE_NOT_FOUND', { packageName: name, version, path: `/${path}` });
    return file;
  }

  #refuseFailure({ failures, name, version }: EsPackage, path: string): void {
    const reason = failures[path];
    if (reason !== undefined)
      throw new PackageError('BUILD_FAILED', { packageName: name, version, path: `/${path}` }, reason);
  }

  async #settle({ env = 'production', deps = {}, external = [] }: NonNullable<EsRequest['context']>) {
    const exact = await Promise.all(
      Object.entries(deps).map(async ([name, range]) => [name, await this.parts.asked.resolve(name, range)]),
    );
    return makeContext({ ...plainContext, env, deps: Object.fromEntries(exact), external });
  }
}

function isModule(path: string): boolean {
  return path.startsWith(`${kitFolder}/`) || codeExtensions.has(posix.extname(path));
}

/** The source file that a module is made of. */
function sourceOf(path: string): string {
  return /^\.kit\/(?:load|module)\/(.+)\.js$/.exec(path)?.[1] ?? path;
}

/** A file that is no module, as published; stylesheets with addresses that work anywhere. */
async function plainFile(files: PackageFiles, path: string): Promise<ContentAnswer> {
  const published = await fileAnswer(files, `/${path}`, true);
  if (extname(path) !== '.css') return published;
  return {
    ...published,
    identity: `${published.identity} with absolute addresses`,
    read: async () => (await buildStylesheet(files, path)) ?? published.read(),
  };
}
