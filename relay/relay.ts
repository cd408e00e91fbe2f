// Puts configuration, package engine and surfaces together into running listeners. Tests start the real thing through this too.
import { join } from 'node:path';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { openPackageEngine } from './configured-engine.ts';
import { onStaticPreviews } from './http/host-routing.ts';
import { limitRate } from './http/rate-limit.ts';
import { AddressLog } from './packages/cdn/rules/address-log.ts';
import type { NpmOptions } from './packages/npm/npm-config.ts';
import { StorePruner } from './packages/upkeep/store-pruner.ts';
import { listen } from './server.ts';
import type { Egress } from './shared/egress.ts';
import { createAssets } from './surfaces/assets.ts';
import { loadBundler } from './surfaces/bundler.ts';
import { createControl } from './surfaces/control.ts';
import { createFallbackPage } from './surfaces/fallback-page.ts';
import { createFrame } from './surfaces/frame.ts';
import { createHealth } from './surfaces/health.ts';
import { addKitScript } from './surfaces/kit-script.ts';
import { createMirrorWorker } from './surfaces/mirror-worker.ts';
import { createPackages } from './surfaces/packages.ts';
import { createPlaceholder } from './surfaces/placeholder.ts';
import { createShell } from './surfaces/shell.ts';
import { createStaticRelay } from './surfaces/static-relay.ts';

/** A relay that is up. */
export interface RunningRelay {
  /** Where previews open, e.g. `http://preview.localhost:1580`. */
  previewUrl: string;
  /** Where the control listener is; undefined when it is off. */
  controlUrl: string | undefined;
  close(): Promise<void>;
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
}): Promise<RunningRelay> {
  const { config, npm, distDir, log } = options;
  const browserDir = join(distDir, 'browser');
  const { embedOrigins } = config;
  const bundler = await loadBundler(config.bundlerDir);
  const compiler = addKitScript(bundler, browserDir, 'fast-compiler.js');
  const engine = await openPackageEngine({ config, npm, log: log.child({ part: 'packages' }) });
  const egress: Egress = {
    mode: config.egress,
    allow: config.egressAllow,
    mirroredHosts: engine.mirroredHosts,
  };
  const addresses = new AddressLog(log.child({ part: 'addresses' }));
  const stopPruning = startPruning(config, log);
  const shared = config.isolation === 'shared';
  let draining = false;
  const app = createApp({
    hostname: config.hostname,
    trustProxy: config.trustProxy,
    log,
    surfaces: {
      prepared: {
        base: [
          createAssets(bundler),
          ...(shared ? [createPlaceholder()] : []),
          shared
            ? createFrame({ browserDir, bundler, compiler, embedOrigins, egress, onBase: true })
            : createShell({ browserDir, embedOrigins }),
          ...(shared ? [createMirrorWorker({ browserDir, egress, onBase: true })] : []),
        ],
        preview: [
          createPlaceholder(),
          createStaticRelay({ browserDir, embedOrigins, egress }),
          createMirrorWorker({ browserDir, egress, onBase: false }),
          createFrame({ browserDir, bundler, compiler, embedOrigins, egress }),
        ],
      },
      health: createHealth(() => ({ relay: draining ? 'shutting down' : 'ok' })),
      base: [limitRate(config.rateLimit), createPackages(engine, addresses, log)],
      preview: [onStaticPreviews(createFallbackPage({ browserDir, embedOrigins }))],
    },
  });
  const relay = await listen(app, { port: config.port, bind: config.bind, setting: 'PORT' });
  const previewUrl = `http://${config.hostname}:${relay.port}`;
  const control =
    config.controlPort === 0
      ? undefined
      : await listen(
          createControl({
            playgroundDir: join(distDir, 'playground'),
            playground: config.playground,
            previewUrl: () => previewUrl,
            addresses,
            log,
          }),
          { port: config.controlPort, bind: '127.0.0.1', setting: 'CONTROL_PORT' },
        ).catch(async (error) => {
          await relay.close(0);
          throw error;
        });
  return {
    previewUrl,
    controlUrl: control && `http://localhost:${control.port}`,
    async close() {
      draining = true;
      stopPruning();
      await Promise.all([relay.close(), control?.close()]);
      await engine.finished.settled();
    },
  };
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
