// Published files by the digest of their content: each once, whoever published it, and never changed.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A stored file. */
export interface Blob {
  /** SHA-256 in hexadecimal. */
  digest: string;
  bytes: number;
}

/** Stored content that is not what it was; it is not handed out. */
export class BlobDamaged extends Error {
  override name = 'BlobDamaged';
  constructor(readonly digest: string) {
    super(`The stored file ${digest} is damaged: restore it from a backup, or publish it again.`);
  }
}

const digestForm = /^[0-9a-f]{64}$/;

/** See the head of this file. Several processes may use one folder. */
export class BlobStore {
  /** @param folder absolute; made when the first file is stored */
  constructor(readonly folder: string) {}

  /** Stores content; it is on the disk when this resolves. @throws Error of the file system, and nothing is half there then */
  async put(content: Buffer): Promise<Blob> {
    const digest = digestOf(content);
    const file = this.fileOf(digest);
    const blob: Blob = { digest, bytes: content.length };
    if (await renew(file, digest)) return blob;
    const temporary = `${file}.${randomUUID()}.tmp`;
    await mkdir(dirname(file), { recursive: true });
    try {
      const handle = await open(temporary, 'wx');
      try {
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, file);
      await syncFolder(dirname(file));
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    return blob;
  }

  /** @returns undefined when it is not there. @throws BlobDamaged */
  async read(digest: string): Promise<Buffer | undefined> {
    const content = await readFile(this.fileOf(digest)).catch(orNothing);
    if (content && digestOf(content) !== digest) throw new BlobDamaged(digest);
    return content;
  }

  async has(digest: string): Promise<boolean> {
    return (await stat(this.fileOf(digest)).catch(orNothing)) !== undefined;
  }

  /** Removes a file unless it was stored again meanwhile. @param before in milliseconds since 1970 @returns whether it did */
  async removeOlder(digest: string, before: number): Promise<boolean> {
    const file = this.fileOf(digest);
    const found = await stat(file).catch(orNothing);
    if (!found || found.mtimeMs >= before) return false;
    await rm(file, { force: true });
    return true;
  }

  /** Digests of all that is stored, with the moment of storing in milliseconds; what a crash left half written is removed. */
  async *list(): AsyncGenerator<{ digest: string; storedAt: number }> {
    const groups = (await readdir(this.folder).catch(orNothing)) ?? [];
    for (const group of groups.sort()) {
      for (const name of (await readdir(join(this.folder, group)).catch(orNothing)) ?? []) {
        const file = join(this.folder, group, name);
        const found = await stat(file).catch(orNothing);
        if (!found) continue;
        if (digestForm.test(name)) yield { digest: name, storedAt: found.mtimeMs };
        else if (name.endsWith('.tmp') && Date.now() - found.mtimeMs > abandonedMs)
          await rm(file, { force: true });
      }
    }
  }

  /** @throws TypeError when it is no digest */
  fileOf(digest: string): string {
    if (!digestForm.test(digest)) throw new TypeError(`“${digest}” is no SHA-256 in hexadecimal.`);
    return join(this.folder, digest.slice(0, 2), digest);
  }
}

/** Longer than any write takes. */
const abandonedMs = 3_600_000;

const digestOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** Whether the file is there and whole. It counts as stored now: a sweeper must not take it from the version that is being made. */
async function renew(file: string, digest: string): Promise<boolean> {
  const content = await readFile(file).catch(orNothing);
  if (!content || digestOf(content) !== digest) return false;
  const now = new Date();
  return utimes(file, now, now).then(
    () => true,
    () => false,
  );
}

/** A new name in a folder is on the disk only then. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch {
    // Not every file system can.
  } finally {
    await handle.close();
  }
}

function orNothing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
}
