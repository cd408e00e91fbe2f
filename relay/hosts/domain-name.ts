// Names that an operator may give a host besides its own: any DNS name but the kit's and LibreChat's. Pure.
import { domainToASCII } from 'node:url';

/** Names that mean something else already. */
export interface KnownNames {
  /** The base host. */
  hostname: string;
  /** Those of the API. */
  apiHostnames: readonly string[];
  /** LibreChat's, and other pages that show previews. */
  embedOrigins: readonly string[];
}

/** A name that cannot be a host's domain; the message says why. */
export class DomainRefused extends Error {
  override name = 'DomainRefused';
}

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const maxLength = 253;

/**
 * @param text as it was given; letters beyond ASCII become punycode (RFC 3492), as browsers ask for them
 * @throws DomainRefused
 */
export function readDomain(text: string, known: KnownNames): string {
  const refuse = (why: string) =>
    new DomainRefused(`The domain “${text.slice(0, 260)}” cannot be used: ${why}.`);
  const given = text.trim().replace(/\.$/, '');
  if (/[/:@?#\s]/.test(given)) throw refuse('write the name alone, without scheme, port or path');
  if (given.includes('*')) throw refuse('a wildcard is no single address; name each domain');
  const name = domainToASCII(given);
  const labels = name.split('.');
  if (/^[\d.]+$/.test(name)) throw refuse('it is an IP address; use a DNS name');
  if (labels.length < 2 || name.length > maxLength || !labels.every((part) => label.test(part)))
    throw refuse('it must be a DNS name of two labels or more, such as demo.example.org');
  const { hostname } = known;
  if (name === hostname || name.endsWith(`-${hostname}`) || name.endsWith(`.${hostname}`))
    throw refuse(`names of ${hostname} are the relay’s own`);
  if (known.apiHostnames.includes(name)) throw refuse('the API is there');
  const embedder = known.embedOrigins.find((origin) => new URL(origin).hostname === name);
  if (embedder !== undefined)
    throw refuse(`${embedder} shows previews: a page there would be on LibreChat’s own origin`);
  return name;
}
