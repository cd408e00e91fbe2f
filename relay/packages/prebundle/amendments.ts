// Known incompatibilities between packages that artifacts combine, mended in the pre-bundled form. Plain files stay as published.
// Each row names the package, the versions, the entries, the code that is appended, and why.
import semver from 'semver';
import { builtinAdditions } from './builtin-additions.ts';

interface Amendment {
  packageName: string;
  /** Versions it applies to. */
  range: string;
  subpaths: string[];
  code: (version: string) => string;
  why: string;
}

/** Works on `module.exports` of `react` and its JSX runtimes: elements get their type's default props when they are made. */
const defaultPropsAtCreation = `(e=>{const d=(t,p)=>{const n=t!==null&&typeof t!="string"&&t!==undefined&&t.defaultProps;if(!n)return p;const r={...p};for(const k in n)if(r[k]===undefined)r[k]=n[k];return r};for(const k of["jsx","jsxs","jsxDEV","createElement"])if(e[k]){const f=e[k];e[k]=(t,p,...a)=>f(t,d(t,p),...a)}})(module.exports);`;

/** Files of workers by the label that Monaco asks for them by; all other labels are the editor's own. */
const monacoWorkers = {
  json: 'language/json/json',
  css: 'language/css/css',
  scss: 'language/css/css',
  less: 'language/css/css',
  html: 'language/html/html',
  handlebars: 'language/html/html',
  razor: 'language/html/html',
  typescript: 'language/typescript/ts',
  javascript: 'language/typescript/ts',
};

/**
 * Gives Monaco its workers, of the same version (cdn/modules/esm-sh.ts has their scripts). A worker has to come from the page's own
 * origin, hence the blob that loads them. Monaco looks for `MonacoEnvironment` when it needs a worker, so an artifact's own goes before.
 */
const monacoEnvironment = (version: string): string => {
  const root = JSON.stringify(`esm.sh/monaco-editor@${version}/esm/vs/`);
  return `(e=>{if(e.getWorker||e.getWorkerUrl)return;const files=${JSON.stringify(monacoWorkers)};e.getWorker=(_,label)=>{const address=__previewKit.cdn+${root}+(files[label]||"editor/editor")+".worker.js?worker=script",code="importScripts("+JSON.stringify(address)+")";return new Worker(URL.createObjectURL(new Blob([code],{type:"text/javascript"})),{name:label})}})(globalThis.MonacoEnvironment??={});`;
};

const amendments: Amendment[] = [
  {
    packageName: 'react',
    range: '>=19',
    subpaths: ['.', './jsx-runtime', './jsx-dev-runtime'],
    code: () => defaultPropsAtCreation,
    why: 'React 19 no longer resolves defaultProps when an element is made. Libraries of the React 18 era read them from element.props: recharts 2, which LibreChat gives to every artifact, throws or draws nothing without them.',
  },
  ...builtinAdditions.map(({ code, ...row }) => ({
    ...row,
    code: () => code,
    why: 'Stands for a module of Node’s that has grown since, and artifacts are written for the Node of today.',
  })),
  {
    packageName: 'monaco-editor',
    range: '>=0.22',
    subpaths: ['.', ...['editor.main', 'editor.api', 'edcore.main'].flatMap(monacoEntry)],
    code: monacoEnvironment,
    why: 'Without MonacoEnvironment, Monaco runs its workers in the page and throws a second later: it leaves it to bundlers to say where workers are.',
  },
];

function monacoEntry(name: string): string[] {
  return ['./esm/vs/editor/', './'].flatMap((folder) => [`${folder}${name}`, `${folder}${name}.js`]);
}

/** Code to append to a package's built entry; empty for nearly all. */
export function amendmentFor(packageName: string, version: string, subpath: string): string {
  return amendments
    .filter((row) => row.packageName === packageName && row.subpaths.includes(subpath))
    .filter((row) => semver.satisfies(version, row.range, { includePrerelease: true }))
    .map((row) => `\n${row.code(version)}`)
    .join('');
}
