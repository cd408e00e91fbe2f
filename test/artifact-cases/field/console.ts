// Whatever is logged: it never throws, no error covers an artifact that works, and the chat page can read it.
import type { FieldCase } from '../artifact-case.ts';

interface Logging {
  /** Statements, in JavaScript. */
  code: string;
  /** What the chat page has to hear, as JSON. */
  logged: readonly string[];
}

const logs: Logging[] = [
  {
    code: `const a = { name: 'ring' }; a.self = a; a.list = [a]; console.log('circle', a);`,
    logged: ['"circle"', '"ring"', '"[Circular]"'],
  },
  {
    code: `console.log(Symbol('sign'), () => 1, class Boat {}, function named() {}, new (class Ship { mast = 3n; })());`,
    logged: ['"Symbol(sign)"', '"named"', '"Boat"', '{"mast":"3n","constructor":{"name":"Ship"'],
  },
  {
    code: `console.warn('trap', { get bad() { throw new Error('no reading'); }, good: 'kept' }, { toJSON() { throw new Error('never'); }, left: 1 });`,
    logged: ['"trap"', '{"bad":"(not readable: Error: no reading)","good":"kept"}', '"left":1'],
  },
  {
    code: `const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); console.log('revoked', proxy); console.log('hostile', new Proxy({}, { ownKeys() { throw new Error('closed'); }, get() { throw new Error('closed'); } }));`,
    logged: ['"revoked","(not readable', '"hostile","(not readable: Error: closed)"'],
  },
  {
    code: `const p = Object.assign(document.createElement('p'), { id: 'mark', textContent: 'a<b' }); console.log('dom', p, new Event('custom'), window, document, p.firstChild, document.querySelectorAll('head'), window.parent);`,
    logged: [
      '"dom"',
      '{"@t":"HTMLElement","data":{"tagName":"p","attributes":{"id":"mark"},"innerHTML":"a&lt;b"}}',
      '"type":"custom"',
      '"Window","#document","#text \\"a<b\\""',
    ],
  },
  {
    code: `console.info('kept', new Map([['k', new Set([1n])]]), new Uint8Array([1, 2]), new BigInt64Array(1), new Date(NaN), new Date(0), /x/g, new WeakMap());`,
    logged: ['"kept",{"k":{"0":"1n"', '{"0":1,"1":2,', '"Invalid Date"', '"data":0', '"WeakMap {}"'],
  },
  {
    code: `const e = new TypeError('outer fault', { cause: new RangeError('inner') }); e.extra = e; console.error(e, new AggregateError([e], 'many'), new DOMException('stopped', 'AbortError'));`,
    logged: [
      'outer fault\\n  caused by RangeError: inner',
      'AggregateError: many\\n  caused by TypeError: outer fault',
      'AbortError: stopped',
    ],
  },
  {
    code: `console.log(); console.log('odd', undefined, NaN, -0, Infinity, null, [, 1]);`,
    logged: [
      '"odd",{"@t":"[[undefined]]","data":""},{"@t":"[[NaN]]","data":""},{"@t":"Arithmetic","data":2}',
    ],
  },
  {
    code: `let deep = { end: 'x' }; for (let i = 0; i < 5000; i++) deep = { deep }; console.log('deep', deep); console.log('long', 'y'.repeat(2e6), Array.from({ length: 1e5 }, (_, i) => i), new Float64Array(1e6));`,
    logged: ['"deep",{"deep":{"deep":"{deep: {', '"long"', 'yyy…"', '"… 99900 more"', '"…":"999900 more"'],
  },
  {
    code: `console.log('lazy', Promise.resolve(1), (function* () { yield 1; })(), Object.assign(Object.create(null), { bare: 'yes' }));`,
    logged: ['"lazy","Promise {}"', '{"bare":"yes"}'],
  },
  {
    code: `console.log('net', new Response('x', { status: 201 }), new File(['abc'], 'notes.txt'), new Headers({ accept: 'all' }), new URL('https://a.test/b?c=1'));`,
    logged: ['"net",{', '"status":201', '"name":"notes.txt"', '{"accept":"all",', '"https://a.test/b?c=1"'],
  },
  {
    code: `console.table([{ a: 1n }]); console.dir({ a: Symbol.iterator }); console.group('g'); console.groupEnd(); console.assert(false, 'claim', 3n); console.assert(true, 'unsaid'); console.count(); console.count(); console.time('t'); console.timeEnd('t'); console.trace('here'); console.log('%s is %d%%', 'load', 7); console.debug('done last');`,
    logged: [
      '"table"',
      '"Symbol(Symbol.iterator)"',
      '"Assertion failed:","claim","3n"',
      '"default: 2"',
      '"t: ',
      '"Trace:","here"',
      '"load is 7%"',
      '"done last"',
    ],
  },
];

