// Does all set-up, in order, and nothing twice: dependencies, compiled sources, the bundler's folder, and for tests a browser.
// Runs before anything is installed, so it imports nothing but Node.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

requireNode(20, 19);
installDependencies();
if (!process.argv.includes('--install-only')) {
  const { compile } = await import('./build.mjs');
  await compile();
  run(process.execPath, ['dist/bundler-build/main.js']);
}
if (process.argv.includes('--test')) {
  const { ensureBrowser } = await import('./browser.mjs');
  ensureBrowser();
}

function requireNode(major, minor) {
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  console.error(`Node ${major}.${minor} or newer is needed; this is ${process.versions.node}.`);
  process.exit(1);
}

/** `npm ci` when the lockfile is not the one that was installed. */
function installDependencies() {
  const stamp = join(root, 'node_modules', '.installed-lockfile');
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing dependencies …');
  // npm hands its own settings down through the environment; a nested npm must read them afresh.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^npm_(config_(?!registry$|userconfig$|globalconfig$|cache$)|package|lifecycle)/i.test(name),
    ),
  );
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    env,
    shell: process.platform === 'win32',
  });
  writeFileSync(stamp, lock);
}

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (status === 0) return;
  console.error(`${[command, ...args].join(' ')} failed${error ? `: ${error.message}` : ''}.`);
  process.exit(status || 1);
}
