// Two thousand clients at once: every connection is opened and held, all ask, then wrk asks with as many for some seconds.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { ServerProcess } from './server-process.ts';
import { type LoadResult, runWrk } from './wrk.ts';

/** What came of it. */
export interface ManyConnections {
  connections: number;
  /** Connections that were held open together and answered with 200, twice each. */
  answered: number;
  load: LoadResult;
  /** Whether the process lives and still answers. */
  alive: boolean;
  memoryMiB: { before: number | undefined; held: number | undefined; after: number | undefined };
}

/** Opens, asks, loads, and looks whether the server is still there. */
export async function runManyConnections(
  server: ServerProcess,
  host: string,
  connections: number,
): Promise<ManyConnections> {
  const before = server.memoryMiB();
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(server.port)));
  const held = sockets.filter((socket) => socket !== undefined);
  let answered = 0;
  for (const round of [1, 2]) {
    const statuses = await Promise.all(held.map((socket) => askOn(socket, host)));
    const good = statuses.filter((status) => status === 200).length;
    answered = round === 1 ? good : Math.min(answered, good);
  }
  const heldMemory = server.memoryMiB();
  for (const socket of held) socket.destroy();
  const url = `http://127.0.0.1:${server.port}/`;
  const load = await runWrk({ url, host, connections, seconds: 5, core: 1 });
  const last = await open(server.port);
  const alive = server.isAlive && last !== undefined && (await askOn(last, host)) === 200;
  last?.destroy();
  return {
    connections,
    answered,
    load,
    alive,
    memoryMiB: { before, held: heldMemory, after: server.memoryMiB() },
  };
}

async function open(port: number): Promise<Socket | undefined> {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
  } catch {
    return undefined;
  }
  socket.on('error', () => {});
  return socket;
}

/** Asks for the page and reads the whole answer. */
async function askOn(socket: Socket, host: string): Promise<number> {
  let text = '';
  const done = new Promise<void>((resolve) => {
    const read = (piece: Buffer): void => {
      text += piece.toString('latin1');
      const head = text.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? Number.POSITIVE_INFINITY);
      if (head < 0 || text.length < head + 4 + length) return;
      socket.off('data', read);
      resolve();
    };
    socket.on('data', read);
    socket.once('close', () => resolve());
  });
  socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nAccept-Encoding: br\r\n\r\n`);
  await done;
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
}
