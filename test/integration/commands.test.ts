// The commands on the store as processes: what they print, and how they end.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writePin } from '../../relay/packages/upkeep/pins.ts';
import { makeTemporaryFolder } from '../registry/temporary-folder.ts';
import { compiledCode } from './compiled-code.ts';

/** Runs a command in a folder of its own. */
async function run(
  cwd: string,
  name: string,
  args: string[],
  started: (kill: (signal: NodeJS.Signals) => void) => void = () => {},
): Promise<{ code: unknown; output: string }> {
  const script = join(await compiledCode(), 'relay', 'cli', `${name}.js`);
  const env = { PATH: process.env.PATH, HOME: cwd, npm_config_registry: 'http://127.0.0.1:1/' };
  const child = spawn(process.execPath, [script, ...args], { cwd, env });
  started((signal) => child.kill(signal));
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return { code: await new Promise((resolve) => child.once('close', resolve)), output };
}

/** A data folder with one packument that nobody used for a month. */
async function makeStore(): Promise<string> {
  const folder = await makeTemporaryFolder();
  const packuments = join(folder, 'data', 'packuments');
  await mkdir(packuments, { recursive: true });
  await writeFile(join(packuments, 'clay.json'), '{}');
  const monthAgo = Date.now() / 1000 - 30 * 86_400;
  await utimes(join(packuments, 'clay.json'), monthAgo, monthAgo);
  return folder;
}

describe('npm run bundle', () => {
  it('exports, verifies and imports, and tells the same hash twice', async () => {
    const folder = await makeStore();
    const exported = await run(folder, 'bundle', ['export', 'store.tar.gz']);
    expect(exported).toMatchObject({
      code: 0,
      output: expect.stringContaining('0 packages and 0 resolved sets'),
    });
    const hash = /SHA-256 ([0-9a-f]{64})/.exec(exported.output)?.[1];
    const verified = await run(folder, 'bundle', ['verify', 'store.tar.gz']);
    expect(verified).toMatchObject({ code: 0, output: expect.stringContaining(`SHA-256 ${hash}`) });
    const imported = await run(folder, 'bundle', ['import', 'store.tar.gz', '--data-dir', 'elsewhere']);
    expect(imported).toMatchObject({
      code: 0,
      output: expect.stringContaining('; 1 new, 0 were here already.'),
    });
  });

  it.each([
    [['verify', 'gone.tar.gz'], 'bundle: gone.tar.gz cannot be used. There is no file gone.tar.gz.\n'],
    [['import', 'note.txt'], 'bundle: note.txt cannot be used. It is not a store bundle of this kit.\n'],
    [['bake', 'x'], 'bundle: “bake” is none of export, import, verify.\nSee npm run bundle -- --help.\n'],
    [['export'], 'bundle: An action and a file are needed.\nSee npm run bundle -- --help.\n'],
    [['verify', 'folder'], 'bundle: folder cannot be used. It is a folder.\n'],
    [['export', 'folder'], 'bundle: folder is a folder: name a file in it.\n'],
    [['export', 'x.tar.gz'], 'bundle: There is nothing to export in data; run npm run warm first.\n'],
    [['export', '--bogus', 'x'], "bundle: Unknown option '--bogus'.\nSee npm run bundle -- --help.\n"],
  ])('explains %j', async (args, output) => {
    const folder = await makeTemporaryFolder();
    await writeFile(join(folder, 'note.txt'), 'hello');
    await mkdir(join(folder, 'folder'));
    const { code, output: told } = await run(folder, 'bundle', args);
    expect({ code, output: told.replaceAll(`${folder}/`, '') }).toEqual({ code: 1, output });
  });

  it('says before any work that it cannot write there', async () => {
    const folder = await makeStore();
    await writeFile(join(folder, 'note.txt'), 'hello');
    expect(await run(folder, 'bundle', ['export', 'gone/store.tar.gz'])).toEqual({
      code: 1,
      output: `bundle: gone/store.tar.gz cannot be written: there is no folder ${join(folder, 'gone')}.\n`,
    });
    const inFile = ['import', 'gone.tar.gz', '--data-dir', 'note.txt/data'];
    const { code, output } = await run(folder, 'bundle', inFile);
    expect(code).toBe(1);
    expect(output).toMatch(
      /^bundle: DATA_DIR=.*note\.txt\/data cannot be written to \(ENOTDIR\): name a folder/,
    );
  });

  it('leaves no part of a file when it is interrupted', async () => {
    const folder = await makeStore();
    const packuments = join(folder, 'data', 'packuments');
    for (let index = 0; index < 40; index += 1)
      await writeFile(join(packuments, `p${index}.json`), randomBytes(2 ** 20));
    const files = () => readdir(folder);
    let kill: (signal: NodeJS.Signals) => void = () => {};
    const running = run(folder, 'bundle', ['export', 'store.tar.gz'], (killChild) => {
      kill = killChild;
    });
    await expect
      .poll(files, { timeout: 20_000, interval: 10 })
      .toContainEqual(expect.stringMatching(/\.tmp$/));
    kill('SIGINT');
    const { code, output } = await running;
    expect(output).toBe('\nbundle: interrupted. What was done stays; run it again to continue.\n');
    expect(code).toBe(130);
    expect(await files()).toEqual(['data']);
  });
});

