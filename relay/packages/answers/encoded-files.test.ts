import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { makeTemporaryFolder } from '../../../test/registry/temporary-folder.ts';
import { decompress } from '../base/compression.ts';
import { silentLog } from '../base/package-log.ts';
import { EncodedFiles } from './encoded-files.ts';

// The compressing process gives way to all others, on a busy machine for a while.
vi.setConfig({ testTimeout: 60_000 });

/** Text that Brotli makes smaller the longer it looks. */
const text = Array.from({ length: 4_000 }, (_, n) => `export const n${n} = ${(n * 7919) % 1013};`).join('\n');

async function open(folder?: string) {
  const at = folder ?? (await makeTemporaryFolder());
  const files = new EncodedFiles({ folder: at, log: silentLog, quietMs: 0 });
  onTestFinished(() => files.close());
  return { folder: at, files };
}

const answer = (content: string, identity = 'x@1.0.0/index.js sha512-x') => ({
  identity,
  source: 'x@1.0.0',
  read: vi.fn(async () => content),
});

it('sends the first in a hurry, and later what was compressed well, with one digest', async () => {
  const { files } = await open();
  const asked = answer(text);
  const first = await files.get(asked);
  const hurried = await first.encode('br');
  await first.replaced;
  const kept = await files.get(asked);
  const well = await kept.encode('br');
  expect(well.length).toBeLessThan(hurried.length);
  expect(kept.digest).toBe(first.digest);
  expect(kept.replaced).toBeUndefined();
  for (const [body, encoding] of [
    [hurried, 'br'],
    [well, 'br'],
    [await kept.encode('gzip'), 'gzip'],
  ] as const)
    expect(String(await decompress(body, encoding))).toBe(text);
  expect(String(await kept.encode('identity'))).toBe(text);
});

it('reads a file once, also after a restart, and whoever asks meanwhile shares that', async () => {
  const { folder, files } = await open();
  const asked = answer(text);
  const [one, other] = await Promise.all([files.get(asked), files.get(asked)]);
  expect(other.digest).toBe(one.digest);
  await files.settled();
  const again = await open(folder);
  expect(String(await (await again.files.get(asked)).encode('identity'))).toBe(text);
  expect(asked.read).toHaveBeenCalledOnce();
});

it('tells files apart by what they are made of', async () => {
  const { files } = await open();
  await files.get(answer(text, 'a'));
  await files.settled();
  expect(String(await (await files.get(answer('other', 'b'))).encode('identity'))).toBe('other');
});

it('reads again what was damaged on disk', async () => {
  const { folder, files } = await open();
  const asked = answer(text);
  await files.get(asked);
  await files.settled();
  for (const file of await readdir(join(folder, 'content-v2'), { recursive: true, withFileTypes: true }))
    if (file.isFile()) await writeFile(join(file.parentPath, file.name), 'damaged');
  expect(String(await (await (await open(folder)).files.get(asked)).encode('identity'))).toBe(text);
  expect(asked.read).toHaveBeenCalledTimes(2);
});

it('keeps no failure', async () => {
  const { files } = await open();
  const failing = { ...answer(text), read: () => Promise.reject(new Error('gone')) };
  await expect(files.get(failing)).rejects.toThrow('gone');
  expect(String(await (await files.get(answer(text))).encode('identity'))).toBe(text);
});

it('goes by the content where nothing names it, and leaves alone what is small', async () => {
  const { files } = await open();
  const nameless = { read: async () => text };
  expect(await files.get(nameless)).toMatchObject({ isPlain: false });
  const small = await files.get({ read: async () => 'export default 1;' });
  expect(small.isPlain).toBe(true);
  expect(String(await small.encode('br'))).toBe('export default 1;');
});

it('still answers when nothing can be stored', async () => {
  const { folder, files } = await open();
  await rm(folder, { recursive: true });
  await writeFile(folder, 'a file where the folder should be');
  const asked = answer(text);
  await files.get(asked);
  await files.settled();
  expect(String(await (await files.get(asked)).encode('identity'))).toBe(text);
  await rm(folder);
});

it('waits until nobody has asked for a while, and drops what waits when it is closed', async () => {
  const folder = await makeTemporaryFolder();
  const files = new EncodedFiles({ folder, log: silentLog, quietMs: 60_000 });
  const { replaced } = await files.get(answer(text));
  expect(replaced).toBeDefined();
  await files.close();
  expect(await readdir(folder)).toEqual([]);
});
