// Fetching, validating and reading data; storage.
import { computes, type PackageCase } from './package-case.ts';

const arrives = (imports: string, promise: string): string => `import { useEffect, useState } from 'react';
${imports}
export default function App() {
  const [value, set] = useState('');
  useEffect(() => { Promise.resolve().then(async () => set(String(await (${promise})))).catch((e) => set('failed: ' + e)); }, []);
  return <p id="out">{value}</p>;
}`;

export const data: PackageCase[] = [
  {
    name: 'axios',
    dependencies: { axios: '^1.7.0' },
    code: arrives(
      `import axios, { AxiosError } from 'axios';
const http = axios.create({ baseURL: '/api', adapter: async (config) => ({ data: config.url, status: 200, statusText: '', headers: {}, config }) });
http.interceptors.response.use((r) => ({ ...r, data: 'got ' + r.data }));`,
      `http.get('/things').then((r) => r.data + ' ' + typeof AxiosError + axios.isCancel(1))`,
    ),
    shows: { text: 'got /things functionfalse' },
  },
  {
    name: 'swr',
    dependencies: { swr: '^2.2.0' },
    code: `import useSWR, { SWRConfig } from 'swr';
import useSWRImmutable from 'swr/immutable';
function Data() {
  const { data } = useSWR('key', async (k) => k + ' loaded');
  const other = useSWRImmutable('b', async (k) => k + ' too');
  return <p id="out">{data} {other.data}</p>;
}
export default () => <SWRConfig value={{ dedupingInterval: 0 }}><Data /></SWRConfig>;`,
    shows: { text: 'key loaded b too' },
  },
  {
    name: '@tanstack/react-query',
    dependencies: { '@tanstack/react-query': '^5.0.0' },
    code: `import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
const client = new QueryClient();
const Data = () => <p id="out">{useQuery({ queryKey: ['a'], queryFn: async () => 'from query' }).data}</p>;
export default () => <QueryClientProvider client={client}><Data /></QueryClientProvider>;`,
    shows: { text: 'from query' },
  },
  {
    name: '@apollo/client',
    dependencies: { '@apollo/client': '^3.11.0', graphql: '^16.0.0' },
    code: `import { ApolloClient, ApolloLink, ApolloProvider, InMemoryCache, Observable, gql, useQuery } from '@apollo/client';
import { buildSchema, graphql } from 'graphql';
const schema = buildSchema('type Query { hello: String }');
const link = new ApolloLink((op) => new Observable((o) => { graphql({ schema, source: 'query { hello }', rootValue: { hello: 'graph hello' } }).then((r) => { o.next(r); o.complete(); }); }));
const client = new ApolloClient({ link, cache: new InMemoryCache() });
const Data = () => <p id="out">{useQuery(gql\`query { hello }\`).data?.hello}</p>;
export default () => <ApolloProvider client={client}><Data /></ApolloProvider>;`,
    shows: { text: 'graph hello' },
  },
  {
    name: 'socket.io-client',
    dependencies: { 'socket.io-client': '^4.7.0' },
    code: computes(
      `import io, { Manager, protocol } from 'socket.io-client';`,
      `[typeof io('http://localhost:9', { autoConnect: false }).emit, protocol, typeof Manager].join()`,
    ),
    shows: { text: 'function,5,function' },
  },
  {
    name: 'zod 4',
    dependencies: { zod: '^4.0.0' },
    code: computes(
      `import { z } from 'zod';`,
      `z.object({ n: z.coerce.number() }).parse({ n: '42' }).n + z.string().safeParse(1).error.issues[0].code`,
    ),
    shows: { text: '42invalid_type' },
  },
  {
    name: 'joi',
    dependencies: { joi: '^17.13.0' },
    code: computes(
      `import Joi from 'joi';`,
      `Joi.object({ n: Joi.number().max(3) }).validate({ n: 9 }).error.message`,
    ),
    shows: { text: 'must be less than or equal to 3' },
  },
  {
    name: 'ajv',
    dependencies: { ajv: '^8.0.0', 'ajv-formats': '^3.0.0' },
    code: `import Ajv from 'ajv';
import addFormats from 'ajv-formats';
const ajv = new Ajv();
addFormats(ajv);
const validate = ajv.compile({ type: 'object', properties: { m: { type: 'string', format: 'email' } } });
export default () => <p id="out">{[validate({ m: 'a@b.co' }), validate({ m: 'x' }), ajv.errorsText(validate.errors)].join()}</p>;`,
    shows: { text: 'true,false,data/m must match format "email"' },
  },
  {
    name: 'papaparse',
    dependencies: { papaparse: '^5.4.0' },
    code: computes(
      `import Papa from 'papaparse';`,
      `Papa.parse('a,b\\n1,"x,y"', { header: true }).data[0].b`,
    ),
    shows: { text: 'x,y' },
  },
  {
    name: 'xlsx',
    dependencies: { xlsx: '^0.18.5' },
    code: computes(
      `import * as XLSX from 'xlsx';
const sheet = XLSX.utils.aoa_to_sheet([['a', 'b'], [1, 2]]);
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, sheet, 'S');
const bytes = XLSX.write(book, { type: 'array', bookType: 'xlsx' });`,
      `JSON.stringify(XLSX.utils.sheet_to_json(XLSX.read(bytes).Sheets.S))`,
    ),
    shows: { text: '[{"a":1,"b":2}]' },
  },
  {
    name: 'jszip',
    dependencies: { jszip: '^3.10.0', 'file-saver': '^2.0.5' },
    code: arrives(
      `import JSZip from 'jszip';
import { saveAs } from 'file-saver';
async function roundTrip() {
  const zip = new JSZip();
  zip.file('a.txt', 'zipped');
  const again = await JSZip.loadAsync(await zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' }));
  return (await again.file('a.txt').async('string')) + typeof saveAs;
}`,
      'roundTrip()',
    ),
    shows: { text: 'zippedfunction' },
  },
  {
    name: 'pako',
    dependencies: { pako: '^2.1.0' },
    code: computes(`import pako from 'pako';`, `pako.inflate(pako.deflate('deflated'), { to: 'string' })`),
    shows: { text: 'deflated' },
  },
  {
    name: 'js-yaml',
    dependencies: { 'js-yaml': '^4.1.0', yaml: '^2.5.0' },
    code: computes(
      `import yaml from 'js-yaml';
import { stringify } from 'yaml';`,
      `yaml.load('a: [1, 2]').a.join('+') + stringify({ b: 1 }).trim()`,
    ),
    shows: { text: '1+2b: 1' },
  },
  {
    name: 'dexie',
    dependencies: { dexie: '^4.0.0', 'dexie-react-hooks': '^1.1.7' },
    code: `import Dexie from 'dexie';
import { useLiveQuery } from 'dexie-react-hooks';
const db = new Dexie('things');
db.version(1).stores({ things: '++id,name' });
db.things.add({ name: 'kept' });
export default function App() {
  const all = useLiveQuery(() => db.things.toArray());
  return <p id="out">{all?.[0]?.name}</p>;
}`,
    shows: { text: 'kept' },
  },
  {
    name: 'localforage',
    dependencies: { localforage: '^1.10.0', idb: '^8.0.0' },
    code: arrives(
      `import localforage from 'localforage';
import { openDB } from 'idb';`,
      `localforage.setItem('k', 'stored').then(() => localforage.getItem('k')).then((v) => v + typeof openDB)`,
    ),
    shows: { text: 'storedfunction' },
  },
  {
    name: 'sql.js',
    dependencies: { 'sql.js': '^1.11.0' },
    code: arrives(
      `import initSqlJs from 'sql.js';
import wasm from 'sql.js/dist/sql-wasm.wasm';`,
      `initSqlJs({ locateFile: () => wasm }).then((SQL) => new SQL.Database().exec('select 6*7')[0].values[0][0])`,
    ),
    shows: { text: '42' },
  },
];
