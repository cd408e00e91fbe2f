// Artifacts that ask for CDN files and for hosts beyond the kit, in every way that code has.

/** Asks in every way that code has, and writes down what came of it. */
const probes = `
const out = document.createElement('pre');
out.id = 'probes';
const results = {};
const note = (name, value) => { results[name] = value; out.textContent = JSON.stringify(results); };
const load = (name, tag, set) => {
  const element = document.createElement(tag);
  element.onload = () => note(name, 'loaded');
  element.onerror = () => note(name, 'failed');
  set(element);
  document.body.append(element);
};
const probe = () => {
  document.body.append(out);
  load('cdn script', 'script', (e) => { e.src = 'https://unpkg.com/dayjs@1.11.13/dayjs.min.js'; });
  load('cdn style', 'link', (e) => { e.rel = 'stylesheet'; e.href = 'https://cdn.jsdelivr.net/npm/animate.css@4.1.1/animate.min.css'; });
  fetch('https://unpkg.com/dayjs@1.11.13/package.json').then((r) => r.json()).then((j) => note('cdn fetch', j.version), () => note('cdn fetch', 'failed'));
  // The browser's own import: a bundler would take the word for its own.
  new Function('address', 'return import(address)')('https://cdn.jsdelivr.net/npm/lit-html@3.2.1/lit-html.js').then((m) => note('cdn module', typeof m.html), () => note('cdn module', 'failed'));
  load('outside image', 'img', (e) => { e.src = 'https://tracker.example.org/pixel.gif'; });
  fetch('https://api.example.org/data').then(() => note('outside fetch', 'reached'), () => note('outside fetch', 'failed'));
};
`;

/** What comes of each way by default. */
export const expectedAnswers = {
  'cdn script': 'loaded',
  'cdn style': 'loaded',
  'cdn fetch': '1.11.13',
  'cdn module': 'function',
  'outside image': 'failed',
  'outside fetch': 'failed',
};

/** Artifacts that write what came of each way into `#probes`, as JSON. */
export const probingArtifacts = {
  React: {
    type: 'application/vnd.react',
    code: `import { useEffect } from 'react';\n${probes}\nexport default function App() { useEffect(probe, []); return <p>probing</p>; }`,
  },
  HTML: {
    type: 'text/html',
    code: `<!doctype html><html><head><title>p</title></head><body><p>probing</p><script>${probes}; probe();</script></body></html>`,
  },
};
