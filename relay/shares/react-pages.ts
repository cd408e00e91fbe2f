// Makes a page of a component: compiled and linked as for a preview, once, when it is published. Everything it needs is among its files, so
// that it opens without the bundler, without a registry, and with the same packages for ever.
import { createHash } from 'node:crypto';
import type { NativeAnswers } from '../native/native-answers.ts';
import { PackageError } from '../packages/base/package-error.ts';
import type { NativeAnswer, NativeFile } from '../shared/native.ts';
import { escapeHtml } from '../shared/page.ts';
import type { SharedPage } from '../shared/shared-page.ts';
import { artifactDependencies } from '../shared/standard-sets.ts';
import { ShareRefused } from './share-archive.ts';
import type { ShareFile } from './share-files.ts';
import type { ReactPageMaker } from './share-pages.ts';

export interface ReactPagesParts {
  answers: NativeAnswers;
  /** The text of a pack, by its name. */
  readPack(name: string): Promise<Buffer | undefined>;
  /** Text of the built script that runs in the page. */
  pageScript: string;
  /** Text of the built script that runs files in workers. */
  workerScript: string;
  /** What LibreChat gives to every component, by absolute path. */
  libreChatFiles: Readonly<Record<string, string>>;
}

const folder = '/assets';
const script = 'text/javascript; charset=utf-8';
const react = { react: '^18.0.0', 'react-dom': '^18.0.0' };
/** As Sandpack's template `react-ts` has it. */
const entryFiles = {
  '/index.tsx': `import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import App from './App';
createRoot(document.getElementById('root')).render(<StrictMode><App /></StrictMode>);
`,
};
const bodyStyle =
  'body{font-family:sans-serif;-webkit-font-smoothing:auto;text-rendering:optimizeLegibility}';

/** @returns a maker of pages. What it throws is for whoever publishes */
export function createReactPages(parts: ReactPagesParts): ReactPageMaker {
  return async (content, title) => {
    const own = Object.fromEntries(
      Object.entries(content.files ?? {}).map(([path, text]) => [`/${path.replace(/^\.?\//, '')}`, text]),
    );
    const dependencies = { ...artifactDependencies, ...react, ...content.dependencies };
    const files = {
      ...entryFiles,
      ...parts.libreChatFiles,
      '/App.tsx': content.content,
      ...own,
      '/package.json': JSON.stringify({ main: '/index.tsx', dependencies }),
    };
    const imports = Object.keys(own).filter((path) => /\.[cm]?[jt]sx?$|\.(css|json)$/.test(path));
    const answer = await parts.answers.answer({ files, imports, tailwind: true }).catch((error) => {
      throw error instanceof PackageError ? new ShareRefused(error.message) : error;
    });
    refuseFaults(answer);
    const css = answer.styles === undefined ? '' : await stylesOf(parts.answers, answer.styles);
    const packs = await Promise.all(answer.packages.packs.map(({ path }) => packFile(parts, path)));
    const run = scriptFile('run', parts.pageScript);
    const html = files['/public/index.html' as keyof typeof files] as string | undefined;
    const worker = startsWorkers(answer) ? scriptFile('worker', parts.workerScript) : undefined;
    const told: SharedPage = {
      answer: pick(answer),
      title,
      ...(worker && { worker: { script: worker.path, packs: packs.map(({ path }) => path) } }),
      hasTailwind: css !== '',
      ...(html !== undefined && { html }),
    };
    const app = scriptFile('app', `previewKitPage(${JSON.stringify(told)});`);
    const all = [run, ...packs, app];
    const index: ShareFile = {
      path: '/index.html',
      type: 'text/html; charset=utf-8',
      content: Buffer.from(indexPage(title, css, all)),
    };
    return { files: [index, ...all, ...(worker ? [worker] : [])], entry: index.path };
  };
}

/** @throws ShareRefused for what a preview would show as an error */
function refuseFaults({ problems, bundlerOnly, files, packages }: NativeAnswer): void {
  const [problem] = problems;
  if (problem)
    throw new ShareRefused(`${problem.path}: ${problem.message} (${problem.line}:${problem.column})`);
  if (bundlerOnly !== undefined)
    throw new ShareRefused(`This component cannot be published: ${bundlerOnly}, which needs the bundler.`);
  for (const [path, { imports, targets }] of Object.entries(files))
    for (const specifier of imports) {
      const target = targets[specifier];
      if (target && 'missing' in target) throw new ShareRefused(`${path}: ${target.missing}`);
    }
  if (packages.fallbacks.length > 0)
    throw new ShareRefused(`${packages.fallbacks.join(', ')} cannot be published with a page.`);
}

/** Whether code of its own may start one: the script for them is no small thing to keep for nothing. */
const startsWorkers = ({ files }: NativeAnswer): boolean =>
  Object.values(files).some(({ code }) => /\bWorker\b/.test(code));

async function stylesOf(answers: NativeAnswers, path: string): Promise<string> {
  const name = /([^/]+)\.css$/.exec(path)?.[1] ?? '';
  return (await answers.styles(name)) ?? '';
}

async function packFile({ readPack }: ReactPagesParts, path: string): Promise<ShareFile> {
  const name = /([^/]+)\.js$/.exec(path)?.[1] ?? '';
  const content = await readPack(name);
  if (!content) throw new Error(`The pack ${name} vanished after it was made.`);
  return { path: `${folder}/${name.slice(0, 16)}.js`, type: script, content };
}

function scriptFile(name: string, text: string): ShareFile {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { path: `${folder}/${name}-${hash}.js`, type: script, content: Buffer.from(text) };
}

/** What only a preview needs stays behind. */
function pick({ entry, files, pageImports, packages }: NativeAnswer): SharedPage['answer'] {
  const published = Object.entries(files).map(([path, file]): [string, NativeFile] => [
    path,
    { ...file, mappings: '' },
  ]);
  const { roots, missing } = packages;
  return { entry, files: Object.fromEntries(published), pageImports, packages: { roots, missing } };
}

function indexPage(title: string, css: string, scripts: ShareFile[]): string {
  const inStyle = (text: string) => text.replace(/<\/style/gi, '<\\/style');
  const tags = scripts.map(({ path }) => `<script src="${escapeHtml(path)}" defer></script>`).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${bodyStyle}</style>
<style data-preview-kit-styles>${inStyle(css)}</style>
${tags}
</head>
<body></body>
</html>
`;
}
