// Packages as ES modules in a bare page, without any bundler: each one is imported by its address and does what it is for.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../relay/packages/base/package-log.ts';
import { createPackageEngine, type PackageEngine } from '../../relay/packages/engine.ts';
import type { EsRequest } from '../../relay/packages/es-modules/es-modules.ts';
import { loadNpmOptions } from '../../relay/packages/npm/npm-config.ts';
import { openChromium, type RecordedBrowser } from './open-chromium.ts';
import { type Kit, packageCache, startKit } from './start-kit.ts';

/** A few imports and what they do, as the body of an async function that gets their namespaces by name. */
interface Case {
  name: string;
  imports: Record<string, [specifier: string, range: string]>;
  deps?: Record<string, string>;
  run: string;
  gives: unknown;
}

const react = { react: '18.3.1', 'react-dom': '18.3.1' };

const cases: Case[] = [
  {
    name: 'react and react-dom/client, one React for both',
    imports: {
      React: ['react', '^18.0.0'],
      client: ['react-dom/client', '^18.0.0'],
      dom: ['react-dom', '^18.0.0'],
    },
    run: `
      const App = () => { const [n, set] = React.useState(1); React.useEffect(() => set(2), []); return React.createElement('b', { id: 'r' }, n); };
      dom.flushSync(() => client.createRoot(root).render(React.createElement(App)));
      await until(() => root.textContent === '2');
      return [root.innerHTML, React.default.useState === React.useState];`,
    gives: ['<b id="r">2</b>', true],
  },
  {
    name: 'recharts 2 with the page’s React',
    imports: {
      R: ['recharts', '2.12.7'],
      React: ['react', '18.3.1'],
      client: ['react-dom/client', '18.3.1'],
    },
    deps: react,
    run: `
      const data = [{ n: 'a', v: 3 }, { n: 'b', v: 7 }];
      const chart = React.createElement(R.BarChart, { width: 300, height: 200, data }, React.createElement(R.Bar, { dataKey: 'v', isAnimationActive: false }));
      client.createRoot(root).render(chart);
      await until(() => root.querySelectorAll('.recharts-bar-rectangle path').length === 2);
      return root.querySelectorAll('.recharts-bar-rectangle path').length;`,
    gives: 2,
  },
  {
    name: 'lodash-es and one function of it, the same function',
    imports: { all: ['lodash-es', '^4.17.0'], one: ['lodash-es/debounce', '^4.17.0'] },
    run: `return [all.debounce === one.default, all.chunk([1, 2, 3], 2).length];`,
    gives: [true, 2],
  },
  {
    name: 'lodash, by name and by file',
    imports: { all: ['lodash', '^4.17.0'], one: ['lodash/groupBy', '^4.17.0'] },
    run: `return [typeof all.default.map, typeof all.debounce, one.default([1, 2, 3], (n) => n % 2)];`,
    gives: ['function', 'function', { 0: [2], 1: [1, 3] }],
  },
  {
    name: 'three and its controls, one three',
    imports: {
      T: ['three', '^0.167.1'],
      C: ['three/addons/controls/OrbitControls.js', '^0.167.1'],
      X: ['three/examples/jsm/controls/OrbitControls', '^0.167.1'],
    },
    run: `
      const controls = new C.OrbitControls(new T.PerspectiveCamera(), root);
      return [controls instanceof T.EventDispatcher, controls.target instanceof T.Vector3, C.OrbitControls === X.OrbitControls];`,
    gives: [true, true, true],
  },
  {
    name: 'preact, its hooks and htm',
    imports: {
      P: ['preact', '^10.0.0'],
      H: ['preact/hooks', '^10.0.0'],
      htm: ['htm', '^3.0.0'],
      both: ['htm/preact', '^3.0.0'],
    },
    run: `
      const html = htm.default.bind(P.h);
      const App = () => { const [n, set] = H.useState(1); H.useEffect(() => set(5), []); return html\`<i>\${n}</i>\`; };
      P.render(html\`<\${App} />\`, root);
      await until(() => root.textContent === '5');
      return [root.innerHTML, typeof both.html];`,
    gives: ['<i>5</i>', 'function'],
  },
  {
    name: 'zustand with React',
    imports: {
      Z: ['zustand', '^4.5.0'],
      M: ['zustand/middleware', '^4.5.0'],
      React: ['react', '18.3.1'],
      client: ['react-dom/client', '18.3.1'],
    },
    deps: react,
    run: `
      const use = Z.create(M.subscribeWithSelector(() => ({ n: 1 })));
      client.createRoot(root).render(React.createElement(() => React.createElement('u', null, use((s) => s.n))));
      await until(() => root.textContent === '1');
      use.setState({ n: 9 });
      await until(() => root.textContent === '9');
      return root.innerHTML;`,
    gives: '<u>9</u>',
  },
  {
    name: 'date-fns and a locale',
    imports: {
      D: ['date-fns', '^3.3.1'],
      L: ['date-fns/locale', '^3.3.1'],
      one: ['date-fns/format', '^3.3.1'],
    },
    run: `return [D.format(new Date(2024, 2, 1), 'MMMM', { locale: L.de }), one.format === D.format];`,
    gives: ['März', true],
  },
  {
    name: 'chart.js/auto',
    imports: { A: ['chart.js/auto', '^4.4.0'], C: ['chart.js', '^4.4.0'] },
    run: `
      const canvas = root.appendChild(document.createElement('canvas'));
      const chart = new A.default(canvas, { type: 'bar', options: { animation: false }, data: { labels: ['a'], datasets: [{ data: [3] }] } });
      return [chart.getDatasetMeta(0).data.length, A.Chart === C.Chart];`,
    gives: [1, true],
  },
  {
    name: 'uuid, dayjs and a plugin',
    imports: { U: ['uuid', '^9.0.0'], D: ['dayjs', '^1.11.0'], P: ['dayjs/plugin/utc', '^1.11.0'] },
    run: `
      D.default.extend(P.default);
      return [U.v4().length, D.default.utc('2024-03-01T12:00:00Z').format('YYYY-MM-DD HH')];`,
    gives: [36, '2024-03-01 12'],
  },
  {
    name: 'd3',
    imports: { d3: ['d3', '^7.9.0'] },
    run: `
      d3.select(root).append('svg').selectAll('rect').data([1, 2, 3]).join('rect').attr('height', d3.scaleLinear([0, 3], [0, 30]));
      return root.querySelector('rect:last-child').getAttribute('height');`,
    gives: '30',
  },
  {
    name: 'vue',
    imports: { V: ['vue', '^3.4.0'] },
    run: `
      const n = V.ref(1);
      V.createApp({ render: () => V.h('s', n.value) }).mount(root);
      n.value = 4;
      await V.nextTick();
      return root.innerHTML;`,
    gives: '<s>4</s>',
  },
  {
    name: 'lucide-react, in a handful of requests',
    imports: {
      I: ['lucide-react', '^0.394.0'],
      React: ['react', '18.3.1'],
      client: ['react-dom/client', '18.3.1'],
    },
    deps: react,
    run: `
      client.createRoot(root).render(React.createElement(I.Camera));
      await until(() => root.querySelector('svg.lucide-camera'));
      return performance.getEntriesByType('resource').filter(({ name }) => name.includes('/lucide-react@')).length;`,
    gives: 2,
  },
  {
    name: 'axios, file-saver, and Buffer',
    imports: { A: ['axios', '^1.7.0'], F: ['file-saver', '^2.0.5'], B: ['safe-buffer', '^5.2.0'] },
    run: `
      const { data } = await A.default.get('data:application/json,{"a":1}', { adapter: 'fetch' });
      return [data, typeof F.saveAs, B.Buffer.from('hi').toString('hex')];`,
    gives: [{ a: 1 }, 'function', '6869'],
  },
  {
    name: 'mermaid, which loads its diagrams later',
    imports: { M: ['mermaid', '^11.4.1'] },
    run: `
      M.default.initialize({ startOnLoad: false });
      const { svg } = await M.default.render('g1', 'graph TD; A[Begin]-->B[Finish]');
      return svg.includes('Begin');`,
    gives: true,
  },
];

