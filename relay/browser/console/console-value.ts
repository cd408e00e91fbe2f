// A logged value as data that every message can carry and that the readers of Sandpack's `console` messages print: SandpackConsole
// of sandpack-react, and console-feed, whose marks `{"@t": kind, data}` both know. Called by console-lines.ts; never throws, and does
// bounded work whatever is logged.

/** As they are before the page's scripts run: a top-level `class Node` of theirs takes the place of the browser's in here too. */
const classes = {
  AggregateError,
  ArrayBuffer,
  DataView,
  Date,
  Element,
  Error,
  Event,
  FormData,
  HTMLCollection,
  Headers,
  Map,
  Node,
  NodeList,
  RegExp,
  Set,
  URL,
  URLSearchParams,
  Window,
};

/** SandpackConsole prints objects inside two others as nothing: those become text. */
const maxDepth = 2;
/** Of arrays, which it prints at any depth. */
const maxArrayDepth = 4;
const maxTextDepth = 3;
const maxEntries = 100;
const maxTextEntries = 20;
/** As SandpackConsole cuts them. */
const maxText = 10_000;
const maxInnerText = 200;
/** Of one line, all arguments together. */
const maxValues = 1_000;
const maxCharacters = 50_000;

/** What may still be said in a line. */
export interface Allowance {
  values: number;
  characters: number;
}

/** Of a whole line; to be handed to the encoding of each of its values. */
export function allowLine(): Allowance {
  return { values: maxValues, characters: maxCharacters };
}

