// What a rule answers: a file of a package, a file of a folder of the operator, or a refusal with the operator's reason.
import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { type ContentAnswer, fileAnswer } from '../../answers/content-answer.ts';
import { mediaType } from '../../base/media-type.ts';
import { PackageError } from '../../base/package-error.ts';
import { parseSpec } from '../../base/package-spec.ts';
import type { Registry } from '../../registry/registry.ts';
import { openAddress } from '../answer/answer.ts';
import { fillIn } from './address-pattern.ts';
import { nameRule, type RuleMatch } from './mirror-rules.ts';

/** What reading fails with when there is no such file. */
const absentCodes = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG']);

/**
 * @param address what was asked for, for messages
 * @throws PackageError ADDRESS_BLOCKED, RULE_FILE_NOT_FOUND, and what packages fail with
 */
export async function answerByRule(
  registry: Registry,
  match: RuleMatch,
  address: string,
): Promise<ContentAnswer> {
  const { rule, captures } = match;
  const { target } = rule;
  if (target.kind === 'blocked')
    throw new PackageError('ADDRESS_BLOCKED', { address, rule: nameRule(rule), reason: target.reason });
  const path = `/${fillIn(target.file, captures).replace(/^\/+/, '')}`;
  const answer =
    target.kind === 'package'
      ? await packageFile(registry, target.name, fillIn(target.range, captures), path)
      : await folderFile(target.folder, path, { address, rule: nameRule(rule) });
  return { ...answer, rule: rule.number };
}

/** Rules change, so not even an exact version is served as unchangeable. */
async function packageFile(
  registry: Registry,
  name: string,
  range: string,
  path: string,
): Promise<ContentAnswer> {
  // `npm:other@1` as a version would be another package than the one that the operator named.
  if (parseSpec(name, range).packageName !== name)
    throw new PackageError('INVALID_RANGE', { packageName: name, range: range.slice(0, 100) });
  const { files } = await openAddress(registry, { name, range });
  return fileAnswer(files, path, false);
}

/** The path is an artifact's; where it leads to is decided after all links have been followed. */
async function folderFile(
  folder: string,
  path: string,
  facts: { address: string; rule: string },
): Promise<ContentAnswer> {
  const absent = (): PackageError => new PackageError('RULE_FILE_NOT_FOUND', { ...facts, path });
  // Names that begin with a dot are `..` and what an operator keeps to itself: `.git`, `.env`.
  if (/\/\.|[\0\\]/.test(path)) throw absent();
  try {
    const file = await realpath(join(folder, path));
    if (!file.startsWith(folder.endsWith(sep) ? folder : folder + sep)) throw absent();
    const { size, mtimeMs, ino } = await stat(file);
    const content = await readFile(file);
    return {
      kind: 'content',
      identity: `${file} ${size} ${mtimeMs} ${ino}`,
      read: async () => content,
      type: mediaType(path),
      file: path,
      lifetime: 'resolved',
    };
  } catch (error) {
    throw absentCodes.has((error as NodeJS.ErrnoException).code ?? '') ? absent() : error;
  }
}
