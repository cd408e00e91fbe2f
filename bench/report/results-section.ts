// The generated part of a results page; the text around it is written by hand.
import { readFile, writeFile } from 'node:fs/promises';

const start = '<!-- results: written by `npm run bench` -->';
const end = '<!-- end of results -->';

/** Replaces the results in a page with `markdown`. @throws Error when the page has no place for them */
export async function writeResults(page: string, markdown: string): Promise<void> {
  const text = await readFile(page, 'utf8');
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${page} has lost the lines “${start}” and “${end}”.`);
  await writeFile(page, `${text.slice(0, from + start.length)}\n\n${markdown}\n\n${text.slice(to)}`);
}
