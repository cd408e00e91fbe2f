// No document and no worker that an artifact makes within its page asks anybody but the kit, in any engine. In Chromium the same
// attempts get out with EGRESS=open, so a test that passes here says something.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startKit } from '../browser/start-kit.ts';
import { engines } from './engines/all-engines.ts';
import type { Engine } from './engines/engine.ts';
import {
  hostOf,
  idleContexts,
  innerContextArtifacts,
  innerContextRules,
  innerContexts,
} from './inner-contexts.ts';
import { Playground } from './playground.ts';

type Kind = keyof typeof innerContextArtifacts;
const kinds: Kind[] = ['HTML', 'React'];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inner-'));
  await writeFile(join(folder, 'rules.json'), innerContextRules());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(engines)('$name', ({ name: engineName, start }) => {
  let engine: Engine;

  // One each: the windows that an artifact opened stay.
  beforeEach(async () => {
    engine = await start();
  });
  afterEach(() => engine?.close());

  /** Names of the ways that led out of the house, and any other host that was asked. */
  async function waysOut(
    kind: Kind,
    flags: Record<string, string>,
    expected: string[] = [],
  ): Promise<string[]> {
    const kit = await startKit({ flags: { ...flags, 'mirror-rules': join(folder, 'rules.json') } });
    const tab = await Playground.open(engine, kit, { sample: 'none' });
    try {
      await tab.run(innerContextArtifacts[kind]);
      await tab.ready();
      const frame = await tab.artifactFrame();
      await frame.evaluate(() => (window as unknown as { tried: Promise<void> }).tried);
      const names = new Map(innerContexts.map(({ name }) => [hostOf(name), name]));
      const out = () => {
        const hosts = new Set(engine.outsideHosts.map((host) => host.replace(/:\d+$/, '')));
        return [...hosts].map((host) => names.get(host) ?? host);
      };
      const areOut = () => expected.every((name) => out().includes(name));
      await vi.waitUntil(areOut, { timeout: 20_000 }).catch(() => {});
      return out();
    } finally {
      await tab.page.close();
      await kit.close();
    }
  }

  it.each(kinds)('lets no document and no worker of an %s artifact ask anybody outside', async (kind) => {
    expect(await waysOut(kind, {})).toEqual([]);
  });

  it('lets none of a React artifact that the bundler shows', async () => {
    expect(await waysOut('React', { engine: 'bundler' })).toEqual([]);
  });

  it.runIf(engineName === 'Chromium').each(kinds)(
    'lets each of an %s artifact out with EGRESS=open: they are real',
    async (kind) => {
      const expected = innerContexts
        .map(({ name }) => name)
        .filter((name) => ![kind, 'both'].includes(idleContexts[name] ?? ''));
      const out = await waysOut(kind, { egress: 'open' }, expected);
      expect(expected.filter((name) => !out.includes(name))).toEqual([]);
    },
  );
});
