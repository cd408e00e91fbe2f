// An HTTP proxy on loopback, as companies have them: forwards plain requests, tunnels CONNECT, asks for credentials if told to.
// It alone knows where the hosts of a test are; no DNS does.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** A proxy that is up. */
export interface TestProxy {
  port: number;
  /** `GET http://host/path` and `CONNECT host:port`, in order of arrival. */
  requests: string[];
  close(): Promise<void>;
}

/**
 * Starts a proxy.
 * @param options `hosts`: host name → port on loopback; `credentials`: `user:password` that it insists on
 */
export async function startTestProxy(options: {
  hosts: Record<string, number>;
  credentials?: string;
}): Promise<TestProxy> {
  const { hosts, credentials } = options;
  const requests: string[] = [];
  const sockets = new Set<Duplex>();
  const mayPass = ({ headers }: IncomingMessage): boolean =>
    credentials === undefined ||
    headers['proxy-authorization'] === `Basic ${Buffer.from(credentials).toString('base64')}`;

  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    requests.push(`${incoming.method} ${incoming.url}`);
    const url = new URL(incoming.url ?? '', 'http://proxy.example');
    const port = hosts[url.hostname];
    if (!mayPass(incoming)) return void outgoing.writeHead(407, { 'proxy-authenticate': 'Basic' }).end();
    if (port === undefined) return void outgoing.writeHead(502).end('no such host');
    const { 'proxy-authorization': _, ...headers } = incoming.headers;
    request({ host: '127.0.0.1', port, path: url.pathname + url.search, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    })
      .on('error', () => outgoing.destroy())
      .end();
  });
  server.on('connect', (incoming: IncomingMessage, socket: Duplex) => {
    requests.push(`CONNECT ${incoming.url}`);
    sockets.add(socket.on('error', () => {}));
    const port = hosts[incoming.url?.replace(/:\d+$/, '') ?? ''];
    if (!mayPass(incoming))
      return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
    if (port === undefined) return socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    const tunnel = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      tunnel.pipe(socket).pipe(tunnel);
    });
    sockets.add(tunnel.on('error', () => socket.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of sockets) socket.destroy();
      }),
  };
}
