// What links to a public share show of it elsewhere: Open Graph (https://ogp.me/) and where its oEmbed answer is.
import { kitFolder } from '../shared/bar.ts';
import { escapeHtml } from '../shared/page.ts';

/** What is known of a share for that. */
export interface ShareCard {
  title: string;
  /** Its address. */
  url: string;
  publisher: string;
  /** Where its picture is; undefined where none is made. */
  picture: string | undefined;
}

export const oembedPath = '/-/oembed';
/** Of pictures, in pixels: what most networks ask for. */
export const pictureSize = { width: 1200, height: 630 };

/** @param version id of the one that is shown: a new one has another picture */
export function pictureAddress(url: string, version: string): string {
  return `${url}${kitFolder}/picture.png?v=${version}`;
}

/** Markup for a document's head, one line for each. @param html the document: what it says of itself stays as it is */
export function shareHead({ title, url, publisher, picture }: ShareCard, html = ''): string {
  const oembed = `${url.replace(/\/$/, '')}${oembedPath}?${new URLSearchParams({ url })}`;
  const discovery = `<link rel="alternate" type="application/json+oembed" href="${escapeHtml(oembed)}" title="${escapeHtml(title)}">`;
  if (/property\s*=\s*["']?og:title/i.test(html)) return discovery;
  const description = /<meta\s[^>]*name\s*=\s*["']?description["'\s][^>]*>/i.exec(html)?.[0];
  const told = /content\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(description ?? '');
  const meta = (property: string, content: string | number | undefined) =>
    content === undefined || content === ''
      ? ''
      : `<meta property="${property}" content="${escapeHtml(String(content))}">`;
  return [
    meta('og:type', 'website'),
    meta('og:title', title),
    meta('og:url', url),
    told
      ? `<meta property="og:description" content="${(told[1] ?? told[2] ?? '').replace(/"/g, '&quot;').replace(/</g, '&lt;')}">`
      : meta('og:description', publisher && `Published by ${publisher}`),
    meta('og:image', picture),
    picture === undefined ? '' : meta('og:image:width', pictureSize.width),
    picture === undefined ? '' : meta('og:image:height', pictureSize.height),
    `<meta name="twitter:card" content="${picture === undefined ? 'summary' : 'summary_large_image'}">`,
    discovery,
  ].join('');
}
