// The page of asked addresses, for the operator: what had no answer comes first, each with the rule that would give it one.
// Everything in it was chosen by artifacts, so everything is escaped; the page has no script.

import { type AskedAddress, isUnanswered } from '../../packages/cdn/rules/address-log.ts';
import { escapeHtml, renderPage } from '../../shared/page.ts';

const style = `
main{max-width:72rem;margin:0 auto}
a{color:inherit}
h2{margin:2rem 0 .25rem;font-size:1rem}
.wide{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:14px}
th{padding:.5rem 1rem .5rem 0;color:var(--soft);font-size:12px;font-weight:500;text-align:left;white-space:nowrap}
td{padding:.6rem 1rem .6rem 0;border-top:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
th:last-child,td:last-child{padding-right:0}
.number,.time{white-space:nowrap;font-variant-numeric:tabular-nums}
.number{text-align:right}
.time{color:var(--soft)}
td.address{min-width:16rem}
td p{margin:0 0 .4rem}
pre{margin:0;padding:.6rem .8rem;border-radius:8px;background:var(--back);font:12px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
`;

/** @param addresses as AddressLog lists them */
export function renderAddressesPage(addresses: readonly AskedAddress[]): string {
  const unanswered = addresses.filter(isUnanswered);
  const answered = addresses.filter((asked) => !isUnanswered(asked));
  const body = [
    `<p>${summarize(addresses.length, unanswered.length)} The relay counts from its start and keeps the last 2,000; as JSON: <a href="/addresses.json">/addresses.json</a>.</p>`,
    section(
      'Without an answer',
      ['Address', 'Why, and what helps', 'Asked', 'Last'],
      unanswered.map(missRow),
    ),
    section('Answered', ['Address', 'By', 'Asked', 'Last'], answered.map(hitRow)),
  ].join('\n');
  return renderPage({ title: 'Addresses that artifacts asked for', style, body });
}

function summarize(all: number, unanswered: number): string {
  if (all === 0) return 'No artifact has asked for a CDN address yet.';
  const counted = all === 1 ? '<strong>1</strong> address,' : `<strong>${all}</strong> addresses,`;
  return `${counted} <strong>${unanswered === 0 ? 'none' : unanswered}</strong> without an answer.`;
}

function section(title: string, head: string[], rows: string[]): string {
  if (rows.length === 0) return '';
  const cells = head.map((text, index) => `<th${index === 2 ? ' class="number"' : ''}>${text}</th>`);
  return `<h2>${title}</h2>
<div class="wide"><table>
<thead><tr>${cells.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>`;
}

function missRow(asked: AskedAddress): string {
  const { failure, status } = asked;
  const why = failure ? `${failure.message} ${failure.remedy}` : '';
  return row(
    asked,
    `<p>${escapeHtml(why)}</p><p><code>${status} ${escapeHtml(failure?.code ?? '')}</code></p>${suggestion(asked)}`,
  );
}

function hitRow(asked: AskedAddress): string {
  const why = asked.failure ? `<p>${escapeHtml(asked.failure.message)}</p>` : '';
  return row(asked, `<code>${escapeHtml(asked.answeredBy ?? '')}</code>${why}`);
}

function row({ address, count, lastAskedAt }: AskedAddress, answer: string): string {
  const last = lastAskedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC');
  return `<tr><td class="address"><code>${escapeHtml(address)}</code></td><td>${answer}</td><td class="number">${count}</td><td class="time"><time datetime="${lastAskedAt}">${last}</time></td></tr>`;
}

/** A rule to start from. What failed on the way to the registry needs no rule, and a clipped address makes none. */
function suggestion({ address, status }: AskedAddress): string {
  if (status >= 500 || address.endsWith('…')) return '';
  const match = address.split('?', 1)[0] ?? '';
  const file = match.slice(match.lastIndexOf('/') + 1) || 'index.js';
  return `<pre>${escapeHtml(`- match: ${match}\n  package: name@version\n  file: dist/${file}`)}</pre>`;
}
