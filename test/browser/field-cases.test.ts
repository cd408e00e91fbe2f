// What people reported broken elsewhere, in Chromium: React artifacts without the bundler, and
// some of each kind with it. Part of `npm run test:pages`.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FieldCase } from '../artifact-cases/artifact-case.ts';
import { runCase } from '../artifact-cases/case-run.ts';
import { fieldCases } from '../artifact-cases/field-cases.ts';
import { startChromium } from '../browsers/engines/chromium.ts';
import type { Engine } from '../browsers/engines/engine.ts';
import { Playground } from '../browsers/playground.ts';
import { type Kit, startKit } from './start-kit.ts';

const isReact = ({ type }: FieldCase) => type === undefined || type === 'application/vnd.react';
const withBundler = (row: FieldCase) => isReact(row) && row.notWithBundler === undefined;
/** How many of each kind the bundler shows. */
const bundlerRows = 3;
const rowsOf = {
  native: (rows: FieldCase[]) => rows,
  bundler: (rows: FieldCase[]) => rows.filter(withBundler).slice(0, bundlerRows),
};

describe.each(['native', 'bundler'] as const)('With ENGINE=%s', (shownBy) => {
  let kit: Kit;
  let engine: Engine;
  let tab: Playground;

  beforeAll(async () => {
    [kit, engine] = await Promise.all([startKit({ flags: { engine: shownBy } }), startChromium()]);
  });
  afterAll(async () => {
    await Promise.all([engine?.close(), kit?.close()]);
  });
  afterEach(async () => {
    await tab.page.close();
    expect(engine.outsideHosts.splice(0)).toEqual([]);
  });

  const kinds = Object.entries(fieldCases).map(([kind, rows]) => [kind, rowsOf[shownBy](rows)] as const);
  describe.each(kinds.filter(([, rows]) => rows.length > 0))('%s', (_, rows) => {
    it.each(rows.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
      tab = await Playground.open(engine, kit, { sample: 'none' });
      await runCase(tab, row, row.bundlerOnly === undefined ? shownBy : 'bundler');
    });
  });
});
