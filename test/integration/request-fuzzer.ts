// Raw HTTP/1.1 requests made of good ones: hosts, paths, encodings, headers, methods and ranges, mutated; the same seed gives the same.
import { seededRandom } from './seeded-random.ts';

export interface Seeds {
  hosts: string[];
  paths: string[];
}

const methods = ['GET', 'GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'OPTIONS', 'TRACE', 'get'];
const fields = [
  'Accept: text/html',
  'Accept: */*;q=0',
  'Accept-Encoding: br;q=0.5, *;q=0',
  'Accept-Encoding: gzip',
  'If-None-Match: W/"x", *',
  'If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT',
  'Sec-Fetch-Dest: iframe',
  'Service-Worker: script',
  'Range: bytes=0-1,5-',
  'Range: bytes=-1',
  'Range: bytes=9999999999-',
  'Range: bytes=0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8,9-9',
  'Range: lines=1-2',
  'Content-Length: 3',
  'Content-Length: -1',
  'Content-Type: application/json; charset=utf-7',
  'Content-Encoding: gzip',
  'Transfer-Encoding: chunked',
  'Expect: 100-continue',
  'Upgrade: websocket',
  'Origin: null',
  'Cookie: a=b; __Host-x=y',
  'X-Forwarded-Host: evil.example',
  'X-Forwarded-For: 1.2.3.4, unknown, [::1]:80',
  'X-Original-URL: /../../etc/passwd',
  'Host: evil.example',
];
const odd = [
  ...[
    '%00',
    '%',
    '%2f',
    '%5c',
    '%2e%2e%2f',
    '%252e',
    '%c0%ae',
    '..',
    '../',
    '..\\',
    '\\',
    '//',
    '\0',
    '\r\n',
    '\n',
  ],
  ...[
    ' ',
    '\t',
    '?',
    '#',
    ';',
    '\xff',
    '"',
    '<',
    '{}',
    '@',
    ':',
    '[',
    '*',
    '__proto__',
    'constructor',
    '/etc/passwd',
  ],
];

/**
 * Endless requests.
 * @param seed of the random generator
 * @param seeds what good requests look like
 */
export function* fuzzRequests(seed: number, { hosts, paths }: Seeds): Generator<string, never> {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const mutations: ((text: string) => string)[] = [
    (text) => insert(text, below(text.length), pick(odd)),
    (text) => text.slice(0, below(text.length)) + text.slice(below(text.length)),
    (text) => {
      const at = below(text.length);
      return text.slice(0, at) + String.fromCharCode(below(256)) + text.slice(at + 1);
    },
    (text) => text.replace(/\/[^/ ]*/, (segment) => segment + pick(odd) + segment),
    (text) => text.replace(/[a-z0-9]/gi, (letter) => (below(20) === 0 ? percent(letter) : letter)),
    (text) => insert(text, below(text.length), pick(odd).repeat(1 + below(400))),
  ];
  for (;;) {
    let text = `${pick(methods)} ${pick(paths)} HTTP/1.1\r\nHost: ${pick(hosts)}\r\n`;
    for (let count = below(4); count > 0; count -= 1) text += `${pick(fields)}\r\n`;
    for (let count = below(4); count > 0; count -= 1) text = pick(mutations)(text);
    // The end is never mutated, so that every request is complete or broken, and its connection closes.
    yield `${text}Connection: close\r\n\r\n0\r\n\r\n`;
  }
}

const insert = (text: string, at: number, piece: string): string =>
  text.slice(0, at) + piece + text.slice(at);

const percent = (letter: string): string => `%${letter.charCodeAt(0).toString(16)}`;
