// Small artifacts that other previews fail at, without the bundler, in every engine. Of what the native engine was made for, Chromium
// shows all, the others the reported one of each kind and one more; of what people reported, the others show what depends on the
// browser, and Chromium all in test/browser/field-cases.test.ts.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ArtifactCase } from '../artifact-cases/artifact-case.ts';
import { runCase } from '../artifact-cases/case-run.ts';
import { fieldCases } from '../artifact-cases/field-cases.ts';
import { nativeCases } from '../artifact-cases/index.ts';
import { type Kit, startKit } from '../browser/start-kit.ts';
import { engines } from './engines/all-engines.ts';
import type { Engine } from './engines/engine.ts';
import { keepPictureOfFailure } from './failure-picture.ts';
import { Playground } from './playground.ts';

/** How many of each kind engines other than Chromium show. */
const elsewhere = 2;

type Kinds = [kind: string, rows: ArtifactCase[]][];

function kindsFor(engineName: string): Kinds {
  const native = Object.entries(nativeCases);
  if (engineName === 'Chromium') return native;
  const some = native.map(([kind, rows]): Kinds[number] => [kind, rows.slice(0, elsewhere)]);
  const reported = Object.entries(fieldCases).map(([kind, rows]): Kinds[number] => [
    `${kind}, as reported`,
    rows.filter(({ everywhere }) => everywhere),
  ]);
  return [...some, ...reported].filter(([, rows]) => rows.length > 0);
}

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

  describe.each(kindsFor(engineName))('%s', (_, rows) => {
    it.each(rows.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
      tab = await Playground.open(engine, kit, { sample: 'none' });
      await runCase(tab, row);
    });
  });
});
