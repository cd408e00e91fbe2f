// HTTP as it goes over the wire: any Host header, any bytes, no redirects, no decoding. For tests on loopback.
import { type OutgoingHttpHeaders, request } from 'node:http';
import { connect, type Socket } from 'node:net';

/** What came back; headers that change from answer to answer (`Date`, connection handling) are left out. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  text: string;
}

export interface Question {
  host?: string;
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: string;
}

/** Sends one request on a connection of its own; `path` goes out as it is. */
export function ask(port: number, path: string, question: Question = {}): Promise<Answer> {
  const { host = `preview.localhost:${port}`, method = 'GET', headers = {}, body } = question;
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path, method, agent: false, headers: { Host: host, ...headers } },
      (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('error', reject);
        response.on('end', () => {
          const { date: _, connection: __, 'keep-alive': ___, ...rest } = response.headers;
          const all = Buffer.concat(pieces);
          resolve({
            status: response.statusCode as number,
            headers: rest,
            body: all,
            text: all.toString('utf8'),
          });
        });
      },
    );
    sent.on('error', reject).end(body);
  });
}

/** A connection for bytes that no HTTP client would send. */
export interface RawConnection {
  socket: Socket;
  /** Resolves with everything received so far, once it matches. */
  received(pattern: RegExp): Promise<string>;
  /** Resolves with everything received when the other side has closed. */
  closed: Promise<string>;
}

/** Connects to `port` on loopback. */
export function connectRaw(port: number): RawConnection {
  const socket = connect({ port, host: '127.0.0.1' });
  let text = '';
  const look = new Set<() => void>();
  socket.setEncoding('latin1').on('data', (piece) => {
    text += piece;
    for (const check of look) check();
  });
  // A reset is one way of closing.
  socket.on('error', () => {});
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(text)));
  return {
    socket,
    closed,
    received: (pattern) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (!pattern.test(text)) return;
          look.delete(check);
          resolve(text);
        };
        look.add(check);
        check();
        void closed.then(() => reject(new Error(`The connection closed before ${pattern}: ${text}`)));
      }),
  };
}

/** Sends `bytes` on a connection of its own and returns all that comes back until it closes. */
export async function sendRaw(port: number, bytes: string): Promise<string> {
  const { socket, closed } = connectRaw(port);
  socket.write(bytes, 'latin1');
  return closed;
}
