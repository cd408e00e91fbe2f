import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { testDatabaseUrl } from '../../test/rig/test-database.ts';
import type { HostRecord } from '../hosts/host-record.ts';
import { HostRegistry } from '../hosts/host-registry.ts';
import { BlobStore } from '../state/blob-store.ts';
import { openState, type State } from '../state/state.ts';
import { writeAlone } from '../state/write-alone.ts';
import type { ShareFile } from './share-files.ts';
import { QuotaExceeded, ShareVersions } from './share-versions.ts';

let dataDir: string;
let state: State;
let hosts: HostRegistry;
let blobs: BlobStore;
let versions: ShareVersions;
let count = 0;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'versions-'));
  state = await openState({ dataDir, databaseUrl: await testDatabaseUrl(dataDir) });
  hosts = new HostRegistry(state.db);
  blobs = new BlobStore(join(dataDir, 'blobs'));
  versions = new ShareVersions({ db: state.db, blobs, quota: { ownerBytes: 1000, totalBytes: 2000 } });
});
afterAll(async () => {
  await state?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const makeShare = (owner = `owner-${count}`): Promise<HostRecord> =>
  hosts.create({
    name: `s-${(count++).toString(36)}`,
    kind: 'share',
    owner,
    title: '',
    visibility: 'public',
    settings: {},
  });

const page = (text: string): ShareFile[] => [
  { path: '/index.html', type: 'text/html; charset=utf-8', content: Buffer.from(text) },
];

async function age(): Promise<void> {
  for await (const { digest } of blobs.list())
    await utimes(join(blobs.folder, digest.slice(0, 2), digest), 0, 0);
}

it('shows the newest version, or the one that the share points at', async () => {
  const host = await makeShare();
  expect(await versions.shown(host)).toBeUndefined();
  const first = await versions.add(host, page('one'), '/index.html');
  const second = await versions.add(host, page('two'), '/index.html');
  expect([first.number, second.number, first.bytes]).toEqual([1, 2, 3]);
  expect(await versions.shown(host)).toEqual(second);
  const pinned = (await hosts.change(host.id, { pinnedVersion: 1 })) as HostRecord;
  const shown = await versions.shown(pinned);
  expect(shown).toEqual(first);
  const manifest = await versions.manifestOf(first);
  expect(manifest.entry).toBe('/index.html');
  const { digest, ...rest } = manifest.files['/index.html'] as (typeof manifest.files)[string];
  expect(rest).toEqual({ type: 'text/html; charset=utf-8', bytes: 3 });
  expect(String(await versions.read(digest))).toBe('one');
});

it('numbers what is published at once one after the other', async () => {
  const host = await makeShare();
  const made = await Promise.all(
    ['a', 'b', 'c', 'd'].map((text) => versions.add(host, page(text), '/index.html')),
  );
  expect(made.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4]);
});

it('refuses what is more than an owner may have, or than there is room for', async () => {
  const host = await makeShare('ann');
  await versions.add(host, page('x'.repeat(900)), '/index.html');
  await expect(versions.add(host, page('x'.repeat(101)), '/index.html')).rejects.toMatchObject({
    whose: 'owner',
    usedBytes: 900,
    limitBytes: 1000,
    askedBytes: 101,
  });
  await versions.add(await makeShare('bea'), page('x'.repeat(1000)), '/index.html');
  await expect(versions.add(await makeShare('cid'), page('x'.repeat(200)), '/index.html')).rejects.toThrow(
    QuotaExceeded,
  );
  expect(await versions.list(host.id)).toHaveLength(1);
});

it('gives the last room once, however many ask for it at once', async () => {
  const host = await makeShare('dee');
  const used = await state.db
    .selectFrom('versions')
    .select(({ fn }) => fn.sum('bytes').as('bytes'))
    .execute();
  const half = (2000 - Number(used[0]?.bytes ?? 0)) / 2;
  const tries = ['a', 'b', 'c', 'd'].map((text) =>
    versions.add(host, page(text.repeat(half - 10)), '/index.html'),
  );
  const made = (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled');
  expect(made).toHaveLength(2);
  await hosts.mark(host.id, 'deleted', true);
  await hosts.sweep(Date.now() + 1, 100);
});

it('stores a file again that a sweeper has taken meanwhile', async () => {
  const host = await makeShare();
  const stored = await versions.store(host.owner, page('taken'), '/index.html');
  await age();
  expect(await versions.sweep()).toBeGreaterThanOrEqual(2);
  const version = await writeAlone(state.db, (transaction) => versions.insert(transaction, host, stored));
  const { files } = await versions.manifestOf(version);
  expect(String(await versions.read(files['/index.html']?.digest ?? ''))).toBe('taken');
});

it('sweeps what no version needs, and nothing that one is being made of', async () => {
  const used = await versions.add(await makeShare(), page('kept'), '/index.html');
  const gone = await makeShare();
  const { digest } = await blobs.put(Buffer.from('lost'));
  await versions.add(gone, page('swept'), '/index.html');
  await hosts.mark(gone.id, 'deleted', true);
  await hosts.sweep(Date.now() + 1, 100);
  expect(await versions.sweep()).toBe(0);
  await age();
  expect(await versions.sweep()).toBeGreaterThanOrEqual(3);
  expect(await blobs.read(digest)).toBeUndefined();
  const { files } = await versions.manifestOf(used);
  expect(String(await versions.read(files['/index.html']?.digest ?? ''))).toBe('kept');
  await expect(versions.read(digest)).rejects.toThrow('restore the data folder');
});

it('has no version of files that could not be written', async () => {
  const host = await makeShare();
  const put = vi
    .spyOn(blobs, 'put')
    .mockRejectedValueOnce(Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' }));
  await expect(versions.add(host, page('full'), '/index.html')).rejects.toThrow('ENOSPC');
  put.mockRestore();
  expect(await versions.list(host.id)).toEqual([]);
  expect((await versions.add(host, page('room'), '/index.html')).number).toBe(1);
});
