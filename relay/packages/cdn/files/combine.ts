// jsDelivr's `/combine/npm/a@1/x.js,npm/b@2/y.js`: several files as one, of one kind
// (https://www.jsdelivr.com/documentation#id-combine-multiple-files).

import { mediaType } from '../../base/media-type.ts';
import { PackageError } from '../../base/package-error.ts';
import type { Registry } from '../../registry/registry.ts';
import { buildStylesheet } from '../../sources/stylesheet.ts';
import type { CdnAnswer } from '../answer/answer.ts';
import { openJsdelivrFile } from './jsdelivr-file.ts';

const maxFiles = 100;

/**
 * The files one after the other; scripts are ended, and addresses in stylesheets made absolute.
 * @param list what follows `/combine/`
 * @throws PackageError
 */
export async function answerCombine(registry: Registry, list: string): Promise<CdnAnswer | undefined> {
  const parts = list.split(',').map((part) => part.trim().replace(/^\/+/, ''));
  if (parts.length > maxFiles || parts.includes('')) return undefined;
  const foreign = parts.find((part) => !part.startsWith('npm/'));
  if (foreign !== undefined)
    throw new PackageError('NOT_ON_NPM', { address: `https://cdn.jsdelivr.net/${foreign}` });
  const texts: string[] = [];
  const sources: string[] = [];
  let type = '';
  let isExact = true;
  for (const part of parts) {
    const file = await openJsdelivrFile(registry, part.slice(4));
    if (!file) return undefined;
    const isSheet = file.path.endsWith('.css');
    type ||= isSheet ? '.css' : '.js';
    if (isSheet !== (type === '.css')) return undefined;
    isExact &&= file.exact;
    const rebased = isSheet ? await buildStylesheet(file.files, file.path.slice(1)) : undefined;
    const { body } = await file.answer();
    texts.push(rebased ?? String(body));
    sources.push(`${file.files.name}@${file.files.version}${file.path}`);
  }
  return {
    kind: 'content',
    body: texts.join(type === '.css' ? '\n' : '\n;\n'),
    type: mediaType(`combined${type}`),
    lifetime: isExact ? 'immutable' : 'resolved',
    source: sources.join(', '),
  };
}
