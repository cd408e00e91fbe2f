// cdn.jsdelivr.net and its API data.jsdelivr.com (https://www.jsdelivr.com/docs/data.jsdelivr.com), from npm packages.
import { PackageError } from '../package-error.ts';
import type { Registry } from '../registry.ts';
import { type CdnAnswer, fileAnswer, jsonAnswer, openAddress, parseFileAddress } from './answer.ts';

/** `/npm/<name>@<range>/<file>`; without a file, the package's default file. */
export async function answerJsdelivr(registry: Registry, path: string): Promise<CdnAnswer | undefined> {
  const address = path.startsWith('/npm/') ? parseFileAddress(path.slice(5)) : undefined;
  if (!address) return undefined;
  const { files, exact } = await openAddress(registry, address);
  return fileAnswer(files, address.path === '' ? defaultFile(files.packageJson) : address.path, exact);
}

/** `/v1/package/npm/<name>` → `{tags, versions}`; `/v1/package/npm/<name>@<version>/flat` → `{default, files}`. */
export async function answerJsdelivrData(registry: Registry, path: string): Promise<CdnAnswer | undefined> {
  const address = path.startsWith('/v1/package/npm/') ? parseFileAddress(path.slice(16)) : undefined;
  if (!address) return undefined;
  if (address.range === undefined && address.path === '') {
    const packument = await registry.packument(address.name);
    const versions = Object.keys(packument.versions).reverse();
    return jsonAnswer({ tags: packument['dist-tags'], versions }, 'resolved');
  }
  if (address.path !== '/flat') return undefined;
  const { files, exact } = await openAddress(registry, address);
  const list = (await files.list()).map(({ path: name, size, hash }) => ({
    name,
    hash,
    size,
    time: '1985-10-26T08:15:00.000Z',
  }));
  return jsonAnswer(
    { default: defaultFile(files.packageJson), files: list },
    exact ? 'immutable' : 'resolved',
  );
}

/** The file jsDelivr serves for a bare package: `jsdelivr`, `browser`, `main`, else `index.js`. */
function defaultFile(packageJson: Record<string, unknown> & { name: string; version: string }): string {
  const named = [packageJson.jsdelivr, packageJson.browser, packageJson.main].find(
    (field) => typeof field === 'string' && field !== '',
  );
  const path = `/${String(named ?? 'index.js').replace(/^\.?\/+/, '')}`;
  if (path.includes('/../'))
    throw new PackageError('FILE_NOT_FOUND', {
      packageName: packageJson.name,
      version: packageJson.version,
      path,
    });
  return /\.\w+$/.test(path) ? path : `${path}.js`;
}
