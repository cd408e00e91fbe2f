// Sends the CDN addresses in a text to the kit's own copies, for documents and workers that no service worker answers for. Pure.
import type { InnerConfig } from '../../../shared/mirror-config.ts';
import { innerPrefix } from '../../../shared/mirror-path.ts';

/** Rewrites texts. */
export interface CdnText {
  /** Any text: an address, a script, a style sheet. */
  rewrite(text: string): string;
  /** HTML: attributes, scripts and styles; what a reader sees stays. */
  rewriteMarkup(html: string): string;
}

// The mark of a comment must not be in this file's text, which stands in a script: https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements
// Of scripts and styles the text too, up to the end tag; of what shows its text as it is, only the tag.
const tagBody = `(?:"[^"]*"|'[^']*'|[^'">])*`;
const markup = new RegExp(
  `<!-{2}[\\s\\S]*?(?:-->|$)|<(textarea|title|xmp)\\b${tagBody}>[\\s\\S]*?(?=</\\1|$)|<(script|style)\\b${tagBody}>[\\s\\S]*?(?=</\\2|$)|<[a-z]${tagBody}>?`,
  'gi',
);
const ownPolicy = /^<meta\s[^>]*content-security-policy/i;

/** See the head of this file. */
export function createCdnText({ base, hosts }: Pick<InnerConfig, 'base' | 'hosts'>): CdnText {
  if (hosts.length === 0) return { rewrite: (text) => text, rewriteMarkup: (html) => html };
  const names = hosts.map((host) => host.replaceAll('.', '\\.')).join('|');
  // Also as strings in scripts have it: `https:\/\/…`, or right after an escape such as \n. Not the end of another address.
  const address = new RegExp(
    `(^|\\\\[nrt]|[^\\w:/\\\\])(?:https?:)?\\\\?/\\\\?/(${names})(?::443|:80)?(?![\\w.:-])`,
    'gi',
  );
  const rewrite = (text: string) =>
    text.replace(
      address,
      (_all, before: string, host: string) => `${before}${base}${innerPrefix}${host.toLowerCase()}`,
    );
  return {
    rewrite,
    rewriteMarkup: (html) =>
      html.replace(markup, (part, shown: string | undefined) => {
        if (part.startsWith('<!') || shown !== undefined) return part;
        // A policy of the document's own allows hosts, not folders.
        return ownPolicy.test(part) ? part.replace(address, `$1${base}`) : rewrite(part);
      }),
  };
}

/** Puts `head` where the head of the document begins, on the line that is there. */
export function insertIntoHead(html: string, head: string): string {
  const at = /^(?:\s|<!-{2}[\s\S]*?-->)*(?:<!doctype[^>]*>)?/i.exec(html)?.[0].length ?? 0;
  return `${html.slice(0, at)}${head}${html.slice(at)}`;
}
