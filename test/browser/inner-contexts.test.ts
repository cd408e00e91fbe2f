// No document and no worker that an artifact makes within its page asks anybody but the kit. With EGRESS=open the same attempts get
// out, so a test that passes here says something.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from '../browsers/engines/chromium.ts';
import type { Engine } from '../browsers/engines/engine.ts';
import { Playground } from '../browsers/playground.ts';
import {
  hostOf,
  idleContexts,
  innerContextArtifacts,
  innerContextRules,
  innerContexts,
} from './inner-contexts.ts';
import { startKit } from './start-kit.ts';

let engine: Engine;
let folder: string;

beforeAll(async () => {
  [engine, folder] = await Promise.all([startChromium(), mkdtemp(join(tmpdir(), 'inner-'))]);
  await writeFile(join(folder, 'rules.json'), innerContextRules());
});
afterAll(async () => {
  await engine?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Names of the ways that led out of the house. */
async function waysOut(kind: keyof typeof innerContextArtifacts, egress: string): Promise<string[]> {
  const kit = await startKit({ flags: { egress, 'mirror-rules': join(folder, 'rules.json') } });
  const tab = await Playground.open(engine, kit, { sample: 'none' });
  try {
    await tab.run(innerContextArtifacts[kind]);
    await tab.ready();
    const frame = await tab.artifactFrame();
    await frame.evaluate(() => (window as unknown as { tried: Promise<void> }).tried);
    const hosts = new Set(engine.outsideHosts.splice(0).map((host) => host.replace(/:\d+$/, '')));
    return innerContexts.map(({ name }) => name).filter((name) => hosts.has(hostOf(name)));
  } finally {
    await tab.page.close();
    await kit.close();
  }
}

describe.each(['HTML', 'React'] as const)('An %s artifact', (kind) => {
  it('reaches nobody outside, whatever documents and workers it makes', async () => {
    expect(await waysOut(kind, 'mirror')).toEqual([]);
  });

  it('would reach somebody by each of them with EGRESS=open', async () => {
    const expected = innerContexts
      .map(({ name }) => name)
      .filter((name) => ![kind, 'both'].includes(idleContexts[name] ?? ''));
    const out = await waysOut(kind, 'open');
    expect(expected.filter((name) => !out.includes(name))).toEqual([]);
  });
});
