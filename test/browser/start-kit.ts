// The real relay with the playground on free ports, as `npm start` runs it, for browser tests. Packages come from the
// configured npm registry once and stay in a cache folder, so that later runs need no network.
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { pino } from 'pino';
import { loadConfig } from '../../relay/config.ts';
import { loadNpmOptions, type NpmOptions } from '../../relay/packages/npm/npm-config.ts';
import { type RunningRelay, startRelay } from '../../relay/relay.ts';

const root = resolve(import.meta.dirname, '../..');

/** Where tests keep packages between runs. */
export const packageCache = join(root, 'node_modules', '.cache', 'preview-kit');

export interface Kit extends Omit<RunningRelay, 'firstPrepared' | 'prepared'> {
  playgroundUrl: string;
}

/**
 * Starts a relay with the compiled browser code.
 * @param options settings by flag name over the defaults; `npm` replaces options of npm's configuration
 */
export async function startKit(
  options: { flags?: Record<string, string>; npm?: Partial<NpmOptions> } = {},
): Promise<Kit> {
  const distDir = join(root, 'dist');
  if (!existsSync(join(distDir, 'browser', 'shell.js')) || !existsSync(join(root, 'www', 'manifest.json')))
    throw new Error('Browser tests run on the compiled code: run `npm run build` first.');
  const controlPort = await freePort();
  const flags: Record<string, string> = {
    port: '0',
    'control-port': String(controlPort),
    'embed-origins': `http://localhost:${controlPort}`,
    'bundler-dir': join(root, 'www'),
    'data-dir': packageCache,
    'prepare-sets': 'off',
    // What is in a page is looked at without the frame around it, but where the bar itself is tested.
    'share-bar': 'off',
    ...(process.env.ENGINE ? { engine: process.env.ENGINE } : {}),
    'log-level': process.env.LOG_LEVEL ?? 'silent',
    ...options.flags,
  };
  const config = loadConfig(
    {},
    Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]),
  );
  const npm = await loadNpmOptions({ cwd: root, env: process.env });
  const relay = await startRelay({
    config,
    npm: { ...npm, ...options.npm },
    distDir,
    log: pino({ level: config.logLevel }),
  });
  return { ...relay, playgroundUrl: relay.controlUrl ?? '' };
}

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}
