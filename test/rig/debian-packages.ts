// Debian packages for tests with real parts: installed once, or fetched from another suite and unpacked beside the system.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const output = { maxBuffer: 64 * 1024 * 1024 };
const noninteractive = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
/** A mirror may lag behind a suite that is still being made, whose lists say when they are too old. */
export const oldListsOption = 'Acquire::Check-Valid-Until=false';
/** Another test file, or the system's own updater, may hold the lock for a while. */
const waitForLock = ['-o', 'DPkg::Lock::Timeout=300'];

/**
 * Installs what is not there yet; services of these packages are not started.
 * @param names Debian package names
 * @throws Error that names the packages when this is not Debian, or not root
 */
export async function ensurePackages(names: string[]): Promise<void> {
  const missing: string[] = [];
  for (const name of names) if (!(await isInstalled(name))) missing.push(name);
  if (missing.length === 0) return;
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0)
    throw new Error(
      `These tests need the Debian packages ${missing.join(' ')}: install them, or run the tests as root.`,
    );
  await withoutServices(async () => {
    await run('apt-get', [...waitForLock, 'update', '-qq'], output);
    await run('apt-get', [...waitForLock, 'install', '-y', '-qq', '--no-install-recommends', ...missing], {
      ...output,
      env: noninteractive,
    });
  });
}

async function isInstalled(name: string): Promise<boolean> {
  const state = await run('dpkg-query', ['-W', `-f=\${Status}`, name]).catch(() => ({ stdout: '' }));
  return state.stdout.includes('ok installed');
}

/** Debian starts a service when it is installed, unless this file says no (invoke-rc.d(8)). */
async function withoutServices(install: () => Promise<void>): Promise<void> {
  const policy = '/usr/sbin/policy-rc.d';
  const isOurs = !existsSync(policy);
  if (isOurs) {
    await writeFile(policy, '#!/bin/sh\nexit 101\n');
    await chmod(policy, 0o755);
  }
  try {
    await install();
  } finally {
    if (isOurs) await rm(policy, { force: true });
  }
}

/**
 * Unpacks packages of another Debian suite into a folder, without installing them. The mirror is the one that this
 * machine's apt uses.
 * @param packages exactly these; what they depend on is not fetched
 * @param folder kept between runs: what is there already is not fetched again
 */
export async function unpackFrom(suite: string, packages: string[], folder: string): Promise<void> {
  const stamp = join(folder, `.unpacked-${suite}-${packages.join('-')}`);
  if (existsSync(stamp)) return;
  const apt = await mkdtemp(join(tmpdir(), 'suite-'));
  // apt fetches as the user _apt.
  await chmod(apt, 0o755);
  try {
    for (const path of ['lists/partial', 'archives/partial', 'etc', 'debs'])
      await mkdir(join(apt, path), { recursive: true });
    const { stdout } = await run('apt-get', ['indextargets', '--format', '$(REPO_URI)']);
    const mirror = stdout.split('\n').find((uri) => /\/debian\/?$/.test(uri));
    if (!mirror) throw new Error('apt has no mirror whose address ends in /debian.');
    await writeFile(
      join(apt, 'etc', 'sources.list'),
      `deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror} ${suite} main\n`,
    );
    const options = [
      `Dir::Etc::SourceList=${apt}/etc/sources.list`,
      'Dir::Etc::SourceParts=/dev/null',
      `Dir::State::Lists=${apt}/lists`,
      `Dir::Cache=${apt}`,
      'APT::Sandbox::User=root',
      oldListsOption,
    ].flatMap((option) => ['-o', option]);
    await run('apt-get', [...options, 'update', '-qq'], output);
    await run('apt-get', [...options, 'download', ...packages], { ...output, cwd: join(apt, 'debs') });
    await mkdir(folder, { recursive: true });
    for (const file of await readdir(join(apt, 'debs')))
      await run('dpkg', ['-x', join(apt, 'debs', file), folder]);
    await stat(folder);
    await writeFile(stamp, '');
  } finally {
    await rm(apt, { recursive: true, force: true });
  }
}
