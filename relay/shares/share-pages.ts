// What is published, as the files that a browser will ask for. Documents stay as they were written: what the kit adds to a page is added
// when it is shown. Pure, but for components, which are compiled.
import { mediaType } from '../packages/base/media-type.ts';
import { markdownPage, mermaidPage, svgPage } from '../shared/static-page.ts';
import { readArchive, type ShareLimits, ShareRefused } from './share-archive.ts';
import { type ShareFile, sharePath } from './share-files.ts';
import type { ShareContent } from './share-request.ts';

/** Files, and which of them the share's address shows. */
export interface SharePages {
  files: ShareFile[];
  entry: string;
}

type ReactContent = Extract<ShareContent, { type: 'react' }>;

/** Makes a page of a component, with a title. @throws ShareRefused naming what does not compile */
export type ReactPageMaker = (content: ReactContent, title: string) => Promise<SharePages>;

/** LibreChat's client has every HTML artifact load it. */
const tailwindScript = '<script src="https://cdn.tailwindcss.com/3.4.17"></script>';
const indexFile = '/index.html';

/** @throws ShareRefused; the message is for whoever publishes */
export async function makePages(
  content: ShareContent,
  { limits, makeReactPage, title }: { limits: ShareLimits; makeReactPage: ReactPageMaker; title: string },
): Promise<SharePages> {
  const pages = await pagesOf(content, limits, (component) => makeReactPage(component, title));
  const bytes = pages.files.reduce((sum, file) => sum + file.content.length, 0);
  if (bytes > limits.maxBytes)
    throw new ShareRefused(`The page has ${bytes} bytes, and may have ${limits.maxBytes}.`);
  if (pages.files.length > limits.maxFiles)
    throw new ShareRefused(`The page has ${pages.files.length} files, and may have ${limits.maxFiles}.`);
  return pages;
}

async function pagesOf(
  content: ShareContent,
  limits: ShareLimits,
  makeReactPage: (content: ReactContent) => Promise<SharePages>,
): Promise<SharePages> {
  switch (content.type) {
    case 'html':
      return onePage(withTailwind(content.content));
    case 'svg':
      return onePage(svgPage(content.content));
    case 'markdown':
      return onePage(markdownPage(content.content));
    case 'mermaid':
      return onePage(mermaidPage(content.content));
    case 'react':
      return makeReactPage(content);
    case 'files':
      return site(plainFiles(content.files), content.entry);
    case 'zip':
      return site(await readArchive(Buffer.from(content.base64, 'base64'), limits), content.entry);
  }
}

function onePage(html: string): SharePages {
  return {
    files: [{ path: indexFile, type: mediaType(indexFile), content: Buffer.from(html) }],
    entry: indexFile,
  };
}

/** In front of everything but the doctype, so that the parser puts it into the head. */
function withTailwind(html: string): string {
  if (html.includes('cdn.tailwindcss.com') || html.includes('@tailwindcss/browser')) return html;
  const end = /^\uFEFF?(?:\s|<!--[\s\S]*?-->)*(?:<!doctype[^>]*>)?/i.exec(html)?.[0].length ?? 0;
  return html.slice(0, end) + tailwindScript + html.slice(end);
}

function plainFiles(given: Extract<ShareContent, { type: 'files' }>['files']): ShareFile[] {
  const files = new Map<string, ShareFile>();
  for (const [name, value] of Object.entries(given)) {
    const path = sharePath(name);
    if (path === undefined)
      throw new ShareRefused(
        `“${name}” is no path of a file: use names such as index.html or images/chart.png.`,
      );
    if (files.has(path)) throw new ShareRefused(`The file “${path}” is there twice.`);
    const content = typeof value === 'string' ? Buffer.from(value) : Buffer.from(value.base64, 'base64');
    files.set(path, { path, type: mediaType(path), content });
  }
  return [...files.values()];
}

function site(files: ShareFile[], asked: string | undefined): SharePages {
  const paths = files.map(({ path }) => path);
  if (asked !== undefined) {
    const entry = sharePath(asked);
    if (entry !== undefined && paths.includes(entry)) return { files, entry };
    throw new ShareRefused(`There is no file “${asked}” to begin with; there are ${list(paths)}.`);
  }
  const pages = paths.filter((path) => /^\/[^/]+\.html?$/i.test(path));
  const entry = paths.includes(indexFile) ? indexFile : pages.length === 1 ? pages[0] : undefined;
  if (entry !== undefined) return { files, entry };
  throw new ShareRefused(
    `There is no index.html among ${list(paths)}: add one, or name the file to begin with as “entry”.`,
  );
}

function list(paths: string[]): string {
  const shown = paths.slice(0, 10).join(', ');
  return paths.length > 10 ? `${shown} and ${paths.length - 10} more` : shown;
}
