// Which file of a package unpkg means by an address that names none (https://unpkg.com): `unpkg`, `exports`, `main`, in that order.
import { type MapRules, resolveEntry } from '../../sources/entry-points.ts';
import type { PackageFiles } from '../../store/package-files.ts';

/** `default` is always met. Packages that offer nothing else are given what Node would require. */
const unpkgRules: MapRules = { conditions: [['unpkg'], ['require'], ['import']], inListOrder: false };

/**
 * @param path with a leading slash; empty, or a lone slash, when only the package is named
 * @returns a file relative to the package; undefined when there is none
 */
export function unpkgFile({ dir, packageJson }: PackageFiles, path: string): string | undefined {
  const { name, version, unpkg, exports, main } = packageJson;
  if (path !== '' && path !== '/') return resolveEntry({ dir, packageJson: { name, version } }, `.${path}`);
  const entry = typeof unpkg === 'string' ? { main: unpkg } : { main, exports };
  return resolveEntry({ dir, packageJson: { name, version, ...entry }, rules: unpkgRules }, '.');
}
