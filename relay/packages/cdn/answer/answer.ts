// What a CDN dialect answers: plain data that the packages surface turns into a response.
import { type ContentAnswer, textAnswer } from '../../answers/content-answer.ts';
import { parseSpec } from '../../base/package-spec.ts';
import type { Registry } from '../../registry/registry.ts';
import type { PackageFiles } from '../../store/package-files.ts';

/** A file, a document, or where to look instead. */
export type CdnAnswer =
  | ContentAnswer
  /** `location` is an address in the CDN's own terms, e.g. `https://unpkg.com/react@18.3.1/index.js`. */
  | { kind: 'redirect'; location: string; lifetime: 'immutable' | 'resolved' };

/** `name[@range][/path]` as all npm CDNs write it. */
export interface FileAddress {
  name: string;
  /** As written; undefined when the address has none. */
  range: string | undefined;
  /** With a leading slash; empty when only the package is named. */
  path: string;
}

/** Takes `name@range/path` apart; undefined when it does not name a package. */
export function parseFileAddress(text: string): FileAddress | undefined {
  const match = /^((?:@[^/@]+\/)?[^/@]+)(?:@([^/]*))?(\/.*)?$/.exec(text);
  if (!match) return undefined;
  return { name: match[1] as string, range: match[2] || undefined, path: match[3] ?? '' };
}

/**
 * The files of the version that an address means.
 * @throws PackageError
 */
export async function openAddress(
  registry: Registry,
  address: Pick<FileAddress, 'name' | 'range'>,
): Promise<{ files: PackageFiles; exact: boolean }> {
  const { packageName, range } = parseSpec(address.name, address.range ?? 'latest');
  const version = await registry.resolve(packageName, range);
  return { files: await registry.files(packageName, version), exact: version === address.range };
}

/** A JSON document. */
export function jsonAnswer(value: unknown, lifetime: ContentAnswer['lifetime']): CdnAnswer {
  return textAnswer(JSON.stringify(value), { type: 'application/json; charset=utf-8', lifetime });
}
