// A logged value as text, within what may be said in a line: for format strings and labels, and for what is too deep to be data.
import {
  classes,
  isList,
  knownText,
  maxInnerText,
  read,
  readEntries,
  unreadable,
} from './console-objects.ts';

/** Objects inside others, beyond this, are not looked into. */
const maxTextDepth = 5;
const maxCauses = 3;
export const maxTextEntries = 20;
/** As SandpackConsole cuts texts. */
export const maxText = 10_000;
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

export interface Place {
  left: Allowance;
  depth: number;
  /** The objects that the value is in. */
  above: readonly object[];
}

/** A value as text, as a format string's `%o` or a label takes it; strings have no quotes. */
export function valueText(value: unknown, left: Allowance): string {
  return typeof value === 'string'
    ? takeText(value, maxText, left)
    : textAt(value, { left, depth: 0, above: [] });
}

/** SandpackConsole prints an error's name and message, so the rest is told there. */
export function causesText(error: Error, { left, depth, above }: Place): string {
  if (above.length > maxCauses) return '';
  const inside = { left, depth: depth + 1, above: [...above, error] };
  const causes = [
    ...(Object.hasOwn(error, 'cause') ? [error.cause] : []),
    ...(error instanceof classes.AggregateError ? error.errors.slice(0, maxTextEntries) : []),
  ];
  return causes.map((cause) => `\n  caused by ${textAt(cause, inside)}`).join('');
}

export function textAt(value: unknown, place: Place): string {
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
  const isDeep = depth > maxTextDepth;
  if (isList(value)) {
    if (isDeep) return '[…]';
    const items = Array.from({ length: Math.min(value.length, maxTextEntries) }, (_, at) =>
      textAt(read(value, at), inside),
    );
    if (value.length > maxTextEntries) items.push(`… ${value.length - maxTextEntries} more`);
    return `[${items.join(', ')}]`;
  }
  const { name, entries, more } = readEntries(value, maxTextEntries, (key) => valueText(key, left));
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
export function takeText(text: string, max: number, left: Allowance): string {
  const said = shorten(text, Math.min(max, left.characters));
  left.characters -= Math.min(said.length, left.characters);
  return said;
}
