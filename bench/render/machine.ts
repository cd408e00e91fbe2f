// What renders were measured on and with.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describeMachine, type Machine } from '../report/machine.ts';
import type { Chromium } from './chromium.ts';

/** A machine, and the versions of what renders on it. */
export interface RenderMachine extends Machine {
  browser: string;
  sandpackClient: string;
}

/** @param root folder of the kit; `loadAverage` from before the benchmark started anything */
export async function describeRenderMachine(
  chromium: Chromium,
  root: string,
  loadAverage: number,
): Promise<RenderMachine> {
  const { product } = await chromium.send('Browser.getVersion');
  const entry = createRequire(join(root, 'package.json')).resolve('@codesandbox/sandpack-client');
  const packageJson = JSON.parse(await readFile(join(entry, '..', '..', 'package.json'), 'utf8'));
  return {
    ...describeMachine(loadAverage),
    browser: String(product),
    sandpackClient: String(packageJson.version),
  };
}
