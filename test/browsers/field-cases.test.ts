// What people reported broken elsewhere, where it depends on the browser: in Firefox and WebKit. Chromium shows all of it in
// test/browser/field-cases.test.ts.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runCase } from '../artifact-cases/case-run.ts';
import { fieldCases } from '../artifact-cases/field-cases.ts';
import { type Kit, startKit } from '../browser/start-kit.ts';
import { engines } from './engines/all-engines.ts';
import type { Engine } from './engines/engine.ts';
import { keepPictureOfFailure } from './failure-picture.ts';
import { Playground } from './playground.ts';

const rows = Object.entries(fieldCases).flatMap(([kind, cases]) =>
  cases.filter(({ everywhere }) => everywhere).map((row) => [kind, row.name, row] as const),
);

let kit: Kit;

beforeAll(async () => {
  kit = await startKit();
});
afterAll(() => kit?.close());

describe.each(engines.filter(({ name }) => name !== 'Chromium'))('$name', ({ start }) => {
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

  it.each(rows)('%s: %s', async (_kind, _name, row) => {
    tab = await Playground.open(engine, kit, { sample: 'none' });
    await runCase(tab, row);
  });
});
