// Packages: can the relay get them, does it hold what LibreChat needs, and can it keep more?
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import npa from 'npm-package-arg';
import npmFetch from 'npm-registry-fetch';
import type { Config } from '../../config.ts';
import { loadNpmOptions } from '../../packages/npm/npm-config.ts';
import { packageFolder } from '../../packages/store/package-files.ts';
import type { DependencyTree } from '../../packages/tree/dependency-tree.ts';
import { readPins } from '../../packages/upkeep/pins.ts';
import { formatBytes } from '../../terminal/progress.ts';
import type { Check, CheckContext } from '../check.ts';
import { fail, type Outcome, ok, skip, warn } from '../finding.ts';
import { relayErrorOf } from '../relay-signs.ts';
import type { Subject } from '../subject.ts';

/** A small package of LibreChat's standard set. */
const probe = { name: 'clsx', range: '^1.2.1' };
/** What LibreChat's React previews ask for; `npm run warm` pins them under these names. */
const neededSets = ['react-18', 'react-19'];
const leastFreeBytes = 200e6;
const fewFreeBytes = 2e9;

const warmRemedy =
  '`npm run warm` fills the store; in a closed network `npm run bundle -- import <file>` (docs/offline.md).';

/** The settings and the data folder, or why they are not to be had here. */
function storeOf({ isLocal, config, files, env }: Subject): { config: Config; dataDir: string } | Outcome {
  if (!isLocal)
    return skip('the relay runs on another machine', 'Run the doctor in the deployment’s folder there.');
  if (!config) return skip('the relay’s settings have faults');
  // Compose keeps the store in a volume; a folder of the default's name is then of something else.
  const isNamed = env.DATA_DIR !== undefined || files.relay.values.DATA_DIR !== undefined;
  if (!isNamed && files.compose.values.COMPOSE_FILE !== undefined)
    return skip(
      'the store is in a Docker volume',
      'Run `compose/kit.sh doctor`, which sees the volume, or set DATA_DIR.',
    );
  if (existsSync(config.dataDir)) return { config, dataDir: config.dataDir };
  return fail(
    `a data folder at ${config.dataDir}`,
    'there is none',
    'Set DATA_DIR to the relay’s data folder, or run `npm run warm`, which creates it.',
  );
}

const isOutcome = (value: object): value is Outcome => 'level' in value;

export const packagesServed: Check = {
  id: 'packages',
  group: 'Relay',
  title: 'Packages are served',
  looksAt: `The base host answers a request for a package (\`${probe.name}\`) like those of previews`,
  fix: 'Follow the remedy in the relay’s own answer; most often the store is not warm',
  needs: ['host-header'],
  yieldsTo: ['registry', 'store-warm'],
  patience: 2,
  run: async ({ subject: { url }, http }) => {
    const query = JSON.stringify({ d: { [probe.name]: probe.range }, r: {}, i: [probe.name] });
    const answer = await http.get(`${url.origin}/-/set?q=${encodeURIComponent(query)}`);
    const expected = `a set with ${probe.name}`;
    if (answer.status === 200) return ok(expected, `${answer.body.length} bytes`);
    const error = relayErrorOf(answer);
    return fail(
      expected,
      `${answer.status}: ${error?.message ?? answer.text.slice(0, 200)}`,
      error?.remedy || warmRemedy,
    );
  },
};

export const registry: Check = {
  id: 'registry',
  group: 'Relay',
  title: 'The npm registry answers',
  looksAt:
    'The registry in npm’s configuration returns the description of a package; with `OFFLINE=true` it is not asked',
  fix: 'Check registry, token, proxy and certificate authority in npmrc; in a closed network set OFFLINE=true',
  patience: 2,
  run: async ({ subject, signal }) => {
    if (!subject.isLocal) return skip('the relay runs on another machine');
    if (subject.config?.offline) return ok('no registry', 'OFFLINE=true: the store is all there is');
    const npm = await loadNpmOptions({ cwd: subject.folder, env: npmEnvironment(subject) });
    const spec = npa(probe.name);
    const at = npmFetch.pickRegistry(spec, npm);
    const expected = `the description of ${probe.name}`;
    try {
      const options = { ...npm, spec, cache: undefined, retry: { retries: 0 }, timeout: 8_000, signal };
      const found = await npmFetch.json(`${at.replace(/\/+$/, '')}/${probe.name}`, options);
      const isDescription = typeof found === 'object' && found !== null && 'name' in found;
      if (isDescription && found.name === probe.name) return ok(expected, `from ${shownAddress(at)}`);
      return fail(
        expected,
        `${shownAddress(at)} answers with something else`,
        'Check `npm config get registry`: the address has to be that of an npm registry, with its path.',
      );
    } catch (error) {
      return explainRegistry(error as RegistryFault, shownAddress(at), expected);
    }
  },
};

/** npm's configuration of the relay: `npmrc` in the deployment's folder is what Compose mounts for it. */
function npmEnvironment({ folder, env }: Subject): NodeJS.ProcessEnv {
  const file = join(folder, 'npmrc');
  return existsSync(file) ? { ...env, npm_config_userconfig: file } : env;
}

/** Addresses of registries may hold a password. */
function shownAddress(address: string): string {
  const url = new URL(address);
  return `${url.origin}${url.pathname}`;
}

