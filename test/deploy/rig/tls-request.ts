// HTTP requests as the tests of proxies need them: any Host, any SNI, trust in the test CA only, the answer as it came.
import { X509Certificate } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { connect } from 'node:tls';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What to ask, at a port of loopback. */
export interface Asked {
  port: number;
  host: string;
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: Buffer;
  /** PEM of the root to trust; without it, plain http. */
  ca?: string | Buffer;
  /** Name for TLS, if it is not the host. */
  servername?: string;
  tls?: RequestOptions;
  /** Address of this machine to come from. */
  localAddress?: string;
}

/** @throws the connection's error, for example of TLS */
export function ask({
  port,
  host,
  path = '/',
  method = 'GET',
  ca,
  servername,
  ...rest
}: Asked): Promise<Answer> {
  const options: RequestOptions = {
    host: '127.0.0.1',
    port,
    path,
    method,
    agent: false,
    headers: { Host: host, ...rest.headers },
    localAddress: rest.localAddress,
    ...(ca ? { ca, servername: servername ?? host } : {}),
    ...rest.tls,
  };
  return new Promise((done, fail) => {
    const request = (ca ? httpsRequest : httpRequest)(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
      response.on('error', fail);
    });
    request.on('error', fail);
    request.end(rest.body);
  });
}

/** The certificate that a TLS client gets for a name at an address, if it trusts this root only. @throws the connection's error */
export function servedCertificate(options: {
  port: number;
  servername: string;
  ca: string | Buffer;
  host?: string;
}): Promise<X509Certificate> {
  return new Promise((done, fail) => {
    const socket = connect({ host: '127.0.0.1', ...options }, () => {
      done(new X509Certificate(socket.getPeerCertificate().raw));
      socket.destroy();
    });
    socket.on('error', fail);
  });
}
