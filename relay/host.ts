// Which surface a Host header asks for. Pure, and the only place where host names are taken apart.

/** What a Host header means to this relay; `authority` keeps the port, `baseAuthority` is the base host as the browser reaches it. */
export type HostClass =
  | { kind: 'base'; authority: string; baseAuthority: string }
  | { kind: 'preview'; id: string; authority: string; baseAuthority: string }
  /** In front of the base host like a preview, and no preview's: a share's name, or a sandbox's port. */
  | { kind: 'named'; name: string; authority: string; baseAuthority: string }
  /** A name beside the base host's: a domain of the operator's own, if it is registered, or nobody's. */
  | { kind: 'foreign'; domain: string; authority: string; baseAuthority: string }
  /** A host of the API, where there is one. */
  | { kind: 'api'; authority: string }
  /** An IP literal or plain `localhost`: load balancers and health checks talk like this. */
  | { kind: 'probe' }
  | { kind: 'unknown' };

/** Letters and digits in front of `-<hostname>`: a preview id. Dashes are not allowed, so the first dash ends the id. */
const previewId = /^[a-z0-9]{8,40}$/;
/** With the base host's first label it has to fit into a DNS label, of 63 characters. */
const hostName = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const maxLabelLength = 63;
/** Two labels or more, the last one no number. */
const dnsName = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/;
const maxNameLength = 253;
const port = /^\d{1,5}$/;
const ipLiteral = /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]+\]|localhost)$/;

/**
 * Classifies a request by its Host header.
 * @param header the raw Host header, e.g. `r4k…-preview.example.com:1580`
 * @param hostname the configured base host name, lower case
 * @param apiHostnames host names of the API, lower case
 */
export function classifyHost(
  header: string | undefined,
  hostname: string,
  apiHostnames: readonly string[] = [],
): HostClass {
  const authority = (header ?? '').toLowerCase();
  const parts = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(authority);
  if (!parts || (parts[2] !== undefined && !port.test(parts[2]))) return { kind: 'unknown' };
  const name = (parts[1] as string).replace(/\.$/, '');
  const suffix = parts[2] === undefined ? '' : `:${parts[2]}`;
  const baseAuthority = hostname + suffix;
  if (apiHostnames.includes(name)) return { kind: 'api', authority };
  if (name === hostname) return { kind: 'base', authority, baseAuthority };
  if (name.endsWith(`-${hostname}`)) {
    const id = name.slice(0, -hostname.length - 1);
    const place = { authority: `${name}${suffix}`, baseAuthority };
    if (previewId.test(id)) return { kind: 'preview', id, ...place };
    const fits = name.indexOf('.') <= maxLabelLength;
    return fits && hostName.test(id) ? { kind: 'named', name: id, ...place } : { kind: 'unknown' };
  }
  if (ipLiteral.test(name)) return { kind: 'probe' };
  const isForeign = name.length <= maxNameLength && dnsName.test(name) && !name.endsWith(`.${hostname}`);
  return isForeign
    ? { kind: 'foreign', domain: name, authority: `${name}${suffix}`, baseAuthority }
    : { kind: 'unknown' };
}