interface RegistryFault extends Error {
  statusCode?: number;
  code?: string;
}

function explainRegistry(
  { statusCode, code, message }: RegistryFault,
  at: string,
  expected: string,
): Outcome {
  if (statusCode === 401 || statusCode === 403)
    return fail(
      expected,
      `${at} refuses (${statusCode})`,
      'Put a valid token into npmrc: `//<registry>/:_authToken=…`, and restart the relay.',
    );
  const what =
    statusCode === undefined ? `${at}: ${code ?? message}` : `${at} answers with status ${statusCode}`;
  return fail(
    expected,
    what,
    `Check \`npm config get registry\`, proxy and firewall (npmrc: registry=, proxy=, https-proxy=, cafile=). For a closed network: OFFLINE=true in relay.env, and ${warmRemedy}`,
  );
}

export const storeWarm: Check = {
  id: 'store-warm',
  group: 'Relay',
  title: 'The store holds LibreChat’s packages',
  looksAt: `The sets that LibreChat’s React previews ask for (${neededSets.join(', ')}) are pinned, and all their packages are there`,
  fix: 'Run `npm run warm`, or in a closed network `npm run bundle -- import <file>`',
  needs: ['relay-settings'],
  run: async ({ subject }) => {
    const store = storeOf(subject);
    if (isOutcome(store)) return store;
    const { config, dataDir } = store;
    const expected = `${neededSets.join(' and ')} with all packages`;
    const pins = await readPins(dataDir);
    const counts: string[] = [];
    for (const name of neededSets) {
      const missing = await missingOf(dataDir, pins.find((pin) => pin.name === name)?.trees[0]);
      if (missing === 0) counts.push(name);
      else
        return (config.offline ? fail : warn)(
          expected,
          missing === undefined
            ? `${name} is not in ${dataDir}`
            : `${missing} packages of ${name} are not in ${dataDir}`,
          config.offline
            ? `With OFFLINE=true these previews fail. ${warmRemedy}`
            : `The first preview waits for the registry. ${warmRemedy}`,
        );
    }
    return ok(expected, counts.join(' and '));
  },
};

/** How many packages of a tree are not stored; undefined when the tree itself is not. */
async function missingOf(dataDir: string, tree: string | undefined): Promise<number | undefined> {
  if (tree === undefined) return undefined;
  try {
    const { nodes } = JSON.parse(
      await readFile(join(dataDir, 'trees', `${tree}.json`), 'utf8'),
    ) as DependencyTree;
    const packages = join(dataDir, 'packages');
    return Object.values(nodes).filter(
      ({ packageName, version }) =>
        !existsSync(join(packageFolder(packages, packageName, version), 'meta.json')),
    ).length;
  } catch {
    return undefined;
  }
}

export const storeWritable: Check = {
  id: 'store-writable',
  group: 'Relay',
  title: 'The store can be written to',
  looksAt: 'The user who runs the doctor can write to the data folder',
  fix: 'Give the folder to the relay’s user, or run the doctor as that user',
  needs: ['relay-settings'],
  yieldsTo: ['disk-space'],
  run: async ({ subject }) => {
    const store = storeOf(subject);
    if (isOutcome(store)) return store;
    const { dataDir } = store;
    const { uid, gid, mode } = await stat(dataDir);
    const owner = `it belongs to ${uid}:${gid}, mode ${(mode & 0o777).toString(8)}`;
    const file = resolve(dataDir, `.${randomUUID()}.tmp`);
    try {
      await writeFile(file, 'x');
      return ok('a file can be written', owner);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return fail(
        `a file can be written to ${dataDir}`,
        `${code}; ${owner}, and this user is ${process.getuid?.() ?? 'unknown'}`,
        code === 'EROFS'
          ? 'The file system is mounted read-only: remount it (`mount -o remount,rw …`), or take `:ro` off the volume. The relay serves what is there, and can add nothing.'
          : 'Give the folder to the relay’s user: `chown -R <user> <DATA_DIR>`, or run the doctor as that user.',
      );
    } finally {
      await rm(file, { force: true }).catch(() => {});
    }
  },
};

export const diskSpace: Check = {
  id: 'disk-space',
  group: 'Relay',
  title: 'There is room on the disk',
  looksAt: `At least ${formatBytes(leastFreeBytes)} are free where the store is; below ${formatBytes(fewFreeBytes)} you get a warning`,
  fix: 'Run `npm run prune`, lower STORE_MAX_BYTES, or enlarge the disk',
  needs: ['relay-settings'],
  run: async ({ subject }: CheckContext) => {
    const store = storeOf(subject);
    if (isOutcome(store)) return store.level === 'skip' ? store : skip('there is no data folder');
    const { bavail, bsize } = await statfs(store.dataDir);
    const free = bavail * bsize;
    const expected = `${formatBytes(fewFreeBytes)} free`;
    const found = `${formatBytes(free)} free at ${store.dataDir}`;
    const remedy =
      'Free some space: `npm run prune`, a lower STORE_MAX_BYTES, `docker system prune`; or enlarge the disk.';
    if (free < leastFreeBytes) return fail(expected, found, remedy);
    return free < fewFreeBytes ? warn(expected, found, remedy) : ok(expected, found);
  },
};
