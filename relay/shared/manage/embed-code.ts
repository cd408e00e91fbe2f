// The markup by which another site shows a share.
import { escapeHtml } from '../page.ts';

/** @param share its address, as visitors open it, and its title */
export function embedCode({ url, title }: { url: string; title: string }): string {
  return `<iframe src="${escapeHtml(url)}" title="${escapeHtml(title)}" width="100%" height="600" style="border:0" loading="lazy" allow="fullscreen; clipboard-write"></iframe>`;
}
