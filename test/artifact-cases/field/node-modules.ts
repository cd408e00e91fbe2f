// Node's built-in modules, which models import as if an artifact ran in Node.
import type { FieldCase } from '../artifact-case.ts';

/** An artifact that shows what an expression gives. */
const showing = (imports: string, expression: string) => `${imports}
const result = ${expression};
export default function App() { return <pre>result {String(result)}</pre>; }`;

export const nodeModules: FieldCase[] = [
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
import { useEffect, useState } from 'react';
const later = promisify((n: number, done: (e: Error | null, v?: number) => void) => setTimeout(() => done(null, n * 2), 5));
export default function App() {
  const [doubled, set] = useState<unknown>();
  useEffect(() => { later(21).then(set); }, []);
  return <pre>{util.format('%s is %d', 'answer', doubled)} {util.inspect({ a: [1] })} {String(util.isDeepStrictEqual({ a: 1 }, { a: 1 }))}</pre>;
}`,
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
    notWithBundler: 'It has a file system in memory in its place, which is empty.',
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
  {
    name: 'crypto of today: random ids, comparison, ciphers',
    code: showing(
      `import crypto, { createHash, pbkdf2Sync, randomUUID, timingSafeEqual } from 'node:crypto';\nimport { Buffer } from 'node:buffer';`,
      `(() => {
        const hashes = ['md5', 'sha1', 'sha512'].map((name) => createHash(name).update('a').digest('hex').slice(0, 6)).join(' ');
        const key = pbkdf2Sync('secret', 'salt', 10, 32, 'sha256'); const iv = Buffer.alloc(16);
        const cipher = crypto.createCipheriv('aes-256-cbc', key, iv); const sealed = Buffer.concat([cipher.update('message'), cipher.final()]);
        const decipher = crypto.createDecipheriv('aes-256-cbc', key, iv);
        return [hashes, randomUUID().length, timingSafeEqual(Buffer.from('a'), Buffer.from('a')), crypto.randomInt(3, 4), Buffer.concat([decipher.update(sealed), decipher.final()])].join(' ');
      })()`,
    ),
    steps: [['see', 'result 0cc175 86f7e4 1f40fc 36 true 3 message']],
  },
  {
    name: 'streams, events and timers of today',
    code: `import { Readable, Transform, Writable, pipeline } from 'node:stream';
import EventEmitter, { once } from 'node:events';
import timers from 'node:timers';
import { Buffer } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';
import { useEffect, useState } from 'react';
export default function App() {
  const [piped, setPiped] = useState(''); const [read, setRead] = useState(''); const [heard, setHeard] = useState('');
  useEffect(() => {
    let all = '';
    const upper = new Transform({ transform(chunk: any, _e: string, done: (e: null, c: string) => void) { done(null, String(chunk).toUpperCase()); } });
    const sink = new Writable({ write(chunk: any, _e: string, done: () => void) { all += chunk; done(); } });
    pipeline(Readable.from(['ab', 'cd']), upper, sink, (error: unknown) => setPiped(error ? 'failed' : all));
    (async () => { let text = ''; const decoder = new StringDecoder('utf8'); for await (const part of Readable.from([Buffer.from([0xc3]), Buffer.from([0xa9])])) text += decoder.write(part); setRead(text); })();
    const emitter = new EventEmitter(); once(emitter, 'go').then(([value]: any) => setHeard(value));
    timers.promises.setTimeout(5, 'gone').then((value: string) => emitter.emit('go', value));
  }, []);
  return <p>piped {piped} read {read} heard {heard}</p>;
}`,
    steps: [['see', 'piped ABCD read é heard gone']],
  },
  {
    name: 'path, url, util, assert, querystring, process and os of today',
    code: showing(
      `import path from 'node:path';
import { URL, fileURLToPath } from 'node:url';
import util, { TextEncoder, types } from 'node:util';
import assert from 'node:assert';
import qs from 'node:querystring';
import process from 'node:process';
import os from 'node:os';`,
      `(() => {
        assert.deepStrictEqual(path.parse('/a/b.txt').name, 'b'); assert.match('abc', /b/);
        return [path.posix.join('a', '..', 'b'), new URL('/b', 'https://a.test').pathname, fileURLToPath('file:///c/d.txt'), types.isDate(new Date()), new TextEncoder().encode('é').length, util.isDeepStrictEqual([1], [1]), qs.parse('k=v').k, process.hrtime().length, os.EOL.length].join(' ');
      })()`,
    ),
    steps: [['see', 'result b /b /c/d.txt true 2 true v 2 1']],
  },
  {
    name: 'http, whose servers a browser cannot have',
    code: `import http from 'http';
import https from 'node:https';
let text = typeof https.request;
try { http.createServer(() => {}).listen(3000); } catch (e: any) { text += ' ' + e.message; }
export default () => <p>{text}</p>;`,
    steps: [['see', 'function A page cannot listen: http.createServer does not exist in a browser.']],
  },
  {
    name: 'packages that are written for Node',
    dependencies: { 'iconv-lite': '^0.6.3', jsonwebtoken: '^8.5.1', xml2js: '^0.6.2' },
    code: `import iconv from 'iconv-lite';
import jwt from 'jsonwebtoken';
import { parseString } from 'xml2js';
import { useEffect, useState } from 'react';
const token = jwt.sign({ id: 7 }, 'secret');
const text = iconv.decode(iconv.encode('grün', 'latin1'), 'latin1');
export default function App() {
  const [title, set] = useState('');
  useEffect(() => { parseString('<a><b>deep</b></a>', (_e: unknown, found: any) => set(found.a.b[0])); }, []);
  return <p>{(jwt.verify(token, 'secret') as any).id} {text} {title}</p>;
}`,
    steps: [['see', '7 grün deep']],
  },
];
