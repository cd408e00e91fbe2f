// Puts configuration, package engine and surfaces together into running listeners. Tests start the real thing through this too.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import { loadBundler } from './bundler/bundler.ts';
import { startCompiler } from './compile/compiler-start.ts';
import type { Config } from './config.ts';
import { openPackageEngine } from './configured-engine.ts';
import { configuredShares } from './configured-shares.ts';
import { ErrorTemplates } from './http/error-templates.ts';
import { AddressLog } from './packages/cdn/rules/address-log.ts';
import type { PackageEngine } from './packages/engine.ts';
import type { NpmOptions } from './packages/npm/npm-config.ts';
import { StorePruner } from './packages/upkeep/store-pruner.ts';
import { Traffic } from './packages/upkeep/warm/background-turns.ts';
import { type FirstArtifact, type FirstStep, planFirst } from './packages/upkeep/warm/first-plan.ts';
import { Preparation, type PreparationProgress } from './packages/upkeep/warm/preparation.ts';
import { listen } from './server.ts';
import { createSurfaces } from './surface-table.ts';
import { createApi, managedAt, publicPlace } from './surfaces/api.ts';
import { createControl } from './surfaces/control/control.ts';
import { TailwindStyles } from './tailwind/tailwind-styles.ts';

/** A relay that is up. */
export interface RunningRelay {
  /** Where previews open, e.g. `http://preview.localhost:1580`. */
  previewUrl: string;
  /** Where the control listener is; undefined when it is off. */
  controlUrl: string | undefined;
  /** Resolves when what is opened first is prepared, given up, or not wanted. */
  firstPrepared: Promise<void>;
  /** Resolves when what the relay prepares by itself after its start is stored, given up, or not wanted. */
  prepared: Promise<void>;
  /** Stops accepting, waits for running answers at most `graceMs` (as the listeners have it), then cuts the rest. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Starts the relay.
 * @param options `distDir`: folder of the compiled browser code and playground
 * @throws Error for people when a folder or port cannot be used
 */
export async function startRelay(options: {
  config: Config;
  npm: NpmOptions;
  distDir: string;
  log: Logger;
  /** Told what the relay prepares by itself after its start. */
  onPreparing?: (progress: PreparationProgress) => void;
}): Promise<RunningRelay> {
  const { config, npm, distDir, log } = options;
  const browserDir = join(distDir, 'browser');
  const errorTemplates =
    config.errorPagesDir === '' ? undefined : await ErrorTemplates.load(config.errorPagesDir);
  const bundler = await loadBundler(config.bundlerDir);
  const engine = await openPackageEngine({ config, npm, log: log.child({ part: 'packages' }) });
  const addresses = new AddressLog(log.child({ part: 'addresses' }));
  const tailwind = openTailwind(engine, log.child({ part: 'tailwind' }));
  const traffic = new Traffic();
  const stopPruning = startPruning(config, log);
  const shares =
    config.shares === 'on'
      ? configuredShares(config, {
          browserDir,
          engine: async () => engine,
          relay: () => ({ address: loopbackOf(config.bind), port: listening }),
          log: log.child({ part: 'shares' }),
          isRelay: true,
        })
      : undefined;
  const apiHostnames = [config.apiHostname, ...config.apiAliases].filter((name) => name !== '');
  /** Known when the relay listens. */
  let previewUrl = '';
  let listening = 0;
  const apiOptions = shares && {
    shares,
    names: { hostname: config.hostname, apiHostnames, embedOrigins: config.embedOrigins },
    place: () => publicPlace(config.previewUrl || previewUrl),
    address: () => managedAt(config, config.previewUrl || previewUrl),
    browserDir,
    maxShareBytes: config.shareMaxBytes,
    version: await readVersion(distDir),
    log: log.child({ part: 'api' }),
  };
  let draining = false;
  const readiness = () => ({ relay: draining ? 'shutting down' : 'ok' });
  const app = createApp({
    hostname: config.hostname,
    apiHostnames,
    trustProxy: config.trustProxy,
    log,
    errorTemplates,
    surfaces: createSurfaces({
      config,
      browserDir,
      bundler,
      engine,
      addresses,
      tailwind,
      traffic,
      readiness,
      shares,
      api: apiOptions && createApi(apiOptions, false),
      log,
    }),
  });
  const relay = await listen(app, { port: config.port, bind: config.bind, setting: 'PORT' });
  listening = relay.port;
  previewUrl = `http://${config.hostname}:${relay.port}`;
  const control =
    config.controlPort === 0
      ? undefined
      : await listen(
          createControl({
            playgroundDir: join(distDir, 'playground'),
            playground: config.playground,
            previewUrl: () => previewUrl,
            addresses,
            api: apiOptions && createApi(apiOptions, true),
            log,
          }),
          { port: config.controlPort, bind: '127.0.0.1', setting: 'CONTROL_PORT' },
        ).catch(async (error) => {
          await relay.close(0);
          throw error;
        });
  if (config.engine === 'native') void startCompiler();
  const preparation = new Preparation({
    engine,
    plan: () => planPreparation(config, distDir),
    traffic,
    log: log.child({ part: 'preparation' }),
    onProgress: options.onPreparing,
  });
  const prepared = preparation.run();
  return {
    previewUrl,
    controlUrl: control && `http://localhost:${control.port}`,
    firstPrepared: preparation.first,
    prepared,
    async close(graceMs) {
      draining = true;
      preparation.close();
      stopPruning();
      await Promise.all([relay.close(graceMs), control?.close(graceMs)]);
      await Promise.all([
        engine.finished.settled(),
        engine.encoded.close(),
        engine.linked.close(),
        tailwind?.close(),
        shares?.close(),
      ]);
    },
  };
}

/** An operator may block Tailwind's Play CDN, or answer with another file: styles of the kit's own would contradict that. */
function openTailwind(engine: PackageEngine, log: Logger): TailwindStyles | undefined {
  if (!engine.hasRulesFor('cdn.tailwindcss.com')) return new TailwindStyles({ log });
  log.info({ reason: 'MIRROR_RULES name cdn.tailwindcss.com' }, 'no styles before the first paint');
  return undefined;
}

/** Where this machine reaches a listener. */
function loopbackOf(bind: string): string {
  if (bind === '0.0.0.0') return '127.0.0.1';
  return bind === '::' ? '::1' : bind;
}

async function readVersion(distDir: string): Promise<string> {
  const text = await readFile(join(distDir, '..', 'package.json'), 'utf8').catch(() => '{}');
  return (JSON.parse(text) as { version?: string }).version ?? '0';
}

function startPruning(config: Config, log: Logger): () => void {
  const { dataDir, storeMaxBytes, storeMaxAgeMs, offline } = config;
  const pruner = new StorePruner({
    dataDir,
    maxBytes: storeMaxBytes,
    maxAgeMs: storeMaxAgeMs,
    offline,
    log: log.child({ part: 'store' }),
  });
  return pruner.start();
}

/** What to prepare: nothing where the operator or a closed network says so, the playground's samples where they can be opened. */
async function planPreparation(config: Config, distDir: string): Promise<FirstStep[]> {
  if (config.offline || config.prepareSets === 'off') return [];
  if (!config.playground) return planFirst([], config.engine);
  const file = pathToFileURL(join(distDir, 'playground', 'samples.js')).href;
  // Images of the relay come without the playground.
  const { samples }: { samples: FirstArtifact[] } = await import(file).catch(() => ({ samples: [] }));
  return planFirst(samples, config.engine);
}