const flood: Logging = {
  // A browser that is under a test's control passes on each line itself: more would measure that.
  code: `let reads = 0; for (let i = 0; i < 2000; i++) console.log('line', { i, get read() { reads++; return BigInt(i); } }); setTimeout(() => console.log(reads < 1500 ? 'few' : 'many ' + reads), 1200);`,
  logged: ['"line",{"i":0,"read":"0n"}', 'lines more: the browser’s own console has them.', '"few"'],
};

const statements = (rows: readonly Logging[]) => rows.map(({ code }) => `{ ${code} }`).join('\n');
const steps = (rows: readonly Logging[]): FieldCase['steps'] => [
  ['see', 'logged with 0 errors'],
  ...rows.flatMap(({ logged }) => logged).map((json) => ['logged', json] as const),
];

/** An artifact that logs, then shows whether anything went wrong by that. */
const inComponent = (name: string, rows: readonly Logging[]): FieldCase => ({
  name: `logs ${name}, in a component`,
  code: `// @ts-nocheck
import { useEffect, useState } from 'react';
export default function App() {
  const [errors, setErrors] = useState(0); const [done, setDone] = useState(false);
  useEffect(() => {
    const count = () => setErrors((n) => n + 1);
    addEventListener('error', count); addEventListener('unhandledrejection', count);
    ${statements(rows)}
    setTimeout(() => setDone(true), 100);
  }, []);
  return <p>{done ? 'logged with ' + errors + ' errors' : 'logging'}</p>;
}`,
  steps: steps(rows),
});

const inPage = (name: string, rows: readonly Logging[]): FieldCase => ({
  name: `logs ${name}, in a page`,
  type: 'text/html',
  code: `<!DOCTYPE html><html><body><p id="out">logging</p><script>
let errors = 0;
addEventListener('error', () => errors++); addEventListener('unhandledrejection', () => errors++);
// Names that the kit's own code must not fall for.
class Node {} const Element = 5, n = 1;
${statements(rows)}
setTimeout(() => { document.getElementById('out').textContent = 'logged with ' + errors + ' errors'; }, 100);
</script></body></html>`,
  steps: steps(rows),
});

export const consoleOfAnything: FieldCase[] = [
  {
    name: 'logs what cannot be serialised, in a page',
    type: 'text/html',
    everywhere: true,
    code: `<!DOCTYPE html><html><body><h1 id="o">no errors</h1><p id="n"></p><script>
addEventListener('error', (e) => { o.textContent = 'error shown: ' + e.message; });
addEventListener('unhandledrejection', (e) => { o.textContent = 'rejection shown: ' + e.reason; });
console.log('total', 12345678901234567890n); console.log({ id: 7n });
setTimeout(() => { n.textContent = 'waited'; }, 1500);
</script></body></html>
`,
    steps: [
      ['see', 'waited'],
      ['see', 'no errors'],
      ['logged', '"total","12345678901234567890n"'],
    ],
  },
  {
    name: 'logs what cannot be serialised, in a component',
    code: `import React, { useEffect, useState } from 'react';
export default function App() {
  const [m, setM] = useState('no errors'); const [w, setW] = useState('');
  useEffect(() => { const h = (e: ErrorEvent) => setM('error shown: ' + e.message); addEventListener('error', h); console.log('total', 12345678901234567890n, { id: 7n }); const t = setTimeout(() => setW('waited'), 1500); return () => { removeEventListener('error', h); clearTimeout(t); }; }, []);
  return <main><h1>{m}</h1><p>{w}</p></main>;
}
`,
    steps: [
      ['see', 'waited'],
      ['see', 'no errors'],
      ['logged', '"total","12345678901234567890n",{"id":"7n"}'],
    ],
  },
  inComponent('eleven kinds of values, and with all methods', logs),
  inComponent('two thousand lines', [flood]),
  { ...inPage('eleven kinds of values, and with all methods', logs), everywhere: true },
  inPage('two thousand lines', [flood]),
  {
    name: 'logs React’s elements and events',
    code: `import { useState } from 'react';
export default function App() {
  const [n, set] = useState(0);
  return <button onClick={(e) => { console.log('pressed', e, e.target, <b>x</b>); set(n + 1); }}>Press {n}</button>;
}`,
    steps: [
      ['click', 'Press 0'],
      ['see', 'Press 1'],
      ['logged', '"pressed",{"_reactName":"onClick"'],
    ],
  },
  {
    name: 'logs in a drawing’s script',
    type: 'image/svg+xml',
    code: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40"><text id="out" x="5" y="20">drawn</text><script>console.log('drawn', 5n, document.getElementById('out'));</script></svg>`,
    steps: [['see', 'drawn']],
  },
];
