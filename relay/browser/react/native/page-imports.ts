// Modules that the browser imports by itself, from addresses, may name packages that the page brings. An import map leads those names
// to small modules that hand on what runs in the page's registry, so that there is one React.
import type { NativeAnswer } from '../../../shared/native.ts';
import { ownReact } from '../../../shared/own-react.ts';
import { namespaceOf } from './module-registry.ts';

interface PageImportParts {
  /** The kit's own address for an address of a public CDN. */
  mirrored(address: string): string | undefined;
  /** `module.exports` of a package's module. */
  requireModule(path: string): unknown;
}

/** What the small modules call, with a path below `/node_modules`. */
const moduleGlobal = 'previewKitModule';
/** Where modules from CDNs import each other; without a service worker, nobody else would answer that address. */
const cdnModules = 'https://esm.sh/-/esm/';
const identifier = /^[A-Za-z_$][\w$]*$/;

export class PageImports {
  readonly #parts: PageImportParts;
  /** Paths of modules by specifier; a message where there is none. */
  readonly #offered = new Map<string, { path: string } | { missing: string }>();

  constructor(parts: PageImportParts) {
    this.#parts = parts;
    Object.assign(window, { [moduleGlobal]: (path: string) => namespaceOf(parts.requireModule(path)) });
  }

  /** @returns what the page's import map has to have for an answer, beyond what it has already; undefined for nothing */
  more({ pageImports, packages }: NativeAnswer): Record<string, string> | undefined {
    const specifiers = pageImports.filter((specifier) => !this.#offered.has(specifier));
    if (specifiers.length === 0) return undefined;
    const isFirst = this.#offered.size === 0;
    for (const specifier of specifiers) {
      const path = packages.roots[specifier];
      const missing = packages.missing[specifier] ?? `Could not find dependency: '${specifier}'`;
      this.#offered.set(specifier, path === undefined ? { missing } : { path });
    }
    const own = this.#parts.mirrored(cdnModules);
    return {
      ...(isFirst && own !== undefined ? { [cdnModules]: own } : {}),
      ...Object.fromEntries(specifiers.map((specifier) => [specifier, this.#address(specifier)])),
    };
  }

  /** Has the browser import an address, or gives the page's own React where that is meant. */
  async import(url: string): Promise<object> {
    const own = this.#offered.size > 0 ? ownReact(url) : undefined;
    if (own && 'specifier' in own) {
      const offered = this.#offered.get(own.specifier);
      if (offered && 'path' in offered) return namespaceOf(this.#parts.requireModule(offered.path));
    }
    const address = own && 'url' in own ? own.url : url;
    return import(this.#parts.mirrored(address) ?? address);
  }

  #address(specifier: string): string {
    return URL.createObjectURL(new Blob([this.#text(specifier)], { type: 'text/javascript' }));
  }

  #text(specifier: string): string {
    const offered = this.#offered.get(specifier);
    if (offered === undefined || 'missing' in offered)
      return `throw new Error(${JSON.stringify(offered?.missing)});`;
    const module = `${moduleGlobal}(${JSON.stringify(offered.path)})`;
    try {
      const namespace = namespaceOf(this.#parts.requireModule(offered.path));
      // `default` of CommonJS that says it is an ES module may be missing: all of it, as elsewhere in the page.
      const names = Object.keys(namespace).filter((name) => identifier.test(name) && name !== 'default');
      const exported = names.map((name, index) => `const n${index}=m.${name};export{n${index} as ${name}};`);
      return `const m=${module};export default "default" in m?m.default:m;${exported.join('')}`;
    } catch {
      // It throws again, where it is imported.
      return `${module};`;
    }
  }
}
