// Modules, workers and pictures from `blob:` and `data:` addresses that the artifact makes.
import type { ArtifactCase } from './artifact-case.ts';

export const madeAddresses: ArtifactCase[] = [
  {
    name: 'a plug-in from a Blob, and one from a data: address',
    code: `import React, { useEffect, useState } from 'react';
export default function Plugins() {
  const [out, setOut] = useState('loading plugin');
  useEffect(() => {
    const src = 'export const title = "Plugin ready"; export default (a, b) => a * b;';
    const url = URL.createObjectURL(new Blob([src], { type: 'text/javascript' }));
    import(url).then((m) => setOut(\`\${m.title}: \${m.default(6, 7)}\`)).catch((e) => setOut('plugin failed: ' + e.message));
    const data = 'data:text/javascript,' + encodeURIComponent('export const n = 11');
    import(data).then((m) => document.getElementById('data')!.textContent = 'data module ' + m.n).catch((e) => document.getElementById('data')!.textContent = 'data failed: ' + e.message);
  }, []);
  return <main><h1>{out}</h1><p id="data"></p></main>;
}`,
    steps: [
      ['see', 'Plugin ready: 42'],
      ['see', 'data module 11'],
    ],
  },
  {
    name: 'a worker from a Blob',
    code: `import { useEffect, useState } from 'react';
export default function App() {
  const [sum, setSum] = useState<number | null>(null);
  useEffect(() => {
    const code = 'onmessage = ({ data }) => { let s = 0; for (let i = 1; i <= data; i++) s += i; postMessage(s); };';
    const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'application/javascript' })));
    worker.onmessage = (e) => setSum(e.data);
    worker.onerror = (e) => setSum(-1);
    worker.postMessage(1000);
    return () => worker.terminate();
  }, []);
  return <p>Sum {sum ?? 'pending'}</p>;
}`,
    steps: [['see', 'Sum 500500']],
  },
  {
    name: 'a module worker from a Blob',
    code: `import { useEffect, useState } from 'react';
export default function App() {
  const [text, setText] = useState('…');
  useEffect(() => {
    const lib = URL.createObjectURL(new Blob(['export const double = (n) => n * 2;'], { type: 'text/javascript' }));
    const main = URL.createObjectURL(new Blob(['import { double } from "' + lib + '"; onmessage = (e) => postMessage(double(e.data));'], { type: 'text/javascript' }));
    const worker = new Worker(main, { type: 'module' });
    worker.onmessage = (e) => setText('worker says ' + e.data);
    worker.onerror = (e) => setText('worker failed ' + e.message);
    worker.postMessage(21);
  }, []);
  return <p>{text}</p>;
}`,
    steps: [['see', 'worker says 42']],
  },
  {
    name: 'React.lazy of a module from a Blob that uses the artifact’s React',
    code: `import React, { lazy, Suspense } from 'react';
(window as any).React = React;
const source = 'const { createElement, useState } = window.React; export default function Widget() { const [n, set] = useState(0); return createElement("button", { onClick: () => set(n + 1) }, "Widget " + n); }';
const Widget = lazy(() => import(/* @vite-ignore */ URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))));
export default () => <Suspense fallback={<p>loading</p>}><Widget /></Suspense>;`,
    steps: [
      ['click', 'Widget 0'],
      ['see', 'Widget 1'],
    ],
  },
  {
    name: 'a data: address in base64',
    code: `const m = await import('data:text/javascript;base64,' + btoa('export default function area(r) { return Math.round(Math.PI * r * r); }'));
export default () => <p>Area {m.default(2)}</p>;`,
    steps: [['see', 'Area 13']],
  },
  {
    name: 'a data: address in a static import',
    code: `import value, { twice } from 'data:text/javascript,export default 8; export const twice = (n) => n * 2;';
export default () => <p>static {twice(value)}</p>;`,
    steps: [['see', 'static 16']],
  },
  {
    name: 'JSON as a data: address that is fetched',
    code: `import { useEffect, useState } from 'react';
export default function App() {
  const [name, setName] = useState('');
  useEffect(() => { fetch('data:application/json,' + encodeURIComponent('{"name":"Linz"}')).then((r) => r.json()).then((d) => setName(d.name)); }, []);
  return <p>Name {name}</p>;
}`,
    steps: [['see', 'Name Linz']],
  },
  {
    name: 'a picture as a data: address and one from a Blob',
    code: `import { useState } from 'react';
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="30" height="20" fill="red"/></svg>';
const blob = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
export default function App() {
  const [sizes, setSizes] = useState<string[]>([]);
  const add = (e: React.SyntheticEvent<HTMLImageElement>) => { const { naturalWidth: w, naturalHeight: h } = e.currentTarget; setSizes((s) => [...s, w + 'x' + h]); };
  return <div><img alt="" src={'data:image/svg+xml,' + encodeURIComponent(svg)} onLoad={add} /><img alt="" src={blob} onLoad={add} /><p>Sizes {sizes.join(' ')}</p></div>;
}`,
    steps: [['see', 'Sizes 30x20 30x20']],
  },
  {
    name: 'code that a reader edits and runs',
    code: `import { useState } from 'react';
export default function Playground() {
  const [code, setCode] = useState('export default [1,2,3].map((n) => n * n).join("|")');
  const [result, setResult] = useState('');
  const run = async () => {
    const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    try { setResult('Result ' + (await import(url)).default); } catch (e) { setResult('Error ' + (e as Error).name); } finally { URL.revokeObjectURL(url); }
  };
  return <div><textarea value={code} onChange={(e) => setCode(e.target.value)} /><button onClick={run}>Run</button><button onClick={() => setCode('export default (')}>Break</button><p>{result}</p></div>;
}`,
    steps: [
      ['click', 'Run'],
      ['see', 'Result 1|4|9'],
      ['click', 'Break'],
      ['click', 'Run'],
      ['see', 'Error SyntaxError'],
    ],
  },
  {
    name: 'a frame from a Blob that answers',
    code: `import { useEffect, useState } from 'react';
const html = '<p>inside</p><script>parent.postMessage({ from: "inner frame", n: 6 * 7 }, "*")</script>';
export default function App() {
  const [said, setSaid] = useState('nothing');
  const [src] = useState(() => URL.createObjectURL(new Blob([html], { type: 'text/html' })));
  useEffect(() => { const h = (e: MessageEvent) => { if (e.data?.from === 'inner frame') setSaid('frame said ' + e.data.n); }; addEventListener('message', h); return () => removeEventListener('message', h); }, []);
  return <div><iframe title="inner" src={src} /><p>{said}</p></div>;
}`,
    steps: [['see', 'frame said 42']],
  },
  {
    name: 'a download that is made and never sent',
    code: `import { useState } from 'react';
export default function App() {
  const [info, setInfo] = useState('');
  const make = async () => { const blob = new Blob(['a;b\\n1;2'], { type: 'text/csv' }); const url = URL.createObjectURL(blob); setInfo(blob.size + ' bytes ' + (await (await fetch(url)).text()).split('\\n')[1] + ' ' + url.startsWith('blob:')); URL.revokeObjectURL(url); };
  return <div><button onClick={make}>Export</button><p>{info}</p></div>;
}`,
    steps: [
      ['click', 'Export'],
      ['see', '7 bytes 1;2 true'],
    ],
  },
  {
    name: 'a worker whose error is shown',
    code: `import { useEffect, useState } from 'react';
export default function App() {
  const [state, setState] = useState('waiting');
  useEffect(() => { const w = new Worker(URL.createObjectURL(new Blob(['throw new Error("inner fault")']))); w.onerror = (e) => { e.preventDefault(); setState('caught ' + e.message.replace(/^.*?Error: /, '')); }; }, []);
  return <p>{state}</p>;
}`,
    steps: [['see', 'caught inner fault']],
  },
];
