import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabaseUrl } from '../../test/rig/test-database.ts';
import { type Database, openState, type State } from './state.ts';
import { writeAlone } from './write-alone.ts';

let dataDir: string;
let states: State[];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'alone-'));
  const databaseUrl = await testDatabaseUrl(dataDir);
  states = await Promise.all([1, 2].map(() => openState({ dataDir, databaseUrl })));
});
afterAll(async () => {
  await Promise.all(states.map((state) => state.close()));
  await rm(dataDir, { recursive: true, force: true });
});

const act = (db: Database, action: string) =>
  db.insertInto('audit').values({ at: 1, actor: 'ann', action, host_id: null, detail: '{}' }).execute();
const acts = async ({ db }: State) =>
  (await db.selectFrom('audit').select('action').orderBy('id').execute()).map(({ action }) => action);

it('waits for another process without holding up its own, each time', async () => {
  const [one, two] = states as [State, State];
  for (const round of [1, 2, 3]) {
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 5);
    let waiting: Promise<void> | undefined;
    await writeAlone(one.db, async (transaction) => {
      await act(transaction, `first ${round}`);
      waiting = writeAlone(two.db, async (other) => void (await act(other, `second ${round}`)));
      await new Promise((resolve) => setTimeout(resolve, 100));
    });
    await waiting;
    clearInterval(ticking);
    expect(ticks, `round ${round}`).toBeGreaterThan(5);
    expect((await acts(one)).slice(-2)).toEqual([`first ${round}`, `second ${round}`]);
  }
});

it('leaves nothing of what fails', async () => {
  const [one] = states as [State, State];
  const before = await acts(one);
  const failing = writeAlone(one.db, async (transaction) => {
    await act(transaction, 'half');
    throw new Error('The other half failed.');
  });
  await expect(failing).rejects.toThrow('The other half failed.');
  expect(await acts(one)).toEqual(before);
});
