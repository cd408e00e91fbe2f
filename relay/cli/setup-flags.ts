// Flags of `npm run setup`: one a question, and those that say how it runs.
import { questions } from '../deploy/answers.ts';
import { type Flag, parseFlags } from '../flags.ts';

/** How the set-up was called. */
export interface SetupFlags {
  /** Answers in written form, by flag name. */
  answers: Record<string, string | undefined>;
  folder: string;
  yes: boolean;
  dryRun: boolean;
  json: boolean;
  help: boolean;
}

/** Flags beside the questions'. */
export const ownFlags: Record<string, Flag> = {
  yes: { type: 'boolean', help: 'Ask nothing: take flags, earlier answers and defaults.' },
  'dry-run': { type: 'boolean', help: 'Write nothing, and show what would change as a diff.' },
  json: { type: 'boolean', help: 'Print the result as JSON on standard output; asks nothing.' },
  folder: { type: 'string', form: 'folder', help: 'Checkout to write to. Default: the working folder.' },
  help: { type: 'boolean', help: 'Show this help.' },
};

/** @throws UsageError */
export function readSetupFlags(args: string[]): SetupFlags {
  const asked = Object.fromEntries(
    Object.values(questions).map(({ flag }) => [flag, { type: 'string' as const }]),
  );
  const values: Record<string, unknown> = parseFlags(args, { ...asked, ...ownFlags }).values;
  const text = (name: string): string | undefined => values[name] as string | undefined;
  return {
    answers: Object.fromEntries(Object.keys(asked).map((flag) => [flag, text(flag)])),
    folder: text('folder') ?? '.',
    yes: values.yes === true,
    dryRun: values['dry-run'] === true,
    json: values.json === true,
    help: values.help === true,
  };
}
