// Reads npm's own configuration — .npmrc of project, user and prefix, and npm_config_* — as npm reads it.
// Called once at start; nothing else in the kit knows where packages come from.
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Config from '@npmcli/config';
import npmDefinitions from '@npmcli/config/lib/definitions/index.js';

/** npm's flat options: `registry`, `@scope:registry`, `//host/:_authToken`, `ca`, `strictSSL`, `proxy`, … Holds secrets: never log it. */
export interface NpmOptions {
  registry: string;
  /** Versions from after this date are not picked. */
  before?: Date | null;
  /** The tag that stands for no range. */
  defaultTag?: string;
  replaceRegistryHost?: string;
  [option: string]: unknown;
}

/** The host that npm takes for the public registry; npm's own default, so that it is not written down here. */
export const publicRegistryHost = new URL(npmDefinitions.definitions.registry.default).host;

/** The folder of the npm that comes with this Node: distributions keep their defaults in its `npmrc`. */
function findNpmFolder(env: NodeJS.ProcessEnv): string {
  const nodeFolder = dirname(process.execPath);
  const candidates = [
    // npm tells its children where it lives: …/npm/bin/npm-cli.js
    ...(env.npm_execpath?.endsWith('npm-cli.js') ? [resolve(env.npm_execpath, '../..')] : []),
    resolve(nodeFolder, '../lib/node_modules/npm'),
    resolve(nodeFolder, 'node_modules/npm'),
    '/usr/share/nodejs/npm',
  ];
  return (
    candidates.find((folder) => existsSync(resolve(folder, 'package.json'))) ?? resolve(nodeFolder, 'npm')
  );
}

/**
 * @param from `cwd`: the folder whose .npmrc is the project's; `env`: the environment, which is not changed
 * @returns the options to hand to the registry and the tree resolver
 */
export async function loadNpmOptions(from: { cwd: string; env: NodeJS.ProcessEnv }): Promise<NpmOptions> {
  const { definitions, shorthands, flatten, nerfDarts } = npmDefinitions;
  const config = new Config({
    definitions,
    shorthands,
    flatten,
    nerfDarts,
    npmPath: findNpmFolder(from.env),
    // npm writes its findings back into `env` for its child processes; ours stays as it is.
    env: { ...from.env },
    argv: [],
    cwd: from.cwd,
    warn: false,
  });
  await config.load();
  const flat = config.flat;
  const options: NpmOptions = { ...flat };
  const minAgeDays = config.get('min-release-age');
  // npm turns this age into a date, once; a relay runs for months, so here the date moves on.
  if (typeof minAgeDays === 'number' && minAgeDays > 0 && flat.before && !config.get('before'))
    Object.defineProperty(options, 'before', {
      enumerable: true,
      get: () => new Date(Date.now() - minAgeDays * 86_400_000),
    });
  return options;
}
