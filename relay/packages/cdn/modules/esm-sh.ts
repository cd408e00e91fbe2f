// esm.sh: packages as ES modules, and all modules of a page: see module-answer.ts.
import { posix } from 'node:path';
import { fileAnswer, textAnswer } from '../../answers/content-answer.ts';
import { PackageError } from '../../base/package-error.ts';
import { plainContext } from '../../es-modules/es-context.ts';
import { entryFile } from '../../es-modules/es-links.ts';
import type { EsModules } from '../../es-modules/es-modules.ts';
import { codeExtensions } from '../../sources/package-plugin.ts';
import type { PackageFiles } from '../../store/package-files.ts';
import { type CdnAnswer, openAddress } from '../answer/answer.ts';
import { workerScript } from '../answer/worker-script.ts';
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
  if (address.worker !== undefined && file !== undefined)
    return address.worker === 'script'
      ? workerScript(files, `/${file}`, exact)
      : workerModule(files, file, exact);
  const isModule =
    file === undefined || (codeExtensions.has(posix.extname(file)) && !/\.d\.[cm]?ts$/.test(file));
  return isModule ? answerModule(esModules, address) : fileAnswer(files, `/${file}`, exact);
}

/** `?worker` (https://github.com/esm-dev/esm.sh#web-worker): a function that starts the worker, after code of the page's own. */
function workerModule({ name, version }: PackageFiles, file: string, exact: boolean): CdnAnswer {
  const address = `https://esm.sh/${name}@${version}/${file}?worker=script`;
  const code = `const script = 'importScripts(${JSON.stringify(address)});';
export default function createWorker(options) {
  const { inject = '', name } = typeof options === 'string' ? { inject: options } : (options ?? {});
  const blob = new Blob([script, inject], { type: 'text/javascript' });
  return new Worker(URL.createObjectURL(blob), { name });
}
`;
  return textAnswer(code, {
    type: 'text/javascript; charset=utf-8',
    lifetime: exact ? 'immutable' : 'resolved',
    source: `${name}@${version}`,
    file: `/${file}`,
  });
}
