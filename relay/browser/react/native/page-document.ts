// The page around the artifact: `/public/index.html` of its files, if it has one, and the scripts and styles that the embedder
// adds (`externalResources` of Sandpack).

/** How long a script may keep the artifact waiting, in ms: one that hangs must not hang the preview. */
const scriptTimeoutMs = 5_000;

const importMap = 'script[type=importmap]';

const emptyPage = '<div id="root"></div>';

/** Writes pages; addresses of public CDNs are the kit's own. */
export class PageDocument {
  readonly #mirrored: (address: string) => string | undefined;
  #html: string | undefined;
  /** For the page's import map. */
  #imports: Record<string, string> = {};
  readonly #external = new Map<string, Promise<void>>();

  constructor(mirrored: (address: string) => string | undefined) {
    this.#mirrored = mirrored;
  }

  /** Whether the page is another one than was written. */
  isOther(html: string | undefined): boolean {
    return this.#html !== undefined && this.#html !== (html ?? emptyPage);
  }

  /**
   * Has the page's modules find more specifiers. Before {@link write}, or if it wrote no import map.
   * @returns false when it is too late for that
   */
  addImports(imports: Record<string, string>): boolean {
    if (document.querySelector(importMap)) return false;
    this.#imports = { ...this.#imports, ...imports };
    if (this.#html !== undefined) this.#addImportMap('{}');
    return true;
  }

  /**
   * Writes the page, if it is the first or asked for again.
   * @param html text of `/public/index.html`
   * @returns when its scripts have run, or were given up
   */
  async write(html: string | undefined): Promise<void> {
    const isFirst = this.#html === undefined;
    this.#html = html ?? emptyPage;
    const page = new DOMParser().parseFromString(this.#html.replaceAll('%PUBLIC_URL%', ''), 'text/html');
    const scripts: Promise<void>[] = [];
    if (isFirst && Object.keys(this.#imports).length > 0) {
      const theirs = page.querySelector<HTMLScriptElement>(importMap);
      theirs?.remove();
      this.#addImportMap(theirs?.text ?? '{}');
    }
    if (isFirst) {
      copyAttributes(page.documentElement, document.documentElement);
      for (const element of [...page.head.children]) {
        if (element instanceof HTMLTitleElement) document.title = element.text;
        else if (!element.matches('meta[charset], base, noscript'))
          scripts.push(this.#adopt(element, document.head));
      }
    }
    copyAttributes(page.body, document.body);
    document.body.replaceChildren();
    for (const node of [...page.body.childNodes]) {
      if (node instanceof HTMLScriptElement) scripts.push(this.#adopt(node, document.body));
      else document.body.append(document.adoptNode(node));
    }
    if (!document.getElementById('root') && !page.body.children.length)
      document.body.insertAdjacentHTML('beforeend', emptyPage);
    await Promise.all(scripts);
  }

  /** @returns when the embedder's scripts and styles are there, or were given up */
  async load(addresses: readonly string[]): Promise<void> {
    await Promise.all(addresses.map((address) => this.#load(address)));
  }

  #load(address: string): Promise<void> {
    const known = this.#external.get(address);
    if (known) return known;
    const isStyle = /\.css($|[?#])|\/\/fonts\.googleapis\.com\//.test(address);
    const element = document.createElement(isStyle ? 'link' : 'script');
    if (element instanceof HTMLLinkElement) Object.assign(element, { rel: 'stylesheet', href: address });
    else Object.assign(element, { id: 'external-js', async: false, src: address });
    const loaded = this.#adopt(element, document.head);
    this.#external.set(address, loaded);
    return loaded;
  }

  /** One map for both: many browsers take no second one. The artifact's own entries win. */
  #addImportMap(theirs: string): void {
    const script = document.createElement('script');
    script.type = 'importmap';
    script.text = withImports(theirs, this.#imports);
    document.head.append(script);
  }

  /** Adds an element of another document so that it does what it would have done there. */
  #adopt(element: Element, parent: HTMLElement): Promise<void> {
    const isScript = element instanceof HTMLScriptElement;
    const copy = isScript
      ? document.createElement('script')
      : (document.importNode(element, true) as Element);
    if (isScript) {
      copyAttributes(element, copy);
      copy.textContent = element.textContent;
      (copy as HTMLScriptElement).async = element.hasAttribute('async');
    }
    const attribute = copy.hasAttribute('src') ? 'src' : 'href';
    const own = this.#mirrored(copy.getAttribute(attribute) ?? '');
    if (own !== undefined && (isScript || copy instanceof HTMLLinkElement)) {
      copy.setAttribute(attribute, own);
      copy.setAttribute('crossorigin', 'anonymous');
      copy.removeAttribute('integrity');
    }
    const isAwaited =
      (isScript && copy.hasAttribute('src')) || (copy as HTMLLinkElement).rel === 'stylesheet';
    const done = isAwaited ? settled(copy) : Promise.resolve();
    parent.append(copy);
    return done;
  }
}

/** What is no import map is told by the browser, as it would be without us. */
function withImports(map: string, imports: Record<string, string>): string {
  try {
    const parsed = JSON.parse(map) as { imports?: Record<string, string> };
    return JSON.stringify({ ...parsed, imports: { ...imports, ...parsed.imports } });
  } catch {
    return map;
  }
}

function settled(element: Element): Promise<void> {
  return new Promise((resolve) => {
    for (const type of ['load', 'error']) element.addEventListener(type, () => resolve(), { once: true });
    setTimeout(resolve, scriptTimeoutMs);
  });
}

function copyAttributes(from: Element, to: Element): void {
  for (const { name, value } of [...from.attributes]) to.setAttribute(name, value);
}
