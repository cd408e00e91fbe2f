// Finds a Chromium for the browser tests, or gets one: an installed browser, Playwright's, the distribution's.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const fixed = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The path of a Chromium or Chrome: `CHROMIUM_PATH`, else what is installed; undefined when there is none. */
export function findBrowser() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const installed = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env.CHROMIUM_PATH, chromium.executablePath(), ...installed, ...fixed].find(
    (path) => path && existsSync(path),
  );
}

/** Makes sure that there is one; ends the process with the remedy when none can be had. */
export function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  console.log('No Chromium found; installing one …');
  spawnSync(
    process.execPath,
    [join('node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium-headless-shell', 'chromium'],
    { stdio: 'inherit', timeout: 300_000 },
  );
  if (!findBrowser() && existsSync('/usr/bin/apt-get')) {
    const waiting = ['-qq', '-o', 'DPkg::Lock::Timeout=300'];
    spawnSync('apt-get', [...waiting, 'update'], { stdio: 'inherit' });
    spawnSync('apt-get', [...waiting, 'install', '-y', '--no-install-recommends', 'chromium'], {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  const path = findBrowser();
  if (path) return path;
  console.error('The browser tests need Chromium: install it, or set CHROMIUM_PATH to one.');
  process.exit(1);
}
