// `npm run test:node`: what the kit does under other versions of Node than the one that runs this: the compiled relay and its commands as
// processes, and under the newest the unit tests. The versions come from npm, whose packages carry Node's own binaries.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

/** Major versions with long-term support, beside the oldest one, which `npm test` runs with in CI. */
const majors = [22, 24];
/** Starting and ending, packages, sets, CDN addresses, ES modules, what reaches the network, and every command. */
const files = [
  ...['process', 'lifecycle', 'surfaces', 'packages', 'es-modules', 'cdn', 'registry-proxy', 'commands'].map(
    (name) => `test/integration/${name}.test.ts`,
  ),
  'test/deploy/setup.test.ts',
];
/** Unit tests that mostly wait, or try the same thing a thousand times. */
const slow = [
  'relay/packages/registry/registry.test.ts',
  'relay/packages/store/stored-damage.test.ts',
  'relay/esbuild/esbuild-call.test.ts',
];
/** Few lines, and patience: this runs beside other work. */
const quiet = ['--reporter=dot', '--testTimeout=60000'];

for (const major of majors) {
  if (process.versions.node.startsWith(`${major}.`)) continue;
  const node = installNode(major);
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` };
  console.log(`\nNode ${spawnSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout}`);
  const isNewest = major === majors.at(-1);
  for (const projects of [...(isNewest ? [['unit']] : []), ['integration', 'deploy']]) {
    const flags = projects.flatMap((project) => ['--project', project]);
    const named = projects.includes('unit') ? slow.flatMap((file) => ['--exclude', file]) : files;
    run(node, ['node_modules/vitest/vitest.mjs', 'run', ...quiet, ...flags, ...named], { env });
  }
}

/** @returns the path of that version's program, which is kept for the next time */
function installNode(major) {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = join(root, 'node_modules', '.cache', 'node-versions', String(major));
  const program = join(folder, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    run('npm', ['install', ...flags, `${name}@${major}`], { cwd: folder, shell: platform === 'win' });
  }
  return program;
}

function run(command, args, options) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (status === 0) return;
  console.error(`${[command, ...args].join(' ')} failed${error ? `: ${error.message}` : ''}.`);
  process.exit(status || 1);
}
