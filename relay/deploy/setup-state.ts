// What the set-up remembers between runs, below deploy/.setup/: the answers, and each file as it was generated last.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

export const stateFolder = 'deploy/.setup';

/** Where the generated form of a file is kept, for telling edits from it. */
export const pristinePath = (path: string): string => `${stateFolder}/pristine/${path}`;
/** Where the generated form is kept that waits as `<file>.new` for the operator. */
export const pendingPath = (path: string): string => `${stateFolder}/pending/${path}`;
export const answersPath = `${stateFolder}/answers.json`;

const answersFile = z.object({ version: z.literal(1), answers: z.record(z.string(), z.string()) });

/** The text of a file, or undefined if there is none. @throws Error for people when it cannot be read */
export async function readText(folder: string, path: string): Promise<string | undefined> {
  try {
    return await readFile(join(folder, path), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new Error(`${path} cannot be read (${code}). Run the set-up as the user who owns this folder.`);
  }
}

/** Answers of the last run in written form; none if there was no run. @throws Error for people when the file is damaged */
export async function readEarlierAnswers(folder: string): Promise<Record<string, string>> {
  const text = await readText(folder, answersPath);
  if (text === undefined) return {};
  try {
    return answersFile.parse(JSON.parse(text)).answers;
  } catch {
    throw new Error(
      `${answersPath} is damaged. Remove it and give the answers again; your other files stay as they are.`,
    );
  }
}

/** The text of the file of answers. */
export function writeEarlierAnswers(answers: Record<string, string>): string {
  return `${JSON.stringify({ version: 1, answers }, null, 2)}\n`;
}
