// In every engine, CDN addresses are answered at home, everything else is blocked, and the artifact's console says why.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expectedAnswers, probingArtifacts } from '../browser/egress-probes.ts';
import { type Kit, startKit } from '../browser/start-kit.ts';
import { engines } from './engines/all-engines.ts';
import type { Engine, EngineFrame } from './engines/engine.ts';
import { keepPictureOfFailure } from './failure-picture.ts';
import { type Artifact, Playground } from './playground.ts';

const outside = ['tracker.example.org', 'api.example.org'];

let mirroring: Kit;
let open: Kit;

beforeAll(async () => {
  [mirroring, open] = await Promise.all([startKit(), startKit({ flags: { egress: 'open' } })]);
});
afterAll(() => Promise.all([mirroring?.close(), open?.close()]));

describe.each(engines)('$name', ({ start }) => {
  let engine: Engine;
  let tab: Playground;

  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine?.close());
  afterEach(async (test) => {
    await keepPictureOfFailure(test, tab.page);
    await tab.page.close();
    expect(engine.outsideHosts).toEqual([]);
  });

  /** Shows a probing artifact, and expects the answers that CDN addresses and other hosts get by default. */
  async function probe(kit: Kit, artifact: Artifact): Promise<EngineFrame> {
    tab = await Playground.open(engine, kit);
    await tab.run(artifact);
    await tab.ready();
    const frame = await tab.artifactFrame();
    const answers = () =>
      frame.evaluate(() => JSON.parse(document.getElementById('probes')?.textContent || '{}'));
    await expect.poll(answers, { timeout: 30_000 }).toEqual(expectedAnswers);
    return frame;
  }

  describe.each(Object.entries(probingArtifacts))('A %s artifact', (_kind, artifact) => {
    it('gets CDN files from the kit, nothing from anywhere else, and its console says why', async () => {
      const frame = await probe(mirroring, artifact);
      // A worker is in control before its activation has ended.
      const state = () => frame.evaluate(() => navigator.serviceWorker.controller?.state);
      await expect.poll(state).toBe('activated');
      for (const host of outside) {
        const remedy = `EGRESS_ALLOW=https://${host}`;
        await expect.poll(() => tab.artifactConsole()).toContain(remedy);
        const lines = tab.page.consoleLines();
        if (lines) expect(lines.join('\n')).toContain(remedy);
      }
    });

    it('is heard by the recording proxy when EGRESS=open lets its requests out', async () => {
      await probe(open, artifact);
      const heard = () => engine.outsideHosts.map((host) => host.replace(/:443$/, ''));
      await expect.poll(() => new Set(heard())).toEqual(new Set(outside));
      engine.outsideHosts.length = 0;
    });
  });
});
