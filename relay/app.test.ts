import { type Logger, pino } from 'pino';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Answer, ask } from '../test/integration/http-client.ts';
import { createApp, type Surfaces } from './app.ts';
import { HttpError } from './http/errors.ts';
import { listen } from './server.ts';

let lines: Record<string, unknown>[];
let log: Logger;

beforeEach(() => {
  lines = [];
  log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) });
});

/** Sends one request to a relay with these surfaces. */
async function askApp(
  surfaces: Partial<Surfaces>,
  path: string,
  accept = '*/*',
  host = 'p.test',
): Promise<Answer> {
  const app = createApp({
    hostname: 'p.test',
    trustProxy: [],
    log,
    surfaces: { prepared: {}, health: (_req, _res, next) => next(), base: [], preview: [], ...surfaces },
  });
  const server = await listen(app, { port: 0, bind: '127.0.0.1', setting: 'PORT' });
  onTestFinished(() => server.close(0));
  return ask(server.port, path, { host, headers: { accept } });
}

describe('a surface that fails', () => {
  const secret = 'postgres://user:password@db';

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
    const { status, headers, text } = await askApp({ base: [surface] }, '/x?token=1');
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
      { base: [async () => Promise.reject(new Error(secret))] },
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
    await expect(askApp({ base: [surface as never] }, '/')).rejects.toThrow(/aborted|socket hang up/);
    expect(lines).toMatchObject([{ level: 50, msg: 'request failed' }]);
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

describe('the order of surfaces', () => {
  it('is by kind of host: prepared answers, health, the rest', async () => {
    const say =
      (name: string) =>
      (_req: unknown, res: { end(text: string): void }): void =>
        res.end(name);
    const pass = (_req: unknown, _res: unknown, next: () => void): void => next();
    const surfaces = {
      prepared: { base: [pass, say('prepared')], preview: [pass] },
      health: say('health') as never,
      base: [say('base') as never],
      preview: [pass as never, say('preview') as never, say('never') as never],
    };
    expect((await askApp(surfaces, '/')).text).toBe('prepared');
    expect((await askApp(surfaces, '/', '*/*', 'abcdefgh-p.test')).text).toBe('preview');
    expect((await askApp(surfaces, '/healthz', '*/*', '127.0.0.1')).text).toBe('health');
    expect((await askApp({ ...surfaces, prepared: {} }, '/')).text).toBe('health');
    expect((await askApp(surfaces, '/', '*/*', 'other.test')).status).toBe(421);
  });
});

it('does not say what it is made of', async () => {
  const { headers } = await askApp({}, '/');
  expect(headers).not.toHaveProperty('x-powered-by');
  expect(headers).not.toHaveProperty('server');
});
