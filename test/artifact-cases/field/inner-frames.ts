// Documents and workers that an artifact makes within its page: what they load from CDNs is answered at home.
import type { FieldCase } from '../artifact-case.ts';

const dayjs = 'https://cdnjs.cloudflare.com/ajax/libs/dayjs/1.11.10/dayjs.min.js';

/** An HTML document as a script writes it: a library from a CDN, and a message to the page. */
const inner = `const code = (n) => \`<!doctype html><html><head><script src="${dayjs}"><\\/script></head><body><script>(window.opener || parent).postMessage('\${n} ' + (typeof dayjs === 'function' ? dayjs('2024-03-04').format('DD.MM.') : 'missing'), '*')<\\/script></body></html>\`;`;
const listen = `addEventListener('message', (e) => { if (typeof e.data === 'string' && /(\\d\\d\\.\\d\\d\\.|missing)$/.test(e.data)) o.textContent += e.data + '\\n'; });`;
const page = (body: string, script: string): string =>
  `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>${body}<pre id="o"></pre><script>\n${inner}\n${listen}\n${script}\n</script></body></html>`;
const seen = (...names: string[]) => names.map((name) => ['see', `${name} 04.03.`] as const);

const workerCode = `importScripts('${dayjs}'); postMessage('NAME ' + dayjs('2024-03-04').format('DD.MM.'));`;

