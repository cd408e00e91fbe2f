// What the value of a setting may look like. Each parser returns the value, or throws an Error whose message is the rule that was broken.
import { isIP } from 'node:net';
import { resolve } from 'node:path';

/** One setting: where it comes from, what it defaults to, and the rule a value has to meet. */
export interface Setting<T = unknown> {
  env: string;
  flag: string;
  /** Default as an operator would write it; an empty string means "none". */
  fallback: string;
  /** What a value looks like, for help and messages. */
  form: string;
  help: string;
  /** Whether its value is in no message. */
  isSecret?: boolean;
  /** Returns the parsed value, or throws an Error whose message is the rule that was broken. */
  parse: (text: string) => T;
}

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const source = /^(https?|wss?):\/\/(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:(\d{1,5}|\*))?(\/[\w./~%-]*)?$/i;

/** CSP sources (https://www.w3.org/TR/CSP3/#grammardef-source-list), of which a policy is put together: nothing else gets into it. */
export function parseSources(text: string): string[] {
  const sources = text.split(/[\s,]+/).filter(Boolean);
  const wrong = sources.find((item) => !source.test(item));
  if (wrong !== undefined)
    throw new Error(
      `“${wrong}” must be an origin such as https://api.example.com; * may stand for its first label`,
    );
  return sources;
}

export function parseHostname(text: string): string {
  const name = text.toLowerCase();
  const labels = name.split('.');
  if (/^[\d.]+$|^\[?[\da-f]*:[\da-f:.]+\]?$/.test(name))
    throw new Error('an IP address cannot carry preview ids; use a DNS name');
  if (labels.length < 2 || !labels.every((part) => label.test(part)) || name.length > 190)
    throw new Error('must be a DNS name of two labels or more, without scheme, port or path');
  // `<id>-` (up to 23 characters) is put in front of the first label, which DNS bounds at 63.
  if ((labels[0] as string).length > 40) throw new Error('its first label must have at most 40 characters');
  return name;
}

/** Host names, single labels among them. */
export function parseNames(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((name) => {
      if (name.length > 190 || !name.split('.').every((part) => label.test(part)))
        throw new Error(`“${name}” is not a name, such as relay, without scheme, port or path`);
      return name;
    });
}

/** SHA-256 in hexadecimal, or nothing. */
export function parseTokenHash(text: string): string {
  if (!/^([\da-f]{64})?$/i.test(text))
    throw new Error('must be a SHA-256 in 64 hexadecimal digits, never the token itself');
  return text.toLowerCase();
}

export function integer(min: number, max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max)
      throw new Error(`must be a whole number from ${min} to ${max}`);
    return value;
  };
}

export function oneOf<const T extends readonly string[]>(choices: T) {
  return (text: string): T[number] => {
    if (!choices.includes(text)) throw new Error(`must be one of ${choices.join(', ')}`);
    return text;
  };
}

export function parseBoolean(text: string): boolean {
  return oneOf(['true', 'false'] as const)(text) === 'true';
}

export function parseOrigins(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((item) => {
      const url = URL.canParse(item) ? new URL(item) : undefined;
      // Browser code compares whole origins, so a wildcard would let nobody in.
      const usable = url && /^https?:$/.test(url.protocol) && !url.hostname.includes('*');
      if (!usable || url.origin !== item.replace(/\/$/, ''))
        throw new Error(`“${item}” is not an origin; write scheme://host[:port] without a path`);
      return url.origin;
    });
}

const proxyNames = ['loopback', 'linklocal', 'uniquelocal'];

/** Addresses and networks in the form of Express's `trust proxy` (https://expressjs.com/en/guide/behind-proxies.html). */
export function parseProxies(text: string): string[] {
  const items = text.split(/[\s,]+/).filter((item) => item !== '' && item !== 'none');
  for (const item of items) {
    const [address = '', length, ...rest] = item.split('/');
    const bits = isIP(address) === 6 ? 128 : 32;
    const isNetwork =
      length === undefined || (/^\d{1,3}$/.test(length) && Number(length) >= 1 && Number(length) <= bits);
    if (!proxyNames.includes(item) && (isIP(address) === 0 || !isNetwork || rest.length > 0))
      throw new Error(
        `“${item}” is not an address, a network such as 10.0.0.0/8, or one of ${proxyNames.join(', ')}`,
      );
  }
  return items;
}

/** An address of the web, or nothing. */
export function parseAddress(text: string): string {
  if (text !== '' && !(URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)))
    throw new Error('must be an address that begins with http:// or https://');
  return text;
}

/** A PostgreSQL connection string (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS), or nothing. */
export function parseDatabase(text: string): string {
  const url = text !== '' && URL.canParse(text) ? new URL(text) : undefined;
  if (text !== '' && !/^postgres(ql)?:$/.test(url?.protocol ?? ''))
    throw new Error('must begin with postgres:// and name a host and a database');
  return text;
}

const hourMs = 3_600_000;

/** `3` and `3d` are days, `36h` hours; nothing is 0. */
export function parseAge(text: string): number {
  const match = /^(\d{1,5})(d|h)?$/.exec(text || '0');
  if (!match) throw new Error('must be a number of days or hours, such as 3, 3d or 36h');
  return Number(match[1]) * (match[2] === 'h' ? hourMs : 24 * hourMs);
}

/** An absolute path, from one that may be relative to the working folder. */
export const folder = (text: string): string => resolve(text);
