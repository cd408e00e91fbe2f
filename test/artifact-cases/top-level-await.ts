// `await` at a module's top level.
import type { ArtifactCase } from './artifact-case.ts';

export const topLevelAwait: ArtifactCase[] = [
  {
    name: 'settings and a `for await`',
    code: `import React from 'react';
const settings = await Promise.resolve({ theme: 'amber', size: 3 });
for await (const n of [1, 2]) settings.size += n;
export default function Settings() {
  return <h1>Theme {settings.theme}, size {settings.size}</h1>;
}`,
    steps: [['see', 'Theme amber, size 6']],
  },
  {
    name: 'a file that awaits and is imported',
    files: {
      '/data.ts':
        'export const rows = await new Promise<number[]>((r) => setTimeout(() => r([1, 2, 3]), 20));\nexport default rows.length;',
    },
    code: `import count, { rows } from './data';
export default function App() { return <p>{count} rows: {rows.join('+')}</p>; }`,
    steps: [['see', '3 rows: 1+2+3']],
  },
  {
    name: 'an awaited import of a package',
    code: `const { format } = await import('date-fns');
const { default: clsx } = await import('clsx');
export default () => <p className={clsx('a')}>{format(new Date(2024, 6, 9), 'yyyy/MM/dd')}</p>;`,
    steps: [['see', '2024/07/09']],
  },
  {
    name: 'try and catch around what is rejected',
    code: `let state = 'none';
try { await Promise.reject(new Error('offline')); state = 'online'; } catch (e: any) { state = e.message; } finally { state += '!'; }
export default function App() { return <p>State {state}</p>; }`,
    steps: [['see', 'State offline!']],
  },
  {
    name: 'hashing with crypto.subtle before the first render',
    code: `const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode('a')));
const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
export default () => <code>sha {hex.slice(0, 8)}</code>;`,
    steps: [['see', 'sha ca978112']],
  },
  {
    name: 'an async generator and destructuring',
    code: `async function* lines() { for (const l of ['x=1', 'y=2']) { await null; yield l; } }
const map: Record<string, string> = {};
for await (const line of lines()) { const [k, v] = line.split('='); map[k] = v; }
const { x, y = await Promise.resolve('0') } = map;
export default () => <p>x{x} y{y}</p>;`,
    steps: [['see', 'x1 y2']],
  },
  {
    name: 'an awaited condition, array and call',
    code: `const wait = <T,>(v: T) => new Promise<T>((r) => setTimeout(r, 5, v));
const parts = [await wait('a'), ...(await wait(['b', 'c']))];
if ((await wait(1)) === 1) parts.push('d'); else parts.push('no');
const joined = parts.join(await wait('-'));
export default () => <p>{joined}</p>;`,
    steps: [['see', 'a-b-c-d']],
  },
  {
    name: 'state that still works after it',
    code: `import { useState } from 'react';
const start = await Promise.resolve(40);
export default function App() { const [n, setN] = useState(start); return <button onClick={() => setN(n + 1)}>Count {n}</button>; }`,
    steps: [
      ['click', 'Count 40'],
      ['click', 'Count 41'],
      ['see', 'Count 42'],
    ],
  },
  {
    name: 'two files that await one another’s values, in order',
    files: {
      '/order.ts': 'export const order: string[] = [];',
      '/a.ts':
        "import { order } from './order'; await new Promise((r) => setTimeout(r, 30)); order.push('a');",
      '/b.ts':
        "import { order } from './order'; await null; order.push('b'); export const last = order.at(-1);",
    },
    code: `import './a';
import { last } from './b';
import { order } from './order';
export default () => <p>Order {order.join()} last {last}</p>;`,
    steps: [['see', 'Order a,b last b']],
  },
  {
    name: 'an awaited blob as JSON',
    code: `const url = URL.createObjectURL(new Blob([JSON.stringify({ city: 'Graz' })]));
const data = await (await fetch(url)).json();
URL.revokeObjectURL(url);
export default function City() { return <h3>City {data.city}</h3>; }`,
    steps: [['see', 'City Graz']],
  },
  {
    name: 'lazy parts of a file that awaits',
    files: {
      '/panel.tsx':
        "const title = await Promise.resolve('Late panel');\nexport default function Panel() { return <h2>{title}</h2>; }",
    },
    code: `import { lazy, Suspense } from 'react';
const Panel = lazy(() => import('./panel'));
const greeting = await Promise.resolve('Early');
export default () => <div><p>{greeting}</p><Suspense fallback="…"><Panel /></Suspense></div>;`,
    steps: [
      ['see', 'Early'],
      ['see', 'Late panel'],
    ],
  },
  {
    name: 'an exported constant that is awaited, and enums around it',
    code: `enum Level { Low = 1, High = 9 }
export const level: Level = await Promise.resolve(Level.High);
export const label = Level[await Promise.resolve(level)];
const App = () => <p>{label} {level}</p>;
export default App;`,
    steps: [['see', 'High 9']],
  },
];
