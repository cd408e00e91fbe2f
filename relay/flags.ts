// Flags of the relay and its commands: read in one way, and shown in one form in help.
import { type ParseArgsConfig, parseArgs } from 'node:util';

/** One flag. */
export interface Flag {
  type: 'string' | 'boolean';
  help: string;
  /** What a value looks like. */
  form?: string;
  /** May be given several times. */
  multiple?: boolean;
}

/** A mistake in the call of a program; the message says what is right. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/**
 * Reads arguments as Node does, strictly.
 * @param args without node and script
 * @param options by flag name, in the form of `parseArgs`; what else is in them, such as help, is left alone
 * @throws UsageError
 */
export function parseFlags<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: Options,
  allowPositionals = false,
) {
  try {
    return parseArgs({ args, options, allowPositionals });
  } catch (error) {
    // Node adds how to name a file that begins with dashes, and leaves out most full stops.
    const message = (error as Error).message.replace(/\. To specify a positional argument.*/s, '');
    throw new UsageError(message.endsWith('.') ? message : `${message}.`);
  }
}

/** The rows of a help text, one flag after the other. */
export function helpRows(flags: Record<string, Pick<Flag, 'form' | 'help'>>): string {
  return Object.entries(flags)
    .map(([name, { form, help }]) => `  --${name}${form ? ` <${form}>` : ''}\n      ${help}`)
    .join('\n');
}
