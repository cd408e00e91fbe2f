// Whatever is logged: it never throws, and no error covers an artifact that works.
import type { FieldCase } from '../artifact-case.ts';

export const consoleOfAnything: FieldCase[] = [
  {
    name: 'logs what cannot be serialised, in a page',
    type: 'text/html',
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
    ],
  },
];
