// The real Verdaccio (https://verdaccio.org) on loopback, with a private scope, users and tokens. It is no dependency of the
// kit: the first run installs it below node_modules/.cache.
import { execFile, spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const version = '6.10.4';
const cache = resolve(import.meta.dirname, '../../node_modules/.cache/verdaccio');

/** A Verdaccio that is up. */
export interface Verdaccio {
  /** With a slash at the end. */
  url: string;
  /** Of a user who may read and publish `@acme/*`. */
  token: string;
  /** Publishes a package with `npm publish`. */
  publish(manifest: { name: string; version: string }, files: Record<string, string>): Promise<void>;
  close(): Promise<void>;
}

/** Installs Verdaccio from the registry that npm is configured for, unless it is there already. */
export async function installVerdaccio(): Promise<void> {
  const installed = await readFile(join(cache, 'node_modules/verdaccio/package.json'), 'utf8').catch(
    () => '{}',
  );
  if (JSON.parse(installed).version === version) return;
  await mkdir(cache, { recursive: true });
  const manifest = {
    private: true,
    dependencies: { verdaccio: version },
    // It asks for the tag `cjs`, and mirrors do not pass every tag on.
    overrides: { 'node-fetch': '^2.7.0' },
  };
  await writeFile(join(cache, 'package.json'), JSON.stringify(manifest));
  const flags = ['--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  await run('npm', ['install', '--prefix', cache, ...flags], {
    cwd: cache,
    shell: process.platform === 'win32',
  });
}

const script = `
const { runServer } = require('verdaccio');
runServer(process.argv[1]).then((server) =>
  server.listen(0, '127.0.0.1', function () { console.log('listening on ' + this.address().port); }));`;

/**
 * Starts Verdaccio.
 * @param options `folder`: empty, for its state; `uplink`: the registry that it fetches all but `@acme/*` from
 */
export async function startVerdaccio(options: { folder: string; uplink: string }): Promise<Verdaccio> {
  const { folder, uplink } = options;
  const config = join(folder, 'config.json');
  await writeFile(config, JSON.stringify(configuration(folder, uplink)));
  const child = spawn(process.execPath, ['-e', script, config], { cwd: cache, env: environment(folder) });
  let output = '';
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const port = await new Promise<string>((done, fail) => {
    const look = (piece: Buffer): void => {
      output += piece;
      const found = /listening on (\d+)/.exec(output)?.[1];
      if (found) done(found);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    void ended.then(() => fail(new Error(`Verdaccio ended: ${output}`)));
  });
  const url = `http://127.0.0.1:${port}/`;
  const token = await addUser(url);
  return {
    url,
    token,
    publish: (manifest, files) => publish({ url, token, folder }, manifest, files),
    async close() {
      child.kill();
      await ended;
    },
  };
}

function configuration(folder: string, uplink: string): object {
  return {
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd') } },
    uplinks: { upstream: { url: uplink } },
    packages: {
      '@acme/*': { access: '$authenticated', publish: '$authenticated' },
      '**': { access: '$all', publish: '$authenticated', proxy: 'upstream' },
    },
    log: { type: 'stdout', format: 'json', level: 'warn' },
    web: { enable: false },
  };
}

/** Nothing of the developer's own npm configuration, and no proxy. */
function environment(folder: string): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: folder };
}

/** Does what `npm adduser` does, and returns the token. */
async function addUser(url: string): Promise<string> {
  const user = { name: 'builder', password: 'correct horse', type: 'user', roles: [] };
  const response = await fetch(`${url}-/user/org.couchdb.user:${user.name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(user),
  });
  const { token } = (await response.json()) as { token?: string };
  if (!token) throw new Error(`Verdaccio refused the user: ${response.status}`);
  return token;
}

async function publish(
  { url, token, folder }: { url: string; token: string; folder: string },
  manifest: { name: string; version: string },
  files: Record<string, string>,
): Promise<void> {
  const project = join(folder, 'projects', `${manifest.name}-${manifest.version}`);
  await mkdir(project, { recursive: true });
  await writeFile(join(project, 'package.json'), JSON.stringify(manifest));
  await writeFile(
    join(project, '.npmrc'),
    `registry=${url}\n${url.replace('http:', '')}:_authToken=${token}\n`,
  );
  for (const [path, content] of Object.entries(files)) await writeFile(join(project, path), content);
  await run('npm', ['publish', '--ignore-scripts'], {
    cwd: project,
    env: environment(folder),
    shell: process.platform === 'win32',
  });
}
