// What is known of whoever sends a request, through the proxies that the operator trusts. For plain handlers; Express has the same.
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import proxyAddr from 'proxy-addr';

/** See the head of this file. */
export interface Clients {
  /** The client's address. */
  addressOf(req: IncomingMessage): string;
  /** Whether the client came by TLS, up to the first proxy. */
  isSecure(req: IncomingMessage): boolean;
}

/** @param trustProxy addresses, networks, and names such as `loopback`: https://expressjs.com/en/guide/behind-proxies.html */
export function knowClients(trustProxy: string[]): Clients {
  const trusts = proxyAddr.compile(trustProxy);
  return {
    addressOf: (req) => proxyAddr(req, trusts),
    isSecure: (req) => {
      if ((req.socket as Partial<TLSSocket>).encrypted) return true;
      const said = req.headers['x-forwarded-proto'];
      if (typeof said !== 'string' || !trusts(req.socket.remoteAddress ?? '', 0)) return false;
      return said.split(',')[0]?.trim().toLowerCase() === 'https';
    },
  };
}
