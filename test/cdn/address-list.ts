// Reads the table of CDN addresses, addresses/<dialect>.txt. One address a line, then the kind of file, then what the answer is:
//
//   name@version/file   those bytes, of that npm package
//   =                   the same, the package and the file being those that the address names
//   sha256-… sha384-…   bytes with that integrity, as the CDN's own page states it
//   range               whatever version is the newest
//   made                made by the CDN (minified, combined), in no package
//   any                 nobody said
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One row. */
export interface Address {
  url: string;
  /** A key of {@link kinds}. */
  kind: string;
  /** `name@version/file`, or an SRI string; undefined when nothing says what the bytes are. */
  identical: string | undefined;
}

/** What the media type of a kind of file starts with. */
export const kinds: Readonly<Record<string, RegExp>> = {
  script: /^text\/javascript/,
  style: /^text\/css/,
  font: /^font\/|^application\/(font|vnd\.ms-fontobject)/,
  image: /^image\//,
  json: /^application\/json/,
  wasm: /^application\/wasm/,
};

/**
 * All rows by dialect, which is the file's name.
 * @throws Error for a line that is not as described above
 */
export async function readAddresses(): Promise<Map<string, Address[]>> {
  const folder = join(import.meta.dirname, 'addresses');
  const dialects = new Map<string, Address[]>();
  for (const file of (await readdir(folder)).sort()) {
    const lines = (await readFile(join(folder, file), 'utf8')).split('\n');
    const rows = lines.filter((line) => line !== '' && !line.startsWith('#')).map(readRow);
    dialects.set(file.replace(/\.txt$/, ''), rows);
  }
  return dialects;
}

function readRow(line: string): Address {
  const [url = '', kind = '', answer = ''] = line.split(' ');
  if (!URL.canParse(url) || !Object.hasOwn(kinds, kind) || answer === '')
    throw new Error(`Not a row of the table of addresses: ${line}`);
  const named = new URL(url).pathname.replace(/^\/(npm\/)?/, '');
  const open = ['range', 'made', 'any'].includes(answer);
  return { url, kind, identical: open ? undefined : answer === '=' ? named : answer };
}
