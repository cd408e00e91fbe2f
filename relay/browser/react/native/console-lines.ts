// The artifact's console, as messages of the Sandpack protocol: arguments as data, with marks for what JSON has no form for
// (console-feed's `{"@t": kind, data}`, as sandpack-react reads it). Never throws, whatever is logged.
const methods = [
  'log',
  'debug',
  'info',
  'warn',
  'error',
  'table',
  'clear',
  'time',
  'timeEnd',
  'count',
  'assert',
  'dir',
] as const;

/** One line. */
export interface ConsoleLine {
  method: string;
  id: string;
  data: unknown[];
}

const maxDepth = 5;
const maxEntries = 100;
const maxText = 10_000;

/** Calls `pass` for each line that is logged from now on. */
export function listenToConsole(pass: (line: ConsoleLine) => void): void {
  let count = 0;
  const console = window.console as unknown as Record<string, (...values: unknown[]) => void>;
  for (const method of methods) {
    const original = console[method]?.bind(window.console);
    console[method] = (...values) => {
      original?.(...values);
      if (method === 'assert' && values[0]) return;
      count += 1;
      pass({
        method,
        id: `${performance.timeOrigin}-${count}`,
        data: values.map((value) => encodeValue(value)),
      });
    };
  }
}

/** A value as data that any message can carry. */
export function encodeValue(value: unknown, depth = 0, above: readonly object[] = []): unknown {
  try {
    return encode(value, depth, above);
  } catch {
    return { '@t': '[[Unreadable]]', data: '' };
  }
}

function encode(value: unknown, depth: number, above: readonly object[]): unknown {
  switch (typeof value) {
    case 'string':
      return value.length > maxText ? `${value.slice(0, maxText)}…` : value;
    case 'number':
      return encodeNumber(value);
    case 'undefined':
      return { '@t': '[[undefined]]', data: '' };
    case 'bigint':
      return { '@t': 'BigInt', data: `${value}n` };
    case 'symbol':
      return { '@t': 'Symbol', data: String(value) };
    case 'function':
      return { '@t': 'Function', data: { name: value.name, body: '', proto: 'Function' } };
    case 'object':
      return value === null ? null : encodeObject(value, depth, above);
    default:
      return value;
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

function encodeObject(value: object, depth: number, above: readonly object[]): unknown {
  if (above.includes(value)) return '[Circular]';
  if (value instanceof Error)
    return { '@t': '[[Error]]', data: { name: value.name, message: value.message, stack: value.stack } };
  if (value instanceof Date) return { '@t': '[[Date]]', data: value.getTime() };
  if (value instanceof RegExp) return { '@t': '[[RegExp]]', data: { src: value.source, flags: value.flags } };
  if (value instanceof Element)
    return {
      '@t': 'HTMLElement',
      data: { tagName: value.tagName.toLowerCase(), attributes: {}, innerHTML: '' },
    };
  const path = [...above, value];
  const inner = (item: unknown) => encodeValue(item, depth + 1, path);
  if (depth >= maxDepth) return Array.isArray(value) ? '[…]' : '{…}';
  if (Array.isArray(value)) return value.slice(0, maxEntries).map(inner);
  if (value instanceof Map)
    return {
      '@t': '[[Map]]',
      data: {
        name: 'Map',
        body: [...value].slice(0, maxEntries).map(([key, item]) => ({ key: inner(key), value: inner(item) })),
        proto: 'Map',
      },
    };
  if (value instanceof Set)
    return {
      '@t': '[[Set]]',
      data: { name: 'Set', body: [...value].slice(0, maxEntries).map(inner), proto: 'Set' },
    };
  const names = Object.keys(value).slice(0, maxEntries);
  return Object.fromEntries(names.map((name) => [name, inner((value as Record<string, unknown>)[name])]));
}
