// What a logged value holds: its short text, or its class and entries. A getter that throws is told; a revoked proxy throws, which callers catch.

/** As they are before the page's scripts run: a top-level `class Node` of theirs takes the place of the browser's in here too. */
export const classes = {
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

export const maxInnerText = 200;

/** Text that stands for a value: it gets no quotes. */
export class Remark {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export function isList(value: object): value is ArrayLike<unknown> {
  return Array.isArray(value) || value instanceof classes.NodeList || value instanceof classes.HTMLCollection;
}

/** What has one short text; undefined for what has entries. */
export function knownText(value: object): string | undefined {
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

export interface Entries {
  /** Of the class, with the size of collections; '' for plain objects. */
  name: string;
  entries: [key: string, value: unknown][];
  /** How many there are beyond these. */
  more: number;
}

/** @param keyText a map's key, in words */
export function readEntries(value: object, max: number, keyText: (key: unknown) => string): Entries {
  const name = className(value);
  if (value instanceof classes.Map)
    return {
      name: `${name}(${value.size})`,
      entries: take(value, max).map(([key, item]) => [keyText(key), item]),
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
export function read(value: object, key: string | number): unknown {
  try {
    return (value as Record<string | number, unknown>)[key];
  } catch (error) {
    return unreadable(error);
  }
}

export function unreadable(error: unknown): Remark {
  try {
    return new Remark(`(not readable: ${String(error).slice(0, maxInnerText)})`);
  } catch {
    return new Remark('(not readable)');
  }
}
