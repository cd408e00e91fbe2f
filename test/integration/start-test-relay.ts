// The real relay on free ports with a data folder of its own, fed by the test registry; nothing leaves the machine.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Config, loadConfig } from '../../relay/config.ts';
import type { NpmOptions } from '../../relay/packages/npm/npm-config.ts';
import type { PreparationProgress } from '../../relay/packages/upkeep/warm/preparation.ts';
import { startRelay } from '../../relay/relay.ts';
import { startTestRegistry, type TestPackage, type TestRegistry } from '../registry/test-registry.ts';
import { compiledCode, root } from './compiled-code.ts';
import { type Answer, ask, type Question } from './http-client.ts';
import { allowOnlyLoopback } from './only-loopback.ts';

/** A relay that is up, and what a test needs to talk to it. */
export interface TestRelay {
  port: number;
  /** The base host as a browser names it, e.g. `preview.localhost:41234`. */
  base: string;
  controlUrl: string | undefined;
  dataDir: string;
  registry: TestRegistry;
  /** Parsed lines of the log. */
  log: Record<string, unknown>[];
  /** What it told of preparing packages by itself; off unless a test switches it on. */
  preparing: PreparationProgress[];
  /** Resolves when it prepares nothing any more. */
  prepared: Promise<void>;
  /** Asks the base host unless `host` says otherwise. */
  ask(path: string, question?: Question): Promise<Answer>;
  close(): Promise<void>;
}

/** What the embedders of the tests' relays are, unless a test sets others. */
export const embedOrigins = ['https://chat.example.com', 'http://localhost:1490'];

/**
 * Starts a relay.
 * @param options `packages` are published in its registry; `config` replaces settings, `npm` the options for that registry
 */
export async function startTestRelay(
  options: { packages?: Record<string, TestPackage>; config?: Partial<Config>; npm?: NpmOptions } = {},
): Promise<TestRelay> {
  allowOnlyLoopback();
  const distDir = await compiledCode();
  const registry = await startTestRegistry({ packages: options.packages ?? {} });
  const dataDir = await mkdtemp(join(tmpdir(), 'preview-kit-data-'));
  const log: Record<string, unknown>[] = [];
  const preparing: PreparationProgress[] = [];
  const config: Config = {
    ...loadConfig({}, ['--bundler-dir', join(root, 'www')]),
    port: 0,
    controlPort: 0,
    playground: false,
    prepareSets: 'off',
    dataDir,
    embedOrigins,
    registryTimeoutMs: 400,
    ...options.config,
  };
  const relay = await startRelay({
    config,
    npm: options.npm ?? registry.npm,
    distDir,
    onPreparing: (progress) => preparing.push(progress),
    log: pino({ level: 'info' }, { write: (line: string) => log.push(JSON.parse(line)) }),
  }).catch(async (error) => {
    await registry.close();
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
  const port = Number(new URL(relay.previewUrl).port);
  return {
    port,
    base: `${config.hostname}:${port}`,
    controlUrl: relay.controlUrl,
    dataDir,
    registry,
    log,
    preparing,
    prepared: relay.prepared,
    ask: (path, question) => ask(port, path, { host: `${config.hostname}:${port}`, ...question }),
    async close() {
      await relay.close();
      await registry.close();
      // A fetch that was under way may still write.
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
