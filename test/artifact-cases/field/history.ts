// The history of a page inside a frame, anchors, forms that are sent, and pages that load anew: the artifact comes back by itself.
import type { FieldCase } from '../artifact-case.ts';

export const historyAndForms: FieldCase[] = [
  {
    name: 'goes back from an anchor',
    everywhere: true,
    code: `import React, { useEffect, useState } from 'react';
export default function App() {
  const [clicks, setClicks] = useState(0); const [hash, setHash] = useState('none'); const [pops, setPops] = useState(0);
  useEffect(() => { const h = () => setHash(location.hash || 'empty'); const p = () => setPops((n) => n + 1); addEventListener('hashchange', h); addEventListener('popstate', p); return () => { removeEventListener('hashchange', h); removeEventListener('popstate', p); }; }, []);
  return <div><a href="#faq" onClick={() => setClicks((n) => n + 1)}>Questions</a> <a href="#" onClick={(e) => { e.preventDefault(); setClicks((n) => n + 10); }}>Nothing</a> <button onClick={() => history.back()}>Back</button>
    <p>clicks {clicks} hash {hash} pops {pops}</p><div style={{ height: 1500 }} /><h2 id="faq">Answers</h2></div>;
}
`,
    steps: [
      ['click', 'Questions'],
      ['see', 'clicks 1 hash #faq'],
      ['click', 'Back'],
      ['see', 'clicks 1 hash empty'],
    ],
  },
  {
    name: 'hears the addresses of each hashchange, forward as well',
    code: `import { useEffect, useState } from 'react';
export default function App() {
  const [log, setLog] = useState<string[]>([]);
  useEffect(() => { const h = (e: HashChangeEvent) => setLog((l) => [...l, new URL(e.oldURL).hash + '>' + new URL(e.newURL).hash]); addEventListener('hashchange', h); return () => removeEventListener('hashchange', h); }, []);
  return <div><a href="#a">To a</a> <a href="#b">To b</a> <button onClick={() => history.back()}>Back</button> <button onClick={() => history.forward()}>Forward</button><p>changes {log.join(' ')} end</p></div>;
}
`,
    steps: [
      ['click', 'To a'],
      ['see', 'changes >#a end'],
      ['click', 'To b'],
      ['see', '#a>#b end'],
      ['click', 'Back'],
      ['see', '#b>#a end'],
      ['click', 'Forward'],
      ['see', '#b>#a #a>#b end'],
    ],
  },
  {
    name: 'goes back beyond its first entry: nothing happens',
    everywhere: true,
    code: `import { useState } from 'react';
export default function App() {
  const [seen, set] = useState('nothing tried'); const [tries, count] = useState(0);
  const leave = () => { history.back(); history.go(-3); setTimeout(() => count((n) => n + 1), 600); };
  const back = () => { addEventListener('popstate', () => set('out ' + (location.search || 'again')), { once: true }); history.back(); };
  return <div><button onClick={leave}>Leave</button><button onClick={() => { history.pushState(null, '', '?in'); set('inside ' + location.search); }}>Enter</button><button onClick={back}>Return</button><p>{seen} tries {tries}</p></div>;
}
`,
    steps: [
      ['click', 'Leave'],
      ['see', 'nothing tried tries 1'],
      ['click', 'Enter'],
      ['see', 'inside ?in'],
      ['click', 'Return'],
      ['see', 'out again'],
      ['click', 'Leave'],
      ['see', 'out again tries 2'],
    ],
  },
  {
    name: 'counts entries of its own, and goes as many steps as it says',
    code: `import { useEffect, useState } from 'react';
export default function Wizard() {
  const [text, set] = useState('starts with ' + history.length);
  useEffect(() => { const p = () => set('at ' + (location.hash || 'start') + ' of ' + history.length); addEventListener('popstate', p); return () => removeEventListener('popstate', p); }, []);
  const all = () => { for (const n of [1, 2, 3]) history.pushState({ n }, '', '#step' + n); set('has ' + history.length); };
  return <div><button onClick={all}>Three steps</button><button onClick={() => { history.back(); history.back(); }}>Twice</button><button onClick={() => history.go(2)}>Two forward</button><button onClick={() => history.go(-3)}>All back</button><button onClick={() => history.length > 1 && history.go(-1)}>If there is one</button><p>{text}</p></div>;
}
`,
    steps: [
      ['see', 'starts with 1'],
      ['click', 'Three steps'],
      ['see', 'has 4'],
      ['click', 'Twice'],
      ['see', 'at #step1 of 4'],
      ['click', 'Two forward'],
      ['see', 'at #step3 of 4'],
      ['click', 'All back'],
      ['see', 'at start of 4'],
    ],
  },
  {
    name: 'keeps the state of each entry',
    code: `import { useEffect, useState } from 'react';
export default function App() {
  const [text, set] = useState(JSON.stringify(history.state));
  useEffect(() => { const p = (e: PopStateEvent) => set('popped ' + JSON.stringify(e.state) + ' is ' + JSON.stringify(history.state)); addEventListener('popstate', p); return () => removeEventListener('popstate', p); }, []);
  const push = (n: number) => { history.pushState({ n, list: [n] }, '', '/step/' + n); set('pushed ' + JSON.stringify(history.state)); };
  return <div><button onClick={() => push(1)}>One</button><button onClick={() => push(2)}>Two</button><button onClick={() => { history.replaceState({ n: 9 }, ''); set('replaced ' + history.state.n + ' at ' + location.pathname); }}>Replace</button><button onClick={() => history.go(-1)}>Back</button><button onClick={() => history.go(1)}>Forward</button><p>{text}</p></div>;
}
`,
    steps: [
      ['click', 'One'],
      ['click', 'Two'],
      ['see', 'pushed {"n":2,"list":[2]}'],
      ['click', 'Back'],
      ['see', 'popped {"n":1,"list":[1]} is {"n":1,"list":[1]}'],
      ['click', 'Replace'],
      ['see', 'replaced 9 at /step/1'],
      ['click', 'Forward'],
      ['see', 'popped {"n":2'],
      ['click', 'Back'],
      ['see', 'popped {"n":9} is {"n":9}'],
    ],
  },
  {
    name: 'sends a form by GET',
    everywhere: true,
    code: `export default function Search() {
  const query = new URLSearchParams(location.search).get('q');
  return <div><form><input name="q" defaultValue="green tea" /><button>Search</button></form><p>{query ? 'Results for ' + query : 'No search yet'}</p></div>;
}
`,
    steps: [
      ['see', 'No search yet'],
      ['click', 'Search'],
      ['see', 'Results for green tea'],
    ],
  },
  {
    name: 'sends forms by POST, one with a file',
    everywhere: true,
    code: `const loads = Number(sessionStorage.getItem('loads') ?? 0) + 1;
sessionStorage.setItem('loads', String(loads));
export default function Contact() {
  return <div><form method="post"><input name="email" defaultValue="ada@example.com" /><button>Send</button></form>
    <form method="post" action="/upload?kind=file" encType="multipart/form-data"><input type="file" name="f" /><textarea name="t" defaultValue={'x'.repeat(70000)} /><button>Upload</button></form><p>Loaded {loads} at {location.pathname + location.search}</p></div>;
}
`,
    steps: [
      ['see', 'Loaded 1 at /'],
      ['click', 'Send'],
      ['see', 'Loaded 2 at /'],
      ['click', 'Upload'],
      ['see', 'Loaded 3 at /upload?kind=file'],
    ],
  },
  {
    name: 'loads itself anew, with its state and its storage',
    everywhere: true,
    code: `const loads = Number(localStorage.getItem('loads') ?? 0) + 1;
localStorage.setItem('loads', String(loads));
export default function App() {
  return <div><button onClick={() => { history.replaceState({ kept: 'yes' }, '', '?mark'); location.reload(); }}>Reset</button><p>Loaded {loads} {location.search} {history.state?.kept}</p></div>;
}
`,
    steps: [
      ['see', 'Loaded 1'],
      ['click', 'Reset'],
      ['see', 'Loaded 2 ?mark yes'],
    ],
  },
  {
    name: 'goes to other pages of its own, and back',
    code: `export default function App() {
  return <div><a href="/about">About</a> <a href="?tab=2">Second tab</a> <button onClick={() => { location.href = '/contact?from=' + location.pathname; }}>Contact</button><button onClick={() => location.assign('/')}>Home</button><button onClick={() => history.back()}>Back</button><p>At {location.pathname}{location.search} of {history.length}</p></div>;
}
`,
    steps: [
      ['see', 'At / of 1'],
      ['click', 'About'],
      ['see', 'At /about of 2'],
      ['click', 'Contact'],
      ['see', 'At /contact?from=/about of 3'],
      ['click', 'Back'],
      ['see', 'At /about of 3'],
      ['click', 'Second tab'],
      ['see', 'At /about?tab=2 of 3'],
      ['click', 'Home'],
      ['see', 'At / of 4'],
    ],
  },
  {
    name: 'sets and replaces the hash',
    code: `import { useEffect, useState } from 'react';
export default function App() {
  const [changes, set] = useState(0); const [now, setNow] = useState('');
  useEffect(() => { window.onhashchange = () => { set((n) => n + 1); setNow(location.hash); }; return () => { window.onhashchange = null; }; }, []);
  return <div><style>{'#two:target { font-style: italic; }'}</style><button onClick={() => { location.hash = 'one'; }}>Set</button><button onClick={() => location.replace('#two')}>Exchange</button><button onClick={() => { history.replaceState(null, '', '#silent'); setTimeout(() => setNow(location.hash), 200); }}>Silently</button><button onClick={() => setNow(getComputedStyle(document.getElementById('two')!).fontStyle)}>Style</button>
    <p>{changes} {now} of {history.length}</p><h2 id="two">Two</h2></div>;
}
`,
    steps: [
      ['click', 'Set'],
      ['see', '1 #one of 2'],
      ['click', 'Exchange'],
      ['see', '2 #two of 2'],
      ['click', 'Style'],
      ['see', '2 italic of 2'],
      ['click', 'Silently'],
      ['see', '2 #silent of 2'],
    ],
  },
  {
    name: 'reloads a BrowserRouter at a deep address',
    code: `import { BrowserRouter, Link, Route, Routes, useNavigate, useParams } from 'react-router-dom';
function Item() { const { id } = useParams(); const go = useNavigate(); return <div><p>Item {id}</p><button onClick={() => location.reload()}>Again</button><button onClick={() => go(-1)}>Return</button></div>; }
export default () => <BrowserRouter><Routes><Route path="/" element={<Link to="/items/7">Seven</Link>} /><Route path="/items/:id" element={<><Item /><i>{performance.getEntriesByType('navigation').map((e) => (e as PerformanceNavigationTiming).type)}</i></>} /></Routes></BrowserRouter>;
`,
    steps: [
      ['click', 'Seven'],
      ['see', 'Item 7'],
      ['click', 'Again'],
      ['see', 'reload'],
      ['see', 'Item 7'],
      ['click', 'Return'],
      ['see', 'Seven'],
    ],
  },
  {
    name: 'goes back in a HashRouter, and keeps a MemoryRouter to itself',
    code: `import { HashRouter, Link, MemoryRouter, Route, Routes, useLocation, useNavigate } from 'react-router-dom';
function Bar({ name }: { name: string }) { const { pathname } = useLocation(); const go = useNavigate(); return <p>{name} at {pathname} <Link to="/x">{name} x</Link> <Link to="/y">{name} y</Link> <button onClick={() => go(-1)}>{name} back</button></p>; }
const Pages = ({ name }: { name: string }) => <Routes><Route path="*" element={<Bar name={name} />} /></Routes>;
export default () => <div><HashRouter><Pages name="Hash" /></HashRouter><MemoryRouter><Pages name="Memory" /></MemoryRouter></div>;
`,
    steps: [
      ['click', 'Hash x'],
      ['see', 'Hash at /x'],
      ['click', 'Memory x'],
      ['see', 'Memory at /x'],
      ['click', 'Hash y'],
      ['see', 'Hash at /y'],
      ['click', 'Memory back'],
      ['see', 'Memory at / '],
      ['click', 'Hash back'],
      ['see', 'Hash at /x'],
    ],
  },
  {
    name: 'asks for what the chat page does not delegate: it stays visible',
    code: `import { useState } from 'react';
export default function App() {
  const [done, set] = useState('');
  const ask = () => {
    window.onbeforeunload = () => 'Really?';
    window.close(); window.print(); window.focus(); window.stop();
    document.documentElement.requestFullscreen?.();
    navigator.clipboard?.readText();
    navigator.wakeLock?.request('screen');
    screen.orientation?.lock?.('landscape');
    Notification?.requestPermission?.();
    navigator.serviceWorker?.register('/sw.js');
    new Audio('data:audio/wav;base64,AAAA').play();
    navigator.share?.({ title: 'x' });
    setTimeout(() => set('asked, ' + (document.fullscreenElement ? 'full' : 'as before')), 500);
  };
  return <div><button onClick={ask}>Ask</button><p>{done}</p></div>;
}
`,
    steps: [
      ['click', 'Ask'],
      ['see', 'asked, as before'],
    ],
  },
  {
    name: 'copies to the clipboard',
    code: `import { useState } from 'react';
export default function App() {
  const [done, set] = useState('');
  return <div><button onClick={() => navigator.clipboard.writeText('secret').then(() => set('copied'), (e) => set('failed ' + e))}>Copy</button><button onClick={() => { const t = document.createElement('textarea'); t.value = 'old'; document.body.append(t); t.select(); set('command ' + document.execCommand('copy')); t.remove(); }}>Copy as of old</button><p>{done}</p></div>;
}
`,
    steps: [
      ['click', 'Copy'],
      ['see', 'copied'],
      ['click', 'Copy as of old'],
      ['see', 'command true'],
    ],
  },
  {
    name: 'opens another tab, and stays',
    code: `import { useState } from 'react';
export default function App() {
  const [n, set] = useState(0);
  return <div><a href="/elsewhere" target="_blank" rel="noopener" onClick={() => set(n + 1)}>New tab</a> <button onClick={() => { const w = window.open('', '_blank'); w?.document.write('<p>popup</p>'); set(w ? 10 : -1); w?.close(); }}>Popup</button><p>opened {n} at {location.pathname}</p></div>;
}
`,
    steps: [
      ['click', 'New tab'],
      ['see', 'opened 1 at /'],
      ['click', 'Popup'],
      ['see', 'opened 10 at /'],
    ],
  },
  {
    name: 'links to another site: that opens in a tab of its own',
    code: `import { useState } from 'react';
export default function App() {
  const [n, set] = useState(0);
  return <div><a href="http://localhost:9/docs" onClick={() => setTimeout(() => set(n + 1), 500)}><b>Documentation</b></a><p>followed {n}</p></div>;
}
`,
    steps: [
      ['click', 'Documentation'],
      ['see', 'followed 1'],
    ],
  },
  {
    name: 'links to another site in a page',
    type: 'text/html',
    code: `<!DOCTYPE html><html><body><a href="http://localhost:9/docs" onclick="setTimeout(() => { o.textContent = 'followed' }, 500)">Documentation</a><p id="o">here</p></body></html>`,
    steps: [
      ['click', 'Documentation'],
      ['see', 'followed'],
    ],
  },
  {
    // Counted from the start: Sandpack's client may load a page twice, which is an entry more.
    name: 'counts entries of its own in a page',
    type: 'text/html',
    code: `<!DOCTYPE html><html><body><button onclick="history.pushState(null, '', '?page=2'); say()">Next</button> <button onclick="history.back()">Previous</button><p id="out"></p>
<script>const before = history.length - 1; const say = () => { document.getElementById('out').textContent = (location.search || 'first') + ' of ' + (history.length - before); }; addEventListener('popstate', say); say();</script></body></html>
`,
    steps: [
      ['see', 'first of 1'],
      ['click', 'Next'],
      ['see', '?page=2 of 2'],
      ['click', 'Previous'],
      ['see', 'first of 2'],
    ],
  },
  {
    name: 'sends forms in a page',
    type: 'text/html',
    everywhere: true,
    code: `<!DOCTYPE html><html><body><form><input name="q" value="green tea"><button>Search</button></form><form method="post"><input name="mail" value="a@example.com"><button>Send</button></form><button onclick="location.reload()">Again</button><p id="out"></p>
<script>const n = Number(sessionStorage.getItem('n') || 0) + 1; sessionStorage.setItem('n', n); document.getElementById('out').textContent = 'Load ' + n + ' asks ' + (new URLSearchParams(location.search).get('q') || 'nothing');</script></body></html>
`,
    steps: [
      ['see', 'asks nothing'],
      ['click', 'Search'],
      ['see', 'asks green tea'],
      ['click', 'Again'],
      ['see', 'asks green tea'],
      ['click', 'Send'],
      ['see', 'asks '],
    ],
  },
];
