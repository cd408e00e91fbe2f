// Addresses of esm.sh in a React artifact: modules there use the artifact's own React, for hooks and contexts of another one do not
// work in its components. The relay links what such modules ask the page for, the page imports them. Pure.

const hosts = new Set(['esm.sh', 'cdn.esm.sh']);
const family = ['react', 'react-dom'];
const reactItself =
  /^\/(?:(?:v\d+|stable)\/)?\*?(react|react-dom)(?:@[^/&]*)?(?:&[^/]*)?((?:\/[a-z][\w-]*(?:\.[\w-]+)?)?)\/?$/;

/** What an address means to a page with a React of its own. */
export type OwnReact =
  /** A module of that React. */
  | { specifier: string }
  /** A module that imports it, and how it is asked for. */
  | { url: string };

/** @returns undefined for addresses elsewhere */
export function ownReact(address: string): OwnReact | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (!hosts.has(url.hostname) || url.pathname.startsWith('/-/')) return undefined;
  const itself = reactItself.exec(url.pathname);
  if (itself) return { specifier: `${itself[1]}${itself[2]}` };
  const external = url.searchParams.getAll('external').flatMap((names) => names.split(','));
  const missing = family.filter((name) => !external.includes(name));
  if (missing.length > 0) url.searchParams.append('external', missing.join());
  return { url: url.href };
}
