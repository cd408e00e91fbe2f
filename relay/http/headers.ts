// Response headers of every surface, from one table. What each header is for: docs/security.md.
import { createHash } from 'node:crypto';
import { permissionsPolicy } from '../shared/permissions-policy.ts';

/** How long an answer may be kept, by meaning. */
export const lifetimes = {
  /** Content-addressed or versioned: never changes. */
  immutable: 'public, max-age=31536000, immutable',
  /** Pages: asked again each time, answered with 304. */
  revalidate: 'no-cache',
  /** Depends on what the registry holds now. */
  resolved: 'public, max-age=300, stale-while-revalidate=86400',
  never: 'no-store',
} as const;

const everywhere = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** Headers of files that every preview origin loads from the base host. */
export const sharedFileHeaders = {
  ...everywhere,
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Timing-Allow-Origin': '*',
};

/** Of files that browsers show as documents: at the base host, their scripts would run beside the shells of all previews. */
const documentHeaders = { 'Content-Security-Policy': 'sandbox' };

/** Headers of a file of others, at the base host. @param type its media type */
export function foreignFileHeaders(type: string): Record<string, string> {
  return /html|xml/i.test(type) ? { ...sharedFileHeaders, ...documentHeaders } : sharedFileHeaders;
}

/**
 * Headers of the shell page at the base host.
 * @param embedOrigins origins that may embed it
 * @param frameSource CSP source that covers every preview origin
 * @param scripts inline scripts of the page, allowed by hash
 */
export function shellHeaders(
  embedOrigins: string[],
  frameSource: string,
  scripts: string[],
): Record<string, string> {
  const hashes = scripts.map((s) => `'sha256-${createHash('sha256').update(s).digest('base64')}'`).join(' ');
  return {
    ...everywhere,
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': lifetimes.revalidate,
    'Content-Security-Policy': `default-src 'none'; script-src ${hashes}; style-src 'unsafe-inline'; connect-src 'self'; frame-src ${frameSource}; base-uri 'none'; form-action 'none'; ${frameAncestors(embedOrigins)}`,
    'Origin-Agent-Cluster': '?1',
    'Permissions-Policy': permissionsPolicy,
    'Cross-Origin-Resource-Policy': 'cross-origin',
  };
}

/**
 * Headers of pages on preview origins: the bundler's frame and the static relay.
 * @param ancestors origins that may embed it: the embedders, and the shell for nested frames
 * @param egress directives that limit what the page may reach; '' for none
 */
export function previewHeaders(ancestors: string[], egress = ''): Record<string, string> {
  const limits = egress === '' ? '' : `${egress}; `;
  return {
    ...everywhere,
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': lifetimes.revalidate,
    'Content-Security-Policy': `${limits}object-src 'none'; base-uri 'self'; ${frameAncestors(ancestors)}`,
    'Origin-Agent-Cluster': '?1',
    'Permissions-Policy': permissionsPolicy,
    'Cross-Origin-Resource-Policy': 'cross-origin',
  };
}

/**
 * Headers of service workers. No Content-Security-Policy: a worker's own policy would bind its fetches.
 * Browsers check a worker for updates on navigation; `no-cache` makes the check reach the relay (and be a 304).
 */
export const workerHeaders = {
  'Content-Type': 'text/javascript; charset=utf-8',
  'Cache-Control': lifetimes.revalidate,
  'Service-Worker-Allowed': '/',
  'X-Content-Type-Options': 'nosniff',
};

/** Headers of notices: error pages that may be looked at inside LibreChat's panel or in a tab. */
export const noticeHeaders = {
  ...everywhere,
  'Cache-Control': lifetimes.never,
  'Content-Security-Policy': `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`,
};

function frameAncestors(origins: string[]): string {
  return `frame-ancestors ${origins.length > 0 ? origins.join(' ') : "'none'"}`;
}