/** Text that stands for a value: it gets no quotes. */
class Remark {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

interface Place {
  left: Allowance;
  depth: number;
  /** The objects that the value is in. */
  above: readonly object[];
}

/** @returns what structured cloning and JSON both keep: plain objects, arrays, strings, numbers, booleans, null */
export function encodeValue(value: unknown, left: Allowance): unknown {
  return encodeAt(value, { left, depth: 0, above: [] });
}

/** A value as text, as a format string's `%o` or a label takes it; strings have no quotes. */
export function valueText(value: unknown, left: Allowance): string {
  return typeof value === 'string'
    ? takeText(value, maxText, left)
    : textAt(value, { left, depth: 0, above: [] });
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
  const { name, entries, more } = readEntries(value, maxEntries, left);
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

/** SandpackConsole prints an error's name and message, so the rest is told there. */
function causesText(error: Error, { left, depth, above }: Place): string {
  if (above.length > maxTextDepth) return '';
  const inside = { left, depth: depth + 1, above: [...above, error] };
  const causes = [
    ...(Object.hasOwn(error, 'cause') ? [error.cause] : []),
    ...(error instanceof classes.AggregateError ? error.errors.slice(0, maxTextEntries) : []),
  ];
  return causes.map((cause) => `\n  caused by ${textAt(cause, inside)}`).join('');
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

function isList(value: object): value is ArrayLike<unknown> {
  return Array.isArray(value) || value instanceof classes.NodeList || value instanceof classes.HTMLCollection;
}

/** What has one short text; undefined for what has entries. */
function knownText(value: object): string | undefined {
  if (value instanceof Remark) return value.text;
  if (value instanceof classes.Date)
    return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof classes.RegExp) return String(value);
  if (value instanceof classes.Window) return 'Window';
  if (value instanceof classes.Element) {
    const id = value.id === '' ? '' : ` id="${value.id}"`;
    return `<${value.tagName.toLowerCase()}${id}>`;
  }
  if (value instanceof classes.Node) {
    const text = value.nodeValue === null ? '' : ` ${JSON.stringify(value.nodeValue.slice(0, maxInnerText))}`;
    return `${value.nodeName}${text}`;
  }
  if (value instanceof classes.URL) return value.href;
  if (value instanceof classes.ArrayBuffer) return `ArrayBuffer(${value.byteLength})`;
  if (value instanceof classes.DataView) return `DataView(${value.byteLength})`;
  return undefined;
}

interface Entries {
  /** Of the class, with the size of collections; '' for plain objects. */
  name: string;
  entries: [key: string, value: unknown][];
  /** How many there are beyond these. */
  more: number;
}

function readEntries(value: object, max: number, left: Allowance): Entries {
  const name = className(value);
  if (value instanceof classes.Map)
    return {
      name: `${name}(${value.size})`,
      entries: take(value, max).map(([key, item]) => [valueText(key, left), item]),
      more: Math.max(0, value.size - max),
    };
  if (value instanceof classes.Set || ArrayBuffer.isView(value)) {
    const items = value as unknown as Iterable<unknown>;
    const size = value instanceof classes.Set ? value.size : (value as Uint8Array).length;
    return {
      name: `${name}(${size})`,
      entries: take(items, max).map((item, at) => [String(at), item]),
      more: Math.max(0, size - max),
    };
  }
  if (
    value instanceof classes.Headers ||
    value instanceof classes.URLSearchParams ||
    value instanceof classes.FormData
  )
    return { name, entries: take(value, max).map(([key, item]) => [key, item]), more: 0 };
  const own = Object.keys(value);
  // Objects of the browser keep everything in accessors of their classes, which alone are enumerable there.
  const isBrowsers = name !== '' && (own.length === 0 || value instanceof classes.Event);
  if (isBrowsers) return { name, entries: readAccessors(value, max), more: 0 };
  return {
    name,
    entries: own.slice(0, max).map((key) => [key, read(value, key)]),
    more: Math.max(0, own.length - max),
  };
}

function readAccessors(value: object, max: number): [string, unknown][] {
  const entries: [string, unknown][] = [];
  for (const key in value) {
    const item = read(value, key);
    const isTold =
      typeof item === 'number' || typeof item === 'boolean' || (typeof item === 'string' && item !== '');
    if (isTold && !/^[A-Z_]+$/.test(key)) entries.push([key, item]);
    if (entries.length === max) break;
  }
  return entries;
}

function className(value: object): string {
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name !== 'string' || name === 'Object' ? '' : name.slice(0, maxInnerText);
}

function take<Item>(items: Iterable<Item>, max: number): Item[] {
  const taken: Item[] = [];
  for (const item of items) {
    if (taken.length === max) break;
    taken.push(item);
  }
  return taken;
}

/** A property's value, or a remark that reading it throws. */
function read(value: object, key: string | number): unknown {
  try {
    return (value as Record<string | number, unknown>)[key];
  } catch (error) {
    return unreadable(error);
  }
}

function unreadable(error: unknown): Remark {
  try {
    return new Remark(`(not readable: ${String(error).slice(0, maxInnerText)})`);
  } catch {
    return new Remark('(not readable)');
  }
}

function textAt(value: unknown, place: Place): string {
  if (place.left.values <= 0) return '…';
  place.left.values -= 1;
  try {
    return takeText(inspect(value, place), maxText, place.left);
  } catch (error) {
    return unreadable(error).text;
  }
}

function inspect(value: unknown, { left, depth, above }: Place): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string') return JSON.stringify(shorten(value, maxInnerText));
  if (typeof value === 'function') return `function ${value.name}`;
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
  if (above.includes(value)) return '[Circular]';
  if (value instanceof classes.Error)
    return `${value.name}: ${value.message}${causesText(value, { left, depth, above })}`;
  const known = knownText(value);
  if (known !== undefined) return known;
  const inside = { left, depth: depth + 1, above: [...above, value] };
  const isDeep = depth > maxDepth + maxTextDepth;
  if (isList(value)) {
    if (isDeep) return '[…]';
    const items = Array.from({ length: Math.min(value.length, maxTextEntries) }, (_, at) =>
      textAt(read(value, at), inside),
    );
    if (value.length > maxTextEntries) items.push(`… ${value.length - maxTextEntries} more`);
    return `[${items.join(', ')}]`;
  }
  const { name, entries, more } = readEntries(value, maxTextEntries, left);
  const start = name === '' ? '{' : `${name} {`;
  if (isDeep && entries.length > 0) return `${start}…}`;
  const fields = entries.map(([key, item]) => `${key}: ${textAt(item, inside)}`);
  if (more > 0) fields.push(`… ${more} more`);
  return `${start}${fields.join(', ')}}`;
}

function shorten(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max)}…` : text;
}

/** As much of a text as may be said. */
function takeText(text: string, max: number, left: Allowance): string {
  const said = shorten(text, Math.min(max, left.characters));
  left.characters -= Math.min(said.length, left.characters);
  return said;
}
