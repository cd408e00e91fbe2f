import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabaseUrl } from '../../test/rig/test-database.ts';
import { openState, StateError, stateFile } from './state.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'state-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('lets two processes open a new database at once', async () => {
  const dataDir = join(folder, 'new');
  const databaseUrl = await testDatabaseUrl(dataDir);
  const states = await Promise.all([1, 2, 3].map(() => openState({ dataDir, databaseUrl })));
  for (const { db } of states) expect(await db.selectFrom('hosts').selectAll().execute()).toEqual([]);
  await Promise.all(states.map((state) => state.close()));
});

it('says which file is no database', async () => {
  const dataDir = join(folder, 'broken');
  await mkdir(join(dataDir, 'state'), { recursive: true });
  await writeFile(join(dataDir, stateFile), 'not a database, but long enough to be taken for one'.repeat(20));
  const opening = openState({ dataDir, databaseUrl: '' });
  await expect(opening).rejects.toThrow(StateError);
  await expect(opening).rejects.toThrow(/kit\.db cannot be opened: .*not a database/);
});

it('names an unreachable server without its password', async () => {
  const opening = openState({ dataDir: folder, databaseUrl: 'postgres://kit:secret@127.0.0.1:1/kit' });
  await expect(opening).rejects.toThrow(/127\.0\.0\.1:1\/kit cannot be opened: .*ECONNREFUSED/);
  await expect(opening).rejects.not.toThrow(/secret/);
});
