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
      function (...given) {
        const [name, value] = given;
        const loads = given.length > 1 && attributes.includes(String(name).toLowerCase());
        return loads ? original.call(this, name, home(value)) : original.apply(this, given);
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
