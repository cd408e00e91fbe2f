// Loaded before a relay (`--import`): every file that its code asks for is checked against ALLOWED_FOLDERS, and one that is
// elsewhere is reported on standard error. Loading of modules is Node's own and not seen here.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const allowed = (process.env.ALLOWED_FOLDERS ?? '').split(':');
const names = [
  'open',
  'openSync',
  'readFile',
  'readFileSync',
  'createReadStream',
  'stat',
  'lstat',
  'readdir',
  'opendir',
  'access',
  'realpath',
];

function check(path) {
  if (
    typeof path === 'number' ||
    (typeof path === 'object' && !(path instanceof URL) && !Buffer.isBuffer(path))
  )
    return;
  const absolute = resolve(path instanceof URL ? fileURLToPath(path) : String(path));
  if (allowed.some((folder) => absolute === folder || absolute.startsWith(folder + sep))) return;
  process.stderr.write(`OUTSIDE ${absolute}\n`);
}

for (const api of [fs, fs.promises])
  for (const name of names) {
    const original = api[name];
    if (typeof original !== 'function') continue;
    api[name] = Object.assign(function (path, ...rest) {
      check(path);
      return original.call(this, path, ...rest);
    }, original);
  }
syncBuiltinESMExports();
