// What was acknowledged stays, and nothing half is there: the relay is killed again and again while it publishes, and its disk fills up.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, statfs, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ShareVersions } from '../../relay/shares/share-versions.ts';
import { BlobStore } from '../../relay/state/blob-store.ts';
import { openState } from '../../relay/state/state.ts';
import { seededRandom } from '../integration/seeded-random.ts';
import { makeApiToken, type ShareRelay, startShareRelay } from './rig/share-relay.ts';

const run = promisify(execFile);
const pages = 200;
const kills = 5;
const publishers = 4;

let dataDir: string;
let relay: ShareRelay;
let token = '';

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'durable-'));
});
afterEach(async () => {
  relay?.kill('SIGTERM');
  await relay?.ended;
  await rm(dataDir, { recursive: true, force: true });
});

const start = async () => {
  relay = await startShareRelay({ dataDir, databaseUrl: '', token: () => token });
};
const textOf = (index: number) => `page ${index} ${'tide '.repeat(index)}`;

/** What is stored, looked at from outside, once a sweeper has been there that takes what is old enough. */
async function lookAtState() {
  const state = await openState({ dataDir, databaseUrl: '' });
  try {
    const { db } = state;
    const blobs = new BlobStore(join(dataDir, 'blobs'));
    for await (const { digest } of blobs.list())
      await utimes(join(blobs.folder, digest.slice(0, 2), digest), 0, 0);
    await new ShareVersions({ db, blobs, quota: { ownerBytes: 1, totalBytes: 1 } }).sweep();
    const stored: string[] = [];
    for await (const { digest } of blobs.list()) if (await blobs.read(digest)) stored.push(digest);
    const needed = await db.selectFrom('version_blobs').select('digest').distinct().execute();
    const hosts = await db
      .selectFrom('hosts')
      .leftJoin('versions', 'versions.host_id', 'hosts.id')
      .select(['hosts.name', 'versions.number'])
      .orderBy('hosts.name')
      .execute();
    return { hosts, needed: needed.map(({ digest }) => digest).sort(), stored: stored.sort() };
  } finally {
    await state.close();
  }
}

it(`has all that it acknowledged of ${pages} pages after it was killed ${kills} times, and nothing half`, async () => {
  const random = seededRandom(13);
  await start();
  token = await makeApiToken({ dataDir, databaseUrl: '' });
  const acknowledged: number[] = [];
  let next = 0;
  let restarted: Promise<void> | undefined;

  async function publish(): Promise<void> {
    for (let index = next++; index < pages; index = next++) {
      await restarted;
      // A connection that breaks: nobody knows whether it is published.
      const answer = await relay.publish(`p-${index}x`, textOf(index)).catch(() => undefined);
      if (answer) expect(answer.status, answer.text).toBe(201);
      if (answer) acknowledged.push(index);
    }
  }
  async function kill(): Promise<void> {
    for (let count = 1; count <= kills; count += 1) {
      // At any moment of what takes about as long as some of these publishings.
      await new Promise((resolve) => setTimeout(resolve, 20 + random() * 150));
      relay.kill('SIGKILL');
      restarted = relay.ended.then(start);
      await restarted;
    }
  }
  await Promise.all([kill(), ...Array.from({ length: publishers }, publish)]);
  expect(acknowledged.length).toBeGreaterThan(pages - (kills + 1) * publishers);
  expect(acknowledged.length).toBeLessThan(pages);

  for (let index = 0; index < pages; index += 1) {
    const { status, text } = await relay.page(`p-${index}x`);
    if (acknowledged.includes(index)) expect(status, `page ${index}`).toBe(200);
    if (status === 200) expect(text).toContain(`<p>${textOf(index)}</p>`);
    else expect(status).toBe(404);
  }
  const { hosts, needed, stored } = await lookAtState();
  expect(hosts.filter(({ number }) => number !== 1)).toEqual([]);
  expect(stored).toEqual(needed);
});

it('says 507 while its disk is full, shows what is there, and goes on when there is room', async () => {
  await run('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', dataDir]);
  try {
    await start();
    token = await makeApiToken({ dataDir, databaseUrl: '' });
    expect((await relay.publish('before', 'here')).status).toBe(201);
    // A little more room each time: it ends at a file, at its folder, at the database, and at last nowhere.
    const filler = join(dataDir, 'filler');
    const { bavail, bsize } = await statfs(dataDir);
    let size = bavail * bsize;
    await writeFile(filler, Buffer.alloc(size));
    const refusals = [];
    for (;;) {
      const answer = await relay.publish('during', 'there');
      if (answer.status === 201) break;
      refusals.push(answer);
      expect((await relay.page('during')).status).toBe(404);
      expect((await relay.page('before')).text).toContain('<p>here</p>');
      size -= bsize;
      await truncate(filler, size);
    }
    expect(refusals.length).toBeGreaterThan(2);
    for (const { status, text } of refusals) {
      expect(status, text).toBe(507);
      expect(JSON.parse(text).error.code).toBe('STORAGE_FULL');
      expect(text).toMatch(/make room on the disk of DATA_DIR/i);
    }
    await rm(filler);
    expect((await relay.publish('after', 'everywhere')).status).toBe(201);
    for (const name of ['before', 'during', 'after']) expect((await relay.page(name)).status).toBe(200);
    const { hosts, needed, stored } = await lookAtState();
    expect(hosts).toEqual(['after', 'before', 'during'].map((name) => ({ name, number: 1 })));
    expect(stored).toEqual(needed);
  } finally {
    relay.kill('SIGTERM');
    await relay.ended;
    // This process lets go of the database when its memory is tidied up.
    await run('umount', ['--lazy', dataDir]);
  }
});
