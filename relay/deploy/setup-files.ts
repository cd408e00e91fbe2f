// Writes what the set-up planned: everything under temporary names first, then one rename a file, so that an interruption
// leaves each file whole, old or new.
import { randomUUID } from 'node:crypto';
import { chmod, chown, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PlannedFile } from './setup-plan.ts';
import { answersPath, pendingPath, pristinePath, stateFolder, writeEarlierAnswers } from './setup-state.ts';

interface Staged {
  temporary: string;
  file: string;
}

/**
 * @param answers in written form, kept for the next run
 * @param interrupted stops before the first rename, and never in between
 * @throws Error for people when the folder cannot be written to; then nothing is changed
 */
export async function writeSetup(
  folder: string,
  plan: PlannedFile[],
  answers: Record<string, string>,
  interrupted: AbortSignal,
): Promise<void> {
  const staged: Staged[] = [];
  const stage = async (path: string, text: string, mode: number): Promise<void> => {
    interrupted.throwIfAborted();
    const file = join(folder, path);
    const temporary = `${file}.${randomUUID()}.tmp`;
    await mkdir(dirname(file), { recursive: true });
    staged.push({ temporary, file });
    // Nobody else reads it, not even before the mode is set.
    await writeFile(temporary, text, { mode: 0o600 });
    await chmod(temporary, mode);
    await keepOwner(file, temporary);
  };
  try {
    await mkdir(join(folder, stateFolder), { recursive: true, mode: 0o700 });
    for (const { path, action, text, mode, generated } of plan) {
      const isConflict = action === 'conflict';
      if (text !== undefined) await stage(isConflict ? `${path}.new` : path, text, mode);
      // In a conflict the old common ground stays, until the operator has decided.
      await stage(isConflict ? pendingPath(path) : pristinePath(path), generated, 0o600);
    }
    await stage(answersPath, writeEarlierAnswers(answers), 0o600);
    interrupted.throwIfAborted();
  } catch (error) {
    for (const { temporary } of staged) await rm(temporary, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (interrupted.aborted || typeof code !== 'string') throw error;
    throw new Error(
      `${folder} cannot be written to (${code}); nothing was changed. Run the set-up as the user who owns it.`,
    );
  }
  for (const { temporary, file } of staged) await rename(temporary, file);
  for (const { path, action, mode } of plan) {
    if (action === 'mode') await chmod(join(folder, path), mode);
    if (action !== 'conflict') await rm(join(folder, pendingPath(path)), { force: true });
  }
}

/** A file that the operator gave to another user stays theirs, where this user may do that. */
async function keepOwner(file: string, temporary: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found) await chown(temporary, found.uid, found.gid).catch(() => {});
}
