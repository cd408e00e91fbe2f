// Turns what a preview logged into a line of text. Pure.

const longest = 2000;

// Values that messages cannot carry arrive as {"@t": kind, data}; Sandpack's static and bundled previews use one key each.
const kindKeys = ['@t', '#@t'];

/** Joins the arguments of one console call as a browser's console would. */
export function formatLog(data: readonly unknown[]): string {
  const text = data.map((value) => (typeof value === 'string' ? value : formatValue(value, 0))).join(' ');
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function formatValue(value: unknown, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) {
    return depth > 3 ? '[…]' : `[${value.map((item) => formatValue(item, depth + 1)).join(', ')}]`;
  }
  const fields = value as Record<string, unknown>;
  const kindKey = kindKeys.find((key) => key in fields);
  if (kindKey) return formatSpecial(String(fields[kindKey]), fields.data);
  // `constructor` is added by the sender; it names the class and is no field of the object.
  const entries = Object.entries(fields).filter(([key]) => key !== 'constructor');
  if (depth > 3) return '{…}';
  return entries.length === 0
    ? '{}'
    : `{ ${entries.map(([key, item]) => `${key}: ${formatValue(item, depth + 1)}`).join(', ')} }`;
}

function formatSpecial(kind: string, data: unknown): string {
  const field = (name: string): string => {
    const value =
      typeof data === 'object' && data !== null ? (data as Record<string, unknown>)[name] : undefined;
    return value === undefined ? '' : String(value);
  };
  switch (kind) {
    case '[[Error]]':
      return `${field('name') || 'Error'}: ${field('message')}`;
    case '[[Date]]':
      return typeof data === 'number' ? new Date(data).toISOString() : String(data);
    case '[[RegExp]]':
      return `/${field('src')}/${field('flags')}`;
    case 'Function':
      return `ƒ ${field('name')}()`;
    case 'HTMLElement':
      return `<${field('tagName').toLowerCase()}>`;
    case 'Arithmetic':
      return ['Infinity', '-Infinity', '-0'][Number(data)] ?? String(data);
    case '[[NaN]]':
    case '[[undefined]]':
      return kind.slice(2, -2);
    default:
      return `${kind.replace(/^\[\[|\]\]$/g, '')} ${formatValue(data, 1)}`;
  }
}
