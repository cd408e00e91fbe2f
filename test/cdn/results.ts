// The table of docs/cdns.md, written by a run with WRITE_RESULTS=1.

/** How one address went. */
export interface Result {
  url: string;
  /** The bytes were compared with the npm package's or with a published integrity. */
  compared: boolean;
  /** Undefined: it resolves. */
  failure?: string;
}

/** The share of addresses that resolve, 0 to 1. */
export function shareOf(results: readonly Result[]): number {
  return results.filter(({ failure }) => failure === undefined).length / results.length;
}

/** The document's text. */
export function describeResults(dialects: ReadonlyMap<string, readonly Result[]>): string {
  const all = [...dialects.values()].flat();
  const row = (name: string, results: readonly Result[]): string => {
    const good = results.filter(({ failure }) => failure === undefined);
    const identical = good.filter(({ compared }) => compared);
    return `| ${name} | ${results.length} | ${good.length} | ${percent(shareOf(results))} | ${identical.length} |`;
  };
  const failures = all.filter(({ failure }) => failure !== undefined);
  return `# Tested CDN addresses

\`npm run test:cdn\` asks a relay for CDN addresses as models write them: several versions of the most used libraries, on every
host that the kit mirrors. An address resolves when the answer has the right media type and, where npm holds
the file or the CDN states its integrity, exactly those bytes. ${percent(shareOf(all))} of ${all.length} addresses resolve.

The test run writes this file (\`WRITE_RESULTS=1 npm run test:cdn\`); the rows are in \`test/cdn/addresses/\`.

| dialect | addresses | resolve | share | bytes compared |
| --- | --- | --- | --- | --- |
${[...dialects].map(([name, results]) => row(name, results)).join('\n')}
${row('all', all)}

The bytes of the other answers cannot be compared, because no package holds them: files that the CDN minifies or combines itself,
and addresses that mean the newest version.

## What does not resolve

| address | reason |
| --- | --- |
${failures.map(({ url, failure = '' }) => `| ${url} | ${failure.replaceAll('|', '\\|')} |`).join('\n')}
`;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
