// Known incompatibilities between packages that artifacts combine, mended in the pre-bundled form. Plain files stay as published.
// Each row names the package, the versions, the entries, the code that is appended, and why.
import semver from 'semver';
import { builtinAdditions } from './builtin-additions.ts';

interface Amendment {
  packageName: string;
  /** Versions it applies to. */
  range: string;
  subpaths: string[];
  code: string;
  why: string;
}

/** Works on `module.exports` of `react` and its JSX runtimes: elements get their type's default props when they are made. */
const defaultPropsAtCreation = `(e=>{const d=(t,p)=>{const n=t!==null&&typeof t!="string"&&t!==undefined&&t.defaultProps;if(!n)return p;const r={...p};for(const k in n)if(r[k]===undefined)r[k]=n[k];return r};for(const k of["jsx","jsxs","jsxDEV","createElement"])if(e[k]){const f=e[k];e[k]=(t,p,...a)=>f(t,d(t,p),...a)}})(module.exports);`;

const amendments: Amendment[] = [
  {
    packageName: 'react',
    range: '>=19',
    subpaths: ['.', './jsx-runtime', './jsx-dev-runtime'],
    code: defaultPropsAtCreation,
    why: 'React 19 no longer resolves defaultProps when an element is made. Libraries of the React 18 era read them from element.props: recharts 2, which LibreChat gives to every artifact, throws or draws nothing without them.',
  },
  ...builtinAdditions.map((row) => ({
    ...row,
    why: 'Stands for a module of Node’s that has grown since, and artifacts are written for the Node of today.',
  })),
];

/** Code to append to a package's built entry; empty for nearly all. */
export function amendmentFor(packageName: string, version: string, subpath: string): string {
  return amendments
    .filter((row) => row.packageName === packageName && row.subpaths.includes(subpath))
    .filter((row) => semver.satisfies(version, row.range, { includePrerelease: true }))
    .map((row) => `\n${row.code}`)
    .join('');
}
