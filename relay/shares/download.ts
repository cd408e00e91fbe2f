// A share's files as a zip archive, as they were published. One file at a time is in memory, however many there are.
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { ShareVersions, VersionRecord } from './share-versions.ts';

/** @returns the archive as it is written; it fails when a stored file is missing or damaged */
export async function zipOf(versions: ShareVersions, version: VersionRecord): Promise<Readable> {
  const { files } = await versions.manifestOf(version);
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const mtime = new Date(version.created_at);
  for (const [path, { digest, bytes }] of Object.entries(files))
    zip.addReadStreamLazy(path.slice(1), { mtime, size: bytes }, (done) => {
      versions.read(digest).then(
        (content) => done(null, Readable.from([content])),
        (error) => done(error, Readable.from([])),
      );
    });
  zip.on('error', (error) => output.destroy(error as Error));
  zip.end();
  return output;
}

/** A file name for it that every system takes. */
export const archiveName = (name: string): string => `${name}.zip`;
