// Pins keep what the operator prepared from being pruned: one small file each below `<data folder>/pins/`, naming a tree or
// package versions. Written by the warm command and by importing a bundle; the pruner reads them all.
import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomic } from '../disk/write-atomic.ts';

const pin = z.object({
  name: z.string(),
  /** Ids of trees; everything in them is kept. */
  trees: z.array(z.string()).default([]),
  /** Package versions: `name@version`. */
  packages: z.array(z.string()).default([]),
});

/** What is kept, under a name for people. */
export type Pin = z.infer<typeof pin>;

/** Writes a pin; one of the same name is replaced. */
export async function writePin(dataDir: string, content: Pin): Promise<void> {
  await writeAtomic(pinFile(dataDir, content.name), `${JSON.stringify(content)}\n`);
}

/** @returns whether there was a pin of that name */
export async function removePin(dataDir: string, name: string): Promise<boolean> {
  const there = (await readPins(dataDir)).some((known) => known.name === name);
  await rm(pinFile(dataDir, name), { force: true });
  return there;
}

/**
 * All pins, sorted by name.
 * @throws Error naming a pin that cannot be read: what it kept would be lost
 */
export async function readPins(dataDir: string): Promise<Pin[]> {
  const folder = join(dataDir, 'pins');
  const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.json'));
  const pins = await Promise.all(
    files.map(async (file) => {
      try {
        return pin.parse(JSON.parse(await readFile(join(folder, file), 'utf8')));
      } catch {
        throw new Error(`The pin ${join(folder, file)} is damaged: remove it and warm again.`);
      }
    }),
  );
  return pins.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function pinFile(dataDir: string, name: string): string {
  return join(dataDir, 'pins', `${createHash('sha256').update(name).digest('hex').slice(0, 16)}.json`);
}
