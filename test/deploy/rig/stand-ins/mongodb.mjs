#!/usr/bin/env node
// Stands in for MongoDB: named documents over HTTP on 27017, behind the root password, in one file below /data/db. The password
// is the one with which the database was made, as with the real one.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const file = '/data/db/documents.json';
const { MONGO_INITDB_ROOT_USERNAME: name, MONGO_INITDB_ROOT_PASSWORD: password } = process.env;
const state = existsSync(file)
  ? JSON.parse(readFileSync(file, 'utf8'))
  : { credentials: Buffer.from(`${name}:${password}`).toString('base64'), documents: {} };
const save = () => {
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
};
save();

createServer(async (request, response) => {
  if (request.url === '/ping') return response.end('1');
  if (request.headers.authorization !== `Basic ${state.credentials}`) return response.writeHead(401).end();
  const body = request.method === 'PUT' ? Buffer.concat(await Array.fromAsync(request)).toString() : '';
  if (request.url === '/all') {
    if (request.method === 'PUT') {
      state.documents = JSON.parse(body);
      save();
    }
    return response.end(JSON.stringify(state.documents));
  }
  const key = request.url.slice('/notes/'.length);
  if (request.method === 'PUT') {
    state.documents[key] = body;
    save();
  }
  response.writeHead(key in state.documents ? 200 : 404).end(state.documents[key] ?? '');
}).listen(27017, '0.0.0.0');
process.on('SIGTERM', () => process.exit(0));
