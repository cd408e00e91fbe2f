// Makes real gzipped tarballs from file maps, in memory; also those that no honest publisher would make.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Header, type HeaderData } from 'tar';

/** One entry as it is in the archive; `path` includes the leading `package/`. */
export interface TarballEntry {
  path: string;
  content?: string | Buffer;
  type?: 'File' | 'Directory' | 'SymbolicLink' | 'Link';
  linkpath?: string;
}

const blockBytes = 512;

/** @returns the gzipped archive of `entries`, in their order and unchecked */
export function packTarball(entries: TarballEntry[]): Buffer {
  const blocks = entries.flatMap(({ path, content = '', type = 'File', linkpath }) => {
    const body = Buffer.from(content);
    const fields = { path, type, size: body.length, mode: 0o644, mtime: new Date(0) };
    const header = new Header((linkpath === undefined ? fields : { ...fields, linkpath }) as HeaderData);
    const block = Buffer.alloc(blockBytes);
    header.encode(block, 0);
    return [block, body, Buffer.alloc((blockBytes - (body.length % blockBytes)) % blockBytes)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * blockBytes)]));
}

/** A package's tarball, packed as npm does. */
export function packPackage(packageJson: object, files: Record<string, string | Buffer>): Buffer {
  return packTarball([
    { path: 'package/package.json', content: JSON.stringify(packageJson, null, 2) },
    ...Object.entries(files).map(([path, content]) => ({
      path: `package/${path.replace(/^\//, '')}`,
      content,
    })),
  ]);
}

/** The integrity string that a registry states for a tarball. */
export function integrityOf(tarball: Buffer): string {
  return `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
}
