// The files of a deployment, as `npm run setup` writes them and Compose reads them. Read once; a file that is not there is empty.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse } from 'dotenv';

/** One file of variables. */
export interface EnvFile {
  /** Absolute path. */
  path: string;
  /** How it is named in messages, e.g. `librechat.env`. */
  name: string;
  found: boolean;
  values: Readonly<Record<string, string>>;
}

export interface DeploymentFiles {
  /** What Compose puts into its files. */
  compose: EnvFile;
  /** The relay's settings. */
  relay: EnvFile;
  /** LibreChat's variables. */
  librechat: EnvFile;
}

/**
 * @param folder working folder of the deployment
 * @param given paths of files that are elsewhere
 * @throws Error for people when a file that was named cannot be read
 */
export async function readDeploymentFiles(
  folder: string,
  given: { relayEnv?: string | undefined; librechatEnv?: string | undefined },
): Promise<DeploymentFiles> {
  const [compose, relay, librechat] = await Promise.all([
    readEnvFile(folder, '.env', undefined),
    readEnvFile(folder, 'relay.env', given.relayEnv),
    readEnvFile(folder, 'librechat.env', given.librechatEnv),
  ]);
  return { compose, relay, librechat };
}

async function readEnvFile(folder: string, usual: string, given: string | undefined): Promise<EnvFile> {
  const name = given ?? usual;
  const path = resolve(folder, name);
  try {
    return { path, name, found: true, values: parse(await readFile(path, 'utf8')) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (given === undefined && code === 'ENOENT') return { path, name, found: false, values: {} };
    throw new Error(`${path} cannot be read (${code}).`);
  }
}
