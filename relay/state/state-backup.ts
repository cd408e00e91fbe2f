// Copies the state while it is in use: first the database, at one moment, then the files, which never change. What was published in between
// has its files there and no row; what was swept in between was past its grace.
import { copyFile, link, mkdir, open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BlobStore } from './blob-store.ts';
import { openSqlite } from './sqlite-driver.ts';
import { stateFile } from './state.ts';

/** What was copied. */
export interface StateBackup {
  /** False where PostgreSQL has the database, or nothing was ever published. */
  hasDatabase: boolean;
  files: number;
}

/** Below the data folder. */
export const blobsFolder = 'blobs';

/**
 * @param options `dataDir`: absolute; `folder`: absolute, new or empty; it gets `state/` and `blobs/`, as the data folder has them.
 * On the same disk, files are hard links.
 * @throws Error for people when the folder is not empty; Error of the file system or of SQLite
 */
export async function backupState({
  dataDir,
  folder,
}: {
  dataDir: string;
  folder: string;
}): Promise<StateBackup> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty: name a new folder.`);
  await mkdir(join(folder, dirname(stateFile)));
  await mkdir(join(folder, blobsFolder));
  const hasDatabase = await isThere(join(dataDir, stateFile));
  if (hasDatabase) await copyDatabase(join(dataDir, stateFile), join(folder, stateFile));
  const [from, to] = [new BlobStore(join(dataDir, blobsFolder)), new BlobStore(join(folder, blobsFolder))];
  let files = 0;
  for await (const { digest } of from.list())
    if (await copyBlob(from.fileOf(digest), to.fileOf(digest))) files += 1;
  return { hasDatabase, files };
}

/** https://www.sqlite.org/lang_vacuum.html#vacuum_with_an_into_clause */
async function copyDatabase(from: string, to: string): Promise<void> {
  const database = await openSqlite(from);
  try {
    database.prepare('VACUUM INTO ?').run([to]);
  } finally {
    database.close();
  }
  const copy = await open(to, 'r+');
  await copy.sync().finally(() => copy.close());
}

/** @returns false when a sweeper was quicker */
async function copyBlob(from: string, to: string): Promise<boolean> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await link(from, to).catch((error) => {
      if (error.code === 'ENOENT') throw error;
      return copyFile(from, to);
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
