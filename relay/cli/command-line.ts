// What every command shares: its flags next to the relay's settings, help, and exit codes.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, loadConfig, settings } from '../config.ts';
import { type Flag, helpRows, parseFlags, UsageError } from '../flags.ts';

/** A command as it was called. */
export interface CommandLine {
  positionals: string[];
  values: Record<string, string | boolean | undefined>;
  config: Config;
}

/**
 * Reads a command's arguments. Every setting of the relay is understood too, as flag and as environment variable.
 * @param args without node and script
 * @throws UsageError or ConfigError
 */
export function readCommandLine(
  args: string[],
  flags: Record<string, Flag>,
  env: Record<string, string | undefined>,
): CommandLine {
  const relays = Object.fromEntries(
    Object.values(settings).map(({ flag }) => [flag, { type: 'string' as const }]),
  );
  const { values, positionals } = parseFlags(args, { ...relays, ...flags }, true);
  const given = Object.keys(relays).flatMap((flag) =>
    typeof values[flag] === 'string' ? [`--${flag}`, values[flag]] : [],
  );
  // Production's own rules are about serving pages, which no command does.
  const config = loadConfig({ ...env, NODE_ENV: undefined }, given);
  return { positionals, values: values as CommandLine['values'], config };
}

/** A command's help: usage, then its flags. */
export function commandHelp(usage: string, flags: Record<string, Flag>): string {
  const note =
    'The relay’s settings apply too, as flags or in the environment: DATA_DIR, OFFLINE, SETS_LOCK, …';
  return `${usage.trim()}\n\n${helpRows(flags)}\n\n${note}\n`;
}

/** How long a command that is interrupted may take to clean up. */
const cleanUpMs = 1_000;
const signals = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Runs a command and ends the process with its exit code; mistakes are told without a stack.
 * @param command what it leaves half done when it is interrupted, it removes
 */
export async function runCommand(
  name: string,
  command: (interrupted: AbortSignal) => Promise<number>,
): Promise<void> {
  const interruption = new AbortController();
  const running = command(interruption.signal);
  for (const [signal, code] of Object.entries(signals))
    process.once(signal, async () => {
      process.stderr.write(`\n${name}: interrupted. What was done stays; run it again to continue.\n`);
      interruption.abort();
      await Promise.race([running.catch(() => {}), sleep(cleanUpMs)]);
      process.exit(code);
    });
  try {
    process.exitCode = await running;
  } catch (error) {
    if (interruption.signal.aborted) return;
    const help = error instanceof UsageError ? `\nSee npm run ${name} -- --help.` : '';
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}${help}\n`);
    process.exitCode = 1;
  }
}
