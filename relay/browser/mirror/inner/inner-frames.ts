// Frames and windows that a page makes: each gets the script before anything of its own runs. The page's policy lets no frame be
// opened at a `blob:` or `data:` address, so what is there is shown by `srcdoc`, which goes through here.
import { rewriteTree } from './inner-elements.ts';
import { prepareMarkup } from './inner-markup.ts';
import { inheritsWorker, isApart, isData, isDocument, isWithin, likeDataAddress } from './inner-texts.ts';
import { innerSource, type Realm, realmKey, replaceMethod, replaceSetter } from './realm.ts';

/** What a frame was given, and what it has instead. */
interface Given {
  /** The document as it was given. */
  html: string;
  srcdoc: string;
  isOutside: boolean;
  /** The address that the document came from; undefined for one that was given by `srcdoc`. */
  src: string | undefined;
}

/** Workers run this file too, and have none of these. */
const insertions = (): [object, string[]][] => [
  [Node.prototype, ['appendChild', 'insertBefore', 'replaceChild']],
  [Document.prototype, ['append', 'prepend', 'replaceChildren']],
  [DocumentFragment.prototype, ['append', 'prepend', 'replaceChildren']],
  [CharacterData.prototype, ['before', 'after', 'replaceWith']],
  [
    Element.prototype,
    [
      'append',
      'prepend',
      'replaceChildren',
      'before',
      'after',
      'replaceWith',
      'insertAdjacentElement',
      'insertAdjacentHTML',
    ],
  ],
];

const frameSelector = 'iframe,frame,object,embed';

