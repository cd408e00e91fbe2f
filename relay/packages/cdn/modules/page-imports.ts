// What modules at an address of esm.sh import by bare names, and so leave to the page that imports them: `?external=react`, `*name`.
import { PackageError } from '../../base/package-error.ts';
import type { EsModules } from '../../es-modules/es-modules.ts';
import { parseEsmShAddress } from './esm-sh-address.ts';
import { subpathOf } from './module-answer.ts';

/** @returns specifiers, sorted; none for what cannot be had: the browser is told why when it asks */
export async function findPageImports(esModules: EsModules, url: URL): Promise<string[]> {
  try {
    const address = parseEsmShAddress(decodeURIComponent(url.pathname), url.searchParams);
    if (!address || address.raw || !address.context?.external?.length) return [];
    const { name, range, path, context } = address;
    return await esModules.bareImports({ name, range, subpath: subpathOf(path), context });
  } catch (error) {
    if (error instanceof PackageError || error instanceof URIError) return [];
    throw error;
  }
}
