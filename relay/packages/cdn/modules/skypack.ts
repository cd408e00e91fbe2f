// cdn.skypack.dev (https://docs.skypack.dev/skypack-cdn/api-reference): packages as ES modules. All its options are about
// how they are built.
import type { EsModules } from '../../es-modules/es-modules.ts';
import { type CdnAnswer, type FileAddress, parseFileAddress } from '../answer/answer.ts';
import { answerModule } from './module-answer.ts';

/** `/-/react@v17.0.1-yH0aYV1FOvoIPeKBbHxg/dist=es2019,mode=imports/optimized/react.js`, `/pin/…`: what lookups led to. */
const pinned =
  /^\/(?:-|pin)\/((?:@[^/@]+\/)?[^/@]+)@v([^/]+?)-[\w-]{20}(?:\/[^/]*=[^/]*)?(?:\/(?:un)?optimized)?(\/.*)?$/;

/** @returns undefined when the address names no package */
export function parseSkypackAddress(path: string): FileAddress | undefined {
  const match = pinned.exec(path);
  if (!match) return path.startsWith('/-/') ? undefined : parseFileAddress(path.slice(1));
  const [, name = '', range, file = ''] = match;
  // Their file for the main entry has the package's name.
  const inner = file.startsWith(`/${name}/`) ? file.slice(name.length + 1) : file;
  return { name, range, path: inner === `/${name}.js` ? '' : inner };
}

/** @throws PackageError */
export async function answerSkypack(esModules: EsModules, path: string): Promise<CdnAnswer | undefined> {
  const address = parseSkypackAddress(path);
  return address && answerModule(esModules, address);
}
