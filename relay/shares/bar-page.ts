// The page around a share that has a bar: bar and, in a frame, the share. Nothing of the share is in its document (decision 0022).
import { frameMark, kitFolder, reportWords } from '../shared/bar.ts';
import { embedCode } from '../shared/manage/embed-code.ts';
import { escapeHtml } from '../shared/page.ts';

/** What the bar shows and offers. */
export interface BarPage {
  title: string;
  /** Address of the share. */
  url: string;
  publisher: string;
  download: boolean;
  /** Whether its address is of use to others. */
  isOpen: boolean;
  embedOrigins: string[];
  /** Markup of the head, for those who look at links. */
  head: string;
  /** Of the bar's script and style sheet. */
  fingerprint: string;
}

const icon = (path: string) =>
  `<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="${path}"/></svg>`;
const flag = icon('M6 21V4.5c4-2.5 8 2 12-.5v9c-4 2.5-8-2-12 .5');
const dots = icon('M5 12h.01M12 12h.01M19 12h.01');

export function barPage(page: BarPage): string {
  const title = escapeHtml(page.title);
  const own = (name: string) => `/${kitFolder}/${name}?v=${page.fingerprint}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
${page.head}<link rel="stylesheet" href="${own('bar.css')}">
<script src="${own('bar.js')}" defer></script>
</head>
<body>
<header class="bar">
<p class="what"><strong>${title}</strong>${page.publisher === '' ? '' : `<span class="by">by ${escapeHtml(page.publisher)}</span>`}</p>
<button type="button" data-open="report" aria-haspopup="dialog">${flag}<span>Report</span></button>
<button type="button" class="more" popovertarget="menu" aria-label="More">${dots}</button>
</header>
<div id="menu" popover>${menu(page)}</div>
<iframe id="page" title="${title}" allow="fullscreen; clipboard-write; autoplay"></iframe>
<noscript><iframe title="${title}" src="?${frameMark}"></iframe></noscript>
${reportDialog}
${page.isOpen ? qrDialog(page) : ''}${canEmbed(page) ? embedDialog(page) : ''}</body>
</html>
`;
}

const canEmbed = ({ embedOrigins, isOpen }: BarPage): boolean => isOpen && embedOrigins.length > 0;

function menu(page: BarPage): string {
  const items = [
    page.isOpen && '<button type="button" data-copy>Copy link</button>',
    page.isOpen && '<button type="button" data-open="qr" aria-haspopup="dialog">QR code</button>',
    canEmbed(page) &&
      '<button type="button" data-open="embed" aria-haspopup="dialog">Show in another site</button>',
    page.download && `<a href="/${kitFolder}/download.zip" download>Download zip</a>`,
    '<button type="button" data-hide>Hide this bar</button>',
  ];
  return items.filter(Boolean).join('\n');
}

const reasons = Object.entries(reportWords)
  .map(
    ([value, words]) =>
      `<label class="choice"><input type="radio" name="reason" value="${value}" required> ${words}</label>`,
  )
  .join('\n');

const reportDialog = `<dialog id="report" aria-labelledby="report-title"><form>
<h2 id="report-title">Report this page</h2>
<p>Whoever runs this server will see it. The publisher is not told who reported.</p>
<fieldset><legend>What is wrong with it?</legend>
${reasons}
</fieldset>
<label for="report-message">More, if you like</label>
<textarea id="report-message" name="message" rows="3" maxlength="2000"></textarea>
<p class="fault" role="alert"></p>
<p class="end"><button type="button" data-close>Cancel</button><button class="main">Send</button></p>
</form></dialog>`;

const qrDialog = ({ url }: BarPage) => `<dialog id="qr" aria-labelledby="qr-title"><form method="dialog">
<h2 id="qr-title">This page on another device</h2>
<img src="/${kitFolder}/qr.svg" alt="QR code of this page’s address" width="220" height="220" loading="lazy">
<p class="address">${escapeHtml(url)}</p>
<p class="end"><button>Close</button></p></form></dialog>
`;

const embedDialog = (
  page: BarPage,
) => `<dialog id="embed" aria-labelledby="embed-title"><form method="dialog">
<h2 id="embed-title">Show this page in another site</h2>
<label for="embed-code">Works at ${escapeHtml(page.embedOrigins.join(', '))}</label>
<textarea id="embed-code" rows="4" readonly>${escapeHtml(embedCode(page))}</textarea>
<p class="end"><button>Close</button></p></form></dialog>
`;
