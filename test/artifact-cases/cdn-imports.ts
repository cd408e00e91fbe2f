// Modules at the addresses of public CDNs: answered by the kit's copies.
import type { ArtifactCase } from './artifact-case.ts';

export const cdnImports: ArtifactCase[] = [
  {
    name: 'esm.sh, jsDelivr and Skypack in one file',
    code: `import React, { useEffect, useState } from 'react';
import confetti from 'https://esm.sh/canvas-confetti@1.9.2';
import { nanoid } from 'https://cdn.jsdelivr.net/npm/nanoid@5.0.7/+esm';
export default function App() {
  const [t, setT] = useState('');
  useEffect(() => { import('https://cdn.skypack.dev/dayjs@1.11.10').then((m) => setT(m.default('2024-01-05').format('D/M'))).catch((e) => setT('failed ' + e.message)); }, []);
  return <p>confetti {typeof confetti} id {nanoid(9).length} day {t}</p>;
}`,
    steps: [['see', 'confetti function id 9 day 5/1']],
  },
  {
    name: 'esm.sh, a hook that uses React',
    code: `import { useState } from 'react';
import { create } from 'https://esm.sh/zustand@4.5.7?external=react';
import { useDebounce } from 'https://esm.sh/*use-debounce@10.0.4';
const useBears = create((set: any) => ({ bears: 0, more: () => set((s: any) => ({ bears: s.bears + 1 })) }));
export default function App() {
  const [n, set] = useState(0);
  const { bears, more } = useBears() as any;
  const [late] = useDebounce(n, 50);
  return <div><button onClick={() => { set(n + 1); more(); }}>More</button><p>bears {bears} of {n}, late {late}</p></div>;
}`,
    steps: [
      ['see', 'bears 0 of 0, late 0'],
      ['click', 'More'],
      ['see', 'bears 1 of 1, late 1'],
    ],
  },
  {
    name: 'unpkg with ?module',
    code: `import { html, render } from 'https://unpkg.com/lit-html@3.1.0/lit-html.js?module';
import { useEffect, useRef } from 'react';
export default function App() {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => { render(html\`<em>lit says \${1 + 1}</em>\`, ref.current!); }, []);
  return <div ref={ref} />;
}`,
    steps: [['see', 'lit says 2']],
  },
  {
    name: 'esm.sh without a version',
    code: `import clamp from 'https://esm.sh/lodash-es/clamp';
export default () => <p>clamped {clamp(15, 0, 10)}</p>;`,
    steps: [['see', 'clamped 10']],
  },
  {
    name: 'esm.sh, several packages that a component uses',
    code: `import { useState } from 'react';
import { scaleLinear } from 'https://esm.sh/d3-scale@4.0.2';
import chroma from 'https://esm.sh/chroma-js@2.4.2';
const scale = scaleLinear().domain([0, 4]).range([0, 100]);
export default function App() { const [n, set] = useState(1); return <div><button onClick={() => set(n + 1)}>Step {n}</button><p>at {scale(n)} {chroma('red').hex()}</p></div>; }`,
    steps: [
      ['see', 'at 25 #ff0000'],
      ['click', 'Step 1'],
      ['see', 'at 50 #ff0000'],
    ],
  },
  {
    name: 'jsDelivr, a file of a package',
    code: `import ms from 'https://cdn.jsdelivr.net/npm/ms@2.1.3/+esm';
export default () => <p>{ms('2 days')} {ms(60000)}</p>;`,
    steps: [['see', '172800000 1m']],
  },
  {
    name: 'esm.run',
    code: `import { marked } from 'https://esm.run/marked@12.0.0';
export default () => <div dangerouslySetInnerHTML={{ __html: marked.parse('# Title\\n\\n*soft*') as string }} />;`,
    steps: [
      ['see', 'Title'],
      ['see', 'soft'],
    ],
  },
  {
    name: 'a script that is added to the page',
    code: `import { useEffect, useState } from 'react';
export default function App() {
  const [v, setV] = useState('loading');
  useEffect(() => { const s = document.createElement('script'); s.src = 'https://cdnjs.cloudflare.com/ajax/libs/lodash.js/4.17.21/lodash.min.js'; s.onload = () => setV((window as any)._.chunk([1, 2, 3], 2).length + ' chunks'); s.onerror = () => setV('failed'); document.head.append(s); }, []);
  return <p>{v}</p>;
}`,
    steps: [['see', '2 chunks']],
  },
  {
    name: 'awaited at the top level',
    code: `const { default: Fuse } = await import('https://cdn.jsdelivr.net/npm/fuse.js@7.0.0/dist/fuse.mjs');
const fuse = new Fuse(['apple', 'banana', 'cherry']);
export default () => <p>found {fuse.search('banna')[0]?.item}</p>;`,
    steps: [['see', 'found banana']],
  },
  {
    name: 'an address out of a table',
    code: `import { useState } from 'react';
const cdn: Record<string, string> = { uuid: 'https://esm.sh/uuid@9.0.1', hash: 'https://cdn.skypack.dev/object-hash@3.0.0' };
export default function App() {
  const [out, setOut] = useState('none');
  const load = async (k: string) => { try { const m: any = await import(cdn[k]); setOut(k + ' ' + (k === 'uuid' ? m.validate(m.v4()) : m.default({ a: 1 }).length)); } catch (e: any) { setOut('failed ' + e.message); } };
  return <div><button onClick={() => load('uuid')}>Uuid</button><button onClick={() => load('hash')}>Hash</button><p>{out}</p></div>;
}`,
    steps: [
      ['click', 'Uuid'],
      ['see', 'uuid true'],
      ['click', 'Hash'],
      ['see', 'hash 40'],
    ],
  },
  {
    name: 're-exports of a file',
    files: { '/vendor.ts': "export { default as mitt } from 'https://unpkg.com/mitt@3.0.1/dist/mitt.mjs';" },
    code: `import { mitt } from './vendor';
const bus = mitt(); let heard = 0; bus.on('x', (n: number) => (heard += n)); bus.emit('x', 4); bus.emit('x', 5);
export default () => <p>heard {heard}</p>;`,
    steps: [['see', 'heard 9']],
  },
  {
    name: 'three from a CDN beside the declared one',
    code: `import * as declared from 'three';
import * as remote from 'https://esm.sh/three@0.160.0';
export default () => <p>{new remote.Vector3(3, 4, 0).length()} {declared.REVISION} {remote.REVISION}</p>;`,
    steps: [['see', '5 167 160']],
  },
  {
    name: 'an address that leads nowhere, caught',
    code: `import { useEffect, useState } from 'react';
export default function App() {
  const [s, set] = useState('…');
  useEffect(() => { import('https://esm.sh/no-such-package-q9x@1.0.0').then(() => set('loaded'), () => set('not there')); }, []);
  return <p>{s}</p>;
}`,
    steps: [['see', 'not there']],
  },
];
