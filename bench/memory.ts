// `npm run bench:memory`: how much memory the relay takes once it has answered everything that the suites of packages and pages ask
// for, and whether a second pass takes more. Needs the npm registry; writes docs/benchmarks/memory.md.
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import PQueue from 'p-queue';
import { mirrorPrefix } from '../relay/shared/mirror-path.ts';
import { formatSetQuery, setOf } from '../relay/shared/set-query.ts';
import { packageGroups } from '../test/browser/packages/index.ts';
import { pageGroups } from '../test/browser/pages/index.ts';
import { listAddresses } from '../test/browser/pages/page-case.ts';
import { describeMachine } from './report/machine.ts';
import { markdownTable } from './report/markdown-table.ts';
import { ServerProcess } from './server-process.ts';

const hostname = 'preview.localhost';
const passes = 2;
const requestsAtOnce = 4;
/** As long as somebody looks at what a preview shows; garbage is collected meanwhile, and what waits is compressed. */
const quietMs = 20_000;
/** As the image has it (compose/Dockerfile): glibc gives back what is freed. */
const imageEnv = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
};
const agent = new Agent({ keepAlive: true, maxSockets: requestsAtOnce });

/** What is asked for: `/-/set?q=…` for each package row, `/-/cdn/…` for each address of a page. */
function targets(): string[] {
  const sets = Object.values(packageGroups)
    .flat()
    .flatMap(({ dependencies, code }) => {
      const all = { react: '^18.0.0', 'react-dom': '^18.0.0', ...dependencies };
      const set = setOf({
        '/package.json': { code: JSON.stringify({ dependencies: all }) },
        '/App.tsx': { code },
      });
      return set ? [`/-/set?q=${encodeURIComponent(formatSetQuery(set))}`] : [];
    });
  const pages = Object.values(pageGroups)
    .flat()
    .flatMap(listAddresses)
    .map((address) => `${mirrorPrefix}${address.replace(/^https:\/\//, '')}`);
  return [...new Set([...sets, ...pages])];
}

/** Asks as a browser would: follows redirects, and the imports of modules. @returns how many answers there were */
async function visit(port: number, target: string, seen: Set<string>): Promise<number> {
  if (seen.has(target)) return 0;
  seen.add(target);
  const { location, text } = await read(port, target);
  const next = location === undefined ? importsOf(text, target) : [location];
  let count = 1;
  for (const inner of next) {
    const below = await visit(port, inner, seen);
    count += below;
  }
  return count;
}

/** Modules name each other by `/-/esm/…`, on the host that stands for all CDNs or relative to themselves. */
function importsOf(text: string, target: string): string[] {
  if (!/\/-\/(esm|cdn)\//.test(target)) return [];
  const named = [
    ...text.matchAll(/(?:from|import)\s*\(?\s*"((?:https:\/\/esm\.sh\/-\/esm\/|\.\.?\/|\/-\/esm\/)[^"]+)"/g),
  ];
  return named.map(([, specifier = '']) =>
    specifier.startsWith('https:')
      ? specifier.slice('https://esm.sh'.length)
      : new URL(specifier, `http://${hostname}${target}`).pathname,
  );
}

function read(port: number, path: string): Promise<{ location: string | undefined; text: string }> {
  return new Promise((done, reject) => {
    const headers = { Host: hostname, 'Accept-Encoding': 'br' };
    get({ host: '127.0.0.1', port, path, headers, agent }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => {
        const body = Buffer.concat(pieces);
        const type = response.headers['content-type'] ?? '';
        const isScript = type.startsWith('text/javascript');
        const text = !isScript
          ? ''
          : response.headers['content-encoding'] === 'br'
            ? String(brotliDecompressSync(body))
            : String(body);
        done({ location: response.headers.location, text });
      });
    }).on('error', reject);
  });
}

async function benchmark(): Promise<void> {
  const distDir = dirname(dirname(fileURLToPath(import.meta.url)));
  const folder = mkdtempSync(join(tmpdir(), 'bench-memory-'));
  const stored = process.env.BENCH_DATA_DIR;
  const relay = await ServerProcess.start({
    args: [join(distDir, 'relay', 'main.js')],
    core: 0,
    ready: /Previews\s+\S+:(\d+)/,
    env: {
      ...imageEnv,
      PREVIEW_HOSTNAME: hostname,
      PORT: '0',
      CONTROL_PORT: '0',
      PLAYGROUND: 'false',
      BUNDLER_DIR: resolve('www'),
      DATA_DIR: stored ?? join(folder, 'data'),
      LOG_LEVEL: 'error',
      RATE_LIMIT: '0',
    },
  });
  try {
    const rows = [['started', '', String(relay.memoryMiB())]];
    for (let pass = 1; pass <= passes; pass += 1) {
      const seen = new Set<string>();
      const queue = new PQueue({ concurrency: requestsAtOnce });
      let answers = 0;
      await queue.addAll(
        targets().map((target) => async () => {
          const count = await visit(relay.port, target, seen);
          answers += count;
        }),
      );
      await sleep(quietMs);
      rows.push([`pass ${pass}`, String(answers), String(relay.memoryMiB())]);
      console.log(rows.at(-1)?.join(' | '));
    }
    const { hardware, node, date } = describeMachine(0);
    const text = `# Memory of the relay

\`npm run bench:memory\` writes this page: the relay's resident memory after it has answered, one after the other, everything that
\`npm run test:packages\` and \`npm run test:pages\` ask for, and ${quietMs / 1000} s later; then the same once more. At the start the store ${stored ? 'held all of it' : 'was empty'}
(\`BENCH_DATA_DIR\` names one). glibc's allocator is set as in the image.

${markdownTable(['', 'answers', 'MiB'], rows)}

Measured on ${hardware}, Node ${node}, ${date}.
`;
    await mkdir('docs/benchmarks', { recursive: true });
    await writeFile('docs/benchmarks/memory.md', text);
  } finally {
    await relay.stop();
    agent.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

await benchmark().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
