// One HTTP listener with limits against slow and greedy clients, and a shutdown that lets running answers finish.
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A listener that is up. */
export interface RunningServer {
  port: number;
  /** Stops accepting, ends idle connections, waits for running answers at most `graceMs`, then cuts the rest. */
  close(graceMs?: number): Promise<void>;
}

/** How long a client may take, in ms, and how much it may send. */
export interface ServerLimits {
  /** Until the last header has arrived. */
  headersTimeout: number;
  /** Until the whole request has arrived. */
  requestTimeout: number;
  /** How often the two above are looked at. */
  connectionsCheckingInterval: number;
  /** Between two requests. */
  keepAliveTimeout: number;
  /** Without any byte in either direction: a client that does not read its answer. */
  inactivityTimeout: number;
  /** Bytes of request line and headers. */
  maxHeaderSize: number;
}

/** What the relay grants. */
const defaultLimits: ServerLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  // A proxy in front keeps connections open longer than Node's default of 5 s; being first to close gives it 502s.
  keepAliveTimeout: 65_000,
  inactivityTimeout: 120_000,
  maxHeaderSize: 16 * 1024,
};

/** Node's parser codes that have a status of their own. */
const parserStatus: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Content Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/**
 * Listens with `handler`.
 * @param options `setting` is named in errors; `limits` replace the relay's own, for tests
 * @throws Error that names the address and the setting when the port is taken or not allowed
 */
export async function listen(
  handler: RequestListener,
  options: { port: number; bind: string; setting: string; limits?: Partial<ServerLimits> },
): Promise<RunningServer> {
  const { inactivityTimeout, ...limits } = { ...defaultLimits, ...options.limits };
  const server = createServer(limits, handler);
  server.setTimeout(inactivityTimeout);
  server.maxHeadersCount = 100;
  server.on('clientError', refuseClient);
  const silent = trackSilentConnections(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, options)));
    server.listen(options.port, options.bind, 4096, resolve);
  });
  // Running out of file descriptors must not end the process: the connection waits in the backlog instead.
  server.on('error', () => {});
  return {
    port: (server.address() as AddressInfo).port,
    close: (graceMs = 10_000) => closeGracefully(server, silent, graceMs),
  };
}

/** Answers what Node's parser gave up on, unless an answer is on its way: a status line in its middle would corrupt it. */
function refuseClient(error: NodeJS.ErrnoException, socket: Duplex): void {
  const running = (socket as Duplex & { _httpMessage?: ServerResponse | null })._httpMessage;
  if (error.code === 'ECONNRESET' || !socket.writable || running?.headersSent) {
    socket.destroy();
    return;
  }
  const status = parserStatus[error.code ?? ''] ?? '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Connections that have not sent a request yet: browsers open some ahead of need, and Node does not count them as idle. */
function trackSilentConnections(server: Server): Set<Socket> {
  const silent = new Set<Socket>();
  server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }) => silent.delete(socket));
  return silent;
}

async function closeGracefully(server: Server, silent: Set<Socket>, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const socket of silent) socket.destroy();
  // Node ends the connections that are idle now; those that become idle with their last answer are looked for.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
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
