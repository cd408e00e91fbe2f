import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BlobStore } from './blob-store.ts';
import { openState } from './state.ts';
import { backupState } from './state-backup.ts';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'backup-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

it('copies a database that is being written to, at one moment, and the files it needs', async () => {
  const [dataDir, folder] = [join(root, 'live'), join(root, 'copy')];
  const { db, close } = await openState({ dataDir, databaseUrl: '' });
  const blobs = new BlobStore(join(dataDir, 'blobs'));
  const act = async (index: number) => {
    const { digest } = await blobs.put(Buffer.from(`page ${index}`));
    await db
      .insertInto('audit')
      .values({ at: index, actor: digest, action: 'share.publish', host_id: null, detail: '{}' })
      .execute();
  };
  for (let index = 0; index < 20; index += 1) await act(index);
  let isDone = false;
  const writing = (async () => {
    for (let index = 20; !isDone; index += 1) await act(index);
  })();
  expect(await backupState({ dataDir, folder })).toMatchObject({ hasDatabase: true });
  isDone = true;
  await writing;

  const copy = await openState({ dataDir: folder, databaseUrl: '' });
  const acts = await copy.db.selectFrom('audit').select(['at', 'actor']).orderBy('at').execute();
  expect(acts.length).toBeGreaterThanOrEqual(20);
  expect(acts.map(({ at }) => at)).toEqual(acts.map((_, index) => index));
  const stored = new BlobStore(join(folder, 'blobs'));
  for (const { at, actor } of acts) expect(String(await stored.read(actor))).toBe(`page ${at}`);
  await Promise.all([copy.close(), close()]);
});

it('takes the files alone where PostgreSQL has the rest, and fills no folder that has something in it', async () => {
  const [dataDir, folder] = [join(root, 'files'), join(root, 'files-copy')];
  await new BlobStore(join(dataDir, 'blobs')).put(Buffer.from('tides'));
  expect(await backupState({ dataDir, folder })).toEqual({ hasDatabase: false, files: 1 });
  await expect(backupState({ dataDir, folder })).rejects.toThrow('is not empty: name a new folder');
});
