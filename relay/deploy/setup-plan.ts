// Compares a deployment as it should be with what is on the disk: which files are written, merged, kept or in conflict.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import type { DeploymentFile } from './deployment.ts';
import { hideSecrets } from './env-text.ts';
import { pendingPath, pristinePath, readText } from './setup-state.ts';
import { type Merge, mergeFile } from './three-way-merge.ts';

/** What becomes of one file. */
export interface PlannedFile {
  path: string;
  action: Merge['action'] | 'mode';
  mode: number;
  /** What is on the disk. */
  current: string | undefined;
  /** What is written: to the file, or in a conflict to `<file>.new`; undefined when the content stays. */
  text: string | undefined;
  /** The generated form, kept for the next run. */
  generated: string;
}

/** @param folder the deployment's; paths count from it */
export async function planSetup(folder: string, files: DeploymentFile[]): Promise<PlannedFile[]> {
  return Promise.all(files.map((file) => planFile(folder, file)));
}

async function planFile(folder: string, file: DeploymentFile): Promise<PlannedFile> {
  const { path, mode, text: wanted, own, isSkeleton } = file;
  const generated = own ?? wanted;
  const [current, pristine, pending, offered] = await Promise.all([
    readText(folder, path),
    readText(folder, pristinePath(path)),
    readText(folder, pendingPath(path)),
    readText(folder, `${path}.new`),
  ]);
  // The operator took over what was offered, or decided against it, and removed the offer: it is the new common ground.
  const base = pending !== undefined && offered === undefined ? pending : pristine;
  const merge =
    own !== undefined
      ? amendFile(wanted, current)
      : isSkeleton && current !== undefined
        ? ({ action: 'keep' } satisfies Merge)
        : mergeFile(generated, current, base);
  const text = merge.action === 'keep' ? undefined : merge.text;
  const isModeWrong = current !== undefined && (await modeOf(join(folder, path))) !== mode;
  const action = merge.action === 'keep' && isModeWrong ? 'mode' : merge.action;
  return { path, action, mode, current, text, generated };
}

function amendFile(text: string, current: string | undefined): Merge {
  if (current === text) return { action: 'keep' };
  return { action: current === undefined ? 'create' : 'merge', text };
}

async function modeOf(file: string): Promise<number> {
  return (await stat(file)).mode & 0o777;
}

/** What would change in a file, as a unified diff without its secrets; '' if nothing would. */
export function diffOf({ path, current = '', text }: PlannedFile): string {
  if (text === undefined) return '';
  const [from, to] = [hideSecrets(current), hideSecrets(text)];
  const name = current === '' ? '/dev/null' : path;
  const note = from === to ? '(only a secret changes)\n' : '';
  return (
    note +
    createTwoFilesPatch(name, path, from, to, undefined, undefined, { context: 2 }).replace(/^=+\n/, '')
  );
}
