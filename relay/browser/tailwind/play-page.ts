// Tailwind 3 on the page, as its Play CDN behaves: the classes that the page has become styles, again whenever it changes. The
// relay builds this file together with the compiler of the version that was asked for (cdn/hosts/play-build.ts); it imports nothing.

/** A rule, declaration or the like of PostCSS, as far as this file touches it. */
interface CssNode {
  remove(): void;
}

interface CssDeclaration extends CssNode {
  prop: string;
  value: string;
  important: boolean;
  parent?: { some(test: (node: { prop?: string }) => boolean): boolean };
  cloneBefore(overrides: { prop?: string; value?: string }): unknown;
}

interface CssRoot {
  walkAtRules(name: string, visit: (rule: CssNode & { params: string }) => void): void;
  walkDecls(visit: (declaration: CssDeclaration) => void): void;
}

/** Tailwind's own context: what it knows of a configuration, and the rules that it made so far. */
interface Context {
  changedContent: { content: string; extension: string }[];
}

type Features = (
  setUp: (tools: {
    createContext: (config: object, changed: Context['changedContent']) => Context;
  }) => () => Context,
) => (root: CssRoot, result: unknown) => void | Promise<void>;

/** Of the compiler that the page is built with. */
export interface Compiler {
  /** Names the version and its plugins. */
  id: string;
  postcss: (plugins: object[]) => {
    process(css: string, options: { from: undefined; map: false }): PromiseLike<{ css: string }>;
  };
  processFeatures: Features;
  resolveConfig: (config: object) => object;
  /** Plugins that the address asks for. */
  plugins: unknown[];
  /** What pages find in `window.tailwind`, beside the configuration. */
  members: object;
}

/** The script that styles the page. */
interface Running {
  id: string;
  /** Ends it, with its styles. @returns the configuration */
  stop(): unknown;
}

/** What a configuration may say, as far as it matters here. */
interface Config {
  plugins?: unknown;
}

