#!/usr/bin/env node
// Entry of the relay: environment and flags → configuration → listen → drain, as process-end.ts says.
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { ConfigError, helpText, loadConfig } from './config.ts';
import { formatSeconds } from './measures.ts';
import { loadNpmOptions } from './packages/npm/npm-config.ts';
import type { PreparationProgress } from './packages/upkeep/warm/preparation.ts';
import { endProcessWell } from './process-end.ts';
import { startRelay } from './relay.ts';
import { Progress } from './terminal/progress.ts';

/** With a slow registry, or none, the addresses are there all the same. */
const maxFirstWaitMs = 12_000;

const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(helpText());
} else {
  await run();
}

async function run(): Promise<void> {
  try {
    const config = loadConfig(process.env, args);
    const progress = new Progress(process.stdout);
    // On a terminal, lines of the log must not end up behind the progress.
    const log = process.stdout.isTTY
      ? pino({ level: config.logLevel }, { write: (line: string) => progress.line(line.trimEnd()) })
      : pino({ level: config.logLevel });
    const closes = endProcessWell(process, log);
    // Nobody who reads the output is no reason to end.
    process.stdout.on('error', () => {});
    const npm = await loadNpmOptions({ cwd: process.cwd(), env: process.env });
    const relay = await startRelay({
      config,
      npm,
      log,
      distDir: dirname(dirname(fileURLToPath(import.meta.url))),
      ...(config.playground ? { onPreparing: (state) => showPreparing(progress, state) } : {}),
    });
    closes(relay);
    // Whoever opens the playground at once should not wait in front of an empty panel: the terminal shows what is going on.
    if (config.playground)
      await Promise.race([relay.firstPrepared, sleep(maxFirstWaitMs, undefined, { ref: false })]);
    announce(relay, config.isolation, process.stdout.isTTY);
  } catch (error) {
    process.stderr.write(
      `relay: ${error instanceof ConfigError || error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exitCode = 1;
  }
}

function showPreparing(progress: Progress, { done, total, end }: PreparationProgress): void {
  if (!end) progress.status(`  Preparing   ${done} of ${total} packages …`);
  else if (end.isComplete)
    progress.line(
      `  Ready in ${formatSeconds(end.ms)}: the playground’s and LibreChat’s packages are stored.`,
    );
  else progress.line('  Not every package could be prepared; previews fetch what they need.');
}

function announce(
  relay: { previewUrl: string; controlUrl: string | undefined },
  isolation: string,
  color: boolean | undefined,
): void {
  const bold = (text: string) => (color ? `\u001b[1m${text}\u001b[0m` : text);
  const lines = [`  Previews    ${bold(relay.previewUrl)}`];
  if (relay.controlUrl) lines.unshift(`  Playground  ${bold(relay.controlUrl)}`);
  if (isolation === 'shared')
    lines.push('  ISOLATION=shared: all React previews run on one origin and can read each other’s storage.');
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
}
