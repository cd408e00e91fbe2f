// `import.meta`, as code for Vite and for plain browsers uses it.
import type { ArtifactCase } from './artifact-case.ts';

export const importMeta: ArtifactCase[] = [
  {
    name: 'its url, its mode, and an address beside the file',
    code: `import React from 'react';
const mode = import.meta.env?.MODE ?? 'no mode';
const here = typeof import.meta.url;
export default function Env() {
  return <h1>url is a {here}; {mode.length > 0 ? 'mode known' : 'none'}; {new URL('x.png', import.meta.url).pathname.endsWith('x.png') ? 'resolved' : 'unresolved'}</h1>;
}`,
    steps: [
      ['see', 'url is a string'],
      ['see', 'mode known'],
      ['see', 'resolved'],
    ],
  },
  {
    name: 'a setting of the environment that is not there',
    code: `const api = import.meta.env.VITE_API_URL ?? 'https://api.example.test';
const key = import.meta.env.VITE_KEY || 'no key';
export default () => <p>{api} {key}</p>;`,
    steps: [['see', 'https://api.example.test no key']],
  },
  {
    name: 'development or production',
    code: `const { DEV, PROD } = import.meta.env;
export default () => <p>{DEV !== PROD ? 'one of both' : 'neither'} {typeof DEV}</p>;`,
    steps: [['see', 'one of both boolean']],
  },
  {
    name: 'hot replacement that is guarded',
    code: `const loads = ((globalThis as any).loads ??= []) as string[];
loads.push('ran');
if (import.meta.hot) { import.meta.hot.accept(); import.meta.hot.dispose(() => loads.push('gone')); }
export default () => <p>loads {loads.length}</p>;`,
    steps: [['see', 'loads 1']],
  },
  {
    name: 'its url in a nested file',
    files: {
      '/lib/deep/where.ts':
        "export const where = new URL('./pic.svg', import.meta.url).pathname;\nexport const file = import.meta.url.split('/').pop();",
    },
    code: `import { where, file } from './lib/deep/where';
export default () => <p>{where} {file?.startsWith('where') ? 'own file' : file}</p>;`,
    steps: [['see', '/lib/deep/pic.svg own file']],
  },
  {
    name: 'an optional chain to nothing',
    code: `const value = (import.meta as any).nothing?.deep ?? 'absent';
export default function App() { return <p>value {value}</p>; }`,
    steps: [['see', 'value absent']],
  },
  {
    name: 'kept in a variable, inside a function',
    code: `const meta = () => import.meta;
export default function App() { const m = meta(); return <p>{m === meta() ? 'same object' : 'other object'} {m.url.startsWith('http') ? 'http' : m.url}</p>; }`,
    steps: [['see', 'same object http']],
  },
  {
    name: 'the base for a router',
    code: `import { MemoryRouter, Route, Routes } from 'react-router-dom';
export default () => <MemoryRouter initialEntries={[import.meta.env.BASE_URL]}><Routes><Route path="/" element={<p>Base {import.meta.env.BASE_URL}</p>} /></Routes></MemoryRouter>;`,
    steps: [['see', 'Base /']],
  },
  {
    name: 'in a class, a template literal and a default parameter',
    code: `class Asset { constructor(readonly name: string, readonly base = import.meta.url) {} get href() { return new URL(this.name, this.base).href; } }
const text = \`\${new Asset('a/b.png').href.endsWith('/a/b.png')}\`;
export default () => <p>asset {text}</p>;`,
    steps: [['see', 'asset true']],
  },
  {
    name: 'text that only speaks of it',
    code: `const help = 'use import.meta.env.MODE';
const re = /import\\.meta/;
// import.meta.glob('./x')
export default () => <p>{help} {String(re.test(help))}</p>;`,
    steps: [['see', 'use import.meta.env.MODE true']],
  },
  {
    name: 'a shape of its own, declared',
    code: `declare global { interface ImportMeta { readonly env: Record<string, string>; } }
const settings = { title: import.meta.env.VITE_TITLE ?? 'Untitled', base: import.meta.env.BASE_URL } satisfies Record<string, string>;
export default function App() { return <h2>{settings.title} at {settings.base}</h2>; }`,
    steps: [['see', 'Untitled at /']],
  },
  {
    name: 'a condition at the top',
    code: `import { useState } from 'react';
const start = import.meta.url ? 5 : 0;
if (import.meta.env?.SSR) throw new Error('on a server');
export default function App() { const [n, s] = useState(start); return <button onClick={() => s(n * 2)}>Double {n}</button>; }`,
    steps: [
      ['click', 'Double 5'],
      ['see', 'Double 10'],
    ],
  },
];
