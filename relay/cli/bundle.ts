#!/usr/bin/env node
// `npm run bundle`: carries a warmed store to a machine without a network, as one verified file.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type Flag, UsageError } from '../flags.ts';
import { formatBytes } from '../measures.ts';
import { exportBundle } from '../packages/upkeep/bundle/bundle-export.ts';
import { importBundle } from '../packages/upkeep/bundle/bundle-import.ts';
import { BundleError, type BundleManifest } from '../packages/upkeep/bundle/bundle-manifest.ts';
import { readBundle } from '../packages/upkeep/bundle/bundle-read.ts';
import { Progress } from '../terminal/progress.ts';
import { commandHelp, readCommandLine, runCommand } from './command-line.ts';
import { tryDataFolder, tryFile } from './writable.ts';

const flags: Record<string, Flag> = {
  pinned: { type: 'boolean', help: 'export: only what was warmed, instead of the whole store.' },
  sets: {
    type: 'string',
    form: 'names',
    help: 'export: only these warmed sets, separated by commas; npm run prune -- --pins lists them.',
  },
  help: { type: 'boolean', help: 'Show this help.' },
};

const usage = `
Usage: npm run bundle -- export <file>    write the store to a file
       npm run bundle -- verify <file>    check a file, and change nothing
       npm run bundle -- import <file>    check a file, and bring it into the store

The file holds a hash of everything in it. Nothing of a damaged file reaches the store; what the store has already stays,
unless it is damaged or older. Relays on both sides can keep running.`;

await runCommand('bundle', async (interrupted) => {
  const { positionals, values, config } = readCommandLine(process.argv.slice(2), flags, process.env);
  if (values.help) {
    process.stdout.write(commandHelp(usage, flags));
    return 0;
  }
  const [action, file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('An action and a file are needed.');
  const { dataDir } = config;
  const progress = new Progress();
  const show =
    (step: string) =>
    (done: number, total: number): void => {
      interrupted.throwIfAborted();
      progress.update(step, done, total);
    };
  try {
    if (action === 'export') {
      await tryFile(file);
      const names =
        typeof values.sets === 'string' ? values.sets.split(',').map((name) => name.trim()) : undefined;
      const { manifest, bytes, fileBytes, sha256 } = await exportBundle(file, {
        dataDir,
        pins: names ?? (values.pinned ? 'all' : undefined),
        progress: show('written'),
      });
      progress.line(`${file}: ${describe(manifest)}, ${formatBytes(bytes)} in ${formatBytes(fileBytes)}.`);
      progress.line(`SHA-256 ${sha256}`);
    } else if (action === 'verify') {
      const manifest = await readBundle(file, { progress: show('verified') });
      progress.line(`${file} is whole: ${describe(manifest)}, of ${manifest.createdAt}.`);
      progress.line(`SHA-256 ${await hashOf(file)}`);
    } else if (action === 'import') {
      await tryDataFolder(dataDir);
      const { manifest, added, kept } = await importBundle(file, { dataDir, progress: show('verified') });
      progress.line(`${file}: ${describe(manifest)}; ${added} new, ${kept} were here already.`);
    } else throw new UsageError(`“${action}” is none of export, import, verify.`);
  } catch (error) {
    if (!(error instanceof BundleError)) throw error;
    throw new Error(action === 'export' ? error.message : `${file} cannot be used. ${error.message}`);
  }
  return 0;
});

function describe({ entries, pins }: BundleManifest): string {
  const count = (kind: string): number => entries.filter((entry) => entry.kind === kind).length;
  const sets = pins.length > 0 ? ` (${pins.map(({ name }) => name).join(', ')})` : '';
  return `${count('package')} packages and ${count('tree')} resolved sets${sets}`;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
