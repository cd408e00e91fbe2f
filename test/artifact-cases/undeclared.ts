// Packages that artifacts import though LibreChat declares none of them, and names that models make up.
import type { ArtifactCase } from './artifact-case.ts';

const see = (text: string): ArtifactCase['steps'] => [['see', text]];

export const undeclared: ArtifactCase[] = [
  {
    name: 'framer-motion',
    code: `import { motion } from 'framer-motion';
import { useState } from 'react';
export default function App() { const [done, set] = useState(false); return <motion.div initial={{ x: 0 }} animate={{ x: 40 }} transition={{ duration: 0.05 }} onAnimationComplete={() => set(true)}>motion {done ? 'done' : 'runs'}</motion.div>; }`,
    steps: see('motion done'),
  },
  {
    name: 'axios',
    code: `import axios from 'axios';
const api = axios.create({ baseURL: 'https://x.test/v1', adapter: async (config) => ({ data: config.baseURL + config.url!, status: 200, statusText: '', headers: {}, config }) });
const { data } = await api.get('/users');
export default () => <p>{data} {axios.isAxiosError(new Error()) ? 'yes' : 'no'}</p>;`,
    steps: see('https://x.test/v1/users no'),
  },
  {
    name: 'zustand',
    code: `import { create } from 'zustand';
const useBears = create<{ n: number; add(): void }>((set) => ({ n: 1, add: () => set((s) => ({ n: s.n + 1 })) }));
export default function App() { const { n, add } = useBears(); return <button onClick={add}>Bears {n}</button>; }`,
    steps: [
      ['click', 'Bears 1'],
      ['see', 'Bears 2'],
    ],
  },
  {
    name: 'react-markdown and remark-gfm',
    code: `import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
export default () => <Markdown remarkPlugins={[remarkGfm]} components={{ td: ({ children }) => <td>cell {children}</td>, del: ({ children }) => <b>struck {children}</b> }}>{'| a |\\n|---|\\n| 7 |\\n\\n~~old~~'}</Markdown>;`,
    steps: [
      ['see', 'cell 7'],
      ['see', 'struck old'],
    ],
  },
  {
    name: 'uuid',
    code: `import { v4, v5, validate } from 'uuid';
export default () => <p>{v5('a', v5.DNS)} {String(validate(v4()))}</p>;`,
    steps: see('4f3f2898-69e3-5a0d-820a-c4e87987dbce true'),
  },
  {
    name: 'lodash',
    code: `import _ from 'lodash';
import debounce from 'lodash/debounce';
import { groupBy } from 'lodash';
export default () => <p>{_.startCase('hello wide world')} {Object.keys(groupBy([1.2, 1.8, 2.1], Math.floor)).join()} {typeof debounce}</p>;`,
    steps: see('Hello Wide World 1,2 function'),
  },
  {
    name: '@tanstack/react-query',
    code: `import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
const client = new QueryClient();
function Data() { const { data, isPending } = useQuery({ queryKey: ['k'], queryFn: async () => 'queried' }); return <p>{isPending ? 'pending' : data}</p>; }
export default () => <QueryClientProvider client={client}><Data /></QueryClientProvider>;`,
    steps: see('queried'),
  },
  {
    name: 'react-hook-form with zod',
    code: `import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { zodResolver } from '@hookform/resolvers/zod';
const schema = z.object({ email: z.string().email('not a mail') });
export default function App() { const { register, handleSubmit, formState: { errors } } = useForm({ resolver: zodResolver(schema), defaultValues: { email: 'x' } }); return <form onSubmit={handleSubmit(() => {})}><input {...register('email')} /><button>Check</button><p>{errors.email?.message ?? 'unchecked'}</p></form>; }`,
    steps: [
      ['see', 'unchecked'],
      ['click', 'Check'],
      ['see', 'not a mail'],
    ],
  },
  {
    name: 'styled-components',
    code: `import styled, { ThemeProvider } from 'styled-components';
import { useEffect, useState } from 'react';
const Box = styled.div\`padding-left: \${(p) => p.theme.pad}px;\`;
export default function App() { const [s, set] = useState(''); useEffect(() => set(getComputedStyle(document.getElementById('b')!).paddingLeft), []); return <ThemeProvider theme={{ pad: 19 }}><Box id="b">styled {s}</Box></ThemeProvider>; }`,
    steps: see('styled 19px'),
  },
  {
    name: '@emotion/react and @emotion/styled',
    code: `import { css, Global } from '@emotion/react';
import styled from '@emotion/styled';
import { useEffect, useState } from 'react';
const Box = styled('div')(css({ paddingLeft: 21 }));
export default function App() { const [s, set] = useState(''); useEffect(() => set(getComputedStyle(document.getElementById('b')!).paddingLeft), []); return <><Global styles={css\`body { margin: 0; }\`} /><Box id="b">emotion {s}</Box></>; }`,
    steps: see('emotion 21px'),
  },
  {
    name: 'jotai',
    code: `import { atom, useAtom, useAtomValue } from 'jotai';
const n = atom(2); const doubled = atom((get) => get(n) * 2);
export default function App() { const [v, set] = useAtom(n); return <button onClick={() => set(v + 1)}>Atom {useAtomValue(doubled)}</button>; }`,
    steps: [
      ['click', 'Atom 4'],
      ['see', 'Atom 6'],
    ],
  },
  {
    name: 'immer',
    code: `import { produce } from 'immer';
const before = { list: [{ done: false }] }; const after = produce(before, (d) => { d.list[0].done = true; });
export default () => <p>{String(before.list[0].done)} {String(after.list[0].done)}</p>;`,
    steps: see('false true'),
  },
  {
    name: 'swr',
    code: `import useSWR from 'swr';
export default function App() { const { data } = useSWR('key', async (k: string) => 'fetched ' + k); return <p>{data ?? 'loading'}</p>; }`,
    steps: see('fetched key'),
  },
  {
    name: 'react-icons',
    code: `import { useEffect, useState } from 'react';
import { FaBeer } from 'react-icons/fa';
export default function App() { const [w, set] = useState(0); useEffect(() => set(document.querySelector('svg')!.getBoundingClientRect().width), []); return <p><FaBeer size={32} /> icon {w}</p>; }`,
    steps: see('icon 32'),
  },
  {
    name: '@heroicons/react',
    code: `import { useEffect, useState } from 'react';
import { BellIcon } from '@heroicons/react/24/outline';
export default function App() { const [n, set] = useState(0); useEffect(() => set(document.querySelectorAll('svg path').length), []); return <p><BellIcon width={24} /> paths {n}</p>; }`,
    steps: see('paths 1'),
  },
  {
    name: 'react-hot-toast',
    code: `import toast, { Toaster } from 'react-hot-toast';
export default () => <div><button onClick={() => toast.success('Toasted')}>Toast</button><Toaster /></div>;`,
    steps: [
      ['click', 'Toast'],
      ['see', 'Toasted'],
    ],
  },
  {
    name: 'sonner',
    code: `import { Toaster, toast } from 'sonner';
export default () => <div><button onClick={() => toast('Event made', { description: 'at noon' })}>Make</button><Toaster /></div>;`,
    steps: [
      ['click', 'Make'],
      ['see', 'at noon'],
    ],
  },
  {
    name: 'cmdk',
    code: `import { Command } from 'cmdk';
export default () => <Command label="menu"><Command.Input placeholder="find" /><Command.List><Command.Empty>nothing</Command.Empty><Command.Item>Apple pie</Command.Item></Command.List></Command>;`,
    steps: see('Apple pie'),
  },
  {
    name: 'react-dropzone',
    code: `import { useDropzone } from 'react-dropzone';
export default function App() { const { getRootProps, getInputProps, isDragActive } = useDropzone({ accept: { 'image/*': [] } }); return <div {...getRootProps()}><input {...getInputProps()} /><p>zone {isDragActive ? 'active' : 'quiet'} {getRootProps().tabIndex}</p></div>; }`,
    steps: see('zone quiet 0'),
  },
  {
    name: 'chart.js and react-chartjs-2',
    code: `import { BarElement, CategoryScale, Chart, LinearScale } from 'chart.js';
import { useEffect, useRef, useState } from 'react';
import { Bar } from 'react-chartjs-2';
Chart.register(CategoryScale, LinearScale, BarElement);
export default function App() { const ref = useRef<any>(null); const [n, set] = useState(0); useEffect(() => set(ref.current.getDatasetMeta(0).data.length), []); return <div><Bar ref={ref} data={{ labels: ['a', 'b'], datasets: [{ data: [1, 2] }] }} /><p>bars {n}</p></div>; }`,
    steps: see('bars 2'),
  },
  {
    name: 'd3',
    code: `import * as d3 from 'd3';
import { useEffect, useRef } from 'react';
const x = d3.scaleLinear([0, 10], [0, 100]);
export default function App() { const ref = useRef<SVGSVGElement>(null); useEffect(() => { d3.select(ref.current).selectAll('text').data([3, 7]).join('text').attr('x', x).attr('y', 20).text((d) => 'at ' + x(d)); }, []); return <svg ref={ref} />; }`,
    steps: [
      ['see', 'at 30'],
      ['see', 'at 70'],
    ],
  },
  {
    name: 'nanoid',
    code: `import { customAlphabet, nanoid } from 'nanoid';
export default () => <p>{customAlphabet('z', 4)()} {nanoid().length}</p>;`,
    steps: see('zzzz 21'),
  },
  {
    name: 'dayjs with a plug-in and a locale',
    code: `import dayjs from 'dayjs';
import relativeTime from 'dayjs/plugin/relativeTime';
import 'dayjs/locale/de';
dayjs.extend(relativeTime);
export default () => <p>{dayjs('2024-01-01').locale('de').format('dddd')} {dayjs('2024-01-01').from(dayjs('2024-01-03'))}</p>;`,
    steps: see('Montag 2 days ago'),
  },
  {
    name: 'moment',
    code: `import moment from 'moment';
export default () => <p>{moment.utc('2024-02-28').add(2, 'days').format('MMM Do')}</p>;`,
    steps: see('Mar 1st'),
  },
  {
    name: 'mathjs',
    code: `import { derivative, evaluate } from 'mathjs';
export default () => <p>{derivative('x^2 + x', 'x').toString()} {String(evaluate('12.7 cm to inch'))}</p>;`,
    steps: see('2 * x + 1 5 inch'),
  },
  {
    name: 'papaparse',
    code: `import Papa from 'papaparse';
const { data } = Papa.parse<{ a: string }>('a,b\\n1,"x,y"', { header: true });
export default () => <p>{JSON.stringify(data)}</p>;`,
    steps: see('[{"a":"1","b":"x,y"}]'),
  },
  {
    name: 'xlsx',
    code: `import * as XLSX from 'xlsx';
const sheet = XLSX.utils.aoa_to_sheet([['n'], [4]]); const book = XLSX.utils.book_new(); XLSX.utils.book_append_sheet(book, sheet, 'S');
const back = XLSX.read(XLSX.write(book, { type: 'array', bookType: 'xlsx' }), { type: 'array' });
export default () => <p>sheet {back.SheetNames[0]} {back.Sheets.S.A2.v}</p>;`,
    steps: see('sheet S 4'),
  },
  {
    name: 'marked',
    code: `import { marked } from 'marked';
export default () => <div dangerouslySetInnerHTML={{ __html: marked.parse('1. first\\n2. second [link](#x)') as string }} />;`,
    steps: see('second link'),
  },
  {
    name: 'katex with its styles',
    code: `import 'katex/dist/katex.min.css';
import katex from 'katex';
import { useEffect, useState } from 'react';
export default function App() { const [f, set] = useState(''); useEffect(() => set(getComputedStyle(document.querySelector('.katex')!).fontFamily), []); return <div><div dangerouslySetInnerHTML={{ __html: katex.renderToString('c^2', { output: 'html' }) }} /><p>font {f}</p></div>; }`,
    steps: see('font KaTeX_Main'),
  },
  {
    name: 'prismjs with a language',
    code: `import Prism from 'prismjs';
import 'prismjs/components/prism-python';
import 'prismjs/themes/prism.css';
const html = Prism.highlight('def f(): pass', Prism.languages.python, 'python');
export default () => <div><pre dangerouslySetInnerHTML={{ __html: html }} /><p>tokens {html.match(/token/g)!.length > 2 ? 'some' : 'none'}</p></div>;`,
    steps: see('tokens some'),
  },
  {
    name: 'react-syntax-highlighter',
    code: `import { Prism as SyntaxHighlighter } from 'react-syntax-highlighter';
import { oneDark } from 'react-syntax-highlighter/dist/esm/styles/prism';
import { useEffect, useState } from 'react';
export default function App() { const [n, set] = useState(0); useEffect(() => set([...document.querySelectorAll<HTMLElement>('code span')].filter((s) => /^(const|return)$/.test(s.textContent!) && s.style.color).length), []); return <div><SyntaxHighlighter language="javascript" style={oneDark}>{'const a = 1; return a;'}</SyntaxHighlighter><p>keywords {n}</p></div>; }`,
    steps: see('keywords 2'),
  },
  {
    name: 'classnames',
    code: `import cx from 'classnames';
export default () => <p>{cx('a', { b: true, c: 0 }, ['d', { e: 1 }])}</p>;`,
    steps: see('a b d e'),
  },
  {
    name: 'p5',
    code: `import p5 from 'p5';
import { useEffect, useRef, useState } from 'react';
export default function App() { const ref = useRef<HTMLDivElement>(null); const [frames, set] = useState('none'); useEffect(() => { const s = new p5((p: any) => { p.setup = () => { p.createCanvas(50, 40); p.noLoop(); }; p.draw = () => { p.background(255, 0, 0); set('drawn ' + p.width + ' ' + p.get(5, 5).slice(0, 3).join()); }; }, ref.current!); return () => s.remove(); }, []); return <div><div ref={ref} /><p>{frames}</p></div>; }`,
    steps: see('drawn 50 255,0,0'),
  },
  {
    name: 'tone',
    code: `import * as Tone from 'tone';
export default () => <p>{Math.round(Tone.Frequency('A4').toFrequency())} Hz {typeof Tone.Synth}</p>;`,
    steps: see('440 Hz function'),
  },
  {
    name: '@react-three/fiber and drei, for React 18',
    code: `import { Canvas, useThree } from '@react-three/fiber';
import { Box, OrbitControls } from '@react-three/drei';
import { useEffect, useState } from 'react';
import * as THREE from 'three';
function Probe({ tell }: { tell(s: string): void }) { const { scene } = useThree(); useEffect(() => { let meshes = 0; scene.traverse((o) => { if (o instanceof THREE.Mesh) meshes++; }); tell('meshes ' + meshes); }, []); return null; }
export default function App() { const [s, tell] = useState('empty'); return <div style={{ height: 200 }}><p>{s}</p><Canvas><Box args={[1, 1, 1]}><meshBasicMaterial color="red" /></Box><OrbitControls /><Probe tell={tell} /></Canvas></div>; }`,
    steps: see('meshes 1'),
  },
  {
    name: '@react-spring/web',
    code: `import { animated, useSpring } from '@react-spring/web';
import { useState } from 'react';
export default function App() { const [rest, set] = useState('moving'); const style = useSpring({ from: { opacity: 0 }, to: { opacity: 1 }, config: { duration: 50 }, onRest: () => set('at rest') }); return <animated.p style={style}>spring {rest}</animated.p>; }`,
    steps: see('spring at rest'),
  },
  {
    name: 'xstate with its hook',
    code: `import { useMachine } from '@xstate/react';
import { createMachine } from 'xstate';
const light = createMachine({ initial: 'green', states: { green: { on: { NEXT: 'amber' } }, amber: { on: { NEXT: 'green' } } } });
export default function App() { const [state, send] = useMachine(light); return <button onClick={() => send({ type: 'NEXT' })}>Light {String(state.value)}</button>; }`,
    steps: [
      ['click', 'Light green'],
      ['see', 'Light amber'],
    ],
  },
  {
    name: 'rxjs',
    code: `import { from } from 'rxjs';
import { filter, map, reduce } from 'rxjs/operators';
import { useEffect, useState } from 'react';
export default function App() { const [n, set] = useState(0); useEffect(() => { const s = from([1, 2, 3, 4]).pipe(filter((v) => v % 2 === 0), map((v) => v * 10), reduce((a, b) => a + b, 0)).subscribe(set); return () => s.unsubscribe(); }, []); return <p>stream {n}</p>; }`,
    steps: see('stream 60'),
  },
  {
    name: 'react-beautiful-dnd',
    code: `import { DragDropContext, Draggable, Droppable } from 'react-beautiful-dnd';
export default () => <DragDropContext onDragEnd={() => {}}><Droppable droppableId="d">{(p) => <div ref={p.innerRef} {...p.droppableProps}><Draggable draggableId="x" index={0}>{(q) => <div ref={q.innerRef} {...q.draggableProps} {...q.dragHandleProps}>draggable {q.draggableProps['data-rfd-draggable-id' as never] ?? (q.draggableProps as any)['data-rbd-draggable-id']}</div>}</Draggable>{p.placeholder}</div>}</Droppable></DragDropContext>;`,
    steps: see('draggable x'),
  },
  {
    name: '@dnd-kit/core and @dnd-kit/sortable',
    code: `import { DndContext } from '@dnd-kit/core';
import { arrayMove, SortableContext, useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
function Row({ id }: { id: string }) { const { setNodeRef, attributes, transform } = useSortable({ id }); return <li ref={setNodeRef} style={{ transform: CSS.Transform.toString(transform) }}>{id} {attributes['aria-roledescription']}</li>; }
export default () => <DndContext><SortableContext items={['a', 'b']}>{arrayMove(['a', 'b'], 0, 1).map((id) => <Row key={id} id={id} />)}</SortableContext></DndContext>;`,
    steps: see('b sortable'),
  },
  {
    name: 'leaflet with its styles',
    code: `import L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import { useEffect, useRef, useState } from 'react';
export default function App() { const ref = useRef<HTMLDivElement>(null); const [s, set] = useState(''); useEffect(() => { const map = L.map(ref.current!).setView([48, 16], 5); L.circleMarker([48, 16]).addTo(map); set('zoom ' + map.getZoom() + ' ' + getComputedStyle(ref.current!).overflow); return () => void map.remove(); }, []); return <div><div ref={ref} style={{ height: 150 }} /><p>{s}</p></div>; }`,
    steps: see('zoom 5 hidden'),
  },
  {
    name: 'react-use',
    code: `import { useCounter, useToggle } from 'react-use';
export default function App() { const [n, { inc }] = useCounter(3); const [on, toggle] = useToggle(false); return <button onClick={() => { inc(2); toggle(); }}>Use {n} {String(on)}</button>; }`,
    steps: [
      ['click', 'Use 3 false'],
      ['see', 'Use 5 true'],
    ],
  },
];

/** An import of a name that no registry has, or that cannot be one. */
const slop = (name: string): [name: string, code: string] => [
  name,
  `import { useState } from 'react';\nimport * as lib from '${name}';\nexport default function App() { const [n] = useState(1); return <p>{n} {Object.keys(lib).length}</p>; }`,
];

/** Names that models make up, and an artifact that imports each. */
export const madeUp = [
  slop('recharst-charts-q7'),
  slop('framer-motions-react-kit'),
  slop('react-use-hooks-x9'),
  slop('@shadcn-made-up/ui-kit'),
  slop('lucide-react-iconz'),
  slop('react-animated-counter-pro-max'),
  slop('@radix-ui/react-timeline-picker'),
  slop('tailwind-merge-classes-helper'),
  slop('date-fns-timezone-magic'),
  slop('three-fiber-drei-helpers-x2'),
];
