// Artifacts of more than one file: workers, styles, data, pictures, circles.
import type { ArtifactCase } from './artifact-case.ts';

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="33" height="44" viewBox="0 0 33 44"><title>Leaf</title><circle cx="9" cy="9" r="9"/></svg>';

export const severalFiles: ArtifactCase[] = [
  {
    name: 'a worker by new URL',
    files: {
      '/worker.ts':
        "self.onmessage = ({ data }: MessageEvent<number>) => { let n = 1; for (let i = 2; i <= data; i++) n *= i; self.postMessage('5! = ' + n); };\nexport {};",
    },
    code: `import { useEffect, useState } from 'react';
export default function App() {
  const [out, set] = useState('waiting');
  useEffect(() => { const w = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }); w.onmessage = (e) => set(e.data); w.onerror = (e) => set('failed ' + e.message); w.postMessage(5); return () => w.terminate(); }, []);
  return <p>{out}</p>;
}`,
    steps: [['see', '5! = 120']],
  },
  {
    name: 'a CSS module',
    files: {
      '/card.module.css':
        '.card { padding-left: 37px; }\n.title-row { color: rgb(1, 2, 3); }\n:global(.plain) { margin-left: 11px; }',
    },
    code: `import { useEffect, useRef, useState } from 'react';
import styles from './card.module.css';
export default function App() {
  const ref = useRef<HTMLDivElement>(null); const [seen, set] = useState('');
  useEffect(() => { const [box, row] = [ref.current!, ref.current!.firstElementChild!]; set(getComputedStyle(box).paddingLeft + ' ' + getComputedStyle(row).color + ' ' + (styles.card === 'card' ? 'not scoped' : 'scoped')); }, []);
  return <div ref={ref} className={styles.card}><b className={styles['title-row']}>row</b><p>{seen}</p></div>;
}`,
    steps: [['see', '37px rgb(1, 2, 3) scoped']],
  },
  {
    name: 'a stylesheet that imports another',
    files: {
      '/styles.css': "@import './base.css';\n#probe { width: 77px; }",
      '/base.css': '#probe { height: 55px; width: 1px; }',
    },
    code: `import './styles.css';
import { useEffect, useState } from 'react';
export default function App() {
  const [size, set] = useState('');
  useEffect(() => { const r = document.getElementById('probe')!.getBoundingClientRect(); set(r.width + 'x' + r.height); }, []);
  return <div><div id="probe" /><p>Size {size}</p></div>;
}`,
    steps: [['see', 'Size 77x55']],
  },
  {
    name: 'JSON, by default and by name',
    files: {
      '/data/shop.json':
        '{ "name": "Corner", "items": [{ "id": 1, "price": 2.5 }, { "id": 2, "price": 4 }] }',
    },
    code: `import shop from './data/shop.json';
import { items } from './data/shop.json';
export default () => <p>{shop.name} {items.reduce((sum, { price }) => sum + price, 0)} {shop.items === items ? 'same' : 'other'}</p>;`,
    steps: [['see', 'Corner 6.5 same']],
  },
  {
    name: 'an SVG as an address and as a component',
    files: { '/leaf.svg': svg },
    code: `import leaf, { ReactComponent as Leaf } from './leaf.svg';
import { useState } from 'react';
export default function App() { const [w, set] = useState(0); return <div><img alt="" src={leaf} onLoad={(e) => set(e.currentTarget.naturalWidth)} /><Leaf role="img" aria-label="leaf" /><p>width {w} {typeof Leaf}</p></div>; }`,
    steps: [['see', 'width 33 function']],
  },
  {
    name: 'files that import each other in a circle',
    files: {
      '/even.ts':
        "import { isOdd } from './odd';\nexport const isEven = (n: number): boolean => n === 0 || isOdd(n - 1);",
      '/odd.ts':
        "import { isEven } from './even';\nexport function isOdd(n: number): boolean { return n !== 0 && isEven(n - 1); }",
    },
    code: `import { isEven } from './even';
import { isOdd } from './odd';
export default () => <p>{String(isEven(10))} {String(isOdd(10))}</p>;`,
    steps: [['see', 'true false']],
  },
  {
    name: 'an index file that re-exports',
    files: {
      '/components/index.ts':
        "export * from './box';\nexport { default as Row, type RowProps } from './row';\nexport * as shapes from './shapes';",
      '/components/box.tsx': 'export const Box = (p: React.PropsWithChildren) => <div>[{p.children}]</div>;',
      '/components/row.jsx': 'export default function Row({ n }) { return <span>row {n}</span>; }',
      '/components/shapes.js': 'export const sides = { square: 4 };',
    },
    code: `import { Box, Row, shapes } from './components';
export default () => <Box><Row n={shapes.sides.square} /></Box>;`,
    steps: [['see', '[row 4]']],
  },
  {
    name: 'state that two files share',
    files: {
      '/store.ts':
        'type L = () => void; let n = 0; const ls = new Set<L>();\nexport const store = { get: () => n, add: () => { n++; ls.forEach((l) => l()); }, on: (l: L) => { ls.add(l); return () => void ls.delete(l); } };',
      '/show.tsx':
        "import { useSyncExternalStore } from 'react';\nimport { store } from './store';\nexport const Show = () => <p>shared {useSyncExternalStore(store.on, store.get)}</p>;",
    },
    code: `import { store } from './store';
import { Show } from './show';
export default () => <div><Show /><button onClick={store.add}>More</button></div>;`,
    steps: [
      ['click', 'More'],
      ['see', 'shared 1'],
    ],
  },
  {
    name: 'a lazy file and a class in another',
    files: {
      '/chart.tsx':
        "import { Scale } from './scale';\nexport default function Chart() { return <p>scaled {new Scale(0, 10).of(0.5)}</p>; }",
      '/scale.ts':
        'export class Scale { constructor(private a: number, private b: number) {} of(t: number) { return this.a + (this.b - this.a) * t; } }',
    },
    code: `import { lazy, Suspense, useState } from 'react';
const Chart = lazy(() => import('./chart'));
export default function App() { const [on, set] = useState(false); return <div><button onClick={() => set(true)}>Show chart</button>{on && <Suspense fallback="…"><Chart /></Suspense>}</div>; }`,
    steps: [
      ['click', 'Show chart'],
      ['see', 'scaled 5'],
    ],
  },
  {
    name: 'text files, raw',
    files: { '/notes.md': '# Notes\n\nBuy milk', '/query.sql': 'select 1' },
    code: `import notes from './notes.md?raw';
import sql from './query.sql';
export default () => <pre>{notes.split('\\n')[2]}; {sql}</pre>;`,
    steps: [['see', 'Buy milk; select 1']],
  },
  {
    name: 'a worker that imports another file and a package',
    files: {
      '/jobs/worker.ts':
        "import { format } from 'date-fns';\nimport { times } from './times';\nonmessage = (e) => postMessage(format(new Date(2024, 0, times(e.data)), 'd MMM'));",
      '/jobs/times.ts': 'export const times = (n: number) => n * 3;',
    },
    code: `import { useEffect, useState } from 'react';
export default function App() {
  const [out, set] = useState('waiting');
  useEffect(() => { const w = new Worker(new URL('./jobs/worker.ts', import.meta.url), { type: 'module' }); w.onmessage = (e) => set('worker ' + e.data); w.onerror = (e) => set('failed ' + e.message); w.postMessage(4); }, []);
  return <p>{out}</p>;
}`,
    steps: [['see', 'worker 12 Jan']],
  },
  {
    name: 'JavaScript files with JSX, and CommonJS',
    files: {
      '/legacy.js':
        "const React = require('react');\nexports.Old = function Old() { return React.createElement('i', null, 'old way'); };\nexports.version = 3;",
      '/modern.js': 'export const New = () => <b>new way</b>;',
    },
    code: `import { Old, version } from './legacy';
import { New } from './modern';
export default () => <p><Old /> <New /> {version}</p>;`,
    steps: [['see', 'old way new way 3']],
  },
  {
    name: 'a picture that a stylesheet shows, and a file whose name has a dot',
    files: {
      '/pic.css': ".pic { width: 20px; height: 20px; background-image: url('./leaf.svg'); }",
      '/leaf.svg': svg,
      '/app.config.ts': "export default { title: 'Configured' } as const;",
    },
    code: `import './pic.css';
import config from './app.config';
import { useEffect, useState } from 'react';
export default function App() { const [ok, set] = useState(''); useEffect(() => set(getComputedStyle(document.querySelector('.pic')!).backgroundImage.slice(0, 9)), []); return <div><div className="pic" /><p>{config.title} {ok}</p></div>; }`,
    steps: [['see', 'Configured url("data']],
  },
];
