// ES modules as CDNs hand them out: a short module at the CDN's own address that passes on what is at the package file's one address.
// That address is on the same host for all CDNs, so that React from esm.sh and React from jsDelivr are one React.
import { posix } from 'node:path';
import { textAnswer } from '../../answers/content-answer.ts';
import type { EsModules, EsRequest } from '../../es-modules/es-modules.ts';
import type { CdnAnswer, FileAddress } from '../answer/answer.ts';

/**
 * Where all modules are in a page. Absolute, because a page sees a CDN's address, not the kit's: what the service worker answers for
 * `https://cdn.jsdelivr.net/…` resolves its imports against that.
 */
export const moduleOrigin = 'https://esm.sh';
const modulePath = '/-/esm/';

/** Who must not be given another version of a package than its own, where the page says nothing: they are released together. */
const releasedTogether: Readonly<Record<string, string>> = { 'react-dom': 'react' };

/** What an address of a CDN asks for. */
export interface ModuleAddress extends FileAddress {
  context?: EsRequest['context'];
}

/**
 * The module for an address.
 * @throws PackageError
 */
export async function answerModule(
  esModules: EsModules,
  { name, range, path, context = {} }: ModuleAddress,
): Promise<CdnAnswer> {
  const { asked } = esModules.parts;
  const request = { name, range, subpath: subpathOf(path) };
  const partner = Object.hasOwn(releasedTogether, name) ? releasedTogether[name] : undefined;
  const deps = { ...context.deps };
  if (partner !== undefined && deps[partner] === undefined)
    deps[partner] = await asked.resolve(name, range ?? 'latest');
  const entry = await esModules.entry({ ...request, context: { ...context, deps } });
  const address = JSON.stringify(moduleOrigin + entry.address);
  const isFixed = entry.version === range && Object.keys(context.deps ?? {}).length === 0;
  return textAnswer(
    `export * from ${address};\n${entry.hasDefault ? `export { default } from ${address};\n` : ''}`,
    {
      type: 'text/javascript; charset=utf-8',
      lifetime: isFixed ? 'immutable' : 'resolved',
      source: `${entry.name}@${entry.version}`,
      file: `/${entry.file}`,
    },
  );
}

/**
 * What is at one of the addresses that {@link answerModule} names.
 * @param path decoded, with a leading slash
 * @throws PackageError
 */
export async function answerModuleFile(esModules: EsModules, path: string): Promise<CdnAnswer | undefined> {
  if (!path.startsWith(modulePath)) return undefined;
  return esModules.file(path.slice(modulePath.length));
}

/** `/sub/path/` → `./sub/path`; `.` for none. */
export function subpathOf(path: string): string {
  const trimmed = posix.normalize(`/${path}`).replace(/\/+$/, '');
  return trimmed === '' ? '.' : `.${trimmed}`;
}