/** See the head of this file. */
export class InnerFrames {
  readonly #given = new WeakMap<Element, Given>();
  readonly #observer = new MutationObserver((records) => {
    for (const { target, type, addedNodes } of records) {
      if (type === 'attributes') this.#prepare(target as Element);
      for (const node of addedNodes) this.#prepareBelow(node);
    }
    this.#visit();
  });
  readonly #setAttribute = Element.prototype.setAttribute;
  readonly #removeAttribute = Element.prototype.removeAttribute;
  readonly #onLoad = ({ target }: Event) => {
    if (target instanceof HTMLIFrameElement) enter(target.contentWindow);
  };
  readonly #onClick = (event: MouseEvent) => this.#follow(event);
  #seen = 0;
  #newest: Window | undefined;

  constructor(readonly realm: Realm) {
    this.#watchInsertions();
    this.#watchFrames();
    this.#watchWindows();
  }

  /** Watches the document that the window shows now. */
  observe(): void {
    this.#observeTree(document);
    this.#prepareBelow(document);
    this.#visit();
    // Some browsers exchange a frame's first, empty document for another when it has loaded. Windows do not hear that, documents do:
    // https://dom.spec.whatwg.org/#interface-document, its “get the parent”.
    document.addEventListener('load', this.#onLoad, true);
    addEventListener('click', this.#onClick);
  }

  #observeTree(root: Node): void {
    this.#observer.observe(root, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['src', 'srcdoc', 'sandbox', 'data'],
    });
  }

  /** Frames exist as soon as their elements are in the document, and scripts may use them in the next statement. */
  #watchInsertions(): void {
    const { realm } = this;
    for (const [prototype, names] of insertions()) {
      for (const name of names) {
        const before = (target: unknown, given: unknown[]) => {
          if (!realm.isControlled) for (const node of given) rewriteTree(node, realm);
          if ((target as Node).isConnected) for (const node of given) this.#prepareBelow(node);
        };
        const after = () => this.#visit();
        replaceMethod(
          prototype,
          name,
          (original) =>
            function (...given) {
              before(this, given);
              const result = original.apply(this, given);
              after();
              return result;
            },
        );
      }
    }
    prepareMarkup(realm, () => this.#visit());
    const attached = (root: unknown) => this.#observeTree(root as Node);
    replaceMethod(
      Element.prototype,
      'attachShadow',
      (original) =>
        function (...given) {
          const root = original.apply(this, given);
          attached(root);
          return root;
        },
    );
  }

  #watchFrames(): void {
    const frame = HTMLIFrameElement.prototype;
    for (const name of ['contentWindow', 'contentDocument'] as const) {
      const own = Object.getOwnPropertyDescriptor(frame, name);
      const read = own?.get;
      const readWindow = Object.getOwnPropertyDescriptor(frame, 'contentWindow')?.get;
      if (!read || !readWindow) continue;
      Object.defineProperty(frame, name, {
        ...own,
        get() {
          enter(readWindow.call(this));
          return read.call(this);
        },
      });
    }
    replaceSetter(frame, 'src', (target: HTMLIFrameElement, value, set) => {
      this.#openAddress(target, String(value), set);
    });
    replaceSetter(frame, 'srcdoc', (target: HTMLIFrameElement, value) => {
      this.#open(target, String(value), undefined);
    });
    const openAddress = this.#openAddress.bind(this);
    const open = this.#open.bind(this);
    replaceMethod(
      Element.prototype,
      'setAttribute',
      (original) =>
        function (...given) {
          const [name, value] = given;
          const isFrames = this instanceof HTMLIFrameElement && given.length > 1;
          const attribute = isFrames ? String(name).toLowerCase() : '';
          if (!isFrames || !/^src(doc)?$/.test(attribute)) return original.apply(this, given);
          if (attribute === 'srcdoc') open(this, String(value), undefined);
          else openAddress(this, String(value), (src) => original.call(this, name, src));
        },
    );
  }

  #prepareBelow(node: unknown): void {
    const root = node as Element;
    if (root?.nodeType === 1 && root.matches(frameSelector)) this.#prepare(root);
    if (typeof root?.querySelectorAll !== 'function' || root.firstElementChild === null) return;
    for (const element of root.querySelectorAll(frameSelector)) this.#prepare(element);
  }

  #prepare(element: Element): void {
    const srcdoc = element.getAttribute('srcdoc');
    const src = element.getAttribute('src');
    const given = this.#given.get(element);
    if (!(element instanceof HTMLIFrameElement)) this.#prepareOther(element);
    else if (given?.src !== undefined && given.src !== src && given.srcdoc === srcdoc)
      this.#openAddress(element, src ?? '', () => {});
    else if (srcdoc !== null && srcdoc === given?.srcdoc) this.#open(element, given.html, given.src);
    else if (srcdoc !== null) this.#open(element, srcdoc, undefined);
    else if (src !== null) {
      this.#openAddress(element, src, (value) => {
        if (value !== src) this.#setAttribute.call(element, 'src', String(value));
      });
    }
  }

  /** What a page can run script in besides iframes. */
  #prepareOther(element: Element): void {
    const attribute = element.localName === 'object' ? 'data' : 'src';
    const address = element.getAttribute(attribute) ?? '';
    if (!isWithin(address)) return;
    const { texts } = this.realm;
    const html = isDocument(texts.read(address)?.type ?? '') ? texts.show(address) : undefined;
    if (html === undefined) return;
    const frame = document.createElement('iframe');
    for (const { name, value } of element.attributes) {
      if (!/^(src|data|type)$/.test(name)) frame.setAttribute(name, value);
    }
    if (isData(address)) frame.setAttribute('sandbox', likeDataAddress);
    frame.srcdoc = html;
    element.replaceWith(frame);
  }

  /** Shows a document in a frame. @param src the address that stands for it */
  #open(frame: HTMLIFrameElement, html: string, src: string | undefined): void {
    const isOutside = !this.realm.isControlled || !inheritsWorker || isApart(frame.getAttribute('sandbox'));
    const known = this.#given.get(frame);
    if (known?.html === html && known.isOutside === isOutside && known.src === src) {
      if (frame.getAttribute('srcdoc') === known.srcdoc) return;
    }
    const srcdoc = this.realm.texts.document(html, isOutside);
    this.#given.set(frame, { html, srcdoc, isOutside, src });
    this.#setAttribute.call(frame, 'srcdoc', srcdoc);
  }

  #openAddress(frame: HTMLIFrameElement, address: string, set: (value: unknown) => void): void {
    const known = this.#given.get(frame);
    const html = this.realm.texts.frame(address);
    if (html !== undefined) {
      if (isData(address) && !frame.hasAttribute('sandbox'))
        this.#setAttribute.call(frame, 'sandbox', likeDataAddress);
      this.#open(frame, html, address);
    } else if (known?.src !== undefined) {
      this.#given.delete(frame);
      if (frame.getAttribute('sandbox') === likeDataAddress) this.#removeAttribute.call(frame, 'sandbox');
      this.#removeAttribute.call(frame, 'srcdoc');
    }
    set(html === undefined ? evaluated(address) : address);
  }

  #visit(): void {
    const { length } = window;
    const newest = length === 0 ? undefined : (window[length - 1] as Window);
    if (length === this.#seen && newest === this.#newest) return;
    this.#seen = length;
    this.#newest = newest;
    for (let index = 0; index < length; index += 1) enter(window[index] as Window);
  }

  #watchWindows(): void {
    const { texts } = this.realm;
    replaceMethod(window, 'open', (original) => (address = '', ...rest) => {
      const html = isWithin(String(address)) ? texts.show(String(address)) : undefined;
      const opened = original.call(window, html === undefined ? address : '', ...rest) as Window | null;
      enter(opened);
      if (html !== undefined && opened) write(opened, html);
      return opened;
    });
  }

  /** A link to a `blob:` or `data:` address opens a window as `window.open` does. */
  #follow(event: MouseEvent): void {
    if (event.defaultPrevented || !(event.target instanceof Element)) return;
    const link = event.target.closest('a[href]');
    const address = link?.getAttribute('href') ?? '';
    if (!link || link.hasAttribute('download') || !isWithin(address)) return;
    const html = this.realm.texts.show(address);
    if (html === undefined) return;
    event.preventDefault();
    window.open(address, link.getAttribute('target') || '_self');
  }
}

/** Gives a window of the same origin the script; others get it with their text. */
function enter(inner: Window | null | undefined): void {
  try {
    if (!inner || realmKey in inner) return;
    (inner as unknown as { eval(code: string): void }).eval(innerSource());
  } catch {
    // Another origin's, or a window that runs no scripts.
  }
}

function write(opened: Window, html: string): void {
  const frame = opened.frameElement;
  if (frame instanceof HTMLIFrameElement) frame.srcdoc = html;
  else {
    opened.document.open();
    opened.document.write(html);
    opened.document.close();
  }
}

/** The text that a `javascript:` address evaluates to is a document too. */
function evaluated(address: string): string {
  const code = /^\s*javascript:([\s\S]*)/i.exec(address)?.[1];
  if (code === undefined || decode(code).includes('preview-kit:realm')) return address;
  const show =
    "((html)=>typeof html==='string'?window[Symbol.for('preview-kit:realm')].texts.document(html,true):html)";
  return `javascript:${encodeURIComponent(`${show}((0,eval)(${JSON.stringify(decode(code))}))`)}`;
}

function decode(code: string): string {
  try {
    return decodeURIComponent(code);
  } catch {
    return code;
  }
}
