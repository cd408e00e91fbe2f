// Keeps a picture of the page when a test has failed.
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { TestContext } from 'vitest';
import type { EnginePage } from './engines/engine.ts';

const folder = resolve(import.meta.dirname, '../../node_modules/.cache/browsers');

/** For `afterEach`, while the page is still open: says where the picture is. */
export async function keepPictureOfFailure(
  { task }: Pick<TestContext, 'task'>,
  page: EnginePage,
): Promise<void> {
  if (task.result?.state !== 'fail') return;
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${task.id}.png`);
  await writeFile(file, await page.screenshot());
  console.info(`${task.name}: see ${file}`);
}
