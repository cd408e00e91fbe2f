// A share's HTML as it is shown: CDN addresses are the kit's from the first byte on, because no service worker is there before the first
// visit. The script for inner documents (decision 0021) sees to what scripts ask for later.
import { insertIntoHead } from '../browser/mirror/inner/cdn-text.ts';
import { InnerTexts, innerCall, readData } from '../browser/mirror/inner/inner-texts.ts';
import { frameMark } from '../shared/bar.ts';
import { type Egress, egressDirectives } from '../shared/egress.ts';
import { innerConfigOf } from '../shared/mirror-config.ts';
import { permissionsPolicy } from '../shared/permissions-policy.ts';
import { type ShareCard, shareHead } from './share-head.ts';
import type { ShareSettings } from './share-service.ts';

/** Where a share is shown, and what the operator allows. */
export interface ShareSurroundings {
  /** Origin of the base host, e.g. `https://preview.example.com`. */
  base: string;
  /** Origin of the share. */
  origin: string;
  /** The operator's rules; of `allow`, a share gets what its publisher asked for. */
  egress: Egress;
  /** Text of the built script. */
  innerScript: string;
  /** Whether the operator lets shares have a bar. */
  hasBars?: boolean;
  /** Whether pictures of shares are taken. */
  hasPictures?: boolean;
}

/** Below a bar, the page's address is made what the visitor knows before anything of the page runs. */
const withoutMark = `<script data-preview-kit>if(location.search.includes(${JSON.stringify(frameMark)}))history.replaceState(history.state,'',location.pathname+location.search.replace(/[?&]${frameMark}(?=&|$)/,'').replace(/^&/,'?')+location.hash)</script>`;

/**
 * Renders an HTML file of a share.
 * @param html as it was published
 * @param card what links to this file show of it elsewhere
 */
export function renderDocument(
  html: string,
  settings: ShareSettings,
  around: ShareSurroundings,
  card?: ShareCard,
): string {
  const head =
    (settings.bar && around.hasBars ? withoutMark : '') + (card === undefined ? '' : shareHead(card, html));
  const shown = rewrite(html, settings, around);
  // In front of the long script: whoever shows links reads the first kilobytes only.
  return head === '' ? shown : insertIntoHead(shown, head);
}

function rewrite(html: string, settings: ShareSettings, around: ShareSurroundings): string {
  const inner = innerConfigOf(egressOf(settings, around), around.base, around.origin);
  if (!inner) return html;
  // On one line: what follows keeps its line numbers.
  const script = innerCall(around.innerScript.replaceAll('\n', ' '), inner);
  return new InnerTexts(inner, script, readData).document(html, true);
}

/** Headers of every file of a share but its media type and lifetime. */
export function shareHeaders(
  settings: ShareSettings,
  isPublic: boolean,
  around: ShareSurroundings,
): Record<string, string> {
  const egress = egressOf(settings, around);
  // No host but the kit's own: CDN addresses were rewritten.
  const limits = egressDirectives({ ...egress, mirroredHosts: [] }, around.base, { plugins: true });
  const ancestors = ["'self'", ...settings.embedOrigins].join(' ');
  return {
    'Content-Security-Policy': `${limits === '' ? '' : `${limits}; `}base-uri 'self'; frame-ancestors ${ancestors}`,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Permissions-Policy': permissionsPolicy,
    'Origin-Agent-Cluster': '?1',
    'Cross-Origin-Resource-Policy': settings.embedOrigins.length > 0 ? 'cross-origin' : 'same-origin',
    ...(!(isPublic && settings.index) && { 'X-Robots-Tag': 'noindex, nofollow' }),
  };
}

/** What a share may reach: what its publisher asked for, as far as the operator allows that. */
function egressOf(settings: ShareSettings, { egress }: ShareSurroundings): Egress {
  const allow =
    egress.mode === 'open'
      ? settings.egress
      : settings.egress.filter((origin) => covers(egress.allow, origin));
  return { ...egress, mode: egress.mode === 'open' ? 'mirror' : egress.mode, allow };
}

/** Whether one of an operator's CSP sources allows an origin. https://www.w3.org/TR/CSP3/#match-url-to-source-list */
function covers(sources: readonly string[], origin: string): boolean {
  const wanted = origin.toLowerCase();
  return sources.some((source) => {
    const text = source.toLowerCase().replace(/\/$/, '');
    const [scheme, host = ''] = text.split('://');
    if (!host.startsWith('*.')) return text === wanted;
    const [wantedScheme, wantedHost = ''] = wanted.split('://');
    return scheme === wantedScheme && wantedHost.endsWith(host.slice(1));
  });
}
