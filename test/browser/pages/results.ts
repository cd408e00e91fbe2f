// The results table in docs/pages.md, written by a complete run with WRITE_RESULTS=1.
import { writeFile } from 'node:fs/promises';
import { listAddresses, type PageCase } from './page-case.ts';

/** Why a row does not show what it should, by its name; undefined: it works. */
export type Results = ReadonlyMap<string, string | undefined>;

/** The document's text. */
export function describeResults(groups: Record<string, PageCase[]>, results: Results): string {
  const all = Object.values(groups).flat();
  const works = all.filter(({ name }) => results.get(name) === undefined);
  const addresses = new Set(all.flatMap(listAddresses));
  const hosts = new Set([...addresses].map((address) => new URL(address).host));
  const sections = Object.entries(groups).map(([title, rows]) => {
    const lines = rows.map((row) => {
      const failure = results.get(row.name);
      const used = listAddresses(row).map((address) => `\`${address.slice('https://'.length)}\``);
      return `| ${cell(row.name)} | ${cell(used.join('<br>') || '–')} | ${failure === undefined ? 'works' : cell(`fails: ${failure}`)} |`;
    });
    return `## ${title}\n\n| what | addresses | result |\n| --- | --- | --- |\n${lines.join('\n')}\n`;
  });
  return `# Tested pages

Each row is an HTML artifact that \`npm run test:pages\` opens in Chromium through the kit, with the addresses that models write. It
passes when it shows something that only working libraries can show, none of its files failed, and no request went anywhere but to
the kit. ${works.length} of ${all.length} rows pass. They name ${addresses.size} addresses on ${hosts.size} hosts.

The test run writes this file (\`WRITE_RESULTS=1 npm run test:pages\`) from the rows in \`test/browser/pages/\`.

${sections.join('\n')}`;
}

export async function writeResults(
  file: string,
  groups: Record<string, PageCase[]>,
  results: Results,
): Promise<void> {
  await writeFile(file, describeResults(groups, results));
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
