// esm.sh: packages as ES modules, and all modules of a page: see module-answer.ts.
import { posix } from 'node:path';
import { fileAnswer } from '../../answers/content-answer.ts';
import { PackageError } from '../../base/package-error.ts';
import { plainContext } from '../../es-modules/es-context.ts';
import { entryFile } from '../../es-modules/es-links.ts';
import type { EsModules } from '../../es-modules/es-modules.ts';
import { codeExtensions } from '../../sources/package-plugin.ts';
import { type CdnAnswer, openAddress } from '../answer/answer.ts';
import { parseEsmShAddress } from './esm-sh-address.ts';
import { answerModule, answerModuleFile, subpathOf } from './module-answer.ts';

/** What is not on npm: GitHub, JSR, pull requests, and scripts of esm.sh itself. */
const notNpm =
  /^\/(?:(?:stable|v\d+)\/)?(?:(?:gh|jsr|pr|@jsr|https?:)\/|(?:tsx|run|x|build|hot|uno)(?:@[^/]*)?$)/;

/**
 * A module, or a file that is none as it is published.
 * @throws PackageError
 */
export async function answerEsmSh(
  esModules: EsModules,
  path: string,
  search: URLSearchParams,
): Promise<CdnAnswer | undefined> {
  if (path.startsWith('/-/')) return answerModuleFile(esModules, path);
  if (notNpm.test(path) || search.has('alias'))
    throw new PackageError('NOT_ON_NPM', {
      address: `https://esm.sh${path}${search.has('alias') ? '?alias' : ''}`,
    });
  const address = parseEsmShAddress(path, search);
  if (!address) return undefined;
  if (address.path === '' || address.path === '/') return answerModule(esModules, address);
  const { files, exact } = await openAddress(esModules.parts.asked, address);
  if (address.raw) return fileAnswer(files, address.path, exact);
  const file = entryFile(files, subpathOf(address.path), plainContext);
  const isModule =
    file === undefined || (codeExtensions.has(posix.extname(file)) && !/\.d\.[cm]?ts$/.test(file));
  return isModule ? answerModule(esModules, address) : fileAnswer(files, `/${file}`, exact);
}
