// Node's built-in modules, which models import as if an artifact ran in Node.
import type { ArtifactCase } from './artifact-case.ts';

/** An artifact that shows what an expression gives. */
const showing = (imports: string, expression: string) => `${imports}
const result = ${expression};
export default function App() { return <pre>result {String(result)}</pre>; }`;

export const nodeModules: ArtifactCase[] = [
  {
    name: 'crypto: a hash',
    code: `import React from 'react';
import { createHash } from 'crypto';
export default function App() { return <p>hash {createHash('sha256').update('a').digest('hex').slice(0, 8)}</p>; }`,
    steps: [['see', 'hash ca978112']],
  },
  {
    name: 'crypto: random bytes and an HMAC',
    code: showing(
      `import { createHmac, randomBytes } from 'crypto';`,
      `createHmac('sha1', 'k').update('m').digest('hex').slice(0, 6) + ' ' + randomBytes(8).length`,
    ),
    steps: [['see', 'result 772b71 8']],
  },
  {
    name: 'buffer',
    code: showing(
      `import { Buffer } from 'buffer';`,
      `Buffer.from('grüße').toString('base64') + ' ' + Buffer.concat([Buffer.from([1]), Buffer.alloc(2)]).length + ' ' + Buffer.isBuffer(Buffer.from('6869', 'hex'))`,
    ),
    steps: [['see', 'result Z3LDvMOfZQ== 3 true']],
  },
  {
    name: 'events, in state',
    code: `import { EventEmitter } from 'events';
import { useEffect, useState } from 'react';
class Clock extends EventEmitter { tick() { this.emit('tick', this.listenerCount('tick')); } }
const clock = new Clock();
export default function App() {
  const [n, set] = useState(0);
  useEffect(() => { const h = (k: number) => set((v) => v + k); clock.on('tick', h); return () => void clock.off('tick', h); }, []);
  return <button onClick={() => clock.tick()}>Tick {n}</button>;
}`,
    steps: [
      ['click', 'Tick 0'],
      ['see', 'Tick 1'],
    ],
  },
  {
    name: 'path, with and without node:',
    code: showing(
      `import path from 'path';\nimport { basename, join } from 'node:path';`,
      `path.extname('a/b.tar.gz') + ' ' + join('/a', '../b', 'c.txt') + ' ' + basename('/x/y.md', '.md') + ' ' + path.resolve('/r', 's')`,
    ),
    steps: [['see', 'result .gz /b/c.txt y /r/s']],
  },
  {
    name: 'util: promisify, inspect, format',
    code: `import util, { promisify } from 'util';
const later = promisify((n: number, done: (e: Error | null, v?: number) => void) => setTimeout(() => done(null, n * 2), 5));
const doubled = await later(21);
export default () => <pre>{util.format('%s is %d', 'answer', doubled)} {util.inspect({ a: [1] })} {String(util.isDeepStrictEqual?.({ a: 1 }, { a: 1 }) ?? true)}</pre>;`,
    steps: [['see', 'answer is 42 { a: [ 1 ] } true']],
  },
  {
    name: 'url and querystring',
    code: showing(
      `import url from 'url';\nimport qs from 'querystring';`,
      `url.parse('https://x.test:81/p?q=1#h').port + ' ' + qs.stringify({ a: [1, 2], b: 'c d' }) + ' ' + qs.parse('k=v').k`,
    ),
    steps: [['see', 'result 81 a=1&a=2&b=c%20d v']],
  },
  {
    name: 'stream',
    code: `import { Readable, Transform } from 'stream';
import { useEffect, useState } from 'react';
export default function App() {
  const [text, set] = useState('');
  useEffect(() => {
    const upper = new Transform({ transform(chunk: any, _e: string, done: (e: null, c: string) => void) { done(null, chunk.toString().toUpperCase()); } });
    let all = ''; upper.on('data', (c: any) => (all += c)); upper.on('end', () => set(all));
    const source = new Readable({ read() {} }); source.pipe(upper); source.push('ab'); source.push('cd'); source.push(null);
  }, []);
  return <p>stream {text}</p>;
}`,
    steps: [['see', 'stream ABCD']],
  },
  {
    name: 'assert',
    code: `import assert from 'assert';
let failure = 'none';
try { assert.strictEqual(1 + 1, 2); assert.deepEqual({ a: [1] }, { a: [1] }); assert(false, 'claimed'); } catch (e: any) { failure = e.name + ' ' + e.message; }
export default () => <p>{failure}</p>;`,
    steps: [['see', 'AssertionError claimed']],
  },
  {
    name: 'string_decoder and punycode',
    code: showing(
      `import { StringDecoder } from 'string_decoder';\nimport punycode from 'punycode';\nimport { Buffer } from 'buffer';`,
      `(() => { const d = new StringDecoder('utf8'); return d.write(Buffer.from([0xe2, 0x82])) + d.end(Buffer.from([0xac])); })() + ' ' + punycode.toASCII('mañana.com')`,
    ),
    steps: [['see', 'result € xn--maana-pta.com']],
  },
  {
    name: 'os and timers',
    code: `import os from 'os';
import { setTimeout as later } from 'timers';
import { useEffect, useState } from 'react';
export default function App() {
  const [late, set] = useState(false);
  useEffect(() => { later(() => set(true), 10); }, []);
  return <p>{JSON.stringify(os.EOL)} {typeof os.platform()} {late ? 'late' : 'early'}</p>;
}`,
    steps: [['see', '"\\n" string late']],
  },
  {
    name: 'process and global, without an import',
    code: `declare const process: any, global: any;
global.shared = 5;
export default () => <p>{process.env.NODE_ENV} {process.env.API_KEY ?? 'no key'} {(globalThis as any).shared} {typeof process.nextTick}</p>;`,
    steps: [['see', 'development no key 5 function']],
  },
  {
    name: 'Buffer, without an import',
    code: `declare const Buffer: any;
export default () => <p>{Buffer.from('hi').toString('hex')}</p>;`,
    steps: [['see', '6869']],
  },
  {
    name: 'fs, which a browser does not have, imported later and caught',
    code: `const text = await import('fs').then(() => 'can read', (e) => (e.message.includes('fs') ? 'cannot read' : e.message));
export default () => <p>{text}</p>;`,
    steps: [['see', 'cannot read']],
  },
  {
    name: 'zlib, there and back',
    code: `import zlib from 'zlib';
import { Buffer } from 'buffer';
const packed = zlib.gzipSync(Buffer.from('a'.repeat(1000)));
export default () => <p>{packed.length < 100 ? 'small' : 'large'} {zlib.gunzipSync(packed).toString().length}</p>;`,
    steps: [['see', 'small 1000']],
  },
  {
    name: 'require, as in old code',
    code: `const path = require('path'); const React = require('react'); const { format } = require('date-fns');
module.exports = function App() { return React.createElement('p', null, path.join('a', 'b') + ' ' + format(new Date(2020, 0, 2), 'dd')); };`,
    steps: [['see', 'a/b 02']],
  },
];
