// Anchors, hashes and the history of a page inside a frame.
import type { ArtifactCase } from './artifact-case.ts';

export const history: ArtifactCase[] = [
  {
    name: 'an anchor, and back',
    code: `import React, { useEffect, useState } from 'react';
export default function App() {
  const [clicks, setClicks] = useState(0); const [hash, setHash] = useState('none'); const [pops, setPops] = useState(0);
  useEffect(() => { const h = () => setHash(location.hash || 'empty'); const p = () => setPops((n) => n + 1); addEventListener('hashchange', h); addEventListener('popstate', p); return () => { removeEventListener('hashchange', h); removeEventListener('popstate', p); }; }, []);
  return <div><a href="#faq" onClick={() => setClicks((n) => n + 1)}>Questions</a> <a href="#" onClick={(e) => { e.preventDefault(); setClicks((n) => n + 10); }}>Nothing</a> <button onClick={() => history.back()}>Back</button>
    <p>clicks {clicks} hash {hash} pops {pops}</p><div style={{ height: 1500 }} /><h2 id="faq">Answers</h2></div>;
}`,
    steps: [
      ['click', 'Questions'],
      ['see', 'clicks 1 hash #faq'],
      ['click', 'Back'],
      ['see', 'clicks 1 hash empty'],
    ],
  },
  {
    name: 'a BrowserRouter with links',
    code: `import { BrowserRouter, Link, Route, Routes, useNavigate, useParams } from 'react-router-dom';
function Item() { const { id } = useParams(); const go = useNavigate(); return <div><p>Item {id}</p><button onClick={() => go(-1)}>Return</button></div>; }
export default () => <BrowserRouter><Routes><Route path="/" element={<Link to="/items/7">Seven</Link>} /><Route path="/items/:id" element={<Item />} /><Route path="*" element={<p>lost</p>} /></Routes></BrowserRouter>;`,
    steps: [
      ['click', 'Seven'],
      ['see', 'Item 7'],
      ['click', 'Return'],
      ['see', 'Seven'],
    ],
  },
  {
    name: 'a HashRouter',
    code: `import { HashRouter, NavLink, Route, Routes } from 'react-router-dom';
const Here = () => <i>{window.location.hash}</i>;
export default () => <HashRouter><NavLink to="/a">To A</NavLink><NavLink to="/b">To B</NavLink><Routes><Route path="/" element={<p>Start page</p>} /><Route path="/a" element={<p>Page A</p>} /><Route path="/b" element={<p>Page B <Here /></p>} /></Routes></HashRouter>;`,
    steps: [
      ['see', 'Start page'],
      ['click', 'To A'],
      ['see', 'Page A'],
      ['click', 'To B'],
      ['see', 'Page B #/b'],
    ],
  },
  {
    name: 'pushState with a state, and popstate',
    code: `import { useEffect, useState } from 'react';
export default function Wizard() {
  const [step, setStep] = useState(1);
  useEffect(() => { history.replaceState({ step: 1 }, ''); const h = (e: PopStateEvent) => setStep(e.state?.step ?? -1); addEventListener('popstate', h); return () => removeEventListener('popstate', h); }, []);
  const next = () => { history.pushState({ step: step + 1 }, '', '?step=' + (step + 1)); setStep(step + 1); };
  return <div><h2>Step {step} {location.search}</h2><button onClick={next}>Next</button><button onClick={() => history.go(-2)}>Two back</button></div>;
}`,
    steps: [
      ['click', 'Next'],
      ['click', 'Next'],
      ['see', 'Step 3 ?step=3'],
      ['click', 'Two back'],
      ['see', 'Step 1'],
    ],
  },
  {
    name: 'location.hash as a tab',
    code: `import { useSyncExternalStore } from 'react';
const subscribe = (f: () => void) => { addEventListener('hashchange', f); return () => removeEventListener('hashchange', f); };
export default function Tabs() {
  const hash = useSyncExternalStore(subscribe, () => location.hash.slice(1) || 'home');
  return <nav>{['home', 'docs'].map((t) => <button key={t} onClick={() => { location.hash = t; }}>{t}</button>)}<p>Tab {hash}</p></nav>;
}`,
    steps: [
      ['see', 'Tab home'],
      ['click', 'docs'],
      ['see', 'Tab docs'],
    ],
  },
  {
    name: 'an anchor that scrolls',
    code: `import { useEffect, useState } from 'react';
export default function App() {
  const [seen, setSeen] = useState(false);
  useEffect(() => { const o = new IntersectionObserver((es) => es.some((e) => e.isIntersecting) && setSeen(true)); o.observe(document.getElementById('end')!); return () => o.disconnect(); }, []);
  return <div><div style={{ position: 'sticky', top: 0, background: 'white' }}><a href="#end">Jump</a> {seen ? 'end seen' : 'end hidden'}</div><div style={{ height: 4000 }} /><h3 id="end">The end</h3></div>;
}`,
    steps: [
      ['see', 'end hidden'],
      ['click', 'Jump'],
      ['see', 'end seen'],
    ],
  },
  {
    name: 'a form that is sent to nowhere',
    code: `import { useState } from 'react';
export default function App() {
  const [sent, setSent] = useState('');
  return <form onSubmit={(e) => { e.preventDefault(); setSent(String(new FormData(e.currentTarget).get('name'))); }}><input name="name" defaultValue="Grace" /><button>Send</button><p>sent {sent || 'nothing'}</p></form>;
}`,
    steps: [
      ['click', 'Send'],
      ['see', 'sent Grace'],
    ],
  },
  {
    name: 'search parameters of the router',
    code: `import { BrowserRouter, useSearchParams } from 'react-router-dom';
function Filter() { const [params, set] = useSearchParams(); return <div><p>Filter {params.get('q') ?? 'none'}</p><button onClick={() => set({ q: 'red' })}>Red</button><button onClick={() => set({})}>Clear</button></div>; }
export default () => <BrowserRouter><Filter /></BrowserRouter>;`,
    steps: [
      ['see', 'Filter none'],
      ['click', 'Red'],
      ['see', 'Filter red'],
      ['click', 'Clear'],
      ['see', 'Filter none'],
    ],
  },
  {
    name: 'a link with a hash that a handler refuses',
    code: `import { useState } from 'react';
export default function App() {
  const [n, set] = useState(0);
  return <div><a href="#" onClick={(e) => { e.preventDefault(); set(n + 1); }}>Add one</a><p>count {n} hash [{location.hash}]</p></div>;
}`,
    steps: [
      ['click', 'Add one'],
      ['see', 'count 1 hash []'],
    ],
  },
  {
    name: 'an empty link that nobody refuses: the artifact stays',
    code: `import { useState } from 'react';
export default function App() { const [n, set] = useState(0); return <div><a href="#" onClick={() => set(n + 1)}>Stay</a><p>stayed {n}</p></div>; }`,
    steps: [
      ['click', 'Stay'],
      ['see', 'stayed 1'],
      ['click', 'Stay'],
      ['see', 'stayed 2'],
    ],
  },
  {
    name: 'a data router',
    code: `import { createBrowserRouter, Link, RouterProvider, useLoaderData } from 'react-router-dom';
const Page = () => <p>Loaded {useLoaderData() as string}</p>;
const router = createBrowserRouter([{ path: '/', element: <Link to="/deep?x=1">Deeper</Link> }, { path: '/deep', loader: async ({ request }) => new URL(request.url).search, element: <Page /> }]);
export default () => <RouterProvider router={router} />;`,
    steps: [
      ['click', 'Deeper'],
      ['see', 'Loaded ?x=1'],
    ],
  },
  {
    name: 'the hash at the start, and history.length',
    code: `import { useEffect, useState } from 'react';
export default function App() {
  const [start] = useState(() => history.length); const [log, setLog] = useState('');
  useEffect(() => { const h = (e: HashChangeEvent) => setLog(new URL(e.oldURL).hash + '>' + new URL(e.newURL).hash); window.onhashchange = h; return () => { window.onhashchange = null; }; }, []);
  return <div><a href="#one">One</a><a href="#two">Two</a><p>{log} grew {history.length - start}</p></div>;
}`,
    steps: [
      ['click', 'One'],
      ['see', '>#one grew 1'],
      ['click', 'Two'],
      ['see', '#one>#two grew 2'],
    ],
  },
];
