import type { RequestListener } from 'node:http';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectRaw, sendRaw } from '../test/integration/http-client.ts';
import { listen, type RunningServer, type ServerLimits } from './server.ts';

const start = async (
  handler: RequestListener,
  limits: Partial<ServerLimits> = {},
): Promise<RunningServer> => {
  const server = await listen(handler, { port: 0, bind: '127.0.0.1', setting: 'PORT', limits });
  onTestFinished(() => server.close(0));
  return server;
};

const never: RequestListener = () => {
  throw new Error('An incomplete request reached the handler.');
};
const impatient = { headersTimeout: 60, requestTimeout: 60, connectionsCheckingInterval: 20 };
const timedOut = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

describe('slow clients', () => {
  it('that never finish their headers are told so and cut', async () => {
    const { port } = await start(never, impatient);
    expect(await sendRaw(port, 'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ')).toBe(timedOut);
  });

  it('that send a header now and then are cut all the same', async () => {
    const { port } = await start(never, impatient);
    const { socket, closed } = connectRaw(port);
    socket.write('GET / HTTP/1.1\r\n');
    const dribble = setInterval(() => socket.write('X-A: b\r\n'), 10);
    expect(await closed).toBe(timedOut);
    clearInterval(dribble);
  });

  it('that never finish their body are cut', async () => {
    const { port } = await start(
      (request, response) => request.resume().on('end', () => response.end()),
      impatient,
    );
    expect(await sendRaw(port, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc')).toBe(timedOut);
  });

  it('that connect and say nothing are cut', async () => {
    const { port } = await start(never, { ...impatient, inactivityTimeout: 100 });
    expect(await connectRaw(port).closed).toMatch(/^$|408/);
  });

  it('that do not read their answer are cut', async () => {
    const large = Buffer.alloc(64 * 1024 * 1024);
    let noteEnd = (): void => {};
    const ended = new Promise<void>((resolve) => {
      noteEnd = resolve;
    });
    const { port } = await start((_, response) => response.once('close', noteEnd).end(large), {
      inactivityTimeout: 100,
    });
    const { socket, closed } = connectRaw(port);
    socket.pause().write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await ended;
    socket.resume();
    expect((await closed).length).toBeLessThan(large.length);
  });

  it('that wait after an answer are cut when their time is over', async () => {
    const { port } = await start((_, response) => response.end('ok'), { keepAliveTimeout: 50 });
    expect(await sendRaw(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n')).toContain('ok');
  });
});

describe('what Node’s parser refuses', () => {
  it('gets its status', async () => {
    const { port } = await start(never, { maxHeaderSize: 1024 });
    expect(await sendRaw(port, `GET / HTTP/1.1\r\nX: ${'x'.repeat(2000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 Request Header Fields Too Large\r\nConnection: close\r\n/,
    );
    expect(await sendRaw(port, 'nonsense\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400 Bad Request\r\nConnection: close\r\n/,
    );
  });

  it('in the middle of an answer adds nothing to it', async () => {
    const { port } = await start((_, response) => {
      response.writeHead(200, { 'Content-Length': '10' }).write('12345');
    });
    const { socket, received, closed } = connectRaw(port);
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await received(/12345$/);
    socket.write('nonsense\r\n\r\n');
    expect(await closed).toMatch(/12345$/);
  });
});

describe('close', () => {
  it('lets a running answer finish, then ends its connection', async () => {
    let finish = (): void => {};
    const { port, close } = await start((_, response) => {
      response.write('first ');
      finish = () => response.end('last');
    });
    const { socket, received, closed } = connectRaw(port);
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await received(/first/);
    const closing = close();
    finish();
    expect(await closed).toContain('last');
    await closing;
  });

  it('cuts what is not finished after the time of grace', async () => {
    const { port, close } = await start((_, response) => void response.write('first '));
    const { socket, received, closed } = connectRaw(port);
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await received(/first/);
    await close(20);
    expect(await closed).not.toContain('0\r\n\r\n');
  });
});

it('names address and setting when it cannot listen', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as { port: number };
  await expect(listen(never, { port, bind: '127.0.0.1', setting: 'CONTROL_PORT' })).rejects.toThrow(
    `Cannot listen on 127.0.0.1:${port} (CONTROL_PORT): another program listens there already. Set CONTROL_PORT to another value.`,
  );
});
