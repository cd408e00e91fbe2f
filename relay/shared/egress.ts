// What an artifact's page may reach, as a content policy that the browser enforces. Pure: the server sends it with the frame,
// the service worker with the documents that it answers itself.

/** An operator's rules for what leaves a preview. */
export interface Egress {
  /** `mirror`: the kit, its copies of CDNs, and what is allowed; `none`: the kit only; `open`: anything. */
  mode: 'mirror' | 'open' | 'none';
  /** CSP sources beside them, e.g. `https://api.example.com`. */
  allow: readonly string[];
  /** Hosts whose addresses never leave: the service worker answers them with the kit's copies. */
  mirroredHosts: readonly string[];
}

/** What works without leaving the page. Artifacts are code that was written a moment ago: nothing of it has a hash or a nonce. */
const inside = "'self' data: blob: 'unsafe-inline' 'unsafe-eval'";

/** How the policy begins that {@link egressDirectives} makes: an artifact may have one of its own, in a `meta` element. */
export const policyStart = `default-src ${inside} `;

/**
 * The directives that limit where a page may go; '' when nothing is limited.
 * https://www.w3.org/TR/CSP3/#directives-fetch
 * @param base origin or authority of the base host
 * @param plugins whether `object` and `embed` may show what is within the page
 */
export function egressDirectives(
  { mode, allow, mirroredHosts }: Egress,
  base: string,
  { plugins = false } = {},
): string {
  if (mode === 'open') return '';
  const allowed = mode === 'mirror' ? allow : [];
  const mirrored = mode === 'mirror' ? mirroredHosts : [];
  const directives = [`default-src ${[inside, base, ...mirrored, ...allowed].join(' ')}`];
  if (mirrored.length > 0) {
    // What the service worker never sees: documents at a CDN's address, and what documents and workers at `data:` and `blob:`
    // addresses ask for. Those the page shows in another form (relay/browser/mirror/inner).
    const unanswered = ["'self'", base, ...allowed].join(' ');
    directives.push(`frame-src ${unanswered}`, `worker-src blob: ${unanswered}`);
    if (plugins) directives.push(`object-src data: blob: ${unanswered}`);
  }
  return [...directives, `form-action ${["'self'", base, ...allowed].join(' ')}`].join('; ');
}

/**
 * The directives for documents and workers in a page that its service worker does not answer for.
 * @param origin of the page
 */
export function innerDirectives(egress: Egress, base: string, origin: string): string {
  const allow = [origin, ...egress.allow];
  return egressDirectives({ ...egress, allow, mirroredHosts: [] }, base);
}

/**
 * Says why the browser refused an address, and which setting would allow it.
 * @param blocked `blockedURI` of the event: an address, or a keyword such as `inline`
 * @param isOurs whether it is the policy of {@link egressDirectives} that forbids it
 */
export function explainBlocked({ mode }: Pick<Egress, 'mode'>, blocked: string, isOurs: boolean): string {
  if (!isOurs) return `${blocked} is blocked by a content policy of the artifact’s own.`;
  const { protocol = '', host = '' } = URL.canParse(blocked) ? new URL(blocked) : {};
  const remedy =
    mode === 'none'
      ? 'The preview server allows nothing outside (EGRESS=none).'
      : `The preview server’s administrator can allow it with EGRESS_ALLOW=${protocol}//${host}`;
  return host === ''
    ? `${blocked} is blocked by this preview’s content policy.`
    : `${blocked} is blocked: previews may only reach what the preview server answers itself. ${remedy}`;
}
