// Which surface a Host header asks for. Pure, and the only place where host names are taken apart.

/** What a Host header means to this relay; `authority` keeps the port, `baseAuthority` is the base host as the browser reaches it. */
export type HostClass =
  | { kind: 'base'; authority: string; baseAuthority: string }
  | { kind: 'preview'; id: string; authority: string; baseAuthority: string }
  /** In front of the base host like a preview, and no preview's: a share's name, or a sandbox's port. */
  | { kind: 'named'; name: string; authority: string; baseAuthority: string }
  /** The host of the API, where there is one. */
  | { kind: 'api'; authority: string }
  /** An IP literal or plain `localhost`: load balancers and health checks talk like this. */
  | { kind: 'probe' }
  | { kind: 'unknown' };

/** Letters and digits in front of `-<hostname>`: a preview id. Dashes are not allowed, so the first dash ends the id. */
const previewId = /^[a-z0-9]{8,40}$/;
/** With the base host's first label it has to fit into a DNS label, of 63 characters. */
const hostName = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const maxLabelLength = 63;
const port = /^\d{1,5}$/;
const ipLiteral = /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]+\]|localhost)$/;

/**
 * Classifies a request by its Host header.
 * @param header the raw Host header, e.g. `r4k…-preview.example.com:1580`
 * @param hostname the configured base host name, lower case
 * @param apiHostname the host name of the API, lower case; empty for none
 */
export function classifyHost(header: string | undefined, hostname: string, apiHostname = ''): HostClass {
  const authority = (header ?? '').toLowerCase();
  const parts = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(authority);
  if (!parts || (parts[2] !== undefined && !port.test(parts[2]))) return { kind: 'unknown' };
  const name = (parts[1] as string).replace(/\.$/, '');
  const suffix = parts[2] === undefined ? '' : `:${parts[2]}`;
  const baseAuthority = hostname + suffix;
  if (apiHostname !== '' && name === apiHostname) return { kind: 'api', authority };
  if (name === hostname) return { kind: 'base', authority, baseAuthority };
  if (name.endsWith(`-${hostname}`)) {
    const id = name.slice(0, -hostname.length - 1);
    const place = { authority: `${name}${suffix}`, baseAuthority };
    if (previewId.test(id)) return { kind: 'preview', id, ...place };
    const fits = name.indexOf('.') <= maxLabelLength;
    return fits && hostName.test(id) ? { kind: 'named', name: id, ...place } : { kind: 'unknown' };
  }
  return ipLiteral.test(name) ? { kind: 'probe' } : { kind: 'unknown' };
}
