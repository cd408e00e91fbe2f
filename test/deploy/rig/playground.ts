// A page like LibreChat's on this machine that opens previews of a relay elsewhere, and a port of loopback that leads there.
import { connect, createServer, type Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { pino } from 'pino';
import { listen } from '../../../relay/server.ts';
import { createControl } from '../../../relay/surfaces/control/control.ts';
import type { Kit } from '../../browser/start-kit.ts';

const root = resolve(import.meta.dirname, '../../..');

/**
 * Serves the playground.
 * @param options `port` is part of the origin that the relay's EMBED_ORIGINS must name, `http://localhost:<port>`; `previewUrl` is
 * the relay as the browser reaches it
 */
export async function startPlayground(options: { port: number; previewUrl: string }): Promise<Kit> {
  const { port, previewUrl } = options;
  const handler = createControl({
    playgroundDir: join(root, 'dist', 'playground'),
    playground: true,
    previewUrl: () => previewUrl,
    log: pino({ level: 'silent' }),
  });
  const server = await listen(handler, { port, bind: '127.0.0.1', setting: 'the playground' });
  const playgroundUrl = `http://localhost:${server.port}`;
  return { previewUrl, playgroundUrl, controlUrl: playgroundUrl, close: () => server.close(0) };
}

/** Passes connections to a loopback port on to an address that only this machine reaches. @returns the port */
export async function forwardPort(
  host: string,
  port: number,
): Promise<{ port: number; close(): Promise<void> }> {
  const open = new Set<Socket>();
  const server = createServer((incoming) => {
    const outgoing = connect(port, host);
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      open.add(from);
      from.on('error', () => to.destroy()).on('close', () => open.delete(from));
      from.pipe(to);
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as { port: number }).port,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
