// Benchmark of rendering: LibreChat's dashboard artifact through an unmodified Sandpack and through the kit's two engines, in turns.
// Called by main.ts; docs/benchmarks/render.md says how, and holds the latest results.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchOptions } from './main.ts';
import { Chromium } from './render/chromium.ts';
import { startKitProcess } from './render/kit-process.ts';
import { describeRenderMachine } from './render/machine.ts';
import { profileKit } from './render/profile.ts';
import { renderMarkdown, renderText } from './render/report.ts';
import { loopbackOnly } from './render/resolver-rules.ts';
import { measure } from './render/rounds.ts';
import { renderStagePlot } from './render/stage-plot.ts';
import { startStockProcess, stockRoles } from './render/stock-process.ts';
import { busyWarning, isQuiet } from './report/machine.ts';
import { writeResults } from './report/results-section.ts';

const artifact = 'dashboard';
const timeLimitMs = 240_000;

/** Measures, prints, and writes docs/benchmarks/render.md. */
export async function compareRenders(options: BenchOptions): Promise<void> {
  const { program, root, distDir, dataDir, rounds, isDry, loadAverage, log } = options;
  const deadlineMs = performance.now() + timeLimitMs;
  log('Preparing the stock path: package manifests of the standard set …');
  const stock = await startStockProcess(program, stockRoles.render);
  const bundler = await startKitProcess({ distDir, dataDir, engine: 'bundler' });
  const native = await startKitProcess({ distDir, dataDir, engine: 'native' });
  const chromium = await Chromium.launch({
    resolverRules: loopbackOnly(stock.addresses.resolverRules),
    trustedKey: stock.addresses.publicKeyHash,
  });
  try {
    const machine = await describeRenderMachine(chromium, root, loadAverage);
    if (!isQuiet(machine)) log(busyWarning(machine));
    let isWarm = false;
    const results = await measure({
      chromium,
      paths: { stock: stock.addresses, bundler, native },
      artifact,
      rounds,
      deadlineMs,
      log,
      async checkAnswers() {
        const misses = await stock.takeMisses();
        if (isWarm && misses.length > 0)
          throw new Error(
            `The stock path had to wait for answers that were not prepared: ${misses.join(' ')}`,
          );
        isWarm = true;
      },
    });
    log(renderText(results));
    if (isDry) return;
    const page = join(root, 'docs', 'benchmarks', 'render.md');
    await writeResults(page, renderMarkdown(results, machine));
    await writeFile(page.replace(/md$/, 'svg'), renderStagePlot(results));
    log('Wrote docs/benchmarks/render.md and render.svg.');
  } finally {
    await chromium.close();
    await Promise.all([bundler.close(), native.close()]);
    await stock.close();
  }
}

/** Prints where the native engine's time goes. */
export async function profileRender(options: BenchOptions): Promise<void> {
  const { distDir, dataDir, rounds, log } = options;
  const kit = await startKitProcess({ distDir, dataDir, engine: 'native' });
  const chromium = await Chromium.launch({ resolverRules: loopbackOnly('') });
  try {
    log(await profileKit(chromium, kit.hostPageUrl, artifact, rounds));
  } finally {
    await chromium.close();
    await kit.close();
  }
}
