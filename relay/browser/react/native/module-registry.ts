// Modules of packages in the page: packs define them, the first who requires one runs it. CommonJS, as pre-bundled by the relay.
import type { PackModules } from '../../../shared/native.ts';
import { insertStyle } from './styles.ts';

type Definition = PackModules[string];

interface Instance {
  exports: unknown;
}

/** Where an ES module's namespace of a CommonJS module is kept. */
const namespaces = new WeakMap<object, Record<string, unknown>>();

export class ModuleRegistry {
  readonly #definitions = new Map<string, Definition>();
  readonly #instances = new Map<string, Instance>();
  readonly #styleText: (css: string) => string;

  /** @param styleText what a package's stylesheet says on this page */
  constructor(styleText: (css: string) => string = (css) => css) {
    this.#styleText = styleText;
  }

  /**
   * Takes the modules of a pack.
   * @returns modules that run already and that the pack has otherwise: one page cannot have both
   */
  define(modules: PackModules): string[] {
    const conflicts: string[] = [];
    for (const [path, definition] of Object.entries(modules)) {
      const known = this.#definitions.get(path);
      if (known !== undefined && this.#instances.has(path)) {
        if (!isSame(known, definition)) conflicts.push(path);
      } else {
        this.#definitions.set(path, definition);
      }
    }
    return conflicts;
  }

  /**
   * The `module.exports` of a module; runs it the first time.
   * @throws what the module throws; Error when there is none
   */
  require(path: string): unknown {
    const known = this.#instances.get(path);
    if (known) return known.exports;
    const definition = this.#definitions.get(path);
    if (definition === undefined)
      throw new Error(`Cannot find module '${path.replace(/^\/node_modules\//, '')}'`);
    const module: Instance = { exports: {} };
    this.#instances.set(path, module);
    if (typeof definition === 'string') {
      insertStyle(path, this.#styleText(definition));
      return module.exports;
    }
    const [run, links] = definition;
    try {
      run.call(module.exports, module, module.exports as object, (specifier) => {
        const target = links[specifier];
        if (target === undefined) throw missingModule(specifier, path);
        return this.require(target);
      });
    } catch (error) {
      this.#instances.delete(path);
      throw error;
    }
    return module.exports;
  }
}

function missingModule(specifier: string, from: string): Error {
  const error = new Error(
    `Cannot find module '${specifier}' from '${from.replace(/^\/node_modules\//, '')}'`,
  );
  // Packages that can do without look for this.
  return Object.assign(error, { code: 'MODULE_NOT_FOUND' });
}

function isSame(one: Definition, other: Definition): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return String(one[0]) === String(other[0]) && JSON.stringify(one[1]) === JSON.stringify(other[1]);
}

/** What `import()` of a CommonJS module gives (https://nodejs.org/api/esm.html#commonjs-namespaces), `__esModule` respected. */
export function namespaceOf(exports: unknown): Record<string, unknown> {
  if (exports === null || (typeof exports !== 'object' && typeof exports !== 'function'))
    return { default: exports };
  if ((exports as { __esModule?: unknown }).__esModule) return exports as Record<string, unknown>;
  const known = namespaces.get(exports);
  if (known) return known;
  const namespace: Record<string, unknown> = { default: exports };
  for (const name of Object.keys(exports))
    if (name !== 'default')
      Object.defineProperty(namespace, name, {
        enumerable: true,
        get: () => (exports as Record<string, unknown>)[name],
      });
  namespaces.set(exports, namespace);
  return namespace;
}

/** A namespace that the browser made, for compiled code: marked, so that `default` is its default and nothing else. */
export function marked(namespace: object): object {
  const twin = {};
  Object.defineProperty(twin, '__esModule', { value: true });
  for (const name of Object.keys(namespace))
    Object.defineProperty(twin, name, {
      enumerable: true,
      get: () => (namespace as Record<string, unknown>)[name],
    });
  return twin;
}
