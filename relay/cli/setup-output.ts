// What `npm run setup` prints: help, what became of each file, and what to do next.
import { formOf, noAnswer, questions } from '../deploy/answers.ts';
import type { stepsOf } from '../deploy/next-steps.ts';
import { diffOf, type PlannedFile } from '../deploy/setup-plan.ts';
import { helpRows } from '../flags.ts';
import { ownFlags, type SetupFlags } from './setup-flags.ts';

/** The text of `npm run setup -- --help`. */
export function setupHelp(): string {
  const asked = Object.fromEntries(
    Object.values(questions).map((question) => [
      question.flag,
      { form: formOf(question), help: question.help },
    ]),
  );
  return `Usage: npm run setup                                       asks, then writes
       npm run setup -- --yes --domain example.com [flags]   for scripts
       npm run setup -- --dry-run [flags]                    shows a diff, writes nothing

Writes the files of a deployment: .env, relay.env, librechat.env, npmrc, and below deploy/ nginx's configuration and certbot's
settings. Safe to run again: answers and secrets are kept, and so are your edits. Where you and the set-up changed the same
lines, your file stays and the new one is written next to it as <file>.new.

Exit codes: 0 done, 1 answers cannot be used or files not written, 3 written, but a <file>.new waits for you.

${helpRows(ownFlags)}

Answers. “${noAnswer}” takes back an earlier one, where it is among the forms:
${helpRows(asked)}
`;
}

const words: Record<PlannedFile['action'], [done: string, planned: string]> = {
  create: ['written', 'would be written'],
  update: ['updated', 'would be updated'],
  merge: ['updated, your edits kept', 'would be updated, your edits kept'],
  keep: ['as it was', 'stays as it is'],
  mode: ['permissions restored', 'permissions would be restored'],
  conflict: ['kept; the new form is in', 'would be kept; the new form would be in'],
};

/** Prints the result of a run, as text or with `--json`. */
export function printSetup(result: {
  flags: SetupFlags;
  plan: PlannedFile[];
  made: string[];
  /** What else the operator should know. */
  notes: string[];
  steps: ReturnType<typeof stepsOf>;
  isInteractive: boolean;
}): void {
  const { flags, plan, made, notes, steps, isInteractive } = result;
  if (flags.json) {
    const files = plan.map(({ path, action, mode }) => ({ path, action, mode: mode.toString(8) }));
    process.stdout.write(
      `${JSON.stringify({ written: !flags.dryRun, files, secretsMade: made, notes, nextSteps: steps }, null, 2)}\n`,
    );
    return;
  }
  const lines: string[] = [];
  if (!isInteractive)
    for (const file of plan) if (file.current !== undefined || flags.dryRun) lines.push(diffOf(file));
  const width = Math.max(...plan.map(({ path }) => path.length));
  for (const { path, action } of plan) {
    const text = words[action][flags.dryRun ? 1 : 0];
    lines.push(`  ${path.padEnd(width)}  ${text}${action === 'conflict' ? ` ${path}.new` : ''}`);
  }
  if (made.length > 0 && !flags.dryRun) lines.push('', `New secrets: ${made.join(', ')}.`);
  for (const note of notes) lines.push('', note);
  if (plan.some(({ action }) => action === 'conflict'))
    lines.push(
      '',
      'You and the set-up changed the same lines. Copy what you want from <file>.new, then remove it.',
    );
  if (!flags.dryRun) {
    lines.push('', 'Next (deploy/next-steps.md says the same):', '');
    for (const [index, { title, text, commands = [] }] of steps.entries())
      lines.push(
        `${index + 1}. ${title}`,
        ...text.flatMap((paragraph) => paragraph.split('\n')).flatMap((line) => wrap(line, '   ')),
        ...commands.map((line) => `     ${line}`),
        '',
      );
  }
  process.stdout.write(
    `${lines
      .filter((line, index) => line !== '' || index > 0)
      .join('\n')
      .trimEnd()}\n`,
  );
}

/** Breaks a line between words, at 100 columns. */
function wrap(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && indent.length + line.length + 1 + word.length > 100) {
      lines.push(indent + line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, indent + line];
}
