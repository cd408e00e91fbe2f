import { stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTemporaryFolder } from '../../../test/registry/temporary-folder.ts';
import { UsageRecord } from './usage-record.ts';

async function makeMarker(): Promise<string> {
  const file = join(await makeTemporaryFolder(), 'marker');
  await writeFile(file, '');
  await utimes(file, 1, 1);
  return file;
}

describe('The record of usage', () => {
  it('is the time of the marker, renewed once in a while', async () => {
    const file = await makeMarker();
    const usage = new UsageRecord();
    expect(await usage.touch(file)).toBe(true);
    expect(Date.now() - (await stat(file)).mtimeMs).toBeLessThan(60_000);
    await utimes(file, 1, 1);
    expect(await usage.touch(file)).toBe(true);
    expect((await stat(file)).mtimeMs).toBe(1000);
  });

  it('tells when the entry is gone', async () => {
    expect(await new UsageRecord().touch(`${await makeMarker()}-gone`)).toBe(false);
  });
});
