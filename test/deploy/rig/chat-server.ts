// What stands in LibreChat's place behind nginx: the playground's page, which mounts real Sandpack clients, and the things a proxy
// can break: event streams, uploads, WebSockets, pre-compressed scripts.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import { gzipSync } from 'node:zlib';

/** As @monaco-editor/loader, which LibreChat uses, has it among its scripts. */
export const monacoAddress = 'https://cdn.jsdelivr.net/npm/monaco-editor@0.55.1/min/vs';

const codeScript = `const vs="${monacoAddress}";const s=document.createElement("script");s.src=vs+"/loader.js";
s.onload=()=>{require.config({paths:{vs}});require(["vs/editor/editor.main"],()=>{
window.editor=monaco.editor.create(document.getElementById("code"),{value:"const answer: number = 'text';",language:"typescript"});
});};document.head.append(s);`;

const codePage =
  '<!doctype html><meta charset="utf-8"><div id="code" style="height:300px"></div><script src="/assets/code.js"></script>';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'application/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

export interface ChatServer {
  port: number;
  /** Headers of the requests that came in, newest last. */
  requests: IncomingMessage['headers'][];
  /** Sends one more event to every open stream. */
  sendEvent(text: string): void;
  close(): Promise<void>;
}

/** @param previewUrl where the page's Sandpack client opens previews */
export async function startChatServer(previewUrl: string): Promise<ChatServer> {
  const pages = resolve(import.meta.dirname, '../../../dist/playground');
  const streams = new Set<ServerResponse>();
  const requests: IncomingMessage['headers'][] = [];

  const answers: Record<string, (req: IncomingMessage, res: ServerResponse) => unknown> = {
    '/playground.json': (_req, res) =>
      sendJson(res, { bundlerURL: previewUrl, staticBundlerURL: previewUrl }),
    '/api/echo': (req, res) => sendJson(res, req.headers),
    '/api/stream': (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
      res.write('data: first\n\n');
      streams.add(res);
      res.on('close', () => streams.delete(res));
    },
    '/api/upload': async (req, res) => {
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const chunk of req) {
        bytes += (chunk as Buffer).length;
        hash.update(chunk as Buffer);
      }
      sendJson(res, { bytes, sha256: hash.digest('hex') });
    },
    '/code': (_req, res) => res.writeHead(200, { 'Content-Type': types['.html'] }).end(codePage),
    '/assets/code.js': (req, res) => {
      // LibreChat keeps compressed copies of its scripts, and sends them to whoever takes them.
      const isCompressed = /gzip/.test(String(req.headers['accept-encoding'] ?? ''));
      res.writeHead(200, {
        'Content-Type': 'application/javascript; charset=UTF-8',
        'Cache-Control': 'public, max-age=172800, s-maxage=86400',
        ...(isCompressed ? { 'Content-Encoding': 'gzip' } : {}),
      });
      res.end(isCompressed ? gzipSync(codeScript) : codeScript);
    },
  };

  const server = createServer(async (req, res) => {
    requests.push(req.headers);
    const { pathname } = new URL(req.url ?? '/', 'http://chat');
    const answer = answers[pathname];
    if (answer) return answer(req, res);
    const file = pathname === '/' ? 'index.html' : pathname.slice(1);
    const text = /^[\w.-]+$/.test(file)
      ? await readFile(join(pages, file)).catch(() => undefined)
      : undefined;
    if (!text) return res.writeHead(404).end();
    res.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' }).end(text);
  });
  // The smallest WebSocket server (RFC 6455 §1.3): takes the upgrade and sends one text frame.
  const sockets = new Set<Duplex>();
  server.on('upgrade', (req, socket) => {
    sockets.add(socket);
    const key = `${req.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.write(Buffer.from([0x81, 5, ...Buffer.from('hello')]));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    sendEvent(text) {
      for (const stream of streams) stream.write(`data: ${text}\n\n`);
    },
    async close() {
      // Upgraded connections are no longer the server's.
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function sendJson(res: ServerResponse, value: unknown): void {
  res.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}
