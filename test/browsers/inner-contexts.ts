// Ways in which an artifact makes a document or a worker inside its page. Each asks a host of its own for files, so that a request
// that leaves the house says which way it went.

/** `script` is run in the artifact, where `page` is an HTML document that asks `host`, and `code` a script that does. */
export interface InnerContext {
  name: string;
  script: string;
}

const frame = (set: string, then = ''): string =>
  `const f = document.createElement('iframe'); ${set}; document.body.append(f); ${then}`;
const written = (target: string): string => `const d = ${target}; d.open(); d.write(page); d.close();`;
const url = (text: string, type: string): string =>
  `URL.createObjectURL(new Blob([${text}], { type: '${type}' }))`;
const dataUrl = (text: string, type: string): string => `'data:${type},' + encodeURIComponent(${text})`;
const attribute = `page.replaceAll('&', '&amp;').replaceAll('"', '&quot;')`;
const html = (markup: string): string => `document.body.insertAdjacentHTML('beforeend', ${markup});`;
const js = 'text/javascript';
const xhtml = `'<html xmlns="http://www.w3.org/1999/xhtml"><body><script>' + code + '</script></body></html>'`;
const svg = `'<svg xmlns="http://www.w3.org/2000/svg"><script>' + code + '</script></svg>'`;

