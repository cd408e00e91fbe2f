// Where the kit's own copy of a CDN file lives, seen from a preview origin. Pure.
import { mirroredUrl, mirrorPath } from '../../shared/mirror-path.ts';

/**
 * The base origin of a preview origin: `https://abc123-preview.example.com` → `https://preview.example.com`. Ids contain no
 * dash, so the first dash of the host ends the id.
 * @returns `undefined` if the host carries no id.
 */
export function findBaseOrigin(origin: string): string | undefined {
  const { protocol, host } = new URL(origin);
  const dash = host.indexOf('-');
  return dash > 0 && dash < host.length - 1 ? `${protocol}//${host.slice(dash + 1)}` : undefined;
}

/**
 * The address at which the kit answers for `url`, or `undefined` if it leaves that host to the browser.
 * @param base origin of the base host
 */
export function findMirrorAddress(
  url: URL,
  base: string | undefined,
  hosts: ReadonlySet<string>,
): string | undefined {
  const path = base === undefined ? undefined : mirrorPath(url, hosts);
  return path === undefined ? undefined : `${base}${path}`;
}

/**
 * After the mirror redirected (`unpkg.com/react` → `unpkg.com/react@18.3.1/index.js`): the CDN address it ended at. The page has
 * to learn it, because a module's relative imports resolve against the address it came from.
 * @returns `undefined` if the mirror did not leave `requested`, or ended outside the mirror.
 */
export function findRedirectTarget(
  requested: URL,
  finalAddress: string,
  hosts: ReadonlySet<string>,
): string | undefined {
  const target = mirroredUrl(new URL(finalAddress), hosts);
  if (!target) return undefined;
  const same = mirrorPath(target, hosts) === mirrorPath(requested, hosts);
  return same ? undefined : target.href;
}
