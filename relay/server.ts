// One HTTP listener with limits against slow and greedy clients, and a shutdown that lets running answers finish.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A listener that is up. */
export interface RunningServer {
  port: number;
  /** Stops accepting, ends idle connections, waits for running answers at most `graceMs`, then cuts the rest. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Listens with `handler`.
 * @throws Error that names the address and the setting when the port is taken or not allowed
 */
export async function listen(
  handler: RequestListener,
  options: { port: number; bind: string; setting: string },
): Promise<RunningServer> {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000, maxHeaderSize: 16 * 1024 },
    handler,
  );
  // A proxy in front keeps connections open longer than Node's default of 5 s; being first to close gives it 502s.
  server.maxHeadersCount = 100;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
    const status =
      error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, options)));
    server.listen(options.port, options.bind, 4096, resolve);
  });
  // Running out of file descriptors must not end the process: the connection waits in the backlog instead.
  server.on('error', () => {});
  return {
    port: (server.address() as AddressInfo).port,
    close: (graceMs = 10_000) => closeGracefully(server, graceMs),
  };
}

async function closeGracefully(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
}

function explain(
  error: NodeJS.ErrnoException,
  { port, bind, setting }: { port: number; bind: string; setting: string },
): Error {
  const reason: Record<string, string> = {
    EADDRINUSE: 'another program listens there already',
    EACCES: 'this user may not listen there',
    EADDRNOTAVAIL: 'this machine does not have that address',
  };
  return new Error(
    `Cannot listen on ${bind}:${port} (${setting}): ${reason[error.code ?? ''] ?? error.message}. Set ${setting} to another value.`,
  );
}
