// Answers the addresses of small hosts by their table, small-host-rows.ts.

import { textAnswer } from '../../answers/content-answer.ts';
import { mediaType } from '../../base/media-type.ts';
import { PackageError } from '../../base/package-error.ts';
import type { Registry } from '../../registry/registry.ts';
import { type CdnAnswer, parseFileAddress } from '../answer/answer.ts';
import { answerFromSources, exactVersion, type PackageSource } from './package-source.ts';
import { smallHostRows } from './small-host-rows.ts';

/**
 * The answer of the first row for that host and path.
 * @param host a key of the table
 * @returns undefined when no row is meant
 * @throws PackageError NOT_ON_NPM for what no package holds; the first source's error when no source has the file
 */
export async function answerSmallHost(
  registry: Registry,
  host: string,
  path: string,
): Promise<CdnAnswer | undefined> {
  const row = smallHostRows.find(({ hosts, at }) => hosts.includes(host) && at.test(path));
  if (row?.script !== undefined)
    return textAnswer(row.script, { type: mediaType(path), lifetime: 'immutable' });
  if (row?.from)
    return answerFromSources(
      registry,
      row.from.flatMap((place) => readPlace(row.at, place, path)),
    );
  if (row)
    throw new PackageError('NOT_ON_NPM', {
      address: `https://${host}${path}`,
      ...(row.instead && { instead: row.instead }),
    });
  return undefined;
}

function readPlace(at: RegExp, place: string, path: string): PackageSource[] {
  const address = parseFileAddress(path.replace(at, place));
  if (!address) return [];
  const { name, range = 'latest', path: file } = address;
  return [{ packageName: name, range: exactVersion(range) ?? range, paths: [file.slice(1)] }];
}
