// HTML that scripts give to a document as text: its frames are made ready before the parser sees it, and what it loads is the kit's where no
// service worker answers.
import { type Realm, replaceMethod, replaceSetter } from './realm.ts';

/** Has a method's first HTML argument, at `index`, go through `change`. */
function changeArgument(
  holder: object | undefined,
  name: string,
  index: number,
  change: (html: unknown) => unknown,
): void {
  replaceMethod(
    holder,
    name,
    (original) =>
      function (...given) {
        const changed = given.map((value, at) => (at === index ? change(value) : value));
        return original.apply(this, changed);
      },
  );
}

/**
 * See the head of this file.
 * @param onParsed called when a text has become elements of a document: there may be frames in it
 */
export function prepareMarkup(realm: Realm, onParsed: () => void): void {
  const { texts } = realm;
  const prepared = (html: unknown) => {
    const ready = texts.markup(String(html), !realm.isControlled);
    return realm.isControlled ? ready : texts.cdn.rewriteMarkup(ready);
  };
  for (const [prototype, property] of [
    [Element.prototype, 'innerHTML'],
    [Element.prototype, 'outerHTML'],
    [ShadowRoot.prototype, 'innerHTML'],
  ] as const)
    replaceSetter(prototype, property, (_target, value, set) => {
      // Null is nothing there, unlike in any method.
      set(prepared(value === null ? '' : value));
      onParsed();
    });
  changeArgument(Element.prototype, 'insertAdjacentHTML', 1, prepared);
  changeArgument(Element.prototype, 'setHTMLUnsafe', 0, prepared);
  changeArgument(ShadowRoot.prototype, 'setHTMLUnsafe', 0, prepared);
  changeArgument(Range.prototype, 'createContextualFragment', 0, prepared);
  prepareWriting(realm, prepared);
}

/** A document that is written anew has no policy until it is in the text. */
function prepareWriting(realm: Realm, prepared: (html: unknown) => unknown): void {
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
          if (realm.isControlled) return original.call(this, prepared(html));
          // Without an open() before, writing into a document that is complete opens it anew.
          const isFirst = isEmpty || (this as Document).readyState === 'complete';
          // A doctype has to stay the first thing in the document, so the policy waits for what follows it.
          isEmpty = isFirst && /^\s*(<!doctype[^>]*>\s*)?$/i.test(html);
          return original.call(this, realm.texts.written(html, isFirst && !isEmpty));
        },
    );
}
