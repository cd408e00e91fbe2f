// Addresses as rules name them: `https://cdn.example.com/libs/*`. Matching takes time in proportion to the address and no more,
// because artifacts choose the addresses; a regular expression with several wildcards would not hold to that.

/** A pattern, taken apart once. */
export interface AddressPattern {
  /** As it was written. */
  text: string;
  /** Lower case; patterns name one host. */
  host: string;
  /** The literal text between the wildcards, of the path or, when {@link withQuery}, of path and query. */
  parts: readonly string[];
  /** Whether the pattern says something about the query; otherwise any query fits. */
  withQuery: boolean;
}

/** How many wildcards a pattern may have: as many as `$1` to `$9` can name. */
const maxWildcards = 9;

/**
 * Reads a pattern; `*` stands for any text, slashes included.
 * @throws Error whose message is the rule that was broken
 */
export function parseAddressPattern(text: string): AddressPattern {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:\/\/[^/]/.test(text))
    throw new Error('must be an address such as https://cdn.example.com/libs/*');
  if (url.hostname.includes('*')) throw new Error('must name its host without *; write a rule for each host');
  if (url.port !== '' || url.username !== '' || url.password !== '' || url.hash !== '')
    throw new Error('must have no port, no user and no fragment');
  const withQuery = url.search !== '';
  const parts = joinQuery(decode(url.pathname), withQuery ? url.searchParams : undefined).split('*');
  if (parts.length > maxWildcards + 1) throw new Error(`must have at most ${maxWildcards} wildcards`);
  return { text, host: url.hostname, parts, withQuery };
}

/**
 * What the wildcards stand for; each as little as it can, but the last.
 * @param path decoded, with a leading slash
 * @returns undefined when the address does not fit
 */
export function matchAddress(
  { parts, withQuery }: Pick<AddressPattern, 'parts' | 'withQuery'>,
  path: string,
  search: URLSearchParams,
): string[] | undefined {
  const text = joinQuery(path, withQuery ? search : undefined);
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text === first ? [] : undefined;
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last)) return undefined;
  const captures: string[] = [];
  let from = first.length;
  for (const part of others) {
    const at = text.indexOf(part, from);
    if (at < 0) return undefined;
    captures.push(text.slice(from, at));
    from = at + part.length;
  }
  return from > end ? undefined : [...captures, text.slice(from, end)];
}

/** Puts what the wildcards stand for in the places of `$1` to `$9`. */
export function fillIn(template: string, captures: readonly string[]): string {
  return template.replace(/\$([1-9])/g, (_, digit) => captures[Number(digit) - 1] ?? '');
}

/** The highest wildcard that a template names; 0 when it names none. */
export function highestReference(template: string): number {
  return Math.max(0, ...[...template.matchAll(/\$([1-9])/g)].map(([, digit]) => Number(digit)));
}

/** Queries are compared in the form that `URLSearchParams` gives them, which leaves `*` alone. */
function joinQuery(path: string, search: URLSearchParams | undefined): string {
  return search === undefined || search.size === 0 ? path : `${path}?${search}`;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new Error('must be valid percent-encoding');
  }
}
