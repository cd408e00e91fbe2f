// Starting, failing to start, and stopping: nothing is cut off, nothing is left behind, every failure names its remedy.
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { bundlerPackages } from '../registry/bundler-packages.ts';
import { root } from './compiled-code.ts';
import { ask, connectRaw } from './http-client.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

/** A port that another program holds until the test ends. */
async function takenPort(): Promise<number> {
  const server = createServer((_, response) => response.end('other'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const refusal = (port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });

describe('stopping', () => {
  it('finishes a running answer, reports not ready, accepts no one else, and ends at once when all is said', async () => {
    const relay = await startTestRelay({
      packages: {
        ...bundlerPackages,
        slow: { versions: { '1.0.0': {} }, packumentFault: { kind: 'hang' } },
      },
      config: { registryTimeoutMs: 2_000 },
    });
    const { socket, closed, received } = connectRaw(relay.port);
    const say = (path: string): boolean =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${relay.base}\r\n\r\n`);
    say('/readyz');
    expect(await received(/"relay":"ok"/)).toContain('HTTP/1.1 200');
    say(`/-/set?q=${encodeURIComponent('{"d":{"slow":"1"}}')}`);
    await expect.poll(() => relay.registry.requests, { timeout: 10_000 }).toContain('GET /slow');
    const started = performance.now();
    const closing = relay.close();
    say('/readyz');
    expect(await refusal(relay.port)).toBe('ECONNREFUSED');
    const text = await closed;
    await closing;
    expect(performance.now() - started).toBeLessThan(8_000);
    expect([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual([
      '200',
      '504',
      '503',
    ]);
    expect(text).toContain('REGISTRY_TIMEOUT');
    expect(text).toContain('{"status":"not ready","parts":{"relay":"shutting down"}}');
  });

  it('ends connections that wait for nothing', async () => {
    const relay = await startTestRelay();
    const { socket, received, closed } = connectRaw(relay.port);
    socket.write(`GET /healthz HTTP/1.1\r\nHost: ${relay.base}\r\n\r\n`);
    await received(/"ok"/);
    await Promise.all([relay.close(), closed]);
  });
});

describe('failing to start', () => {
  it('names the setting of a port that is taken', async () => {
    const port = await takenPort();
    await expect(startTestRelay({ config: { port } })).rejects.toThrow(
      `Cannot listen on 127.0.0.1:${port} (PORT): another program listens there already. Set PORT to another value.`,
    );
  });

  it('leaves nothing listening when the control port is taken', async () => {
    const port = await freePort();
    const controlPort = await takenPort();
    await expect(startTestRelay({ config: { port, controlPort } })).rejects.toThrow(
      `Cannot listen on 127.0.0.1:${controlPort} (CONTROL_PORT): another program listens there already. Set CONTROL_PORT to another value.`,
    );
    expect(await refusal(port)).toBe('ECONNREFUSED');
  });

  it('names an address that this machine does not have', async () => {
    await expect(startTestRelay({ config: { bind: '192.0.2.1' } })).rejects.toThrow(
      'Cannot listen on 192.0.2.1:0 (PORT): this machine does not have that address.',
    );
  });

  it('says how to get a bundler folder that is missing', async () => {
    await expect(startTestRelay({ config: { bundlerDir: '/nonexistent/www' } })).rejects.toThrow(
      'BUNDLER_DIR=/nonexistent/www holds no bundler (manifest.json); run `npm run build` first.',
    );
  });

  it('says which file of the bundler folder is missing', async () => {
    const bundlerDir = await mkdtemp(join(tmpdir(), 'preview-kit-www-'));
    onTestFinished(() => rm(bundlerDir, { recursive: true }));
    await mkdir(join(bundlerDir, 'files'));
    await cp(join(root, 'www', 'manifest.json'), join(bundlerDir, 'manifest.json'));
    await expect(startTestRelay({ config: { bundlerDir } })).rejects.toThrow(
      /^BUNDLER_DIR=.* is not complete \(files\/.+\); delete it and run `npm run build`\.$/,
    );
  });
});

describe('the control listener', () => {
  let relay: TestRelay;
  let controlPort: number;
  beforeAll(async () => {
    controlPort = await freePort();
    relay = await startTestRelay({ config: { controlPort, playground: true } });
  });
  afterAll(() => relay?.close());

  it('serves the playground, which knows where previews are', async () => {
    const page = await ask(controlPort, '/', { host: `localhost:${controlPort}` });
    expect({ status: page.status, type: page.headers['content-type'] }).toEqual({
      status: 200,
      type: 'text/html; charset=utf-8',
    });
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    const { text } = await ask(controlPort, '/playground.json', { host: `127.0.0.1:${controlPort}` });
    const url = `http://${relay.base}`;
    expect(JSON.parse(text)).toEqual({ bundlerURL: url, staticBundlerURL: url, canPublish: true });
  });

  it('answers at localhost only: a name that someone points here gets nothing', async () => {
    for (const host of [`evil.example:${controlPort}`, relay.base, 'localhost.evil.example'])
      expect(await ask(controlPort, '/playground.json', { host })).toMatchObject({
        status: 421,
        text: 'The control listener answers at localhost only.\n',
      });
  });

  it('keeps to its folder', async () => {
    for (const path of [
      '/../relay/main.js',
      '/%2e%2e/relay/main.js',
      '/..%2frelay%2fmain.js',
      '/%00',
      '/%',
      '/absent',
    ]) {
      const { status } = await ask(controlPort, path, { host: 'localhost' });
      expect({ path, refused: status >= 400 && status < 500 }).toEqual({ path, refused: true });
    }
  });

  it('is off where nobody asks for it', async () => {
    const quiet = await startTestRelay({ config: { controlPort: 0, playground: true } });
    onTestFinished(() => quiet.close());
    expect(quiet.controlUrl).toBeUndefined();
  });
});
