import { Buffer } from 'node:buffer';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { readArchive, ShareRefused } from './share-archive.ts';

const limits = { maxFiles: 10, maxBytes: 100_000 };

type Entry = [name: string, content: string | Buffer, mode?: number];

function zip(entries: Entry[]): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [name, content, mode = 0o100644] of entries)
    archive.addBuffer(Buffer.from(content as string), name, { mode, compress: content.length > 1000 });
  archive.end();
  return buffer(archive.outputStream as never);
}

/** yazl refuses such names itself: one of the same length is written over. */
async function zipNamed(name: string): Promise<Buffer> {
  const stand = 'x'.repeat(Buffer.byteLength(name));
  const archive = await zip([[stand, 'evil']]);
  for (let at = archive.indexOf(stand); at >= 0; at = archive.indexOf(stand, at)) archive.write(name, at);
  return archive;
}

const read = async (archive: Buffer) =>
  (await readArchive(archive, limits)).map(({ path, type, content }) => [path, type, String(content)]);

describe('readArchive', () => {
  it('reads files with their types, and takes off a folder around them', async () => {
    const archive = await zip([
      ['site/index.html', '<h1>Tides</h1>'],
      ['site/a/b.css', 'h1{}'],
      ['__MACOSX/site/._index.html', 'x'],
      ['site/.DS_Store', 'x'],
    ]);
    expect(await read(archive)).toEqual([
      ['/index.html', 'text/html; charset=utf-8', '<h1>Tides</h1>'],
      ['/a/b.css', 'text/css; charset=utf-8', 'h1{}'],
    ]);
  });

  it('leaves folders that are not around all files', async () => {
    const archive = await zip([
      ['index.html', 'x'],
      ['a/b.css', 'y'],
    ]);
    expect((await read(archive)).map(([path]) => path)).toEqual(['/index.html', '/a/b.css']);
    expect((await read(await zip([['index.html', 'x']]))).map(([path]) => path)).toEqual(['/index.html']);
  });

  it.each(['../evil', 'a/../../evil', '/etc/evil', 'C:/evil', 'a\\evil'])(
    'refuses the name %s',
    async (name) => {
      await expect(readArchive(await zipNamed(name), limits)).rejects.toThrow(ShareRefused);
    },
  );

  it.each([
    ['a link', 0o120777],
    ['a device', 0o020666],
  ])('refuses %s', async (_, mode) => {
    await expect(readArchive(await zip([['index.html', '/etc/passwd', mode]]), limits)).rejects.toThrow(
      'a link or a device',
    );
  });

  it('refuses a bomb before it is unpacked', async () => {
    const archive = await zip([['index.html', Buffer.alloc(50_000_000)]]);
    expect(archive.length).toBeLessThan(100_000);
    await expect(readArchive(archive, limits)).rejects.toThrow('more than 100000 bytes');
  });

  it('refuses a bomb that lies about its size', async () => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(50_000_000);
    const lie = Buffer.alloc(4);
    lie.writeUInt32LE(10);
    const archive = await zip([['index.html', Buffer.alloc(50_000_000)]]);
    for (let at = archive.indexOf(size); at >= 0; at = archive.indexOf(size, at + 4)) lie.copy(archive, at);
    await expect(readArchive(archive, limits)).rejects.toThrow(ShareRefused);
  });

  it('refuses too many files, a file twice, a damaged one, and what is no archive', async () => {
    const many = Array.from({ length: 11 }, (_, index): Entry => [`${index}.txt`, '']);
    await expect(readArchive(await zip(many), limits)).rejects.toThrow('more than 10 files');
    const twice = await zip([
      ['a.txt', '1'],
      ['a.txt', '2'],
    ]);
    await expect(readArchive(twice, limits)).rejects.toThrow('twice');
    const damaged = await zip([['a.txt', 'x'.repeat(5)]]);
    damaged.write('y', damaged.indexOf('xxxxx'));
    await expect(readArchive(damaged, limits)).rejects.toThrow(ShareRefused);
    await expect(readArchive(Buffer.from('<html>'), limits)).rejects.toThrow('no zip archive');
    await expect(readArchive(await zip([]), limits)).rejects.toThrow('no files');
  });
});
