#!/usr/bin/env node
// `npm run setup`: asks what a deployment needs to know, and writes its files. Safe to run again: edits are kept.
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as prompts from '@clack/prompts';
import { parse } from 'dotenv';
import { type Answers, questions } from '../deploy/answers.ts';
import { askAnswers, askToken, askYes, Cancelled, describeAnswers } from '../deploy/ask.ts';
import { librechatYamlPath, renderDeployment } from '../deploy/deployment.ts';
import { stepsOf } from '../deploy/next-steps.ts';
import { findNginxVersion } from '../deploy/nginx-version.ts';
import { readAnswers, writeAnswers } from '../deploy/read-answers.ts';
import { holdsToken, keptToken, readToken } from '../deploy/registry-token.ts';
import { completeSecrets } from '../deploy/secrets.ts';
import { relayFaults } from '../deploy/settings-check.ts';
import { writeSetup } from '../deploy/setup-files.ts';
import { diffOf, type PlannedFile, planSetup } from '../deploy/setup-plan.ts';
import { pristinePath, readEarlierAnswers, readText } from '../deploy/setup-state.ts';
import { UsageError } from '../flags.ts';
import { runCommand } from './command-line.ts';
import { readSetupFlags, type SetupFlags } from './setup-flags.ts';
import { printSetup, setupHelp } from './setup-output.ts';

/** Exit codes beside 0 and 1. */
const needsMerge = 3;

await runCommand('setup', async (interrupted) => {
  const flags = readSetupFlags(process.argv.slice(2));
  if (flags.help) {
    process.stdout.write(setupHelp());
    return 0;
  }
  try {
    return await setUp(flags, interrupted);
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    prompts.cancel('Nothing was written.');
    return 130;
  }
});

async function setUp(flags: SetupFlags, interrupted: AbortSignal): Promise<number> {
  const folder = resolve(flags.folder);
  await requireFolder(folder);
  const isInteractive = !flags.yes && !flags.dryRun && !flags.json;
  if (isInteractive && !(process.stdin.isTTY && process.stdout.isTTY))
    throw new UsageError(
      'There is no terminal to ask on. Give the answers as flags and add --yes, or --dry-run to see what would be written: npm run setup -- --yes --domain example.com',
    );
  const before = await readEarlierAnswers(folder);
  if (isInteractive) prompts.intro('LibreChat with previews: set-up');
  const given = isInteractive ? await askAnswers(flags.answers, before) : flags.answers;
  const answers = checkAnswers(given, before);
  const { token, notes } = await chooseToken(answers.registry, folder, isInteractive);

  const secrets = completeSecrets(
    {
      compose: parse((await readText(folder, '.env')) ?? ''),
      librechat: parse((await readText(folder, 'librechat.env')) ?? ''),
    },
    { chatToken: answers.publish },
  );
  const files = renderDeployment(await withNginxVersion(answers), {
    secrets,
    registryToken: token,
    hasOverride: (await readText(folder, 'compose.override.yml')) !== undefined,
    librechatYaml: {
      current: await readText(folder, librechatYamlPath),
      pristine: await readText(folder, pristinePath(librechatYamlPath)),
    },
  });
  const plan = await planSetup(folder, files);
  const conflicts = plan.filter(({ action }) => action === 'conflict');
  const changes = plan.filter(({ action }) => action !== 'keep');
  if (isInteractive) {
    prompts.note(describeAnswers(answers), 'Answers');
    showDiffs(changes);
    if (
      changes.length > 0 &&
      !(await askYes(`Write ${changes.length} file${changes.length === 1 ? '' : 's'}?`))
    )
      throw new Cancelled('cancelled');
  }
  if (!flags.dryRun) await writeSetup(folder, plan, writeAnswers(answers), interrupted);
  printSetup({ flags, plan, made: secrets.made, notes, steps: stepsOf(answers), isInteractive });
  return conflicts.length > 0 && !flags.dryRun ? needsMerge : 0;
}

/** @throws UsageError with every fault of the answers */
function checkAnswers(given: Record<string, string | undefined>, before: Record<string, string>): Answers {
  const { answers, faults } = readAnswers(given, before);
  if (faults.length === 0) faults.push(...relayFaults(answers as Answers));
  if (faults.length > 0)
    throw new UsageError(
      `${faults.length === 1 ? 'One answer' : `${faults.length} answers`} cannot be used; nothing was written:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
  return answers as Answers;
}

/** The nginx on this machine decides the form of its configuration, unless an answer does; what it is now is not kept. */
async function withNginxVersion(answers: Answers): Promise<Answers> {
  if (answers.edge !== 'host' || answers.nginxVersion !== '') return answers;
  return { ...answers, nginxVersion: questions.nginxVersion.parse(await findNginxVersion()) };
}

/** The registry's token, from the environment, the operator or an earlier run, and what there is to say about it. @throws Cancelled */
async function chooseToken(
  registry: string,
  folder: string,
  isInteractive: boolean,
): Promise<{ token: string; notes: string[] }> {
  const npmrc = (await readText(folder, 'npmrc')) ?? '';
  if (registry === '') {
    const left = 'npmrc holds a token and is not used any more: remove the file.';
    return { token: '', notes: holdsToken(npmrc) ? [left] : [] };
  }
  const kept = keptToken(npmrc, registry);
  const isForeign = kept === '' && holdsToken(npmrc);
  const foreign = `The token in npmrc was written for another registry than ${registry}, and is not used for this one.`;
  const given = readToken(process.env.REGISTRY_TOKEN);
  if (given !== undefined) return { token: given, notes: [] };
  if (isInteractive) {
    if (isForeign) prompts.log.info(foreign);
    return { token: await askToken(registry, kept), notes: [] };
  }
  const remedy = 'If it needs one: REGISTRY_TOKEN=… npm run setup -- --yes';
  return { token: kept, notes: isForeign ? [`${foreign} ${remedy}`] : [] };
}

/** The folder has to be a checkout, because Compose reads its files there. */
async function requireFolder(folder: string): Promise<void> {
  const found = await stat(join(folder, 'package.json')).catch(() => undefined);
  if (!found)
    throw new UsageError(
      `${folder} is not a checkout of this kit: run the set-up in the checkout’s top folder, or name it with --folder.`,
    );
}

function showDiffs(changes: PlannedFile[]): void {
  for (const change of changes) {
    const diff = change.current === undefined ? '' : diffOf(change);
    if (diff)
      prompts.note(diff.trimEnd(), change.action === 'conflict' ? `${change.path}: conflict` : change.path);
  }
}
