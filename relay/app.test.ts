import type { RequestHandler } from 'express';
import { type Logger, pino } from 'pino';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Answer, ask } from '../test/integration/http-client.ts';
import { createApp, type SurfaceTable } from './app.ts';
import { HttpError } from './http/errors.ts';
import { expressPart } from './http/express-part.ts';
import type { PlainHandler } from './http/plain-handler.ts';
import { listen } from './server.ts';

let lines: Record<string, unknown>[];
let log: Logger;

beforeEach(() => {
  lines = [];
  log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) });
});

/** Sends one request to a relay with these surfaces. */
async function askApp(
  surfaces: SurfaceTable,
  path: string,
  accept = '*/*',
  host = 'p.test',
): Promise<Answer> {
  const app = createApp({
    hostname: 'p.test',
    trustProxy: [],
    log,
    surfaces,
  });
  const server = await listen(app, { port: 0, bind: '127.0.0.1', setting: 'PORT' });
  onTestFinished(() => server.close(0));
  return ask(server.port, path, { host, headers: { accept } });
}

const secret = 'postgres://user:password@db';

describe('a surface that fails', () => {
  it.each([
    [
      'at once',
      () => {
        throw new Error(secret);
      },
    ],
    ['later', async () => Promise.reject(new Error(secret))],
    ['with something that is no error', async () => Promise.reject(secret)],
  ])('%s is a 500 that tells nothing, and one line in the log under the same id', async (_, surface) => {
    const { status, headers, text } = await askApp({ base: [expressPart([], [surface])] }, '/x?token=1');
    expect({ status, error: JSON.parse(text).error }).toEqual({
      status: 500,
      error: {
        code: 'INTERNAL',
        message: 'Something went wrong inside the relay.',
        remedy: 'The log has the details under the request id.',
        requestId: headers['x-request-id'],
      },
    });
    expect(lines).toMatchObject([
      {
        level: 50,
        msg: 'request failed',
        requestId: headers['x-request-id'],
        host: 'p.test',
        method: 'GET',
        path: '/x',
      },
    ]);
    expect(JSON.stringify(lines)).toContain(secret);
  });

  it('is shown as a page to people, with the id to look for', async () => {
    const { headers, text } = await askApp(
      { base: [expressPart([], [async () => Promise.reject(new Error(secret))])] },
      '/',
      'text/html',
    );
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text).toContain(`INTERNAL · ${headers['x-request-id']}`);
    expect(text).not.toContain('password');
  });

  it('after its headers breaks the answer off instead of ending it as if it were whole', async () => {
    const surface = async (_req: unknown, res: { write(text: string): void }): Promise<void> => {
      res.write('half');
      throw new Error(secret);
    };
    await expect(askApp({ base: [expressPart([], [surface as RequestHandler])] }, '/')).rejects.toThrow(
      /aborted|socket hang up/,
    );
    expect(lines).toMatchObject([{ level: 50, msg: 'request failed' }]);
  });

  it.each([
    ['without Express', (surface: PlainHandler) => surface],
    ['in Express', (surface: PlainHandler) => expressPart([], [surface])],
  ])('by writing to its answer after the end is a line in the log: %s', async (_, wrap) => {
    const surface: PlainHandler = (_req, res) => {
      res.end('whole');
      res.end('and more');
    };
    const { status, text } = await askApp({ base: [wrap(surface)] }, '/x');
    expect({ status, text }).toEqual({ status: 200, text: 'whole' });
    await expect.poll(() => lines).toMatchObject([{ level: 50, msg: 'an answer failed', url: '/x' }]);
  });

  it('with a row of the table is that row, and not logged', async () => {
    const surface = (): never => {
      throw new HttpError('BAD_REQUEST', 'The set is <none>.');
    };
    const { status, text } = await askApp({ base: [surface] }, '/', 'text/html');
    expect(status).toBe(400);
    expect(text).toContain('The set is &#60;none&#62;.');
    expect(lines).toEqual([]);
  });
});

it('answers for a surface without Express that fails', async () => {
  const failing = (): never => {
    throw new Error(secret);
  };
  const { status, text } = await askApp({ base: [failing] }, '/');
  expect(status).toBe(500);
  expect(JSON.parse(text).error.code).toBe('INTERNAL');
  expect(lines).toMatchObject([{ level: 50, msg: 'request failed' }]);
});

describe('the order of surfaces', () => {
  it('is that of the table, by kind of host', async () => {
    const say =
      (name: string): PlainHandler =>
      (_req, res) =>
        void res.end(name);
    const pass: PlainHandler = (_req, _res, next) => next();
    const surfaces = {
      base: [pass, expressPart([], [(_req, _res, next) => next()]), say('base'), say('never')],
      preview: [pass, expressPart([], [(_req, res) => void res.end('preview')]), say('never')],
      probe: [say('probe')],
    };
    expect((await askApp(surfaces, '/')).text).toBe('base');
    expect((await askApp(surfaces, '/', '*/*', 'abcdefgh-p.test')).text).toBe('preview');
    expect((await askApp(surfaces, '/', '*/*', '127.0.0.1')).text).toBe('probe');
    expect((await askApp({ ...surfaces, probe: [pass] }, '/', '*/*', '127.0.0.1')).status).toBe(421);
    expect((await askApp(surfaces, '/', '*/*', 'other.test')).status).toBe(421);
  });
});

it('does not say what it is made of', async () => {
  const { headers } = await askApp({}, '/');
  expect(headers).not.toHaveProperty('x-powered-by');
  expect(headers).not.toHaveProperty('server');
});
