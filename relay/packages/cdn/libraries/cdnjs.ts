// cdnjs.cloudflare.com, `/ajax/libs/<library>/<version>/<file>`. cdnjs has its own names for libraries and shows a folder of the
// package as its root: the tables say which, the package's list of files decides. Versions are exact, as on cdnjs.
import semver from 'semver';
import { PackageError } from '../../base/package-error.ts';
import type { Registry } from '../../registry/registry.ts';
import { type CdnAnswer, parseFileAddress } from '../answer/answer.ts';
import { findLibrary, renamedFiles } from './cdnjs-libraries.ts';
import { answerFromSources, exactVersion, type PackageSource } from './package-source.ts';

/** Where packages keep what browsers load; tried after the folders of the tables. */
const usualFolders = [
  '',
  'dist',
  'build',
  'lib',
  'umd',
  'min',
  'css',
  'js',
  'src',
  'bundles',
  'release',
  'out',
];

/**
 * A library's file; `<name>.min.js` and `<name>.min.css` are made where the package has none.
 * @returns undefined when the address does not name a file of a library
 * @throws PackageError VERSION_NOT_FOUND for a version that npm does not have, FILE_NOT_FOUND for a file that it does not have
 */
export async function answerCdnjs(registry: Registry, path: string): Promise<CdnAnswer | undefined> {
  const [, library, asked = '', file = ''] = /^\/ajax\/libs\/([^/]+)\/([^/]+)\/(.+)$/.exec(path) ?? [];
  if (library === undefined) return undefined;
  // A few libraries have a `latest` there, and their manuals name it.
  const version = asked === 'latest' ? asked : exactVersion(asked);
  if (version === undefined)
    throw new PackageError('VERSION_NOT_FOUND', { packageName: library, range: asked });
  const known = await findLibrary(library);
  const wanted = renameFile(library, file);
  return answerFromSources(registry, [
    ...(known === undefined ? [] : sourcesOf(known, version, wanted)),
    ...sourcesOf(guessPackages(library), version, wanted),
  ]);
}

/**
 * What the places of a library's row mean for one file, in their order.
 * @param places as in cdnjs-libraries.ts
 */
export function sourcesOf(places: string, version: string, file: string): PackageSource[] {
  const stem = file.replace(/^.*\//, '').replace(/[._](min|[a-z]{2}).*$|\.\w+$/, '');
  const byPackage = new Map<string, string[]>();
  for (const place of places.split(' ')) {
    const { name, range = '*', path } = parseFileAddress(place.replace('*', stem)) ?? { name: '', path: '' };
    const meant = version === 'latest' || semver.satisfies(version, range, { includePrerelease: true });
    if (name === '' || !meant) continue;
    byPackage.set(name, [...(byPackage.get(name) ?? []), path.slice(1)]);
  }
  const within = (folder: string): string => (folder ? `${folder}/${file}` : file);
  return [...byPackage].map(([packageName, folders]) => ({
    packageName,
    range: version,
    paths: folders.map(within),
    guesses: usualFolders.map(within),
    anywhere: file.replace(/^.*\//, ''),
  }));
}

/** For what is in no table, or not as the table says: the package of that name, if it has that version with that file. */
function guessPackages(library: string): string {
  const lower = library.toLowerCase();
  const bare = lower.replace(/[.-]js$/, '');
  return [...new Set([library, lower, bare, `${bare}.js`, `${bare}js`])].join(' ');
}

function renameFile(library: string, file: string): string {
  const row = renamedFiles.find(([name, pattern]) => name === library && pattern.test(file));
  return row ? file.replace(row[1], row[2]) : file;
}
