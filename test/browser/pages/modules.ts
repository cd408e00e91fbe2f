// ES modules straight from a CDN.
import { type PageCase, writePage } from './page-case.ts';

export const modules: PageCase[] = [
  {
    name: 'esm.sh by an import map: React',
    html: writePage(
      `<script type="importmap">
{
  "imports": {
    "react": "https://esm.sh/react@18.2.0",
    "react-dom/client": "https://esm.sh/react-dom@18.2.0/client",
    "zustand": "https://esm.sh/zustand@4.5.2?deps=react@18.2.0",
    "htm": "https://esm.sh/htm@3.1.1"
  }
}
</script>`,
      `<div id="root"></div>
<script type="module">
import React from 'react';
import { createRoot } from 'react-dom/client';
import { create } from 'zustand';
import htm from 'htm';
const html = htm.bind(React.createElement);
const useStore = create(set => ({ bears: 1, add: () => set(state => ({ bears: state.bears + 1 })) }));
function App() {
  const { bears, add } = useStore();
  return html\`<button id="out" onClick=\${add}>Bears: \${bears}</button>\`;
}
createRoot(document.getElementById('root')).render(html\`<\${App} />\`);
</script>`,
    ),
    shows: { press: '#out', text: /Bears: [2-9]/ },
  },
  {
    name: 'esm.sh with external dependencies',
    html: writePage(
      `<script type="importmap">
{
  "imports": {
    "react": "https://esm.sh/react@18.3.1",
    "react/jsx-runtime": "https://esm.sh/react@18.3.1/jsx-runtime",
    "react-dom": "https://esm.sh/react-dom@18.3.1?external=react",
    "react-dom/client": "https://esm.sh/react-dom@18.3.1/client?external=react",
    "recharts": "https://esm.sh/recharts@2.12.7?external=react,react-dom"
  }
}
</script>`,
      `<div id="root"></div>
<script type="module">
import React from 'react';
import { createRoot } from 'react-dom/client';
import { LineChart, Line } from 'recharts';
const data = [{ value: 3 }, { value: 8 }, { value: 5 }];
createRoot(document.getElementById('root')).render(
  React.createElement(LineChart, { width: 300, height: 200, data },
    React.createElement(Line, { dataKey: 'value', isAnimationActive: false }))
);
</script>`,
    ),
    shows: { in: '.recharts-line-dot', count: 3 },
  },
  {
    name: 'jsDelivr +esm',
    html: writePage(
      '',
      `<p id="out">waiting</p>
<script type="module">
import * as d3 from 'https://cdn.jsdelivr.net/npm/d3@7/+esm';
import { format } from 'https://cdn.jsdelivr.net/npm/date-fns@3.6.0/+esm';
document.getElementById('out').textContent = d3.sum([1, 2, 3]) + ' ' + format(new Date(2024, 0, 31), 'd MMMM yyyy');
</script>`,
    ),
    shows: { text: '6 31 January 2024' },
  },
  {
    name: 'esm.run and a dynamic import',
    html: writePage(
      '',
      `<div id="out">waiting</div>
<script type="module">
const { marked } = await import('https://esm.run/marked');
document.getElementById('out').innerHTML = marked.parse('**bold**');
</script>`,
    ),
    shows: { in: '#out strong', text: 'bold' },
  },
  {
    name: 'Skypack',
    html: writePage(
      '',
      `<p id="out">waiting</p>
<script type="module">
import * as THREE from 'https://cdn.skypack.dev/three@0.132.2';
import { OrbitControls } from 'https://cdn.skypack.dev/three@0.132.2/examples/jsm/controls/OrbitControls.js';
const camera = new THREE.PerspectiveCamera();
camera.position.set(3, 4, 0);
const controls = new OrbitControls(camera, document.body);
document.getElementById('out').textContent = controls.getPolarAngle().toFixed(3);
</script>`,
    ),
    shows: { text: '0.644' },
  },
  {
    name: 'unpkg ?module: Lit',
    html: writePage(
      '',
      `<hello-name name="Ada"></hello-name>
<script type="module">
import { LitElement, html, css } from 'https://unpkg.com/lit@2.7.5/index.js?module';
class HelloName extends LitElement {
  static properties = { name: {} };
  static styles = css\`p { color: rgb(1, 2, 3); }\`;
  createRenderRoot() { return this; }
  render() { return html\`<p id="out">Hello \${this.name}</p>\`; }
}
customElements.define('hello-name', HelloName);
</script>`,
    ),
    shows: { text: 'Hello Ada' },
  },
  {
    name: 'Preact and htm in one file',
    html: writePage(
      '',
      `<div id="root"></div>
<script type="module">
import { html, render, useState } from 'https://unpkg.com/htm/preact/standalone.module.js';
function Counter() {
  const [count, setCount] = useState(0);
  return html\`<button id="out" onClick=\${() => setCount(count + 1)}>Count \${count}</button>\`;
}
render(html\`<\${Counter} />\`, document.getElementById('root'));
</script>`,
    ),
    shows: { press: '#out', text: /Count [1-9]/ },
  },
  {
    name: 'Vue as a module, petite and whole',
    html: writePage(
      `<script type="importmap">
{ "imports": { "vue": "https://unpkg.com/vue@3/dist/vue.esm-browser.js" } }
</script>`,
      `<div id="app">{{ message }}</div>
<div id="small" v-scope="{ count: 4 }">{{ count * 2 }}</div>
<script type="module">
import { createApp } from 'vue';
import { createApp as createSmall } from 'https://unpkg.com/petite-vue?module';
createSmall().mount('#small');
createApp({ data: () => ({ message: 'Whole ' + document.getElementById('small').textContent }) }).mount('#app');
</script>`,
    ),
    shows: { in: '#app', text: 'Whole 8' },
  },
  {
    name: 'A worker that imports from a CDN',
    html: writePage(
      '',
      `<p id="out">waiting</p>
<script>
const code = \`importScripts('https://cdnjs.cloudflare.com/ajax/libs/lodash.js/4.17.21/lodash.min.js');
onmessage = ({ data }) => postMessage(_.reverse(data).join(','));\`;
const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
worker.onmessage = ({ data }) => { document.getElementById('out').textContent = data; };
worker.postMessage([1, 2, 3]);
</script>`,
    ),
    shows: { text: '3,2,1' },
  },
];
