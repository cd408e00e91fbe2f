// The results table in docs/packages.md, written by a complete run with WRITE_RESULTS=1.
import { writeFile } from 'node:fs/promises';
import type { PackageCase } from './package-case.ts';

/** How one row went. */
export interface Result {
  /** Version by package, as resolved in this run. */
  versions: Record<string, string>;
  /** Undefined: it works. */
  failure?: string;
}

/** The document's text. */
export function describeResults(
  groups: Record<string, PackageCase[]>,
  results: ReadonlyMap<string, Result>,
): string {
  const all = Object.values(groups).flat();
  const works = all.filter(({ name }) => results.get(name)?.failure === undefined);
  const names = (rows: PackageCase[]) =>
    new Set(rows.flatMap(({ dependencies }) => Object.keys(dependencies)));
  const sections = Object.entries(groups).map(([title, rows]) => {
    const lines = rows.map((row) => {
      const { versions = {}, failure } = results.get(row.name) ?? {};
      const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
      const reason = row.cannot ?? failure;
      return `| ${cell(row.name)} | ${cell(packages.join(', ') || '–')} | ${reason === undefined ? 'works' : cell(`fails: ${reason}`)} |`;
    });
    return `## ${title}\n\n| what | packages | result |\n| --- | --- | --- |\n${lines.join('\n')}\n`;
  });
  return `# Tested packages

Each row is a small React 18 artifact that \`npm run test:packages\` renders in Chromium through the kit. It passes when it
shows something that only a working package can show: a computed text, a drawn chart, an applied style. ${works.length} of ${all.length}
rows pass. They use ${names(works).size} packages by name, and whatever those depend on.

The test run writes this file (\`WRITE_RESULTS=1 npm run test:packages\`). The ranges are in \`test/browser/packages/\`; the versions
here are those that the last run resolved.

${sections.join('\n')}`;
}

export async function writeResults(
  file: string,
  groups: Record<string, PackageCase[]>,
  results: ReadonlyMap<string, Result>,
): Promise<void> {
  await writeFile(file, describeResults(groups, results));
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
