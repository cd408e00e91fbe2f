// Small artifacts of the kinds that other previews fail at, without the bundler, in every engine: Chromium shows all of them, the
// others the reported one of each kind and one more.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ArtifactCase } from '../artifact-cases/artifact-case.ts';
import { runCase } from '../artifact-cases/case-run.ts';
import { nativeCases } from '../artifact-cases/index.ts';
import { type Kit, startKit } from '../browser/start-kit.ts';
import { engines } from './engines/all-engines.ts';
import type { Engine } from './engines/engine.ts';
import { keepPictureOfFailure } from './failure-picture.ts';
import { Playground } from './playground.ts';

/** How many of each kind engines other than Chromium show. */
const elsewhere = 2;

let kit: Kit;

beforeAll(async () => {
  kit = await startKit({ flags: { engine: 'native' } });
});
afterAll(() => kit?.close());

describe.each(engines)('$name', ({ name: engineName, start }) => {
  let engine: Engine;
  let tab: Playground;

  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine?.close());
  afterEach(async (test) => {
    await keepPictureOfFailure(test, tab.page);
    await tab.page.close();
    expect(engine.outsideHosts.splice(0)).toEqual([]);
  });

  describe.each(Object.entries(nativeCases))('%s', (_, rows) => {
    it.each(named(engineName === 'Chromium' ? rows : rows.slice(0, elsewhere)))('%s', async (_name, row) => {
      tab = await Playground.open(engine, kit, { sample: 'none' });
      await runCase(tab, row);
    });
  });
});

const named = (rows: ArtifactCase[]) => rows.map((row) => [row.name, row] as const);
