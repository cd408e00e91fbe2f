// Which file of a package jsDelivr means by an address (https://www.jsdelivr.com/documentation).

import { PackageError } from '../../base/package-error.ts';
import type { Registry } from '../../registry/registry.ts';
import type { PackageFiles } from '../../store/package-files.ts';
import { openAddress, parseFileAddress } from '../answer/answer.ts';
import { type CdnFile, cdnFile } from '../answer/minified.ts';

/**
 * Finds the file for `name[@range][/file]`; without a file, the package's default file.
 * @returns undefined when it names no package
 * @throws PackageError
 */
export async function openJsdelivrFile(registry: Registry, text: string): Promise<CdnFile | undefined> {
  const address = parseFileAddress(text);
  if (!address) return undefined;
  const { files, exact } = await openAddress(registry, address);
  const isDefault = address.path === '' || address.path === '/';
  const path = isDefault ? await defaultFile(files) : address.path;
  return cdnFile(files, path, exact);
}

/**
 * The file for a bare package: `jsdelivr`, else `browser` or `main`, minified where that is published too, else `index.js`.
 * @throws PackageError when the package names one outside of itself
 */
export async function defaultFile(files: PackageFiles): Promise<string> {
  const { jsdelivr, browser, main, style } = files.packageJson;
  const named = [jsdelivr, browser, main].find((field) => typeof field === 'string' && field !== '');
  const present = new Set((await files.list()).map(({ path }) => path));
  const fallback = typeof style === 'string' && !present.has('/index.js') ? style : 'index.js';
  const path = `/${String(named ?? fallback).replace(/^\.?\/+/, '')}`;
  if (path.includes('/../'))
    throw new PackageError('FILE_NOT_FOUND', {
      packageName: files.name,
      version: files.version,
      path,
    });
  const file = /\.\w+$/.test(path) && present.has(path) ? path : completed(path, present);
  if (named === jsdelivr || /\.min\.\w+$/.test(file)) return file;
  const minified = file.replace(/\.(js|css)$/, '.min.$1');
  return present.has(minified) ? minified : file;
}

/** The file that `require` would find; the same path with `.js` when there is none. */
function completed(path: string, present: ReadonlySet<string>): string {
  const base = path.replace(/\/+$/, '');
  const found = [base, `${base}.js`, `${base}/index.js`].find((candidate) => present.has(candidate));
  return found ?? (/\.\w+$/.test(base) ? base : `${base}.js`);
}