const directives = '@tailwind base;@tailwind components;@tailwind utilities;';
const styleType = 'text/tailwindcss';
const styleSelector = `style[type="${styleType}"]`;
const separator = ' ';
/** Where `window.tailwind` has what styles the page, for the next script of that kind. */
const runningKey = Symbol.for('preview-kit.tailwind');
/** Version 4, which has another script: what its styles begin with, and what only it understands. */
const newerStyles = /^\s*\/\*! tailwindcss v[4-9]/;
const newerSyntax = /@(theme|utility|custom-variant|plugin|source|config)\b|@import\s+(["'])tailwindcss\2/;
const layers = new Set(['base', 'components', 'utilities']);

/** What current browsers know by a prefixed name only, as esbuild has it for the relay's own styles. */
const prefixed = new Set(
  'user-select backdrop-filter mask mask-image mask-size mask-position mask-repeat mask-origin mask-composite hyphens box-decoration-break print-color-adjust initial-letter'.split(
    ' ',
  ),
);

/** Adds prefixed declarations before those that need them. */
export function addPrefixes(root: CssRoot): void {
  root.walkDecls((declaration) => {
    const { prop, value, parent } = declaration;
    if ((prop === 'width' || prop === 'height') && value === 'stretch')
      declaration.cloneBefore({ value: '-webkit-fill-available' });
    const isPrefixed = prefixed.has(prop) || (prop === 'background-clip' && value === 'text');
    const name = `-webkit-${prop}`;
    if (isPrefixed && !parent?.some((other) => other.prop === name)) declaration.cloneBefore({ prop: name });
  });
}

/** Makes styles of class names; what was made for a configuration and the page's own styles is kept and added to. */
export class StyleMaker {
  #context: Context | undefined;
  readonly #compiler: Compiler;

  constructor(compiler: Compiler) {
    this.#compiler = compiler;
  }

  /**
   * All styles so far and those of `names`, in Tailwind's order.
   * @param options `isFresh`: forget what was made before; `own`: the page's own styles, the same until it forgets
   * @throws what Tailwind throws: a fault of the configuration or of the page's own styles
   */
  async make(
    names: Iterable<string>,
    { config, own, isFresh }: { config: Config; own: string; isFresh: boolean },
  ): Promise<string> {
    const { postcss, processFeatures } = this.#compiler;
    if (isFresh) this.#context = undefined;
    const content = { content: [...names].join(separator), extension: 'html' };
    const known = this.#context;
    const tailwind = processFeatures(({ createContext }) => () => {
      if (known) known.changedContent = [content];
      this.#context = known ?? createContext(this.#resolve(config), [content]);
      return this.#context;
    });
    const plugin = {
      postcssPlugin: 'tailwindcss',
      Once: (root: CssRoot, { result }: { result: unknown }) => {
        // The context has them, and would leave them where they are.
        if (known) root.walkAtRules('layer', (rule) => layers.has(rule.params.trim()) && rule.remove());
        return tailwind(root, result);
      },
      OnceExit: addPrefixes,
    };
    const { css } = await postcss([plugin]).process(directives + own, { from: undefined, map: false });
    return css;
  }

  #resolve(config: Config): object {
    const { resolveConfig, plugins } = this.#compiler;
    const own = Array.isArray(config.plugins) ? config.plugins : [];
    return resolveConfig({
      ...config,
      content: { files: ['page'], extract: { html: (names: string) => names.split(separator) } },
      plugins: [...plugins, ...own],
    });
  }
}

/** `window.tailwind`: the page may assign it, its configuration, or anything within. */
export class PageConfig {
  readonly #members: { config: unknown };
  readonly #onChange: () => void;
  /** What pages see. */
  readonly api: object;

  /** @param members what there is beside the configuration; `onChange`: told of everything that is assigned */
  constructor(members: object, onChange: () => void) {
    this.#members = Object.assign(members, { config: {} });
    this.#onChange = onChange;
    this.api = new Proxy(this.#members, {
      get: (target, key) => (key === 'config' ? this.#watch(target.config) : Reflect.get(target, key)),
      set: (target, key, value) => {
        const isSet = Reflect.set(target, key, value);
        if (key === 'config') onChange();
        return isSet;
      },
    });
  }

  /** As it was assigned. */
  get assigned(): unknown {
    return this.#members.config;
  }

  /** The configuration, without what watches it. */
  get config(): Config {
    const { assigned } = this;
    const config: unknown = typeof assigned === 'function' ? assigned(this.api) : assigned;
    return isObject(config) ? config : {};
  }

  /** Takes what a page assigned to `tailwind`, or had there before. */
  adopt(value: unknown): void {
    if (isObject(value)) Object.assign(this.api, value);
  }

  #watch(value: unknown): unknown {
    if (!isPlain(value)) return value;
    return new Proxy(value, {
      get: (target, key) => {
        const found: unknown = Reflect.get(target, key);
        const descriptor = Reflect.getOwnPropertyDescriptor(target, key);
        // A proxy must not hide what cannot change.
        return descriptor?.configurable === false && !descriptor.writable ? found : this.#watch(found);
      },
      set: (target, key, next) => {
        const isSet = Reflect.set(target, key, next);
        this.#onChange();
        return isSet;
      },
      deleteProperty: (target, key) => {
        const isGone = Reflect.deleteProperty(target, key);
        this.#onChange();
        return isGone;
      },
    });
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isNewer(node: Node): boolean {
  return node.nodeName === 'STYLE' && newerStyles.test(node.textContent ?? '');
}

function isPlain(value: unknown): value is object {
  if (Array.isArray(value)) return true;
  if (!isObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * Styles the page from now on, and gives it `window.tailwind`. LibreChat adds a script of this kind to every page: the page's own
 * comes after it, and takes its place.
 */
export function startPlay(compiler: Compiler): void {
  const before: unknown = Reflect.get(window, 'tailwind');
  const running = isObject(before) ? (Reflect.get(before, runningKey) as Running | undefined) : undefined;
  if (running?.id === compiler.id) return;
  const maker = new StyleMaker(compiler);
  const style = document.createElement('style');
  /** Values of `class` that were looked at, and the names that were in them. */
  const values = new Set<string>();
  const names = new Set<string>();
  let own = '';
  let isFresh = true;
  let isRunning = false;
  let isChanged = false;
  let isOver = false;
  const config = new PageConfig(compiler.members, () => {
    isFresh = true;
    void Promise.resolve().then(update);
  });

  function newNames(): string[] {
    const found: string[] = [];
    for (const element of document.querySelectorAll('[class]')) {
      const value = element.getAttribute('class') ?? '';
      if (values.has(value)) continue;
      values.add(value);
      for (const name of value.split(/\s+/)) {
        if (name === '' || names.has(name)) continue;
        names.add(name);
        found.push(name);
      }
    }
    return found;
  }

  function ownStyles(): string {
    let text = '';
    for (const element of document.querySelectorAll(styleSelector)) text += element.textContent;
    return text;
  }

  async function pass(): Promise<void> {
    if (!document.body) return;
    const added = newNames();
    const now = ownStyles();
    const isAnew = isFresh || now !== own;
    if (!isAnew && added.length === 0 && style.isConnected) return;
    own = now;
    isFresh = false;
    const options = { config: config.config, own, isFresh: isAnew };
    const css = await maker.make(isAnew ? names : added, options).catch((error: unknown) => {
      if (own === '') throw error;
      // One rule that Tailwind refuses must not cost the page all of its styles.
      if (!newerSyntax.test(own)) console.error(error);
      return maker.make(names, { ...options, own: '', isFresh: true });
    });
    if (isOver) return;
    style.textContent = css;
    if (!style.isConnected) document.head.append(style);
  }

  async function update(): Promise<void> {
    isChanged = true;
    if (isRunning || isOver) return;
    isRunning = true;
    try {
      while (isChanged && !isOver) {
        isChanged = false;
        await pass();
      }
    } catch (error) {
      console.error(error);
    } finally {
      isRunning = false;
    }
  }

  const watched = new WeakSet<Node>();
  const texts = new MutationObserver(update);
  const page = new MutationObserver((records) => {
    // What is not in a layer, as version 3 has it, would win over all that version 4 says.
    if (records.some(({ target }) => isNewer(target))) {
      stop();
      return undefined;
    }
    for (const element of document.querySelectorAll(styleSelector)) {
      if (watched.has(element)) continue;
      watched.add(element);
      texts.observe(element, { characterData: true, subtree: true });
    }
    return update();
  });
  page.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['class', 'type'],
    childList: true,
    subtree: true,
  });

  function stop(): unknown {
    isOver = true;
    page.disconnect();
    texts.disconnect();
    style.remove();
    return config.assigned;
  }

  config.adopt(running ? { config: running.stop() } : before);
  Object.defineProperty(config.api, runningKey, { value: { id: compiler.id, stop } satisfies Running });
  Object.defineProperty(window, 'tailwind', {
    configurable: true,
    enumerable: true,
    get: () => config.api,
    set: (value: unknown) => config.adopt(value),
  });
  // Of a page that is there already, nothing may change any more. One that has nothing to style yet is waited for, as the CDN's
  // script does: the styles come behind those that the artifact brings.
  if (document.readyState !== 'loading' && document.querySelector('[class]')) void update();
}
