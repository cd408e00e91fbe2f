// Which public CDN hosts the kit answers for, and where. Pure: shared by the service worker and the server, so both
// always agree on what is mirrored.

/** Hosts whose files the kit serves itself under `/-/cdn/<host>/…`. */
export const mirroredHosts = ['cdn.tailwindcss.com', 'cdn.jsdelivr.net', 'unpkg.com'] as const;

/** Where the mirror lives on the base host. */
export const mirrorPrefix = '/-/cdn/';

const hosts: ReadonlySet<string> = new Set(mirroredHosts);

/**
 * Translates a CDN address to the kit's own path.
 * @returns `/-/cdn/<host><pathname><search>`, or `undefined` if the kit does not mirror that host.
 */
export function mirrorPath(url: URL): string | undefined {
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  if (!isWeb || url.port !== '' || !hosts.has(url.hostname)) return undefined;
  return `${mirrorPrefix}${url.hostname}${url.pathname}${url.search}`;
}

/**
 * Translates a path of the mirror back to the CDN address it stands for; the inverse of {@link mirrorPath}.
 * @param url any URL whose path may lie under the mirror; only its path and query matter
 */
export function mirroredUrl(url: URL): URL | undefined {
  if (!url.pathname.startsWith(mirrorPrefix)) return undefined;
  const rest = url.pathname.slice(mirrorPrefix.length);
  const slash = rest.indexOf('/');
  if (slash < 0 || !hosts.has(rest.slice(0, slash))) return undefined;
  return new URL(`https://${rest}${url.search}`);
}
