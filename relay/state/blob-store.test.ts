import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BlobDamaged, BlobStore } from './blob-store.ts';

let folder: string;
let blobs: BlobStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blobs-'));
  blobs = new BlobStore(join(folder, 'blobs'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function listed(): Promise<string[]> {
  const digests: string[] = [];
  for await (const { digest } of blobs.list()) digests.push(digest);
  return digests;
}

it('lists nothing where nothing was stored', async () => {
  expect(await listed()).toEqual([]);
  expect(await blobs.read('0'.repeat(64))).toBeUndefined();
});

it('stores a content once, and gives it back', async () => {
  const content = Buffer.from('tides');
  const [{ digest, bytes }] = await Promise.all([blobs.put(content), blobs.put(content)]);
  expect({ digest, bytes }).toEqual({
    digest: '0e714fd92f7538e3531b61c0eeb7f9c70e44475be7557df873b13df3af34225f',
    bytes: 5,
  });
  expect(await blobs.read(digest)).toEqual(content);
  expect(await listed()).toEqual([digest]);
  expect(await blobs.removeOlder(digest, 0)).toBe(false);
  expect(await blobs.removeOlder(digest, Date.now() + 1000)).toBe(true);
  expect(await listed()).toEqual([]);
});

it('hands out nothing that is damaged, and mends it when it is stored again', async () => {
  const content = Buffer.from('ebb and flow');
  const { digest } = await blobs.put(content);
  await writeFile(join(folder, 'blobs', digest.slice(0, 2), digest), 'ebb and flux');
  await expect(blobs.read(digest)).rejects.toThrow(BlobDamaged);
  await blobs.put(content);
  expect(await blobs.read(digest)).toEqual(content);
});

it('removes what a crash left half written, and nothing that is being written', async () => {
  const { digest } = await blobs.put(Buffer.from('a'));
  const group = join(folder, 'blobs', digest.slice(0, 2));
  const [old, fresh] = [join(group, `${digest}.1.tmp`), join(group, `${digest}.2.tmp`)];
  await Promise.all([writeFile(old, ''), writeFile(fresh, '')]);
  await utimes(old, 0, 0);
  await listed();
  expect((await readdir(group)).sort()).toEqual([digest, `${digest}.2.tmp`]);
});

it.each(['../../etc/passwd', '', 'A'.repeat(64)])('reads no file by the digest %j', async (digest) => {
  await expect(blobs.read(digest)).rejects.toThrow('no SHA-256');
});

it('counts what is stored again as stored now', async () => {
  const content = Buffer.from('again');
  const { digest } = await blobs.put(content);
  await utimes(join(folder, 'blobs', digest.slice(0, 2), digest), 0, 0);
  await blobs.put(content);
  for await (const blob of blobs.list()) if (blob.digest === digest) expect(blob.storedAt).toBeGreaterThan(0);
});
