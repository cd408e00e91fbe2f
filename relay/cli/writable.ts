// Tries at once what a command is going to write to, so that its work is not done for nothing.
import { randomUUID } from 'node:crypto';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** @throws Error for people when `file` cannot be written */
export async function tryFile(file: string): Promise<void> {
  if (await isFolder(file)) throw new Error(`${file} is a folder: name a file in it.`);
  const folder = dirname(resolve(file));
  if (!(await isFolder(folder))) throw new Error(`${file} cannot be written: there is no folder ${folder}.`);
  await probe(folder).catch((error) => {
    throw new Error(`${file} cannot be written: ${error.code} in ${folder}.`);
  });
}

/** Makes the data folder if it is not there. @throws Error for people when nothing can be stored in it */
export async function tryDataFolder(dataDir: string): Promise<void> {
  try {
    await makeFolder(resolve(dataDir));
    await probe(dataDir);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `DATA_DIR=${dataDir} cannot be written to (${code}): name a folder that the user of this command may write to.`,
    );
  }
}

/** Unlike `mkdir` with `recursive`, this ends where the system lets nobody make folders, such as below /proc. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    const parent = dirname(folder);
    if (code !== 'ENOENT' || (await isFolder(parent))) throw error;
    await makeFolder(parent);
    await makeFolder(folder);
  }
}

async function probe(folder: string): Promise<void> {
  const file = join(folder, `.${randomUUID()}.tmp`);
  await writeFile(file, '');
  await rm(file);
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}
