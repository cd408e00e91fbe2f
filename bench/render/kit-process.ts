// The kit as `npm start` runs it, on free ports: the compiled relay in a process of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';

/** A kit that is up. */
export interface KitProcess {
  bundlerUrl: string;
  hostPageUrl: string;
  close(): Promise<void>;
}

const startTimeoutMs = 30_000;

/**
 * Starts `dist/relay/main.js`.
 * @param options `dataDir` holds the packages; `BUNDLER_DIR` and the other settings come from the environment as usual
 */
export async function startKitProcess(options: {
  distDir: string;
  dataDir: string;
  /** Default: the relay's own. */
  engine?: 'native' | 'bundler';
  /** Default: the relay's own. */
  hostname?: string;
  /** Let the relay fetch packages by itself after its start, as it does for users. Default: false. */
  prepares?: boolean;
}): Promise<KitProcess> {
  const [port, controlPort] = [await freePort(), await freePort()];
  const hostPageUrl = `http://localhost:${controlPort}`;
  const flags = {
    port: String(port),
    'control-port': String(controlPort),
    'embed-origins': hostPageUrl,
    'data-dir': options.dataDir,
    'prepare-sets': options.prepares ? 'auto' : 'off',
    ...(options.engine && { engine: options.engine }),
    ...(options.hostname && { hostname: options.hostname }),
  };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn(process.execPath, [join(options.distDir, 'relay', 'main.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LOG_LEVEL: 'warn' },
  });
  const output = await untilAnnounced(child);
  return {
    bundlerUrl: /Previews\s+(\S+)/.exec(output)?.[1] ?? '',
    hostPageUrl,
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await once(child, 'exit');
      clearTimeout(timer);
    },
  };
}

/** Waits for the line with the address and returns all that was printed. */
async function untilAnnounced(child: ChildProcess): Promise<string> {
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`The relay ${reason}:\n${output}`));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail('did not start in time');
    }, startTimeoutMs);
    const read = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      if (!/Previews\s+http\S+\n/.test(output)) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with ${code}`);
    });
  });
  return output;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
