// What nginx with setup's configuration does to requests: TLS, names, headers, streams, uploads, files from disk.
import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { connect as connectHttp2 } from 'node:http2';
import { request } from 'node:https';
import { join } from 'node:path';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { monacoAddress } from './rig/chat-server.ts';
import { type Front, startFront } from './rig/front.ts';
import { ask } from './rig/tls-request.ts';

const chatHost = 'librechat.example.test';
const base = 'preview.example.test';
const anyPreview = `0123456789ab-${base}`;

let front: Front;

beforeAll(async () => {
  front = await startFront({ flags: ['--monaco', 'yes', '--brotli', 'yes'], filesFromDisk: true });
});
afterAll(() => front?.close());

describe('TLS', () => {
  const handshake = (options: ConnectionOptions) =>
    new Promise<string>((done) => {
      const socket = connectTls(
        { host: '127.0.0.1', port: front.ports.https, ca: front.ca, servername: base, ...options },
        () => {
          done(`${socket.getProtocol()} ${socket.getCipher().standardName}`);
          socket.destroy();
        },
      );
      socket.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    });

  it('speaks 1.3, and 1.2 with forward secrecy only', async () => {
    expect(await handshake({})).toMatch(/^TLSv1\.3 /);
    expect(await handshake({ maxVersion: 'TLSv1.2' })).toMatch(/^TLSv1\.2 TLS_ECDHE_.*GCM/);
    expect(await handshake({ maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' })).toMatch(
      /HANDSHAKE_FAILURE|ALERT/,
    );
    expect(
      await handshake({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
    ).toMatch(/PROTOCOL|VERSION/);
  });

  it('speaks HTTP/2, with the name as it was asked for', async () => {
    const session = connectHttp2(`https://${anyPreview}`, {
      createConnection: () =>
        connectTls({
          host: '127.0.0.1',
          port: front.ports.https,
          ca: front.ca,
          servername: anyPreview,
          ALPNProtocols: ['h2'],
        }),
    });
    const status = await new Promise((done, fail) => {
      session.on('error', fail);
      session
        .request({ ':path': '/__csb_relay/' })
        .on('response', (headers) => done(headers[':status']))
        .on('error', fail)
        .end();
    });
    session.destroy();
    expect(status).toBe(200);
  });
});

describe('names', () => {
  it('sends http to https, path and query included', async () => {
    for (const host of [chatHost, base, anyPreview]) {
      const answer = await ask({ port: front.ports.http, host, path: '/a/b?c=1' });
      expect([answer.status, answer.headers.location]).toEqual([301, `https://${host}/a/b?c=1`]);
    }
  });

  it.each(['other.example.test', 'example.test', 'x.preview.example.test', 'preview.example.test.evil.test'])(
    'refuses %s',
    async (host) => {
      expect((await ask({ port: front.ports.http, host })).status).toBe(421);
      await expect(ask({ port: front.ports.https, ca: front.ca, host })).rejects.toThrow(
        /unrecognized.name/i,
      );
      const hidden = await ask({ port: front.ports.https, ca: front.ca, host, servername: base });
      expect([hidden.status, hidden.headers['content-type']]).toEqual([421, 'text/plain']);
    },
  );

  it('passes every path of previews to the relay, and never answers with a page of LibreChat’s', async () => {
    const paths = ['/index.html', '/nonsense', '/assets/code.js', '/c/new'];
    for (const path of paths) {
      const straight = await ask({ port: front.ports.relay, host: base, path });
      const answer = await front.get(base, path);
      const text = ({ body }: typeof answer): string =>
        body.toString().replace(/[0-9a-f-]{36}/, '‹request id›');
      expect([path, answer.status, text(answer)]).toEqual([path, straight.status, text(straight)]);
    }
  });
});

/** Headers without those of the connection and of this one request. */
function comparable({ headers }: { headers: Record<string, unknown> }): Record<string, unknown> {
  const own = ['date', 'connection', 'keep-alive', 'server', 'x-request-id'];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !own.includes(name)));
}

describe('headers', () => {
  it('of the relay arrive as they were sent, and HSTS beside them', async () => {
    for (const [host, path] of [
      [base, '/'],
      [anyPreview, '/__csb_relay/'],
      [anyPreview, '/__csb_sw.js'],
      [`r${'0'.repeat(20)}-${base}`, '/'],
      [base, '/nonsense'],
    ] as const) {
      const sent = comparable(await ask({ port: front.ports.relay, host, path }));
      const arrived = comparable(await front.get(host, path));
      expect(arrived).toEqual({ ...sent, 'strict-transport-security': 'max-age=31536000' });
    }
  });

  it('tell LibreChat who the client is, whatever the client says of itself', async () => {
    const { body } = await front.get(chatHost, '/api/echo', {
      'X-Forwarded-For': '6.6.6.6',
      'X-Real-IP': '6.6.6.6',
    });
    expect(JSON.parse(body.toString())).toMatchObject({
      host: chatHost,
      'x-forwarded-for': '127.0.0.1',
      'x-real-ip': '127.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': chatHost,
    });
  });
});

describe('LibreChat behind it', () => {
  it('streams events one by one', async () => {
    const events = await openStream('/api/stream');
    expect(await events.next()).toBe('data: first\n\n');
    front.chat.sendEvent('second');
    expect(await events.next()).toBe('data: second\n\n');
    events.close();
  });

  it('takes an upload of 50 MB', async () => {
    const body = randomBytes(50 * 1024 * 1024);
    const answer = await ask({
      port: front.ports.https,
      ca: front.ca,
      host: chatHost,
      path: '/api/upload',
      method: 'POST',
      body,
    });
    expect(JSON.parse(answer.body.toString())).toEqual({
      bytes: body.length,
      sha256: createHash('sha256').update(body).digest('hex'),
    });
  });

  it('keeps its compressed scripts readable with Monaco’s address rewritten', async () => {
    const answer = await front.get(chatHost, '/assets/code.js', { 'Accept-Encoding': 'gzip, br' });
    expect(answer.headers['content-encoding']).toBe('gzip');
    const plain = (await front.get(chatHost, '/assets/code.js')).body.toString();
    expect(plain).not.toContain(monacoAddress);
    expect(plain).toContain(`https://${base}/-/cdn/cdn.jsdelivr.net/npm/monaco-editor@0.55.1/min/vs`);
  });

  it('has a body limit that previews do not share', async () => {
    const body = Buffer.alloc(2 * 1024 * 1024);
    const { status } = await ask({
      port: front.ports.https,
      ca: front.ca,
      host: base,
      path: '/',
      method: 'POST',
      body,
    }).catch(() => ({ status: 413 }));
    expect(status).toBe(413);
  });

  it('lets an artifact’s files through to the relay, which says itself what is wrong with them', async () => {
    const body = Buffer.alloc(8 * 1024 * 1024, 'x');
    const answer = await ask({
      port: front.ports.https,
      ca: front.ca,
      host: base,
      path: '/-/native',
      method: 'POST',
      body,
    });
    expect([answer.status, JSON.parse(answer.body.toString()).error.code]).toEqual([400, 'BAD_REQUEST']);
  });
});

/** Reads an answer chunk by chunk. */
async function openStream(path: string): Promise<{ next(): Promise<string>; close(): void }> {
  const chunks: string[] = [];
  let wake = () => {};
  const asked = request(
    {
      host: '127.0.0.1',
      port: front.ports.https,
      ca: front.ca,
      servername: chatHost,
      path,
      headers: { Host: chatHost },
      agent: false,
    },
    (response) =>
      response
        .on('error', () => {})
        .on('data', (chunk) => {
          chunks.push(String(chunk));
          wake();
        }),
  );
  asked.on('error', () => {}).end();
  return {
    async next() {
      while (chunks.length === 0)
        await new Promise<void>((done) => {
          wake = done;
        });
      return chunks.shift() as string;
    },
    close: () => asked.destroy(),
  };
}

describe('the bundler’s files from disk', () => {
  const script = async (): Promise<string> =>
    (await readdir(join(front.folder, 'files', front.fingerprint, 'static/js'))).find((name) =>
      /^sandbox\..*\.js$/.test(name),
    ) ?? '';

  it.each([['br'], ['gzip'], ['identity']])('are what the relay would have sent, as %s', async (encoding) => {
    const path = `/static/${front.fingerprint}/static/js/${await script()}`;
    const headers = { 'Accept-Encoding': encoding };
    const straight = await ask({ port: front.ports.relay, host: base, path, headers });
    const answer = await front.get(base, path, headers);
    expect(answer.status).toBe(200);
    expect(answer.body.equals(straight.body)).toBe(true);
    for (const name of [
      'cache-control',
      'access-control-allow-origin',
      'cross-origin-resource-policy',
      'timing-allow-origin',
      'x-content-type-options',
      'referrer-policy',
      'content-encoding',
      'vary',
    ])
      expect([name, answer.headers[name]]).toEqual([name, straight.headers[name]]);
    expect(answer.headers['content-type']).toContain('text/javascript');
    // The relay's ETag is another one: this came from disk.
    expect(answer.headers.etag).not.toBe(straight.headers.etag);
  });

  it('come from the relay when the folder lacks them', async () => {
    const path = `/static/${front.fingerprint}/static/js/${await script()}`;
    const name = join(front.folder, 'files', front.fingerprint);
    await rm(name, { recursive: true });
    const straight = await ask({ port: front.ports.relay, host: base, path });
    const answer = await front.get(base, path);
    expect([answer.status, answer.headers.etag]).toEqual([200, straight.headers.etag]);
  });
});
