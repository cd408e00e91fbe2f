// The forms in which artifacts name libraries on CDNs: files of GitHub repositories, several files as one, workers.
import type { FieldCase } from '../artifact-case.ts';

const page = (head: string, body: string): string =>
  `<!DOCTYPE html><html><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`;

export const cdnForms: FieldCase[] = [
  {
    name: 'Lit’s bundle on GitHub',
    type: 'text/html',
    everywhere: true,
    code: `<!DOCTYPE html><html><head><meta charset="utf-8"><script type="module">
import { LitElement, html, css } from 'https://cdn.jsdelivr.net/gh/lit/dist@3/core/lit-core.min.js';
class Tally extends LitElement { static properties = { n: { type: Number } }; constructor() { super(); this.n = 3; } createRenderRoot() { return this; } render() { return html\`<button @click=\${() => this.n++}>Tally \${this.n}</button>\`; } }
customElements.define('my-tally', Tally);
</script></head><body><my-tally></my-tally></body></html>
`,
    steps: [
      ['see', 'Tally 3'],
      ['click', 'Tally 3'],
      ['see', 'Tally 4'],
    ],
  },
  {
    name: 'Lit’s bundle of all, with directives and static templates',
    type: 'text/html',
    code: page(
      `<script type="module">
import { LitElement, html, repeat, classMap, staticHtml, literal } from 'https://cdn.jsdelivr.net/gh/lit/dist@2.7.4/all/lit-all.min.js';
class List extends LitElement { createRenderRoot() { return this; } render() { const tag = literal\`h2\`; return staticHtml\`<\${tag}>Static</\${tag}>\${html\`<ul class=\${classMap({ on: true })}>\${repeat(['a', 'b'], (x) => x, (x) => html\`<li>item \${x}</li>\`)}</ul>\`}\`; } }
customElements.define('my-list', List);
</script>`,
      '<my-list></my-list>',
    ),
    steps: [
      ['see', 'Static'],
      ['see', 'item a item b'],
    ],
  },
  {
    name: 'Lit’s bundle on GitHub, in a component',
    notWithBundler: 'It refuses imports of addresses.',
    code: `import { useEffect, useRef } from 'react';
import { html, render } from 'https://cdn.jsdelivr.net/gh/lit/dist@3.1.0/core/lit-core.min.js';
export default function App() {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => { render(html\`<em>lit says \${2 + 3}</em>\`, ref.current!); }, []);
  return <div ref={ref} />;
}`,
    steps: [['see', 'lit says 5']],
  },
  {
    name: 'three.js of a release on GitHub',
    type: 'text/html',
    code: page(
      `<script src="https://cdn.jsdelivr.net/gh/mrdoob/three.js@r128/build/three.min.js"></script>
<script src="https://cdn.jsdelivr.net/gh/mrdoob/three.js@r128/examples/js/controls/OrbitControls.js"></script>`,
      `<p id="o"></p><script>o.textContent = 'revision ' + THREE.REVISION + ', ' + typeof THREE.OrbitControls;</script>`,
    ),
    steps: [['see', 'revision 128, function']],
  },
  {
    name: 'highlight.js from its repository of releases',
    type: 'text/html',
    code: page(
      `<link rel="stylesheet" href="https://cdn.jsdelivr.net/gh/highlightjs/cdn-release@11.9.0/build/styles/github.min.css">
<script src="https://cdn.jsdelivr.net/gh/highlightjs/cdn-release@11.9.0/build/highlight.min.js"></script>
<script src="https://cdn.jsdelivr.net/gh/highlightjs/cdn-release@11.9.0/build/languages/dart.min.js"></script>`,
      `<pre><code class="language-dart">final x = 1;</code></pre><p id="o"></p>
<script>const [, word] = /hljs-keyword">(\\w+)/.exec(hljs.highlight('final x = 1;', { language: 'dart' }).value); o.textContent = word + ' is a keyword';</script>`,
    ),
    steps: [['see', 'final is a keyword']],
  },
  {
    name: 'jQuery and Bootstrap from GitHub, with and without a v',
    type: 'text/html',
    code: page(
      `<link rel="stylesheet" href="https://cdn.jsdelivr.net/gh/twbs/bootstrap@v5.3.2/dist/css/bootstrap.min.css">
<script src="https://cdn.jsdelivr.net/gh/jquery/jquery@3.6.4/dist/jquery.min.js"></script>
<script src="https://cdn.jsdelivr.net/gh/twbs/bootstrap@v5.3.2/dist/js/bootstrap.bundle.min.js"></script>`,
      `<div class="d-none" id="hidden">hidden</div><p id="o"></p>
<script>$('#o').text('bootstrap ' + bootstrap.Modal.VERSION + ' ' + $('#hidden').css('display'));</script>`,
    ),
    steps: [['see', 'bootstrap 5.3.2 none']],
  },
  {
    name: 'Alpine and a plug-in from its repository’s folders',
    type: 'text/html',
    code: page(
      `<script defer src="https://cdn.jsdelivr.net/gh/alpinejs/alpine@v3.13.3/packages/intersect/dist/cdn.min.js"></script>
<script defer src="https://cdn.jsdelivr.net/gh/alpinejs/alpine@v3.13.3/packages/alpinejs/dist/cdn.min.js"></script>`,
      `<div x-data="{ n: 1, seen: false }"><button @click="n++" x-text="'Count ' + n"></button><p x-intersect="seen = true" x-text="seen ? 'seen' : 'not yet'"></p></div>`,
    ),
    steps: [
      ['see', 'seen'],
      ['click', 'Count 1'],
      ['see', 'Count 2'],
    ],
  },
  {
    name: 'a repository without a row, whose package says that it comes from there',
    type: 'text/html',
    code: page(
      '<script src="https://cdn.jsdelivr.net/gh/iamkun/dayjs@1.11.10/dayjs.min.js"></script>',
      `<p id="o"></p><script>o.textContent = 'year ' + dayjs('2024-02-29').add(1, 'year').format('YYYY');</script>`,
    ),
    steps: [['see', 'year 2025']],
  },
  {
    name: 'npm and GitHub combined into one file',
    type: 'text/html',
    code: page(
      '<script src="https://cdn.jsdelivr.net/combine/npm/lodash@4.17.21/lodash.min.js,gh/d3/d3@v7.8.5/dist/d3.min.js,npm/dayjs@1.11.10"></script>',
      `<p id="o"></p><script>o.textContent = 'sum ' + d3.sum(_.range(5)) + ' ' + dayjs('2024-05-06').format('D/M');</script>`,
    ),
    steps: [['see', 'sum 10 6/5']],
  },
  {
    name: 'Statically and GitHack',
    type: 'text/html',
    code: page(
      `<script src="https://cdn.statically.io/gh/moment/moment@2.29.4/min/moment.min.js"></script>
<script src="https://rawcdn.githack.com/mrdoob/three.js/r128/build/three.min.js"></script>`,
      `<p id="o"></p><script>o.textContent = moment('2024-05-06').format('dddd') + ' ' + THREE.REVISION;</script>`,
    ),
    steps: [['see', 'Monday 128']],
  },
  {
    name: 'a repository that npm does not have, and says so where it is caught',
    type: 'text/html',
    code: page(
      '',
      `<p id="o"></p><script>
fetch('https://cdn.jsdelivr.net/gh/no-such-owner-q9x/data@main/points.json').then(async (answer) => {
  o.textContent = answer.status + ' ' + (await answer.json()).error.code;
});
</script>`,
    ),
    steps: [
      ['see', '404 NOT_ON_NPM'],
      ['logged', 'the kit knows no npm package of no-such-owner-q9x/data'],
    ],
  },
  {
    name: 'a script with a source map beside it',
    type: 'text/html',
    code: page(
      '<script src="https://cdn.jsdelivr.net/npm/bootstrap@5.3.2/dist/js/bootstrap.bundle.min.js"></script>',
      `<p id="o"></p><script>
fetch('https://cdn.jsdelivr.net/npm/bootstrap@5.3.2/dist/js/bootstrap.bundle.min.js.map').then((answer) => answer.json()).then((map) => {
  o.textContent = 'map ' + map.version + ' of ' + bootstrap.Tooltip.NAME;
});
</script>`,
    ),
    steps: [['see', 'map 3 of tooltip']],
  },
  {
    name: 'a package of Pyodide’s own, which says why it is not there',
    type: 'text/html',
    code: page(
      '',
      `<p id="o"></p><script>
fetch('https://cdn.jsdelivr.net/pyodide/v0.26.4/full/micropip-0.6.0-py3-none-any.whl').then(async (answer) => {
  o.textContent = answer.status + ' ' + (await answer.json()).error.message;
});
</script>`,
    ),
    steps: [['see', 'Pyodide’s own packages (numpy, pandas, micropip, …)']],
  },
  {
    name: 'Monaco from npm, whose workers complete and check',
    dependencies: { 'monaco-editor': '0.52.2' },
    code: `import { useEffect, useRef, useState } from 'react';
import * as monaco from 'monaco-editor';
export default function App() {
  const ref = useRef<HTMLDivElement>(null); const [found, setFound] = useState('waiting');
  useEffect(() => {
    const model = monaco.editor.createModel('const total: number = "three";', 'typescript');
    const editor = monaco.editor.create(ref.current!, { model });
    const listening = monaco.editor.onDidChangeMarkers(() => { const [first] = monaco.editor.getModelMarkers({ resource: model.uri }); if (first) setFound(first.message); });
    return () => { listening.dispose(); editor.dispose(); model.dispose(); };
  }, []);
  return <main><div ref={ref} style={{ height: 200 }} /><p>{found}</p></main>;
}`,
    steps: [['see', "Type 'string' is not assignable to type 'number'."]],
  },
  {
    name: 'Monaco’s own words for JSON, CSS and HTML',
    dependencies: { 'monaco-editor': '0.52.2' },
    code: `import { useEffect, useState } from 'react';
import * as monaco from 'monaco-editor';
const texts = { json: '{"a": }', css: 'b { colour: red }' };
export default function App() {
  const [found, setFound] = useState<Record<string, string>>({});
  useEffect(() => {
    const listening = monaco.editor.onDidChangeMarkers(() => { for (const { owner, message } of monaco.editor.getModelMarkers({})) setFound((all) => ({ ...all, [owner]: message })); });
    const models = Object.entries(texts).map(([language, text]) => monaco.editor.createModel(text, language));
    return () => { listening.dispose(); models.forEach((model) => model.dispose()); };
  }, []);
  return <ul>{Object.entries(found).map(([owner, message]) => <li key={owner}>{owner}: {message}</li>)}</ul>;
}`,
    steps: [
      ['see', 'json: Value expected'],
      ['see', "css: Unknown property: 'colour'"],
    ],
  },
  {
    name: 'Monaco with workers of the artifact’s own',
    dependencies: { 'monaco-editor': '0.52.2' },
    code: `import { useEffect, useRef, useState } from 'react';
import * as monaco from 'monaco-editor';
let asked = 0;
self.MonacoEnvironment = { getWorker: () => { asked += 1; return new Worker(URL.createObjectURL(new Blob(['onmessage = () => {};']))); } };
export default function App() {
  const ref = useRef<HTMLDivElement>(null); const [count, setCount] = useState(0);
  useEffect(() => {
    const editor = monaco.editor.create(ref.current!, { value: 'a {}', language: 'css' });
    const timer = setInterval(() => setCount(asked), 100);
    return () => { clearInterval(timer); editor.dispose(); };
  }, []);
  return <main><div ref={ref} style={{ height: 200 }} /><p>{count > 0 ? 'own worker' : 'none yet'}</p></main>;
}`,
    steps: [['see', 'own worker']],
  },
];
