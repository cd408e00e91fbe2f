// A console of what JSON has no form for, and errors that the artifact itself watches.
import type { ArtifactCase } from './artifact-case.ts';

/** An artifact that logs, then shows whether anything went wrong by that. */
const logging = (statements: string) => `import { useEffect, useState } from 'react';
export default function App() {
  const [errors, setErrors] = useState(0); const [done, setDone] = useState(false);
  useEffect(() => {
    const count = () => setErrors((n) => n + 1);
    addEventListener('error', count); addEventListener('unhandledrejection', count);
    ${statements}
    setTimeout(() => setDone(true), 100);
  }, []);
  return <p>{done ? 'logged with ' + errors + ' errors' : 'logging'}</p>;
}`;
const fine = ['see', 'logged with 0 errors'] as const;

export const consoleLines: ArtifactCase[] = [
  {
    name: 'a BigInt, and an error that nobody throws',
    code: `import React, { useEffect, useState } from 'react';
export default function App() {
  const [m, setM] = useState('no errors'); const [w, setW] = useState('');
  useEffect(() => { const h = (e: ErrorEvent) => setM('error shown: ' + e.message); addEventListener('error', h); console.log('total', 12345678901234567890n, { id: 7n }); const t = setTimeout(() => setW('waited'), 1500); return () => { removeEventListener('error', h); clearTimeout(t); }; }, []);
  return <main><h1>{m}</h1><p>{w}</p></main>;
}`,
    steps: [
      ['see', 'waited'],
      ['see', 'no errors'],
      ['logged', '12345678901234567890'],
    ],
  },
  {
    name: 'a circle',
    code: logging(`const a: any = { name: 'ring' }; a.self = a; a.list = [a]; console.log('circle', a);`),
    steps: [fine, ['logged', '"circle"'], ['logged', '"ring"']],
  },
  {
    name: 'symbols, functions and classes',
    code: logging(`console.log(Symbol('sign'), () => 1, class Boat {}, function named() {});`),
    steps: [fine, ['logged', 'Symbol(sign)'], ['logged', 'named']],
  },
  {
    name: 'an object whose getters throw',
    code: logging(`console.warn('trap', { get bad() { throw new Error('no reading'); }, good: 'kept' });`),
    steps: [fine, ['logged', '"trap"']],
  },
  {
    name: 'a revoked Proxy and one that throws',
    code: logging(
      `const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); console.log('revoked', proxy); console.log('hostile', new Proxy({}, { ownKeys() { throw new Error('closed'); }, get() { throw new Error('closed'); } }));`,
    ),
    steps: [fine, ['logged', '"revoked"'], ['logged', '"hostile"']],
  },
  {
    name: 'a DOM element, an event and the window',
    code: logging(`console.log('dom', document.body, new Event('custom'), window, document);`),
    steps: [fine, ['logged', '"dom"']],
  },
  {
    name: 'maps, sets, typed arrays and dates',
    code: logging(
      `console.info('kept', new Map([['k', new Set([1n])]]), new Uint8Array([1, 2]), new Date(NaN), new Date(0), /x/g, new WeakMap());`,
    ),
    steps: [fine, ['logged', '"kept"'], ['logged', '"k"']],
  },
  {
    name: 'errors with causes',
    code: logging(
      `const e: any = new TypeError('outer fault', { cause: new Error('inner') }); e.extra = e; console.error(e, new AggregateError([e], 'many'));`,
    ),
    steps: [fine, ['logged', 'outer fault']],
  },
  {
    name: 'undefined, NaN, -0 and nothing at all',
    code: logging(`console.log(); console.log('odd', undefined, NaN, -0, Infinity, null, [, 1]);`),
    steps: [fine, ['logged', '"odd"']],
  },
  {
    name: 'something deep and something long',
    code: logging(
      `let deep: any = { end: 'x' }; for (let i = 0; i < 5000; i++) deep = { deep }; console.log('deep', deep); console.log('long', 'y'.repeat(2e6), Array.from({ length: 1e5 }, (_, i) => i));`,
    ),
    steps: [fine, ['logged', '"deep"'], ['logged', '"long"']],
  },
  {
    name: 'a promise, a generator and an object without a prototype',
    code: logging(
      `console.log('lazy', Promise.resolve(1), (function* () { yield 1; })(), Object.assign(Object.create(null), { bare: 'yes' }));`,
    ),
    steps: [fine, ['logged', '"lazy"'], ['logged', '"yes"']],
  },
  {
    name: 'the other methods',
    code: logging(
      `console.table([{ a: 1n }]); console.dir({ a: Symbol.iterator }); console.group('g'); console.groupEnd(); console.assert(false, 'claim', 3n); console.count(); console.time('t'); console.timeEnd('t'); console.trace('here'); console.debug('done last');`,
    ),
    steps: [fine, ['logged', '"claim"'], ['logged', '"done last"']],
  },
  {
    name: 'an object whose toJSON throws, and React elements and events',
    code: `import { useState } from 'react';
export default function App() {
  const [n, set] = useState(0);
  return <button onClick={(e) => { console.log('pressed', e, e.target, <b>x</b>, { toJSON() { throw new Error('never'); } }); set(n + 1); }}>Press {n}</button>;
}`,
    steps: [
      ['click', 'Press 0'],
      ['see', 'Press 1'],
      ['logged', '"pressed"'],
    ],
  },
];
