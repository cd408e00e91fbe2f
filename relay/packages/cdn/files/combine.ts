// jsDelivr's `/combine/npm/a@1/x.js,gh/o/b@2/y.js`: several files as one, of one kind
// (https://www.jsdelivr.com/documentation#id-combine-multiple-files).

import { mediaType } from '../../base/media-type.ts';
import { PackageError } from '../../base/package-error.ts';
import type { Registry } from '../../registry/registry.ts';
import { buildStylesheet } from '../../sources/stylesheet.ts';
import type { CdnAnswer } from '../answer/answer.ts';
import type { CdnFile } from '../answer/minified.ts';
import { parseGithubAddress } from '../github/github-address.ts';
import { openGithubFile } from '../github/github-file.ts';
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
  const files: CdnFile[] = [];
  for (const part of parts) {
    const file = await openPart(registry, part);
    if (!file) return undefined;
    files.push(file);
  }
  const isSheet = files[0]?.path.endsWith('.css') ?? false;
  if (files.some(({ path }) => path.endsWith('.css') !== isSheet)) return undefined;
  const answers = await Promise.all(files.map((file) => file.answer()));
  return {
    kind: 'content',
    identity: `combined ${answers.map(({ identity }) => identity).join(' + ')}`,
    read: async () => {
      const texts = await Promise.all(
        files.map(
          async (file, index) =>
            (isSheet && (await buildStylesheet(file.files, file.path.slice(1)))) ||
            String(await answers[index]?.read()),
        ),
      );
      return texts.join(isSheet ? '\n' : '\n;\n');
    },
    type: mediaType(`combined${isSheet ? '.css' : '.js'}`),
    lifetime: files.every(({ exact }) => exact) ? 'immutable' : 'resolved',
    source: files.map(({ files: { name, version }, path }) => `${name}@${version}${path}`).join(', '),
  };
}

async function openPart(registry: Registry, part: string): Promise<CdnFile | undefined> {
  if (part.startsWith('npm/')) return openJsdelivrFile(registry, part.slice(4));
  const address = `https://cdn.jsdelivr.net/${part}`;
  const onGithub = part.startsWith('gh/') ? parseGithubAddress(part.slice(3)) : undefined;
  if (!onGithub) throw new PackageError('NOT_ON_NPM', { address });
  return openGithubFile(registry, onGithub, address);
}
