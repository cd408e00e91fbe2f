// Benchmark of rendering: LibreChat's dashboard artifact through an unmodified Sandpack and through the kit, in turns.
// Run by `npm run bench` on the compiled code; docs/benchmarks/render.md says how, and holds the latest results.
import { readFile, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Chromium } from './render/chromium.ts';
import { startKitProcess } from './render/kit-process.ts';
import { describeMachine, isQuiet } from './render/machine.ts';
import { profileKit } from './render/profile.ts';
import { busyWarning, insertResults, renderText } from './render/report.ts';
import { measure } from './render/rounds.ts';
import { renderStagePlot } from './render/stage-plot.ts';
import { startStockProcess, stockServersRole } from './render/stock-process.ts';
import { runStockServers } from './render/stock-servers.ts';

const usage = `Usage: npm run bench -- [--rounds N] [--profile] [--dry]

  --rounds N   renders of each path, warm and cold (default: 7)
  --profile    no comparison: where the kit's time goes
  --dry        print only; leave docs/benchmarks as it is
`;
const artifact = 'dashboard';
const program = resolve(process.argv[1] ?? '');
const distDir = dirname(dirname(program));
const root = process.cwd();
/** The cache of the browser tests, so that nothing is fetched twice. */
const dataDir = join(root, 'node_modules', '.cache', 'preview-kit');
const timeLimitMs = 200_000;

if (process.argv[2] === stockServersRole) {
  await runStockServers({ root, distDir, dataDir });
} else {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '7' },
      profile: { type: 'boolean', default: false },
      dry: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) process.stdout.write(usage);
  else if (values.profile) await profile(Number(values.rounds));
  else await compare(Number(values.rounds), values.dry);
}

async function compare(rounds: number, isDry: boolean): Promise<void> {
  const log = (line: string) => process.stdout.write(`${line}\n`);
  const deadlineMs = performance.now() + timeLimitMs;
  // Before anything of ours runs: what is busy now is somebody else's.
  const [loadAverage = 0] = loadavg();
  log('Preparing the stock path: package manifests of the standard set …');
  const stock = await startStockProcess(program);
  const kit = await startKitProcess({ distDir, dataDir });
  const chromium = await Chromium.launch({
    resolverRules: loopbackOnly(stock.addresses.resolverRules),
    trustedKey: stock.addresses.publicKeyHash,
  });
  try {
    const machine = await describeMachine(chromium, root, loadAverage);
    if (!isQuiet(machine)) log(busyWarning(machine));
    let isWarm = false;
    const results = await measure({
      chromium,
      paths: { stock: stock.addresses, kit },
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
    const document = join(root, 'docs', 'benchmarks', 'render.md');
    await writeFile(document, insertResults(await readFile(document, 'utf8'), results, machine));
    await writeFile(document.replace(/md$/, 'svg'), renderStagePlot(results));
    log('Wrote docs/benchmarks/render.md and render.svg.');
  } finally {
    await chromium.close();
    await kit.close();
    await stock.close();
  }
}

async function profile(rounds: number): Promise<void> {
  const kit = await startKitProcess({ distDir, dataDir });
  const chromium = await Chromium.launch({ resolverRules: loopbackOnly('') });
  try {
    process.stdout.write(`${await profileKit(chromium, kit.hostPageUrl, artifact, rounds)}\n`);
  } finally {
    await chromium.close();
    await kit.close();
  }
}

/** Resolver rules under which no name but ours leads anywhere. */
function loopbackOnly(rules: string): string {
  const own = 'MAP *.localhost 127.0.0.1, EXCLUDE localhost, EXCLUDE 127.0.0.1, MAP * ~NOTFOUND';
  return rules === '' ? own : `${rules}, ${own}`;
}