export const innerContexts: InnerContext[] = [
  { name: 'parsed-srcdoc', script: '' },
  { name: 'parsed-data', script: '' },
  { name: 'frame-at-cdn', script: frame(`f.src = 'https://' + host + '/a.html'`) },
  { name: 'object-at-cdn', script: html(`'<object data="https://' + host + '/a.html"></object>'`) },
  { name: 'srcdoc', script: frame('f.srcdoc = page') },
  { name: 'srcdoc-attribute', script: frame(`f.setAttribute('srcdoc', page)`) },
  { name: 'srcdoc-markup', script: html(`'<iframe srcdoc="' + ${attribute} + '"></iframe>'`) },
  { name: 'srcdoc-sandboxed', script: frame(`f.sandbox = 'allow-scripts'; f.srcdoc = page`) },
  { name: 'srcdoc-sandboxed-later', script: frame('', `f.sandbox = 'allow-scripts'; f.srcdoc = page;`) },
  {
    name: 'srcdoc-sandboxed-same-origin',
    script: frame(`f.sandbox = 'allow-scripts allow-same-origin'; f.srcdoc = page`),
  },
  {
    name: 'srcdoc-sandboxed-markup',
    script: html(`'<iframe sandbox="allow-scripts" srcdoc="' + ${attribute} + '"></iframe>'`),
  },
  {
    name: 'srcdoc-sandboxed-written-markup',
    script: `const f = document.createElement('iframe'); document.body.append(f);
      f.contentDocument.write('<iframe sandbox="allow-scripts" srcdoc="' + ${attribute} + '"></iframe>'); f.contentDocument.close();`,
  },
  {
    name: 'srcdoc-sandboxed-in-shadow',
    script: `const h = document.createElement('div'); document.body.append(h);
      h.attachShadow({ mode: 'closed' }).innerHTML = '<iframe sandbox="allow-scripts" srcdoc="' + ${attribute} + '"></iframe>';`,
  },
  {
    name: 'srcdoc-sandboxed-in-template',
    script: `const t = document.createElement('template'); t.innerHTML = '<iframe sandbox="allow-scripts" srcdoc="' + ${attribute} + '"></iframe>';
      document.body.append(t.content.cloneNode(true));`,
  },
  {
    name: 'srcdoc-nested',
    script: frame(`f.srcdoc = '<iframe sandbox="allow-scripts" srcdoc="' + ${attribute} + '"></iframe>'`),
  },
  {
    name: 'srcdoc-nested-in-sandboxed',
    script: frame(
      `f.sandbox = 'allow-scripts'; f.srcdoc = '<script>const f = document.createElement("iframe"); f.srcdoc = ' + JSON.stringify(page).replaceAll('</', '<\\\\/') + '; document.documentElement.append(f)</' + 'script>'`,
    ),
  },
  { name: 'written', script: frame('', written('f.contentDocument')) },
  { name: 'written-by-window', script: frame('', written('f.contentWindow.document')) },
  { name: 'written-by-index', script: frame('', written('window[window.length - 1].document')) },
  { name: 'written-by-name', script: frame(`f.name = 'sheet'`, written(`window.sheet.document`)) },
  {
    name: 'written-by-markup',
    script: html(`'<iframe name="made"></iframe>'`) + written('window.made.document'),
  },
  {
    name: 'written-after-load',
    script: frame(`f.onload = () => { f.onload = null; ${written('f.contentDocument')} }`),
  },
  {
    name: 'written-over-srcdoc',
    script: frame(
      `f.srcdoc = '<p>x</p>'; f.onload = () => { f.onload = null; ${written('f.contentDocument')} }`,
    ),
  },
  {
    name: 'elements-in-blank',
    script: frame(
      '',
      `const s = f.contentDocument.createElement('script'); s.src = 'https://' + host + '/s.js'; f.contentDocument.body.append(s);`,
    ),
  },
  { name: 'markup-in-blank', script: frame('', 'f.contentDocument.body.innerHTML = page;') },
  {
    name: 'clone-in-blank',
    script: frame(
      '',
      `f.contentDocument.replaceChild(f.contentDocument.importNode(new DOMParser().parseFromString(page, 'text/html').documentElement, true), f.contentDocument.documentElement);`,
    ),
  },
  {
    name: 'fetch-of-blank',
    script: frame('', `f.contentWindow.fetch('https://' + host + '/f').catch(() => {});`),
  },
  {
    name: 'fetch-of-index',
    script: frame('', `window[window.length - 1].fetch('https://' + host + '/f').catch(() => {});`),
  },
  {
    name: 'eval-of-blank',
    script: frame('', `f.contentWindow.eval('import("https://' + host + '/f.js").catch(() => {})');`),
  },
  { name: 'worker-of-blank', script: frame('', `new f.contentWindow.Worker(${url('code', js)});`) },
  {
    name: 'javascript-address',
    script: frame(`f.src = 'javascript:' + encodeURIComponent(JSON.stringify(page))`),
  },
  { name: 'blob', script: frame(`f.src = ${url('page', 'text/html')}`) },
  { name: 'blob-markup', script: html(`'<iframe src="' + ${url('page', 'text/html')} + '"></iframe>'`) },
  {
    name: 'blob-sandboxed',
    script: frame(`f.sandbox = 'allow-scripts'; f.src = ${url('page', 'text/html')}`),
  },
  {
    name: 'blob-file',
    script: frame(`f.src = URL.createObjectURL(new File([page], 'a.html', { type: 'text/html' }))`),
  },
  {
    name: 'blob-of-bytes',
    script: frame(
      `f.src = URL.createObjectURL(new Blob([new TextEncoder().encode(page)], { type: 'text/html' }))`,
    ),
  },
  {
    name: 'blob-of-response',
    script: `new Response(page, { headers: { 'content-type': 'text/html' } }).blob().then((blob) => { ${frame('f.src = URL.createObjectURL(blob)')} });`,
  },
  { name: 'blob-xhtml', script: frame(`f.src = ${url(xhtml, 'application/xhtml+xml')}`) },
  { name: 'blob-svg', script: frame(`f.src = ${url(svg, 'image/svg+xml')}`) },
  { name: 'blob-location', script: frame('', `f.contentWindow.location = ${url('page', 'text/html')};`) },
  { name: 'data', script: frame(`f.src = ${dataUrl('page', 'text/html')}`) },
  { name: 'data-base64', script: frame(`f.src = 'data:text/html;base64,' + btoa(page)`) },
  { name: 'data-markup', script: html(`'<iframe src="' + ${dataUrl('page', 'text/html')} + '"></iframe>'`) },
  {
    name: 'data-sandboxed',
    script: frame(`f.sandbox = 'allow-scripts'; f.src = ${dataUrl('page', 'text/html')}`),
  },
  { name: 'data-svg', script: frame(`f.src = ${dataUrl(svg, 'image/svg+xml')}`) },
  {
    name: 'data-location',
    script: frame('', `f.contentWindow.location.href = ${dataUrl('page', 'text/html')};`),
  },
  {
    name: 'data-link',
    script: `${frame(`f.name = 'linked'`)} const a = document.createElement('a'); a.target = 'linked'; a.href = ${dataUrl('page', 'text/html')}; document.body.append(a); a.click();`,
  },
  {
    name: 'object-data',
    script: html(`'<object type="text/html" data="' + ${dataUrl('page', 'text/html')} + '"></object>'`),
  },
  {
    name: 'object-blob',
    script: html(`'<object type="text/html" data="' + ${url('page', 'text/html')} + '"></object>'`),
  },
  {
    name: 'embed-data',
    script: html(`'<embed type="text/html" src="' + ${dataUrl('page', 'text/html')} + '">'`),
  },
  {
    name: 'window-written',
    script: `const w = window.open('', '', 'width=100,height=100'); ${written('w.document')}`,
  },
  { name: 'window-blob', script: `window.open(${url('page', 'text/html')});` },
  {
    name: 'window-into-frame',
    script: `${frame(`f.name = 'opened'`)} window.open(${dataUrl('page', 'text/html')}, 'opened');`,
  },
  { name: 'worker-blob', script: `new Worker(${url('code', js)});` },
  {
    name: 'worker-blob-import-scripts',
    script: `new Worker(${url(`'try { importScripts("https://' + host + '/s.js") } catch {}'`, js)});`,
  },
  {
    name: 'worker-blob-module',
    script: `new Worker(${url(`'import "https://' + host + '/m.js";'`, js)}, { type: 'module' });`,
  },
  {
    name: 'worker-blob-import',
    script: `new Worker(${url(`'import("https://' + host + '/m.js").catch(() => {})'`, js)}, { type: 'module' });`,
  },
  { name: 'worker-data', script: `new Worker(${dataUrl('code', js)});` },
  {
    name: 'worker-data-import-scripts',
    script: `new Worker(${dataUrl(`'try { importScripts("https://' + host + '/s.js") } catch {}'`, js)});`,
  },
  {
    name: 'worker-data-module',
    script: `new Worker(${dataUrl(`'import "https://' + host + '/m.js";'`, js)}, { type: 'module' });`,
  },
  {
    name: 'worker-nested',
    script: `new Worker(${url(`'new Worker(URL.createObjectURL(new Blob([' + JSON.stringify(code) + '])))'`, js)});`,
  },
  {
    name: 'worker-nested-data',
    script: `new Worker(${url(`'try { new Worker("data:text/javascript,' + encodeURIComponent(code).replaceAll("'", '%27') + '") } catch {}'`, js)});`,
  },
  {
    name: 'worker-of-sandboxed',
    script: frame(
      `f.sandbox = 'allow-scripts'; f.srcdoc = '<script>new Worker(URL.createObjectURL(new Blob([' + JSON.stringify(code) + '])))</' + 'script>'`,
    ),
  },
  { name: 'shared-worker-blob', script: `new SharedWorker(${url('code', js)});` },
  { name: 'shared-worker-data', script: `new SharedWorker(${dataUrl('code', js)});` },
  {
    name: 'worklet',
    script: `new OfflineAudioContext(1, 128, 44100).audioWorklet.addModule(${url(`'import "https://' + host + '/m.js";'`, js)}).catch(() => {});`,
  },
];

