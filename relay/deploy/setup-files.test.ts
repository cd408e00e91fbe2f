import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeSetup } from './setup-files.ts';
import { diffOf, planSetup } from './setup-plan.ts';
import { readEarlierAnswers } from './setup-state.ts';

let folder: string;
const running = new AbortController().signal;
const files = [
  { path: '.env', text: 'JWT_SECRET=one\nNAME=a\n', mode: 0o600 },
  { path: 'deploy/nginx/x.conf', text: 'server { }\n', mode: 0o644 },
];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'setup-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const all = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

describe('writeSetup', () => {
  it('writes files with their modes, and what the next run has to know', async () => {
    await writeSetup(folder, await planSetup(folder, files), { domain: 'example.com' }, running);
    expect(await all()).toEqual([
      '.env',
      'deploy/.setup/answers.json',
      'deploy/.setup/pristine/.env',
      'deploy/.setup/pristine/deploy/nginx/x.conf',
      'deploy/nginx/x.conf',
    ]);
    expect((await stat(join(folder, '.env'))).mode & 0o777).toBe(0o600);
    expect(await readEarlierAnswers(folder)).toEqual({ domain: 'example.com' });
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const interruption = new AbortController();
    interruption.abort();
    const plan = await planSetup(folder, files);
    await expect(writeSetup(folder, plan, {}, interruption.signal)).rejects.toThrow(/abort/i);
    expect(await all()).toEqual([]);
  });

  it('changes nothing when one of the files cannot be written, and says which folder', async () => {
    await writeFile(join(folder, '.env'), 'NAME=before\n');
    const plan = await planSetup(folder, files);
    // A file where a folder has to be.
    await writeFile(join(folder, 'deploy'), '');
    await expect(writeSetup(folder, plan, {}, running)).rejects.toThrow(
      /cannot be written to .*nothing was changed/,
    );
    expect(await all()).toEqual(['.env', 'deploy']);
    expect(await readFile(join(folder, '.env'), 'utf8')).toBe('NAME=before\n');
  });
});

describe('diffOf', () => {
  it('shows what changes, without secrets', async () => {
    await writeFile(join(folder, '.env'), 'JWT_SECRET=old\nNAME=b\n');
    const [plan] = await planSetup(folder, files);
    const diff = diffOf(plan as NonNullable<typeof plan>);
    expect(diff).toContain('-NAME=b\n+NAME=a');
    expect(diff).toContain(' JWT_SECRET=‹hidden›');
    expect(diff).not.toMatch(/one|old/);
  });
});
