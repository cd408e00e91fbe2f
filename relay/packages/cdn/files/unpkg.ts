// unpkg.com (https://unpkg.com): exact addresses are files, everything else redirects to its exact address; `?meta` lists files.

import { fileAnswer } from '../../answers/content-answer.ts';
import type { EsModules } from '../../es-modules/es-modules.ts';
import type { Registry } from '../../registry/registry.ts';
import { type CdnAnswer, jsonAnswer, openAddress, parseFileAddress } from '../answer/answer.ts';
import { answerModule } from '../modules/module-answer.ts';
import { unpkgFile } from './unpkg-entry.ts';

/**
 * `/<name>@<range>/<file>`, with `?meta` a listing, with `?module` an ES module.
 * @throws PackageError
 */
export async function answerUnpkg(
  registry: Registry,
  esModules: EsModules,
  path: string,
  search: URLSearchParams,
): Promise<CdnAnswer | undefined> {
  const address = parseFileAddress(path.slice(1));
  if (!address) return undefined;
  if (search.has('module') && !/\.(css|json)$/.test(path)) return answerModule(esModules, address);
  const { files, exact } = await openAddress(registry, address);
  if (search.has('meta')) return jsonAnswer(asTree(await files.list()), exact ? 'immutable' : 'resolved');
  const wanted = address.path.replace(/^\/$/, '');
  if (wanted && exact && (await files.list()).some((file) => file.path === wanted))
    return fileAnswer(files, wanted, true);
  const file = unpkgFile(files, wanted);
  if (file === undefined) return fileAnswer(files, wanted || '/index.js', exact);
  return {
    kind: 'redirect',
    location: `https://unpkg.com/${files.name}@${files.version}/${file}`,
    lifetime: exact ? 'immutable' : 'resolved',
  };
}

interface MetaFile {
  path: string;
  type: 'file' | 'directory';
  size?: number;
  integrity?: string;
  files?: MetaFile[];
}

/** unpkg's older nested listing, which the bundler reads: directories with `files`. */
function asTree(list: readonly { path: string; size: number; hash: string }[]): MetaFile {
  const root: MetaFile = { path: '/', type: 'directory', files: [] };
  const folders = new Map([['/', root]]);
  const folderOf = (path: string): MetaFile => {
    const known = folders.get(path);
    if (known) return known;
    const folder: MetaFile = { path, type: 'directory', files: [] };
    folders.set(path, folder);
    folderOf(parent(path)).files?.push(folder);
    return folder;
  };
  for (const { path, size, hash } of list)
    folderOf(parent(path)).files?.push({ path, type: 'file', size, integrity: `sha256-${hash}` });
  return root;
}

const parent = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';
