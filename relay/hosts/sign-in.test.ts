import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askSignedIn, signInAddress } from './sign-in.ts';

let server: Server;
let authUrl: string;
let asked: IncomingHttpHeaders | undefined;

const place = { scheme: 'https', authority: 'tides-preview.example.com', address: '192.0.2.7' };

beforeAll(async () => {
  // As oauth2-proxy answers at /oauth2/auth.
  server = createServer(({ headers }, res) => {
    asked = headers;
    const status = Number(/status=(\d+)/.exec(headers.cookie ?? '')?.[1] ?? 202);
    if (status !== 999)
      res
        .writeHead(status, { 'X-Auth-Request-User': 'ann', 'X-Auth-Request-Email': 'ann@example.com' })
        .end();
    else res.destroy();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  authUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oauth2/auth`;
});
afterAll(() => new Promise((done) => server.close(done)));

const ask = (headers: IncomingHttpHeaders) =>
  askSignedIn({ authUrl }, { method: 'GET', url: '/a?b=1', headers }, place);

it('lets in whom the service knows, and tells it where they are, and nothing else of the request', async () => {
  expect(await ask({ cookie: 'sso=1', 'x-forwarded-host': 'evil.example', accept: 'text/html' })).toEqual({
    kind: 'user',
    user: 'ann@example.com',
  });
  expect(asked).toMatchObject({
    cookie: 'sso=1',
    'x-forwarded-for': '192.0.2.7',
    'x-forwarded-host': 'tides-preview.example.com',
    'x-forwarded-method': 'GET',
    'x-forwarded-proto': 'https',
    'x-forwarded-uri': '/a?b=1',
  });
});

it.each([
  ['401', 'nobody'],
  ['403', 'nobody'],
  ['302', 'nobody'],
  ['500', 'failed'],
  ['404', 'failed'],
  ['999', 'failed'],
])('lets nobody in for %s', async (status, kind) => {
  expect((await ask({ cookie: `status=${status}` })).kind).toBe(kind);
});

it('asks nobody about a visitor who shows nothing', async () => {
  asked = undefined;
  expect(await ask({})).toEqual({ kind: 'nobody' });
  expect(asked).toBeUndefined();
});

it('names the service that does not answer', async () => {
  const down = await askSignedIn({ authUrl: 'http://127.0.0.1:1/auth' }, { headers: { cookie: 'a' } }, place);
  expect(down).toEqual({ kind: 'failed', reason: expect.stringContaining('http://127.0.0.1:1/auth: ') });
});

it('sends people to the sign-in with the way back', () => {
  expect(
    signInAddress(
      { signInUrl: 'https://auth.example.com/start?x=1' },
      'https://tides-preview.example.com/?a=1&b=2',
    ),
  ).toBe('https://auth.example.com/start?x=1&rd=https%3A%2F%2Ftides-preview.example.com%2F%3Fa%3D1%26b%3D2');
  expect(signInAddress({ signInUrl: '' }, 'https://a.example')).toBeUndefined();
});
