// Which file of a package the unmodified bundler runs for a specifier: the rules of codesandbox-client's resolver as the locked
// @codesandbox/sandpack-client carries them. They differ from npm's, and from the kit's, in the order of export conditions.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { PackageFolder } from '../../relay/packages/sources/entry-points.ts';

const conditions = ['browser', 'development', 'default', 'require', 'import'];
const mainFields = ['module', 'browser', 'main', 'jsnext:main'];
const extensions = ['', '.js', '.jsx', '.ts', '.tsx', '.json', '.mjs', '.cjs'];

/** A file, and the package.json files below the package's own that had to be read to find it. */
export interface FoundFile {
  file: string;
  manifests: string[];
}

/**
 * The file for `subpath`, relative to the package; undefined when there is none.
 * @param subpath `.` or `./sub/path`
 */
export function findFile(folder: PackageFolder, subpath: string): FoundFile | undefined {
  const exported = fromExports(folder.packageJson.exports, subpath);
  if (exported !== undefined) return plainFile(folder.dir, exported);
  if (subpath === '.') return mainFile(folder.dir, '.', folder.packageJson);
  const path = posix.normalize(subpath);
  const nested = posix.join(path, 'package.json');
  if (folder.packageJson.exports === undefined && isFile(join(folder.dir, nested))) {
    const packageJson = JSON.parse(readFileSync(join(folder.dir, nested), 'utf8')) as Record<string, unknown>;
    const found = mainFile(folder.dir, path, packageJson);
    if (found) return { file: found.file, manifests: [nested] };
  }
  return plainFile(folder.dir, path);
}

function mainFile(dir: string, base: string, packageJson: Record<string, unknown>): FoundFile | undefined {
  const main = mainFields.map((field) => packageJson[field]).find((value) => typeof value === 'string');
  const { browser } = packageJson;
  const replaced =
    typeof browser === 'object' && browser !== null
      ? (browser as Record<string, unknown>)[`./${posix.normalize(String(main))}`]
      : undefined;
  const file = typeof replaced === 'string' ? replaced : (main ?? 'index');
  return plainFile(dir, posix.join(base, String(file))) ?? plainFile(dir, posix.join(base, 'index'));
}

function plainFile(dir: string, path: string): FoundFile | undefined {
  const base = posix.normalize(path);
  const candidates = [base, posix.join(base, 'index')].flatMap((stem) =>
    extensions.map((extension) => stem + extension),
  );
  const file = candidates.find((candidate) => isFile(join(dir, candidate)));
  return file === undefined ? undefined : { file, manifests: [] };
}

/** The target of an `exports` map; undefined when there is no map or no such key. */
function fromExports(map: unknown, subpath: string): string | undefined {
  if (map === undefined || map === null) return undefined;
  if (typeof map !== 'object' || Array.isArray(map)) return subpath === '.' ? choose(map) : undefined;
  const keys = Object.entries(map);
  if (!keys[0]?.[0].startsWith('.')) return subpath === '.' ? choose(map) : undefined;
  for (const [key, value] of keys) {
    if (key === subpath) return choose(value);
    const [start = '', end] = key.split('*', 2);
    if (end === undefined || !subpath.startsWith(start) || !subpath.endsWith(end)) continue;
    const middle = subpath.slice(start.length, subpath.length - end.length);
    return choose(value)?.replaceAll('*', middle);
  }
  return undefined;
}

function choose(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(choose).find((path) => path !== undefined);
  if (typeof value !== 'object' || value === null) return undefined;
  const key = conditions.find((condition) => condition in value);
  return key === undefined ? undefined : choose((value as Record<string, unknown>)[key]);
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
