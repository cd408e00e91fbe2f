// A logged value as data that every message can carry and that the readers of Sandpack's `console` messages print: SandpackConsole
// of sandpack-react, and console-feed, whose marks `{"@t": kind, data}` both know. Called by console-lines.ts; never throws, and does
// bounded work whatever is logged.

import {
  classes,
  isList,
  knownText,
  maxInnerText,
  read,
  readEntries,
  unreadable,
} from './console-objects.ts';
import {
  type Allowance,
  causesText,
  maxText,
  maxTextEntries,
  type Place,
  takeText,
  textAt,
  valueText,
} from './console-text.ts';

/** SandpackConsole prints objects inside two others as nothing: those become text. */
const maxDepth = 2;
/** Of arrays, which it prints at any depth. */
const maxArrayDepth = 4;
const maxEntries = 100;

/** @returns what structured cloning and JSON both keep: plain objects, arrays, strings, numbers, booleans, null */
export function encodeValue(value: unknown, left: Allowance): unknown {
  return encodeAt(value, { left, depth: 0, above: [] });
}

function encodeAt(value: unknown, place: Place): unknown {
  if (place.left.values <= 0) return '…';
  place.left.values -= 1;
  try {
    return encode(value, place);
  } catch (error) {
    return unreadable(error).text;
  }
}

function encode(value: unknown, place: Place): unknown {
  switch (typeof value) {
    case 'string':
      return takeText(value, maxText, place.left);
    case 'number':
      return encodeNumber(value);
    case 'undefined':
      return { '@t': '[[undefined]]', data: '' };
    case 'function':
      return functionMark(value.name, place.left);
    case 'object':
      return value === null ? null : encodeObject(value, place);
    case 'boolean':
      return value;
    default:
      return textAt(value, place);
  }
}

function encodeNumber(value: number): unknown {
  if (Number.isNaN(value)) return { '@t': '[[NaN]]', data: '' };
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  return {
    '@t': 'Arithmetic',
    data: value === Number.POSITIVE_INFINITY ? 0 : value === Number.NEGATIVE_INFINITY ? 1 : 2,
  };
}

function functionMark(name: unknown, left: Allowance) {
  return {
    '@t': 'Function',
    data: { name: takeText(String(name), maxInnerText, left), body: '…', proto: 'Function' },
  };
}

function encodeObject(value: object, place: Place): unknown {
  const { depth, above, left } = place;
  if (above.includes(value)) return '[Circular]';
  if (value instanceof classes.Error) return encodeError(value, place);
  if (value instanceof classes.Date && !Number.isNaN(value.getTime()))
    return { '@t': '[[Date]]', data: value.getTime() };
  if (value instanceof classes.RegExp)
    return { '@t': '[[RegExp]]', data: { src: value.source, flags: value.flags } };
  if (value instanceof classes.Element) return encodeElement(value, left);
  const inside = { left, depth: depth + 1, above: [...above, value] };
  if (isList(value)) {
    if (depth >= maxArrayDepth) return textAt(value, place);
    const items = Array.from({ length: Math.min(value.length, maxEntries) }, (_, at) =>
      encodeAt(read(value, at), inside),
    );
    return value.length > maxEntries ? [...items, `… ${value.length - maxEntries} more`] : items;
  }
  const known = knownText(value);
  if (known !== undefined) return takeText(known, maxText, left);
  if (depth >= maxDepth) return textAt(value, place);
  const { name, entries, more } = readEntries(value, maxEntries, (key) => valueText(key, left));
  if (name !== '' && entries.length === 0) return `${name} {}`;
  const fields = entries.map(([key, item]): [string, unknown] => [
    fieldName(key, left),
    encodeAt(item, inside),
  ]);
  if (more > 0) fields.push(['…', `${more} more`]);
  // The name of a class is where both readers look for it; as a function it prints at any depth.
  if (name !== '')
    fields.push(['constructor', { name, ...functionMark(name.replace(/\(\d+\)$/, ''), left) }]);
  return Object.fromEntries(fields);
}

/** Keys that mean something to the readers keep their names in quotes. */
function fieldName(key: string, left: Allowance): string {
  const name = takeText(key, maxInnerText, left);
  return /^(?:#*@[tr]|constructor|__proto__)$/.test(name) ? `'${name}'` : name;
}

/** Readers make the error anew with these; any other global of that name could do anything there. */
const errorNames = new Set([
  'Error',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
]);

function encodeError(error: Error, place: Place): unknown {
  const own = String(error.name);
  const known = errorNames.has(own);
  const message = `${known ? '' : `${own}: `}${error.message}${causesText(error, place)}`;
  return {
    '@t': '[[Error]]',
    data: {
      name: known ? own : 'Error',
      message: takeText(message, maxText, place.left),
      stack: takeText(String(error.stack ?? ''), maxText, place.left),
    },
  };
}

function encodeElement(element: Element, left: Allowance): unknown {
  const attributes = [...element.attributes].slice(0, maxTextEntries);
  const inner = element.childElementCount > 0 ? '…' : (element.textContent ?? '');
  const escaped = takeText(inner, maxInnerText, left).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return {
    '@t': 'HTMLElement',
    data: {
      tagName: element.tagName.toLowerCase(),
      attributes: Object.fromEntries(
        attributes.map(({ name, value }) => [name, takeText(value, maxInnerText, left)]),
      ),
      innerHTML: escaped,
    },
  };
}
