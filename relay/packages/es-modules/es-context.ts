// What makes a module of the same package version another module: the build, versions that the page has settled, packages that
// the page brings itself. Written as one segment of the address, in one way only, so that equal contexts are equal modules.
import { PackageError } from '../base/package-error.ts';
import { checkName, checkVersion } from '../base/package-spec.ts';
import type { Env } from './es-package.ts';

/** See the head of this file. */
export interface EsContext {
  env: Env;
  /** Exact versions by package name. */
  deps: Readonly<Record<string, string>>;
  /** Packages whose imports stay bare, for the page's import map; sorted. `*`: all. */
  external: readonly string[];
}

/** Modules of nothing but their own version. */
export const plainContext: EsContext = { env: 'production', deps: {}, external: [] };

const maxPackages = 100;
/** Names with a scope have a slash, which ends a segment. */
const inSegment = (name: string): string => name.replace('/', ':');
const fromSegment = (name: string): string => name.replace(':', '/');

/** The segment, beginning with `~`; '' for the plain context. */
export function formatContext({ env, deps, external }: EsContext): string {
  const pinned = Object.entries(deps).sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = [
    ...(pinned.length > 0
      ? [`deps=${pinned.map(([name, version]) => `${inSegment(name)}@${version}`).join()}`]
      : []),
    ...(env === 'development' ? ['dev'] : []),
    ...(external.length > 0 ? [`external=${[...external].sort().map(inSegment).join()}`] : []),
  ];
  return parts.length === 0 ? '' : `~${parts.join('&')}`;
}

/**
 * Reads a segment.
 * @throws PackageError when it is not exactly what {@link formatContext} writes
 */
export function parseContext(segment: string): EsContext {
  const deps: Record<string, string> = {};
  let external: string[] = [];
  let env: Env = 'production';
  for (const part of segment.slice(1).split('&')) {
    const [key, value = ''] = part.split('=', 2);
    if (key === 'dev') env = 'development';
    else if (key === 'external') external = value.split(',').map(fromSegment);
    else if (key === 'deps')
      for (const pin of value.split(',')) {
        const at = pin.lastIndexOf('@');
        deps[fromSegment(pin.slice(0, at))] = pin.slice(at + 1);
      }
  }
  const context = makeContext({ env, deps, external });
  if (formatContext(context) !== segment) throw refused(segment);
  return context;
}

/** @throws PackageError when a name or version is none */
export function makeContext({ env, deps, external }: EsContext): EsContext {
  for (const [name, version] of Object.entries(deps)) {
    checkName(name);
    checkVersion(name, version);
  }
  for (const name of external) if (name !== '*') checkName(name);
  if (Object.keys(deps).length + external.length > maxPackages)
    throw refused(`${maxPackages} packages and more`);
  return { env, deps, external: [...new Set(external)].sort() };
}

/** Whether imports of a package stay as they are. */
export function isExternal({ external }: EsContext, name: string): boolean {
  return external.includes(name) || external.includes('*');
}

function refused(text: string): PackageError {
  return new PackageError('INVALID_RANGE', { packageName: 'a module', range: text.slice(0, 200) });
}
