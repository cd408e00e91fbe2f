// `npm run bench`: what people wait for, through the stock path and through the kit, in turns. Runs on the compiled code; started with
// the name of a role, it is the stock servers of one of its comparisons.
import { loadavg } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { stockRoles } from './render/stock-process.ts';
import { runStockServers } from './render/stock-servers.ts';
import { compareRenders, profileRender } from './render.ts';
import { runStaticStockServers } from './static/stock-servers.ts';
import { compareStatic } from './static.ts';

/** What a benchmark is told. */
export interface BenchOptions {
  /** This program, compiled. */
  program: string;
  /** Folder of the kit. */
  root: string;
  distDir: string;
  dataDir: string;
  rounds: number;
  /** Print only; leave docs/benchmarks as it is. */
  isDry: boolean;
  /** From before anything of ours ran: what was busy then is somebody else's. */
  loadAverage: number;
  log: (line: string) => void;
}

const usage = `Usage: npm run bench -- [--only render|static] [--rounds N] [--profile] [--dry]

  --only NAME  one of the two: render (a React artifact), static (HTML artifacts)
  --rounds N   renders of each path (default: 7)
  --profile    no comparison: where the native engine's time goes, beside the same scripts in a page with nothing else
  --dry        print only; leave docs/benchmarks as it is
`;
const program = resolve(process.argv[1] ?? '');
const root = process.cwd();
const places = {
  root,
  distDir: dirname(dirname(program)),
  /** The cache of the browser tests, so that nothing is fetched twice. */
  dataDir: join(root, 'node_modules', '.cache', 'preview-kit'),
};

switch (process.argv[2]) {
  case stockRoles.render:
    await runStockServers(places);
    break;
  case stockRoles.static:
    await runStaticStockServers(places);
    break;
  default:
    await run();
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      rounds: { type: 'string', default: '7' },
      profile: { type: 'boolean', default: false },
      dry: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { only } = values;
  if (values.help || (only !== undefined && only !== 'render' && only !== 'static')) {
    process.stdout.write(usage);
    return;
  }
  const [loadAverage = 0] = loadavg();
  const options: BenchOptions = {
    ...places,
    program,
    rounds: Number(values.rounds),
    isDry: values.dry,
    loadAverage,
    log: (line) => process.stdout.write(`${line}\n`),
  };
  if (values.profile) return profileRender(options);
  if (only !== 'static') await compareRenders(options);
  if (only !== 'render') await compareStatic(options);
}
