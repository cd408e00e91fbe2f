// Files that an artifact makes, takes and keeps: nothing of it throws because it is shown in a preview.
import type { FieldCase } from '../artifact-case.ts';

/** A page that reports one line, and whatever went wrong by itself. */
const page = (
  body: string,
  script: string,
) => `<!DOCTYPE html><html><head><title>Files</title></head><body>${body}<p id="out">waiting</p><p id="bad">no errors</p>
<script>
const say = (text) => { document.getElementById('out').textContent = text; };
addEventListener('error', (e) => { document.getElementById('bad').textContent = 'error ' + (e.message || e.target.tagName); }, true);
addEventListener('unhandledrejection', (e) => { document.getElementById('bad').textContent = 'rejected ' + e.reason; });
${script}
</script></body></html>
`;

export const filesOfArtifacts: FieldCase[] = [
  {
    name: 'downloads a blob and a data address',
    code: `import { useState } from 'react';
function save(href: string, name: string) { const a = document.createElement('a'); a.href = href; a.download = name; document.body.appendChild(a); a.click(); a.remove(); }
export default function Export() {
  const [done, set] = useState('nothing');
  return <div><button onClick={() => { const url = URL.createObjectURL(new Blob(['a,b\\n1,2'], { type: 'text/csv' })); save(url, 'table.csv'); URL.revokeObjectURL(url); setTimeout(() => set('csv at ' + location.href.startsWith(location.origin)), 400); }}>CSV</button>
    <button onClick={() => { save('data:application/json,' + encodeURIComponent('{"a":1}'), 'a.json'); setTimeout(() => set('json stays'), 400); }}>JSON</button><p>saved {done}</p></div>;
}
`,
    steps: [
      ['click', 'CSV'],
      ['see', 'saved csv at true'],
      ['click', 'JSON'],
      ['see', 'saved json stays'],
    ],
  },
  {
    name: 'downloads in a page',
    type: 'text/html',
    code: page(
      `<a id="d" download="note.txt">Download</a> <button onclick="setTimeout(() => say('still ' + document.title), 400)">Check</button>`,
      `document.getElementById('d').href = URL.createObjectURL(new Blob(['hello'], { type: 'text/plain' }));`,
    ),
    steps: [
      ['click', 'Download'],
      ['click', 'Check'],
      ['see', 'still Files'],
      ['see', 'no errors'],
    ],
  },
  {
    name: 'saves with the picker of the browser, or else with a link',
    code: `import { useState } from 'react';
export default function Save() {
  const [how, set] = useState('');
  const save = async () => {
    try {
      if (!('showSaveFilePicker' in window)) throw new Error('absent');
      await (window as unknown as { showSaveFilePicker(): Promise<unknown> }).showSaveFilePicker();
    } catch (e) {
      const a = document.createElement('a'); a.href = URL.createObjectURL(new Blob(['x'])); a.download = 'x.txt'; a.click();
      set('fallback used');
    }
  };
  return <div><button onClick={save}>Save</button><p>{how}</p></div>;
}
`,
    steps: [
      ['click', 'Save'],
      ['see', 'fallback used'],
    ],
  },
  {
    name: 'asks for a picker that the browser refuses, and catches nothing: it stays visible',
    code: `import { useState } from 'react';
export default function Open() {
  const [n, set] = useState(0);
  const pick = () => { const w = window as unknown as Record<string, ((o?: object) => Promise<unknown>) | undefined>; w.showOpenFilePicker?.(); w.showSaveFilePicker?.(); w.showDirectoryPicker?.(); setTimeout(() => set(n + 1), 400); };
  return <div><button onClick={pick}>Open a file</button><p>tried {n}</p></div>;
}
`,
    steps: [
      ['click', 'Open a file'],
      ['see', 'tried 1'],
    ],
  },
  {
    name: 'takes files by drag and drop and by a field',
    everywhere: true,
    code: `import { useRef, useState } from 'react';
const read = (f: File) => new Promise<string>((ok, no) => { const r = new FileReader(); r.onload = () => ok(String(r.result)); r.onerror = () => no(r.error); r.readAsText(f); });
export default function Upload() {
  const [text, set] = useState('empty'); const zone = useRef<HTMLDivElement>(null); const field = useRef<HTMLInputElement>(null);
  const made = () => { const t = new DataTransfer(); t.items.add(new File(['grüße'], 'a.txt', { type: 'text/plain' })); return t; };
  const take = async (list: FileList | null, how: string) => { const f = list![0]; set(how + ' ' + f.name + ' ' + f.size + ' ' + (await read(f)) + ' ' + (await f.arrayBuffer()).byteLength); };
  return <div><div ref={zone} onDragOver={(e) => e.preventDefault()} onDrop={(e) => { e.preventDefault(); take(e.dataTransfer.files, 'dropped'); }}>Drop here</div>
    <input ref={field} type="file" accept=".txt" onChange={(e) => take(e.target.files, 'chosen')} />
    <button onClick={() => { const e = new DragEvent('drop', { bubbles: true, cancelable: true }); Object.defineProperty(e, 'dataTransfer', { value: made() }); zone.current!.dispatchEvent(e); }}>Drop</button>
    <button onClick={() => { field.current!.files = made().files; field.current!.dispatchEvent(new Event('change', { bubbles: true })); }}>Choose</button><p>{text}</p></div>;
}
`,
    steps: [
      ['click', 'Drop'],
      ['see', 'dropped a.txt 7 grüße 7'],
      ['click', 'Choose'],
      ['see', 'chosen a.txt 7 grüße 7'],
    ],
  },
  {
    name: 'reads files as data addresses, buffers and streams',
    type: 'text/html',
    code: page(
      '',
      `(async () => {
  const blob = new Blob(['abc'], { type: 'text/plain' });
  const data = await new Promise((ok) => { const r = new FileReader(); r.onloadend = () => ok(r.result); r.readAsDataURL(blob); });
  const buffer = await new Promise((ok) => { const r = new FileReader(); r.onload = () => ok(r.result.byteLength); r.readAsArrayBuffer(blob); });
  const url = URL.createObjectURL(blob);
  const again = await (await fetch(url)).text();
  const zipped = await new Response(blob.stream().pipeThrough(new CompressionStream('gzip')).pipeThrough(new DecompressionStream('gzip'))).text();
  const back = await (await fetch(data)).text();
  say([data, buffer, again, zipped, back].join(' '));
})();`,
    ),
    steps: [
      ['see', 'data:text/plain;base64,YWJj 3 abc abc abc'],
      ['see', 'no errors'],
    ],
  },
  {
    name: 'draws pictures of a CDN on a canvas and exports it',
    everywhere: true,
    code: `import { useEffect, useState } from 'react';
const address = 'https://cdn.jsdelivr.net/npm/leaflet@1.9.4/dist/images/marker-icon.png';
export default function Shot() {
  const [text, set] = useState('drawing');
  useEffect(() => {
    const image = new Image(); image.crossOrigin = 'anonymous';
    image.onload = () => {
      const c = document.createElement('canvas'); c.width = image.width; c.height = image.height;
      c.getContext('2d')!.drawImage(image, 0, 0);
      try { const url = c.toDataURL('image/png'); c.toBlob((b) => set(c.width + 'x' + c.height + ' ' + url.slice(0, 14) + ' ' + (b!.size > 100) + ' ' + c.getContext('2d')!.getImageData(12, 10, 1, 1).data[3])); } catch (e) { set('tainted ' + e); }
    };
    image.onerror = () => set('no picture'); image.src = address;
  }, []);
  return <p>{text}</p>;
}
`,
    steps: [['see', '25x41 data:image/png true 255']],
  },
  {
    name: 'draws a picture that asked for no CORS on a canvas in a page',
    type: 'text/html',
    code: page(
      `<img id="i" src="https://unpkg.com/leaflet@1.9.4/dist/images/layers.png" width="26"><canvas id="c" width="26" height="26"></canvas>`,
      `const i = document.getElementById('i');
const draw = () => { const c = document.getElementById('c'); c.getContext('2d').drawImage(i, 0, 0); c.toBlob((b) => say(b.type + ' ' + i.naturalWidth)); };
if (i.complete) draw(); else i.onload = draw;`,
    ),
    steps: [
      ['see', 'image/png 26'],
      ['see', 'no errors'],
    ],
  },
  {
    name: 'shows pictures of blobs, of SVG and of a canvas',
    code: `import { useEffect, useState } from 'react';
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="30" height="20" fill="teal"/></svg>';
export default function Pictures() {
  const [from] = useState(() => [URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' })), 'data:image/svg+xml;utf8,' + encodeURIComponent(svg), 'data:image/svg+xml;base64,' + btoa(svg)]);
  const [sizes, set] = useState<string[]>([]);
  useEffect(() => () => from.slice(0, 1).forEach((u) => URL.revokeObjectURL(u)), [from]);
  return <div>{from.map((src) => <img key={src} src={src} alt="" onLoad={(e) => { const { naturalWidth, naturalHeight } = e.currentTarget; set((s) => [...s, naturalWidth + 'x' + naturalHeight]); }} onError={() => set((s) => [...s, 'broken'])} />)}<div style={{ width: 9, height: 9, backgroundImage: 'url(' + from[1].replace(/'/g, '%27') + ')' }} /><p>sizes {sizes.join(' ')}</p></div>;
}
`,
    steps: [['see', 'sizes 30x20 30x20 30x20']],
  },
  {
    name: 'plays sound of a blob and of a data address',
    code: `import { useEffect, useState } from 'react';
function wav(): Blob { const n = 800; const v = new DataView(new ArrayBuffer(44 + n)); const put = (o: number, s: string) => [...s].forEach((c, i) => v.setUint8(o + i, c.charCodeAt(0))); put(0, 'RIFF'); v.setUint32(4, 36 + n, true); put(8, 'WAVEfmt '); v.setUint32(16, 16, true); v.setUint16(20, 1, true); v.setUint16(22, 1, true); v.setUint32(24, 8000, true); v.setUint32(28, 8000, true); v.setUint16(32, 1, true); v.setUint16(34, 8, true); put(36, 'data'); v.setUint32(40, n, true); for (let i = 0; i < n; i++) v.setUint8(44 + i, 128); return new Blob([v], { type: 'audio/wav' }); }
export default function Sound() {
  const [src, set] = useState<string[]>([]); const [heard, hear] = useState('');
  useEffect(() => { const b = wav(); const r = new FileReader(); r.onload = () => set([URL.createObjectURL(b), String(r.result)]); r.readAsDataURL(b); }, []);
  const told = (e: { currentTarget: HTMLMediaElement; type: string }) => { const { error } = e.currentTarget; hear((h) => h + (error ? ' error ' + error.code : ' ok')); };
  return <div>{src.map((s) => <audio key={s} src={s} preload="auto" controls onLoadedMetadata={told} onError={told} />)}<video src="data:video/mp4;base64,AAAA" onError={() => hear((h) => h + ' refused')} /><p>heard {heard.split(' ').sort().join(' ')} end</p></div>;
}
`,
    steps: [['see', 'heard ok ok refused end']],
  },
  {
    name: 'keeps things in every store',
    code: `import { useEffect, useState } from 'react';
export default function Stores() {
  const [text, set] = useState('opening');
  useEffect(() => { (async () => {
    localStorage.setItem('a', '1'); sessionStorage.setItem('a', '2'); document.cookie = 'a=3; path=/';
    const db = await new Promise<IDBDatabase>((ok, no) => { const r = indexedDB.open('notes', 1); r.onupgradeneeded = () => r.result.createObjectStore('n', { keyPath: 'id' }); r.onsuccess = () => ok(r.result); r.onerror = () => no(r.error); });
    const write = db.transaction('n', 'readwrite'); write.objectStore('n').put({ id: 1, text: 'four' }); await new Promise((ok) => { write.oncomplete = ok; });
    const read = await new Promise<{ text: string }>((ok) => { const r = db.transaction('n').objectStore('n').get(1); r.onsuccess = () => ok(r.result); });
    const cache = await caches.open('v1'); await cache.put('/x', new Response('five')); const hit = await (await cache.match('/x'))!.text();
    const { quota = 0 } = await navigator.storage.estimate();
    set([localStorage.getItem('a'), sessionStorage.getItem('a'), read.text, hit, quota > 0, 'share' in navigator ? 'can share' : 'cannot share'].join(' '));
  })().catch((e) => set('failed ' + e)); }, []);
  return <p>{text}</p>;
}
`,
    steps: [['see', '1 2 four five true can']],
  },
  {
    // A key for each load: WebKit's put() takes the old answer out first, and Sandpack's client may load a page twice.
    name: 'keeps things in every store, in a page',
    type: 'text/html',
    everywhere: true,
    code: page(
      '',
      `(async () => {
  localStorage.theme = 'dark'; sessionStorage.tab = 'two';
  const db = await new Promise((ok, no) => { const r = indexedDB.open('d', 1); r.onupgradeneeded = () => r.result.createObjectStore('s'); r.onsuccess = () => ok(r.result); r.onerror = () => no(r.error); });
  const t = db.transaction('s', 'readwrite'); t.objectStore('s').put('three', 1); await new Promise((ok) => { t.oncomplete = ok; });
  const c = await caches.open('c'), y = '/' + Math.random(); await c.put(y, new Response('four'));
  say([localStorage.theme, sessionStorage.tab, await (await c.match(y)).text(), typeof navigator.share === 'function' || typeof navigator.share === 'undefined'].join(' '));
})();`,
    ),
    steps: [
      ['see', 'dark two four true'],
      ['see', 'no errors'],
    ],
  },
  {
    name: 'works in a worker made of a blob, with a file handed over',
    code: `import { useEffect, useState } from 'react';
export default function Count() {
  const [text, set] = useState('counting');
  useEffect(() => {
    const w = new Worker(URL.createObjectURL(new Blob(['onmessage = async ({ data }) => postMessage((await data.text()).split("\\\\n").length + " lines, " + data.name)'], { type: 'text/javascript' })));
    w.onmessage = ({ data }) => set(data); w.onerror = (e) => set('failed ' + e.message);
    w.postMessage(new File(['a\\nb\\nc'], 'lines.txt'));
    return () => w.terminate();
  }, []);
  return <p>{text}</p>;
}
`,
    steps: [['see', '3 lines, lines.txt']],
  },
];