/** The host that a way asks; {@link innerContextRules} makes it one that the kit answers for. */
export const hostOf = (name: string): string => `${name}.inner.example.org`;

/** Text of a file of rules for all those hosts. */
export const innerContextRules = (): string =>
  JSON.stringify(
    innerContexts.map(({ name }) => ({ match: `https://${hostOf(name)}/*`, blocked: 'nothing is there' })),
  );

/** Ways that lead nowhere even where everything is allowed, so that they prove nothing there, and why. */
export const idleContexts: Record<string, 'HTML' | 'React' | 'both'> = {
  'window-written': 'both', // Chromium gives the page no window that was not asked for by a click.
  'parsed-srcdoc': 'React', // In the markup of a page only.
  'parsed-data': 'React',
  'object-at-cdn': 'React',
  'object-data': 'React', // No plug-ins in the frame, whatever EGRESS says.
  'object-blob': 'React',
  'embed-data': 'React',
};

/** Goes all ways at once, and waits until what asks has asked. */
const script = `${innerContexts
  .map(
    ({ name, script }) => `(() => { const host = ${JSON.stringify(hostOf(name))};
const code = 'fetch("https://' + host + '/f").catch(() => {});';
const page = '<!doctype html><html><head><script src="https://' + host + '/s.js"></' + 'script><link rel="stylesheet" href="https://' + host + '/s.css"></head><body><img src="https://' + host + '/i.png"><script>' + code + '</' + 'script></body></html>';
try { ${script} } catch {} })();`,
  )
  .join('\n')}
window.tried = new Promise((done) => setTimeout(done, 4000));`;

const parsed = `<iframe sandbox="allow-scripts" srcdoc="<script>fetch('https://${hostOf('parsed-srcdoc')}/f')</script>"></iframe>
<iframe src="data:text/html,<script>fetch('https://${hostOf('parsed-data')}/f')</script>"></iframe>`;

/** Artifacts that go all ways. */
export const innerContextArtifacts = {
  HTML: {
    type: 'text/html',
    code: `<!doctype html><html><body><p>x</p>${parsed}<script>${script.replaceAll('</script', '<\\/script')}</script></body></html>`,
  },
  React: {
    type: 'application/vnd.react',
    code: `import { useEffect } from 'react';\nconst go = () => {${script}};\nexport default function App() { useEffect(go, []); return <p>x</p>; }`,
  },
};
