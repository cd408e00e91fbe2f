#!/usr/bin/env node
import { type Flag, UsageError } from '../flags.ts';
// `npm run prune`: brings the store within STORE_MAX_BYTES and STORE_MAX_AGE now, and shows or removes pins.
import { formatBytes } from '../measures.ts';
import { readPins, removePin } from '../packages/upkeep/pins.ts';
import { StorePruner } from '../packages/upkeep/store-pruner.ts';
import { Progress } from '../terminal/progress.ts';
import { commandHelp, readCommandLine, runCommand } from './command-line.ts';
import { progressLog } from './progress-log.ts';

const flags: Record<string, Flag> = {
  'dry-run': { type: 'boolean', help: 'Only say what would be removed.' },
  pins: { type: 'boolean', help: 'List the pins, and remove nothing.' },
  unpin: { type: 'string', form: 'name', help: 'Remove a pin first; `all` removes every pin.' },
  help: { type: 'boolean', help: 'Show this help.' },
};

const usage = `
Usage: npm run prune -- [flags]

Removes packages and what was built from them, the longest unused first, until the store is within STORE_MAX_BYTES and
STORE_MAX_AGE. Pinned sets and what was used within the last two hours stay. A running relay does the same every hour.`;

await runCommand('prune', async () => {
  const { positionals, values, config } = readCommandLine(process.argv.slice(2), flags, process.env);
  if (positionals.length > 0) throw new UsageError(`“${positionals[0]}” is not understood.`);
  const { dataDir } = config;
  const progress = new Progress(process.stdout);
  if (values.help) process.stdout.write(commandHelp(usage, flags));
  if (values.help) return 0;
  if (values.pins) {
    for (const { name, trees, packages } of await readPins(dataDir))
      progress.line(`${name}: ${[...trees.map((id) => `tree ${id}`), ...packages].join(', ')}`);
    return 0;
  }
  if (typeof values.unpin === 'string') await unpin(dataDir, values.unpin);
  const pruner = new StorePruner({
    dataDir,
    maxBytes: config.storeMaxBytes,
    maxAgeMs: config.storeMaxAgeMs,
    offline: config.offline,
    log: progressLog(progress),
  });
  const dryRun = values['dry-run'] === true;
  const { bytesBefore, bytesAfter, removed, pinnedBytes } = await pruner.prune({ dryRun });
  for (const { kind, id, bytes } of removed) progress.line(`  ${kind} ${id} (${formatBytes(bytes)})`);
  const what = removed.length === 1 ? '1 entry' : `${removed.length} entries`;
  progress.line(
    `${what} ${dryRun ? 'would be removed' : 'removed'}: ${formatBytes(bytesBefore)} → ${formatBytes(bytesAfter)}, ${formatBytes(pinnedBytes)} of it pinned.`,
  );
  return 0;
});

async function unpin(dataDir: string, name: string): Promise<void> {
  const names = name === 'all' ? (await readPins(dataDir)).map((pin) => pin.name) : [name];
  for (const each of names)
    if (!(await removePin(dataDir, each)))
      throw new UsageError(`There is no pin named “${each}”; --pins lists them.`);
}