export const framesAndWorkers: FieldCase[] = [
  {
    name: 'writes a page into frames in four ways',
    type: 'text/html',
    everywhere: true,
    code: page(
      '<textarea id="src"></textarea><iframe id="a"></iframe><iframe id="b"></iframe><iframe id="c"></iframe><iframe id="d" sandbox="allow-scripts"></iframe>',
      `src.value = code('x');
a.srcdoc = code('srcdoc');
const w = b.contentDocument; w.open(); w.write(code('written')); w.close();
c.src = URL.createObjectURL(new Blob([code('blob')], { type: 'text/html' }));
d.srcdoc = code('sandboxed');`,
    ),
    steps: seen('srcdoc', 'written', 'blob', 'sandboxed'),
  },
  {
    name: 'writes a page into frames in four ways, in a component',
    code: `import React, { useEffect, useRef, useState } from 'react';
${inner}
export default function App() {
  const [lines, setLines] = useState<string[]>([]); const written = useRef<HTMLIFrameElement>(null); const [url, setUrl] = useState<string>();
  useEffect(() => {
    const hear = (e: MessageEvent) => { if (typeof e.data === 'string' && /(\\d\\d\\.\\d\\d\\.|missing)$/.test(e.data)) setLines((all) => [...all, e.data]); };
    addEventListener('message', hear);
    const d = written.current!.contentDocument!; d.open(); d.write(code('written')); d.close();
    setUrl(URL.createObjectURL(new Blob([code('blob')], { type: 'text/html' })));
    return () => removeEventListener('message', hear);
  }, []);
  return <main><iframe title="a" srcDoc={code('srcdoc')} /><iframe title="b" ref={written} /><iframe title="c" src={url} /><iframe title="d" sandbox="allow-scripts" srcDoc={code('sandboxed')} /><p>{lines.join(' ')}</p></main>;
}
`,
    steps: seen('srcdoc', 'written', 'blob', 'sandboxed'),
  },
  {
    name: 'has frames in its own markup',
    type: 'text/html',
    everywhere: true,
    code: `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><pre id="o"></pre><script>${listen}</script>
<iframe sandbox="allow-scripts" srcdoc="<script src='${dayjs}'></script><script>parent.postMessage('sandboxed ' + dayjs('2024-03-04').format('DD.MM.'), '*')</script>"></iframe>
<iframe src="data:text/html,<script src='${dayjs}'></script><script>parent.postMessage('data ' + dayjs('2024-03-04').format('DD.MM.'), '*')</script>"></iframe>
</body></html>`,
    steps: seen('sandboxed', 'data'),
  },
  {
    name: 'opens data: addresses in frames',
    type: 'text/html',
    everywhere: true,
    code: page(
      '<iframe id="a"></iframe>',
      `a.src = 'data:text/html,' + encodeURIComponent(code('text'));
const b = document.createElement('iframe'); b.setAttribute('src', 'data:text/html;charset=utf-8;base64,' + btoa(code('base64'))); document.body.append(b);
document.body.insertAdjacentHTML('beforeend', '<iframe src="data:text/html,' + encodeURIComponent(code('markup')) + '"></iframe>');`,
    ),
    steps: seen('text', 'base64', 'markup'),
  },
  {
    name: 'writes into frames by name and number',
    type: 'text/html',
    everywhere: true,
    code: page(
      '<iframe name="sheet"></iframe><iframe></iframe>',
      `frames.sheet.document.write(code('name')); frames.sheet.document.close();
const d = window[1].document; d.open(); for (const part of code('number').split(/(?=<[hb])/)) d.write(part); d.close();`,
    ),
    steps: seen('name', 'number'),
  },
  {
    name: 'builds a frame out of elements',
    type: 'text/html',
    code: page(
      '<iframe id="a"></iframe>',
      `const s = a.contentDocument.createElement('script'); s.src = '${dayjs}';
s.onload = () => { o.textContent += 'elements ' + a.contentWindow.dayjs('2024-03-04').format('DD.MM.') + '\\n'; }; a.contentDocument.body.appendChild(s);`,
    ),
    steps: seen('elements'),
  },
  {
    name: 'nests frames in frames',
    type: 'text/html',
    code: page(
      '<iframe id="a"></iframe>',
      `const pass = '<script>addEventListener("message", (e) => parent.postMessage(e.data, "*"))<\\/script>';
a.srcdoc = pass + '<iframe sandbox="allow-scripts" srcdoc="' + code('nested').replaceAll('&', '&amp;').replaceAll('"', '&quot;') + '"></iframe>';`,
    ),
    steps: seen('nested'),
  },
  {
    name: 'loads ES modules by an import map in a sandboxed frame',
    type: 'text/html',
    everywhere: true,
    code: page(
      '<iframe id="a" sandbox="allow-scripts"></iframe>',
      `a.srcdoc = '<script type="importmap">{"imports":{"dayjs":"https://esm.sh/dayjs@1.11.10"}}<\\/script><script type="module">import dayjs from "dayjs"; parent.postMessage("module " + dayjs("2024-03-04").format("DD.MM."), "*")<\\/script>';`,
    ),
    steps: seen('module'),
  },
  {
    name: 'styles a copy of itself, as picture and print helpers do',
    type: 'text/html',
    code: `<!DOCTYPE html><html><head><link rel="stylesheet" href="https://cdn.jsdelivr.net/npm/bootstrap@5.3.2/dist/css/bootstrap.min.css"></head><body><p class="d-none">hidden</p><pre id="o"></pre><script>
const f = document.createElement('iframe'); const copy = document.documentElement.cloneNode(true); copy.querySelector('script').remove(); document.body.append(f);
const d = f.contentDocument; d.open(); d.write('<!DOCTYPE html><html></html>'); d.close(); d.replaceChild(d.adoptNode(copy), d.documentElement);
d.querySelector('link').addEventListener('load', () => { o.textContent = 'copy ' + f.contentWindow.getComputedStyle(d.querySelector('p')).display; });
</script></body></html>`,
    steps: [['see', 'copy none']],
  },
  {
    name: 'runs an editor with a preview that is written anew',
    type: 'text/html',
    code: page(
      '<button id="run">Run</button><iframe id="a" sandbox="allow-scripts allow-same-origin"></iframe>',
      `let n = 0; const run = document.getElementById('run'); run.onclick = () => { n += 1; a.srcdoc = code('run' + n); }; run.click();`,
    ),
    steps: [
      ['see', 'run1 04.03.'],
      ['click', 'Run'],
      ['see', 'run2 04.03.'],
    ],
  },
  {
    name: 'changes its own markup, as if nobody watched',
    type: 'text/html',
    everywhere: true,
    code: page(
      '<div id="d"><b>old</b></div>',
      `const told = []; const tell = (what) => told.push(what);
d.innerHTML = null; tell(d.childNodes.length);
d.innerHTML = undefined; tell(d.textContent);
d.innerHTML = '<i>1</i>'; d.firstElementChild.outerHTML = '<s>2</s>'; d.insertAdjacentHTML('beforeend', '<u>3</u>');
d.append(document.createRange().createContextualFragment('<b>4</b>'), 'five'); tell(d.innerHTML);
for (const wrong of [() => d.insertAdjacentHTML('beforeend'), () => d.setAttribute('x'), () => d.appendChild(null)])
  try { wrong(); } catch (e) { tell(e.name); }
o.textContent = told.join('|');`,
    ),
    steps: [['see', '0|undefined|<s>2</s><u>3</u><b>4</b>five|TypeError|TypeError|TypeError']],
  },
  {
    name: 'starts workers in several ways',
    type: 'text/html',
    everywhere: true,
    code: page(
      '',
      `const show = (e) => { o.textContent += e.data + '\\n'; };
const text = (name) => ${JSON.stringify(workerCode)}.replace('NAME', name);
const url = (code) => URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
new Worker(url(text('blob'))).onmessage = show;
new Worker('data:text/javascript,' + encodeURIComponent(text('data'))).onmessage = show;
new Worker(url('import dayjs from "https://esm.sh/dayjs@1.11.10"; postMessage("module " + dayjs("2024-03-04").format("DD.MM."))'), { type: 'module' }).onmessage = show;
const shared = new SharedWorker(url('onconnect = ({ ports: [port] }) => { importScripts("${dayjs}"); port.postMessage("shared " + dayjs("2024-03-04").format("DD.MM.")); }'));
shared.port.onmessage = show;`,
    ),
    steps: seen('blob', 'data', 'module', 'shared'),
  },
  {
    name: 'starts a worker in a sandboxed frame',
    type: 'text/html',
    code: page(
      '<iframe id="a" sandbox="allow-scripts"></iframe>',
      `a.srcdoc = '<script>const w = new Worker(URL.createObjectURL(new Blob([' + JSON.stringify(${JSON.stringify(workerCode)}.replace('NAME', 'framed')) + ']))); w.onmessage = (e) => parent.postMessage(e.data, "*")<\\/script>';`,
    ),
    steps: seen('framed'),
  },
  {
    name: 'starts a worker within a worker, in a component',
    code: `import { useEffect, useState } from 'react';
const inner = ${JSON.stringify(workerCode.replace('NAME', 'nested'))};
const outer = 'const w = new Worker(URL.createObjectURL(new Blob([' + JSON.stringify(inner) + ']))); w.onmessage = (e) => postMessage(e.data);';
export default function App() {
  const [line, setLine] = useState('');
  useEffect(() => { const w = new Worker(URL.createObjectURL(new Blob([outer]))); w.onmessage = (e) => setLine(e.data); return () => w.terminate(); }, []);
  return <p>{line}</p>;
}
`,
    steps: seen('nested'),
  },
];
