// A proxy for browsers under test: whatever a browser would send beyond loopback arrives here, is written down and refused.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordingProxy {
  port: number;
  /** Hosts that were asked for, but for those that the browser calls by itself; with the port where the request named one. */
  outsideHosts: string[];
  close(): Promise<void>;
}

/** @param ownHosts what the browser calls by itself, whatever its page does */
export async function startRecordingProxy(ownHosts: RegExp): Promise<RecordingProxy> {
  const outsideHosts: string[] = [];
  const record = (host = '') => {
    if (!ownHosts.test(host)) outsideHosts.push(host);
  };
  const proxy = createServer((request, response) => {
    record(new URL(request.url ?? '', 'http://unknown').host);
    response.writeHead(502).end();
  });
  proxy.on('connect', ({ url }, socket) => {
    record(url);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    port: (proxy.address() as AddressInfo).port,
    outsideHosts,
    async close() {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
