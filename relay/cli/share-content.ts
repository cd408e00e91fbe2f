// What `npm run share` publishes, read from this machine's files.
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';
import { UsageError } from '../flags.ts';
import type { ShareContent } from '../shares/share-request.ts';

const types: Record<string, 'html' | 'svg' | 'markdown' | 'mermaid'> = {
  '.html': 'html',
  '.htm': 'html',
  '.svg': 'svg',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
};

/** One document, one archive, or a site of files. @throws UsageError for what is no page */
export async function readContent(paths: string[], entry: string | undefined): Promise<ShareContent> {
  const [only] = paths;
  const found = await Promise.all(paths.map(async (path) => ({ path, isFolder: await isFolder(path) })));
  if (paths.length === 0 || only === undefined) throw new UsageError('Name the files to publish.');
  if (paths.length === 1 && !found[0]?.isFolder) {
    const type = types[extname(only).toLowerCase()];
    if (/\.[jt]sx$/i.test(only)) return { type: 'react', content: await readFile(only, 'utf8') };
    if (type) return { type, content: await readFile(only, 'utf8') };
    if (extname(only).toLowerCase() === '.zip')
      return {
        type: 'zip',
        base64: (await readFile(only)).toString('base64'),
        ...(entry !== undefined && { entry }),
      };
    throw new UsageError(
      `${only} is no page: publish a React component (.tsx), HTML, SVG, Markdown, Mermaid, a zip archive or a folder.`,
    );
  }
  const files: Record<string, { base64: string }> = {};
  for (const { path, isFolder: isWhole } of found)
    for (const file of isWhole ? await filesBelow(path) : [path]) {
      const name = isWhole ? relative(path, file).split(sep).join('/') : basename(file);
      files[name] = { base64: (await readFile(file)).toString('base64') };
    }
  return { type: 'files', files, ...(entry !== undefined && { entry }) };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    throw new UsageError(`There is no file ${path}, and “${path}” is no command.`);
  }
}

/** Plain files only: a link in a folder may lead anywhere. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter(
      (entry) =>
        entry.isFile() &&
        !`${sep}${relative(folder, entry.parentPath)}${sep}${entry.name}`.includes(`${sep}.`),
    )
    .map((entry) => join(entry.parentPath, entry.name));
}
