// Reads the file that MIRROR_RULES names, YAML or JSON. A file with a fault stops the relay from starting: a rule that blocks an
// address must not be lost to a misspelling.
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse, YAMLError } from 'yaml';
import { z } from 'zod';
import { parseSpec } from '../../base/package-spec.ts';
import { parseFileAddress } from '../answer/answer.ts';
import { highestReference, parseAddressPattern } from './address-pattern.ts';
import { type MirrorRule, MirrorRules, type RuleTarget } from './mirror-rules.ts';

const fields = ['match', 'package', 'folder', 'blocked', 'file'] as const;
type Field = (typeof fields)[number];

const text = z.string('must be text').min(1, 'must not be empty');
const ruleShape = z.strictObject({
  match: text,
  package: text.optional(),
  folder: text.optional(),
  blocked: z.string('must be the reason, as text').min(1, 'must be the reason, as text').optional(),
  file: text.optional(),
});
type WrittenRule = z.infer<typeof ruleShape>;
const fileShape = z.array(ruleShape).max(10_000);

/** What is wrong with one field of a rule. */
class RuleFault extends Error {
  constructor(
    readonly field: Field,
    message: string,
  ) {
    super(message);
  }
}

/**
 * @param file absolute; folders in it are relative to where it is
 * @throws Error for people, one line: the file, the rule's number, the field and the remedy
 */
export async function readMirrorRules(file: string): Promise<MirrorRules> {
  const refuse = (why: string): Error =>
    new Error(
      `MIRROR_RULES=${file}: ${why}. Correct the file (docs/cdn-mirror.md has examples), or unset MIRROR_RULES.`,
    );
  const source = await readFile(file, 'utf8').catch((error) => {
    throw refuse(error.code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${error.code})`);
  });
  const { data, error } = fileShape.safeParse(parseSource(source, refuse));
  if (!data) throw refuse(describeIssue(error.issues[0]));
  const rules: MirrorRule[] = [];
  for (const [index, written] of data.entries()) {
    const number = index + 1;
    try {
      rules.push(await readRule(written, number, dirname(file)));
    } catch (fault) {
      if (fault instanceof RuleFault) throw refuse(`rule ${number}, ${fault.field}: ${fault.message}`);
      throw fault;
    }
  }
  return new MirrorRules(rules);
}

/** An empty file has no rules. */
function parseSource(source: string, refuse: (why: string) => Error): unknown {
  try {
    return parse(source) ?? [];
  } catch (error) {
    if (!(error instanceof YAMLError)) throw error;
    const place = error.linePos ? `line ${error.linePos[0].line}` : 'it';
    const [what = ''] = error.message.split(/ at line | in "|\n/);
    throw refuse(
      `${place} is not YAML (${what.replace(/\.$/, '')}); text that begins with @ or * needs quotes`,
    );
  }
}

function describeIssue(issue: z.core.$ZodIssue | undefined): string {
  const [index, field] = issue?.path ?? [];
  if (typeof index !== 'number') return 'it must be a list of rules, each beginning with “- match:”';
  if (issue?.code === 'unrecognized_keys')
    return `rule ${index + 1}, ${issue.keys[0]}: is not a field of rules; these are ${fields.join(', ')}`;
  if (typeof field !== 'string') return `rule ${index + 1}, match: is missing`;
  const isMissing = issue?.code === 'invalid_type' && field === 'match' && issue.input === undefined;
  return `rule ${index + 1}, ${field}: ${isMissing ? 'is missing, or not text' : issue?.message}`;
}

/** @throws RuleFault */
async function readRule(written: WrittenRule, number: number, baseDir: string): Promise<MirrorRule> {
  const pattern = attempt('match', () => parseAddressPattern(written.match));
  const wildcards = pattern.parts.length - 1;
  const target = await readTarget(written, wildcards, baseDir);
  const templates: [Field, string][] =
    target.kind === 'package'
      ? [
          ['package', target.range],
          ['file', target.file],
        ]
      : target.kind === 'folder'
        ? [['file', target.file]]
        : [];
  for (const [field, template] of templates)
    if (highestReference(template) > wildcards)
      throw new RuleFault(field, `names $${highestReference(template)}, but match has ${wildcards} *`);
  return { number, pattern, target };
}

async function readTarget(written: WrittenRule, wildcards: number, baseDir: string): Promise<RuleTarget> {
  const kinds = (['package', 'folder', 'blocked'] as const).filter((kind) => written[kind] !== undefined);
  if (kinds.length !== 1)
    throw new RuleFault(
      kinds[1] ?? 'match',
      'must be followed by exactly one of package, folder and blocked',
    );
  if (written.blocked !== undefined) {
    if (written.file !== undefined) throw new RuleFault('file', 'has no meaning beside blocked; remove it');
    return { kind: 'blocked', reason: written.blocked.replace(/\s+/g, ' ').trim().replace(/\.$/, '') };
  }
  const file = written.file ?? (wildcards > 0 ? '$1' : undefined);
  if (file === undefined)
    throw new RuleFault('file', 'is missing: without a * in match, name the file, as in “file: dist/lib.js”');
  if (written.package !== undefined) return { kind: 'package', ...readPackage(written.package), file };
  return { kind: 'folder', folder: await readFolder(resolve(baseDir, written.folder ?? '')), file };
}

function readPackage(text: string): { name: string; range: string } {
  const address = parseFileAddress(text);
  if (address?.path !== '' || address.name.includes('$'))
    throw new RuleFault('package', 'must be name@version, as in “my-lib@1.2.3” or “my-lib@$1”');
  const { name, range = 'latest' } = address;
  // What stands for a `$1` is judged when it is known.
  attempt('package', () => parseSpec(name, range.includes('$') ? 'latest' : range));
  return { name, range };
}

async function readFolder(folder: string): Promise<string> {
  const real = await realpath(folder).catch(() => undefined);
  if (real === undefined || !(await stat(real)).isDirectory())
    throw new RuleFault('folder', `there is no folder ${folder}`);
  return real;
}

function attempt<T>(field: Field, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new RuleFault(field, (error as Error).message.replace(/\.$/, ''));
  }
}
