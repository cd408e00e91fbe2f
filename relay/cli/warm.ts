#!/usr/bin/env node
// `npm run warm`: fills the store with what previews will ask for, so that they open fast, and without a registry.
// The only part that reads arguments, environment and files; what is done is in warm-run.ts.
import { resolve } from 'node:path';
import { openPackageEngine } from '../configured-engine.ts';
import { type Flag, UsageError } from '../flags.ts';
import type { PackageEngine } from '../packages/engine.ts';
import { loadNpmOptions } from '../packages/npm/npm-config.ts';
import { Progress } from '../terminal/progress.ts';
import { commandHelp, readCommandLine, runCommand } from './command-line.ts';
import { progressLog } from './progress-log.ts';
import { runWarm } from './warm-run.ts';
import { planTargets } from './warm-targets.ts';
import { tryDataFolder, tryFile } from './writable.ts';

const flags: Record<string, Flag> = {
  sets: {
    type: 'string',
    form: 'names',
    help: 'Only these of LibreChat’s own sets, separated by commas: react-18, react-19, mermaid, markdown.',
  },
  packages: {
    type: 'string',
    form: 'file',
    help: 'Also take packages from a file: a package.json, or one name or name@range per line.',
  },
  'no-standard': { type: 'boolean', help: 'Leave out what LibreChat itself gives to previews.' },
  'no-pin': { type: 'boolean', help: 'Let STORE_MAX_BYTES and STORE_MAX_AGE remove what is warmed.' },
  refresh: { type: 'boolean', help: 'Resolve known sets again, to pick up newer versions.' },
  lock: {
    type: 'string',
    form: 'file',
    help: 'Write the resolved trees to a file; a relay with SETS_LOCK=<file> then uses exactly these.',
  },
  help: { type: 'boolean', help: 'Show this help.' },
};

const usage = `
Usage: npm run warm -- [flags] [targets]

Prepares LibreChat's dependency sets, the files its pages load from CDNs, and the targets:
  zod  zod@3  @scope/name@^1     packages, added to LibreChat's React sets
  dashboard.tsx  page.html       artifact files: what they import or load
  https://cdn.jsdelivr.net/…     addresses of CDN files`;

await runCommand('warm', async () => {
  const { positionals, values, config } = readCommandLine(process.argv.slice(2), flags, process.env);
  if (values.help) {
    process.stdout.write(commandHelp(usage, flags));
    return 0;
  }
  const plan = await planTargets(positionals, {
    standard: !values['no-standard'],
    sets: typeof values.sets === 'string' ? values.sets.split(',').map((name) => name.trim()) : undefined,
    packagesFile: typeof values.packages === 'string' ? values.packages : undefined,
  });
  if (plan.sets.length + plan.files.length === 0) throw new UsageError('There is nothing to warm.');
  const lockFile = typeof values.lock === 'string' ? values.lock : undefined;
  await tryDataFolder(config.dataDir);
  if (lockFile !== undefined) await tryFile(lockFile);
  const progress = new Progress();
  const npm = await loadNpmOptions({ cwd: process.cwd(), env: process.env });
  const engine = await openEngine({ config, npm, log: progressLog(progress) }, lockFile);
  const summary = await runWarm(engine, plan, {
    dataDir: config.dataDir,
    shownBy: config.engine,
    pin: !values['no-pin'],
    refresh: values.refresh === true,
    lockFile,
    progress,
  });
  return summary.failures.length === 0 ? 0 : 1;
});

/** A lock that is missing or damaged is no reason to stop when it is about to be written anew. */
async function openEngine(
  options: Parameters<typeof openPackageEngine>[0],
  lockFile: string | undefined,
): Promise<PackageEngine> {
  try {
    return await openPackageEngine(options);
  } catch (error) {
    if (lockFile === undefined || resolve(lockFile) !== resolve(options.config.setsLock)) throw error;
    return openPackageEngine({ ...options, config: { ...options.config, setsLock: '' } });
  }
}
