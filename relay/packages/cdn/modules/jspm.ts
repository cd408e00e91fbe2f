// ga.jspm.io and jspm.dev (https://jspm.org/cdn/jspm-dev): packages as ES modules, `/npm:react@18.3.1/index.js`.
import type { EsModules } from '../../es-modules/es-modules.ts';
import { type CdnAnswer, parseFileAddress } from '../answer/answer.ts';
import { answerModule, type ModuleAddress } from './module-answer.ts';

/** @returns undefined when the address names no npm package */
export function parseJspmAddress(path: string): ModuleAddress | undefined {
  const address = parseFileAddress(path.slice(1).replace(/^npm:/, ''));
  if (!address || address.name.includes(':')) return undefined;
  // Their development builds lie beside the others.
  const plain = address.path.replace(/(^|\/)dev\.([^/]+)$/, '$1$2');
  return { ...address, path: plain, context: plain === address.path ? {} : { env: 'development' } };
}

/** @throws PackageError */
export async function answerJspm(esModules: EsModules, path: string): Promise<CdnAnswer | undefined> {
  const address = parseJspmAddress(path);
  return address && answerModule(esModules, address);
}
