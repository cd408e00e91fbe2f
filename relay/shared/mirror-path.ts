// Where the kit's copies of public CDNs are on the base host. Pure: the service worker and the server both go by it.

/** Where the mirror lives on the base host. */
export const mirrorPrefix = '/-/cdn/';

/**
 * The same for documents and workers that name the kit's address itself, because no service worker answers for them: in what is there,
 * modules and fonts are named likewise. */
export const innerPrefix = '/-/inner/';

/**
 * Translates a CDN address to the kit's own path.
 * @param mirrored hosts that are mirrored: those of the dialects, and an operator's own
 * @returns `/-/cdn/<host><pathname><search>`, or `undefined` if the kit does not mirror that host.
 */
export function mirrorPath(url: URL, mirrored: ReadonlySet<string>): string | undefined {
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  if (!isWeb || url.port !== '' || !mirrored.has(url.hostname)) return undefined;
  return `${mirrorPrefix}${url.hostname}${url.pathname}${url.search}`;
}

/**
 * Translates a path of the mirror back to the CDN address it stands for; the inverse of {@link mirrorPath}.
 * @param url any URL whose path may lie under the mirror; only its path and query matter
 */
export function mirroredUrl(url: URL, mirrored: ReadonlySet<string>): URL | undefined {
  if (!url.pathname.startsWith(mirrorPrefix)) return undefined;
  const rest = url.pathname.slice(mirrorPrefix.length);
  const slash = rest.indexOf('/');
  if (slash < 0 || !mirrored.has(rest.slice(0, slash))) return undefined;
  return new URL(`https://${rest}${url.search}`);
}
