// Elements of a document that no service worker answers for: what they load is the kit's, wherever it is written.
import { type Realm, replaceMethod, replaceSetter } from './realm.ts';

const loading: [keyof typeof globalThis, string[]][] = [
  ['HTMLScriptElement', ['src', 'text']],
  ['HTMLLinkElement', ['href']],
  ['HTMLImageElement', ['src', 'srcset']],
  ['HTMLSourceElement', ['src', 'srcset']],
  ['HTMLMediaElement', ['src']],
  ['HTMLVideoElement', ['poster']],
  ['HTMLTrackElement', ['src']],
  ['HTMLInputElement', ['src']],
];
const attributes = ['src', 'href', 'srcset', 'poster', 'style', 'imagesrcset'];
const selector = [...attributes.map((name) => `[${name}]`), 'script', 'style'].join();

const prototypeOf = (name: keyof typeof globalThis) =>
  (globalThis[name] as { prototype: object } | undefined)?.prototype;

/** See the head of this file. */
export function keepElementsHome(realm: Realm): void {
  const { cdn } = realm.texts;
  const home = (value: unknown) => (realm.isControlled ? value : cdn.rewrite(String(value)));
  for (const [name, properties] of loading) {
    for (const property of properties)
      replaceSetter(prototypeOf(name), property, (_target, value, set) => set(home(value)));
  }
  replaceMethod(
    Element.prototype,
    'setAttribute',
    (original) =>
      function (name, value) {
        const loads = attributes.includes(String(name).toLowerCase());
        return original.call(this, name, loads ? home(value) : value);
      },
  );
  const markup = (html: unknown) => (realm.isControlled ? html : cdn.rewriteMarkup(String(html)));
  for (const property of ['innerHTML', 'outerHTML'])
    replaceSetter(Element.prototype, property, (_target, value, set) => set(markup(value)));
  replaceSetter(ShadowRoot.prototype, 'innerHTML', (_target, value, set) => set(markup(value)));
  replaceMethod(
    Element.prototype,
    'insertAdjacentHTML',
    (original) =>
      function (where, html) {
        return original.call(this, where, markup(html));
      },
  );
  let isEmpty = false;
  replaceMethod(
    Document.prototype,
    'open',
    (original) =>
      function (...given) {
        isEmpty = given.length < 3;
        return original.apply(this, given);
      },
  );
  for (const name of ['write', 'writeln'])
    replaceMethod(
      Document.prototype,
      name,
      (original) =>
        function (...texts) {
          const html = texts.join('');
          if (realm.isControlled) return original.call(this, html);
          // Without an open() before, writing into a document that is complete opens it anew.
          const isFirst = isEmpty || (this as Document).readyState === 'complete';
          // A doctype has to stay the first thing in the document, so the policy waits for what follows it.
          isEmpty = isFirst && /^\s*(<!doctype[^>]*>\s*)?$/i.test(html);
          return original.call(this, realm.texts.written(html, isFirst && !isEmpty));
        },
    );
}

/** Sends what a tree loads to the kit's copies, before it becomes part of a document. */
export function rewriteTree(node: unknown, { texts: { cdn } }: Realm): void {
  const root = node as ParentNode & Node;
  if (root?.nodeType !== 1 && root?.nodeType !== 11) return;
  const elements = [...root.querySelectorAll(selector)];
  if (root.nodeType === 1) elements.unshift(root as unknown as Element);
  for (const element of elements) {
    for (const name of attributes) {
      const value = element.getAttribute(name);
      const rewritten = value === null ? value : cdn.rewrite(value);
      if (rewritten !== value) element.setAttribute(name, rewritten ?? '');
    }
    const isText = /^(script|style)$/i.test(element.localName);
    const text = isText ? (element.textContent ?? '') : '';
    const rewritten = cdn.rewrite(text);
    if (rewritten !== text) element.textContent = rewritten;
  }
}
