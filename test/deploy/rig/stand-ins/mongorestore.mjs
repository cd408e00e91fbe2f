#!/usr/bin/env node
// Stands in for `mongorestore --uri <address> --archive --gzip --drop`: replaces all documents by those on standard input.
import { gunzipSync } from 'node:zlib';

const { username, password } = new URL(process.argv[process.argv.indexOf('--uri') + 1]);
const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
const body = gunzipSync(Buffer.concat(await Array.fromAsync(process.stdin))).toString();
const response = await fetch('http://127.0.0.1:27017/all', {
  method: 'PUT',
  body,
  headers: { authorization },
});
if (!response.ok) throw new Error(`mongorestore: ${response.status}`);