let kit: Kit;
let chromium: RecordedBrowser;
let engine: PackageEngine;
let bare: Server;
let page: Page;

beforeAll(async () => {
  [kit, chromium] = await Promise.all([startKit(), openChromium()]);
  engine = createPackageEngine({
    npm: await loadNpmOptions({ cwd: import.meta.dirname, env: process.env }),
    dataDir: packageCache,
    offline: false,
    timeoutMs: 30_000,
    maxTarballBytes: 2 ** 28,
    log: silentLog,
  });
  bare = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8').end('<!doctype html><title>bare</title>');
  });
  await new Promise<void>((done) => bare.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  await Promise.all([chromium?.close(), kit?.close()]);
  await new Promise((done) => bare.close(done));
});

describe('From /-/esm/', () => {
  it.each(cases)('$name', async ({ imports, deps = {}, run, gives }) => {
    const addresses: Record<string, string> = {};
    for (const [name, [specifier, range]] of Object.entries(imports)) {
      const { address } = await engine.esModules.entry({ ...named(specifier), range, context: { deps } });
      addresses[name] = new URL(address, kit.previewUrl).href;
    }
    page = await chromium.browser.newPage();
    try {
      await page.goto(`http://127.0.0.1:${(bare.address() as AddressInfo).port}/`);
      const given = await page.evaluate(asScript(addresses, run));
      expect(given).toEqual(gives);
    } finally {
      await page.close();
    }
  });

  it('reaches nothing but the kit', () => {
    expect(chromium.outsideHosts).toEqual([]);
  });
});

/** As text: Vitest would rewrite an `import()` of its own. */
function asScript(addresses: Record<string, string>, run: string): string {
  const imports = Object.values(addresses).map((address) => `import(${JSON.stringify(address)})`);
  return `(async () => {
    const [${Object.keys(addresses).join()}] = await Promise.all([${imports.join()}]);
    const root = document.body.appendChild(document.createElement('div'));
    const until = (met) => new Promise((done) => { const look = () => (met() ? done() : requestAnimationFrame(look)); look(); });
    ${run}
  })()`;
}

function named(specifier: string): Pick<EsRequest, 'name' | 'subpath'> {
  const [, name = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(specifier) ?? [];
  return { name, subpath: `.${rest}` };
}