describe('npm run prune', () => {
  it('says what it removes, and what it would remove', async () => {
    const folder = await makeStore();
    const old = ['--store-max-age', '20d'];
    expect(await run(folder, 'prune', [...old, '--dry-run'])).toEqual({
      code: 0,
      output: '  packument clay (4.1 kB)\n1 entry would be removed: 4.1 kB → 0 B, 0 B of it pinned.\n',
    });
    expect((await run(folder, 'prune', old)).output).toContain('1 entry removed: 4.1 kB → 0 B');
    expect((await run(folder, 'prune', old)).output).toContain('0 entries removed: 0 B → 0 B');
  });

  it('lists pins and releases them', async () => {
    const folder = await makeStore();
    const dataDir = join(folder, 'data');
    await writePin(dataDir, { name: 'mine', trees: [], packages: ['clay@1.0.0'] });
    expect(await run(folder, 'prune', ['--pins'])).toEqual({ code: 0, output: 'mine: clay@1.0.0\n' });
    expect((await run(folder, 'prune', ['--store-max-age', '1d'])).output).toContain('0 entries removed');
    const unpinned = await run(folder, 'prune', ['--store-max-age', '1d', '--unpin', 'mine']);
    expect(unpinned.output).toContain('1 entry removed');
    expect(await run(folder, 'prune', ['--unpin', 'mine'])).toEqual({
      code: 1,
      output: 'prune: There is no pin named “mine”; --pins lists them.\nSee npm run prune -- --help.\n',
    });
  });
});

it.each(['warm', 'bundle', 'prune'])('npm run %s -- --help shows how it is used', async (name) => {
  const { code, output } = await run(await makeTemporaryFolder(), name, ['--help']);
  expect(code).toBe(0);
  expect(output).toMatch(new RegExp(`^Usage: npm run ${name} -- `));
});

it('setup and doctor run as they are compiled', async () => {
  const folder = await makeTemporaryFolder();
  await writeFile(join(folder, 'package.json'), '{}');
  const planned = await run(folder, 'setup', ['--dry-run', '--domain', 'example.com']);
  expect(planned).toMatchObject({ code: 0, output: expect.stringMatching(/relay\.env +would be written/) });
  const listed = await run(folder, 'doctor', ['--list']);
  expect(listed).toMatchObject({ code: 0, output: expect.stringMatching(/^address +\S/) });
  const smoked = await run(folder, 'smoke', ['--help']);
  expect(smoked).toMatchObject({ code: 0, output: expect.stringContaining('Usage: npm run smoke') });
});
