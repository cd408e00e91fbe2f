// Addresses of ES modules. A module's identity in a browser is its address, so there is one for each module, and it is exact:
// `/-/esm/<builder>/[~<context>/]<name>@<version>/<file>`.
import { checkName, checkVersion } from '../base/package-spec.ts';
import { type EsContext, formatContext, parseContext, plainContext } from './es-context.ts';
import { esModulesVersion } from './es-package.ts';

/** Where all ES modules are on the base host. */
export const esRoot = '/-/esm/';
const builder = String(esModulesVersion);
/** Modules of the kit itself. */
const kitModule = /^\.kit\/([a-z-]+)\.js$/;

/** A module of a package version. */
export interface EsAddress {
  context: EsContext;
  name: string;
  version: string;
  /** Relative to the package: a source file, or one of the kit's below `.kit/`. */
  file: string;
}

/** The address of a module, as a path on the base host. */
export function formatAddress({ context, name, version, file }: EsAddress): string {
  const segment = formatContext(context);
  const path = file.split('/').map(encodeURIComponent).join('/');
  return `${esRoot}${builder}/${segment === '' ? '' : `${segment}/`}${name}@${version}/${path}`;
}

/** The address of one of the kit's own modules: `process`, `empty`, `missing`. */
export function kitAddress(name: string): string {
  return `${esRoot}${builder}/.kit/${name}.js`;
}

/**
 * Reads an address.
 * @param path decoded, below {@link esRoot}
 * @returns undefined when it is none of this kit's builder; the name of one of the kit's own modules; or a package's module
 * @throws PackageError when it names no package, version or context
 */
export function parseAddress(path: string): EsAddress | string | undefined {
  if (!path.startsWith(`${builder}/`)) return undefined;
  const rest = path.slice(builder.length + 1);
  const own = kitModule.exec(rest);
  if (own) return own[1];
  const match = /^(?:(~[^/]*)\/)?((?:@[^/@]+\/)?[^/@]+)@([^/]+)\/(.+)$/.exec(rest);
  if (!match) return undefined;
  const [, segment, name = '', version = '', file = ''] = match;
  checkName(name);
  checkVersion(name, version);
  if (file.split('/').some((part) => part === '..' || part === '.' || part === '')) return undefined;
  return { context: segment === undefined ? plainContext : parseContext(segment), name, version, file };
}
