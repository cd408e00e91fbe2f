// The compiled relay as a process of its own, over a given data folder and registry; for tests that kill it or run two of it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { compiledCode, root } from './compiled-code.ts';
import { type Answer, ask, type Question } from './http-client.ts';

/** A relay that runs in another process. */
export interface SpawnedRelay {
  pid: number;
  port: number;
  ask(path: string, question?: Question): Promise<Answer>;
  /** What it wrote to its standard output so far: its log. */
  output(): string;
  /** What it wrote to its standard error so far. */
  errors(): string;
  kill(signal: NodeJS.Signals): void;
  /** Exit code, or the signal's name. */
  ended: Promise<number | string>;
}

/**
 * Starts a relay and waits until it answers.
 * @param options `preloads`: modules to load before the relay; `env`: further environment variables
 */
export async function spawnRelay(options: {
  dataDir: string;
  registryUrl: string;
  preloads?: string[];
  env?: Record<string, string>;
}): Promise<SpawnedRelay> {
  const { dataDir, registryUrl, preloads = [], env } = options;
  const main = join(await compiledCode(), 'relay', 'main.js');
  const child = spawn(process.execPath, [...preloads.flatMap((preload) => ['--import', preload]), main], {
    cwd: dataDir,
    env: {
      PATH: process.env.PATH,
      HOME: dataDir,
      DATA_DIR: dataDir,
      BUNDLER_DIR: join(root, 'www'),
      PORT: '0',
      CONTROL_PORT: '0',
      PREPARE_SETS: 'off',
      npm_config_registry: registryUrl,
      ...env,
    },
  });
  let output = '';
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (piece) => {
    errors += piece;
  });
  const ended = new Promise<number | string>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? (signal as string))),
  );
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (piece) => {
      output += piece;
      const found = /Previews\s+http:\/\/preview\.localhost:(\d+)/.exec(output)?.[1];
      if (found) resolve(Number(found));
    });
    void ended.then((code) => reject(new Error(`The relay ended with ${code}: ${errors}`)));
  });
  return {
    pid: child.pid as number,
    port,
    ask: (path, question) => ask(port, path, question),
    output: () => output,
    errors: () => errors,
    kill: (signal) => void child.kill(signal),
    ended,
  };
}
