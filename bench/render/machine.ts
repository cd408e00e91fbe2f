// What the numbers were measured on and with.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Chromium } from './chromium.ts';

/** One line each, for people. */
export interface Machine {
  hardware: string;
  node: string;
  browser: string;
  sandpackClient: string;
  date: string;
  /** Processes that wanted a core while the benchmark began, on average of a minute. */
  loadAverage: number;
}

/** Whether other work had cores enough; if not, the numbers say little. */
export function isQuiet({ loadAverage }: Machine): boolean {
  return loadAverage < cpus().length;
}

/** @param root folder of the kit; `loadAverage` from before the benchmark started anything */
export async function describeMachine(
  chromium: Chromium,
  root: string,
  loadAverage: number,
): Promise<Machine> {
  const { product } = await chromium.send('Browser.getVersion');
  const entry = createRequire(join(root, 'package.json')).resolve('@codesandbox/sandpack-client');
  const packageJson = JSON.parse(await readFile(join(entry, '..', '..', 'package.json'), 'utf8'));
  const [first] = cpus();
  return {
    hardware: `${cpus().length} × ${first?.model.trim() ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}`,
    node: process.version,
    browser: String(product),
    sandpackClient: String(packageJson.version),
    loadAverage,
    date: new Date().toISOString().slice(0, 10),
  };
}
