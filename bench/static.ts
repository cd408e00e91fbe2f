// Benchmark of static previews: HTML artifacts through static-browser-server's own files and through the kit, in turns.
// Called by main.ts; docs/benchmarks/static.md says how, and holds the latest results.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchOptions } from './main.ts';
import { Chromium } from './render/chromium.ts';
import { HostPage } from './render/host-page.ts';
import { startKitProcess } from './render/kit-process.ts';
import { describeRenderMachine } from './render/machine.ts';
import { loopbackOnly } from './render/resolver-rules.ts';
import type { RenderPath } from './render/rounds.ts';
import { startStockProcess, stockRoles } from './render/stock-process.ts';
import { busyWarning, isQuiet } from './report/machine.ts';
import { writeResults } from './report/results-section.ts';
import { type StaticArtifact, staticArtifacts } from './static/artifacts.ts';
import { renderStatic, type StaticRender } from './static/static-render.ts';
import {
  type StaticResults,
  staticMarkdown,
  staticPaths,
  staticPlot,
  staticText,
} from './static/static-report.ts';

/** Previews of each path that only warm the profile: V8 keeps compiled code from the second or third on. */
const warmRounds = 3;

/** Measures, prints, and writes docs/benchmarks/static.md. */
export async function compareStatic(options: BenchOptions): Promise<void> {
  const { program, root, distDir, dataDir, rounds, isDry, loadAverage, log } = options;
  const stock = await startStockProcess(program, stockRoles.static);
  const kit = await startKitProcess({ distDir, dataDir, hostname: 'preview.bench.localhost' });
  const chromium = await Chromium.launch({
    resolverRules: loopbackOnly(stock.addresses.resolverRules),
    trustedKey: stock.addresses.publicKeyHash,
  });
  const paths = { stock: stock.addresses, kit };
  try {
    const machine = await describeRenderMachine(chromium, root, loadAverage);
    if (!isQuiet(machine)) log(busyWarning(machine));
    const results: StaticResults = new Map(staticArtifacts.map(({ name }) => [name, { stock: [], kit: [] }]));
    for (let round = -warmRounds; round < rounds; round += 1)
      for (const artifact of staticArtifacts) {
        const order = round % 2 === 0 ? staticPaths : [...staticPaths].reverse();
        const painted: string[] = [];
        for (const path of order) {
          const render = await renderInTab(chromium, paths[path], artifact);
          if (round >= 0) results.get(artifact.name)?.[path].push(render);
          painted.push(`${path} ${Math.round(render.paintedMs)} ms`);
        }
        if (round >= 0) log(`${artifact.name} ${round + 1}/${rounds}: ${painted.join(', ')}`);
      }
    const misses = await stock.takeMisses();
    if (misses.length > 0)
      throw new Error(`The stock path had to wait for answers that were not prepared: ${misses.join(' ')}`);
    log(staticText(results));
    if (isDry) return;
    const page = join(root, 'docs', 'benchmarks', 'static.md');
    await writeResults(page, staticMarkdown(results, machine));
    await writeFile(page.replace(/md$/, 'svg'), staticPlot(results));
    log('Wrote docs/benchmarks/static.md and static.svg.');
  } finally {
    await chromium.close();
    await kit.close();
    await stock.close();
  }
}

async function renderInTab(
  chromium: Chromium,
  { hostPageUrl }: RenderPath,
  artifact: StaticArtifact,
): Promise<StaticRender> {
  const page = await HostPage.open(chromium, hostPageUrl);
  try {
    return await renderStatic(page, artifact);
  } finally {
    await page.close();
  }
}
