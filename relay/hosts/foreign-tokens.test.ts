import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ForeignTokens } from './foreign-tokens.ts';

const [issuer, audience] = ['https://app.example.com', 'previews'];
const now = Date.UTC(2026, 10, 29);
const seconds = now / 1000;
const warn = vi.fn();

let keys: Server;
let jwksUrl: string;
let key: CryptoKey;
let strangers: CryptoKey;
let tokens: ForeignTokens;

beforeAll(async () => {
  const pair = await generateKeyPair('ES256');
  key = pair.privateKey;
  strangers = (await generateKeyPair('ES256')).privateKey;
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256' };
  keys = createServer((_req, res) => res.end(JSON.stringify({ keys: [jwk] })));
  await new Promise<void>((done) => keys.listen(0, '127.0.0.1', done));
  jwksUrl = `http://127.0.0.1:${(keys.address() as AddressInfo).port}/keys`;
  tokens = new ForeignTokens({ jwksUrl, issuer, audience }, { warn }, () => now);
});
afterAll(() => void keys?.close());

function sign(claims: object = {}, by: CryptoKey = key): Promise<string> {
  const all = { iss: issuer, aud: audience, exp: seconds + 60, hosts: ['tides', 'ebb'], ...claims };
  return new SignJWT(all).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(by);
}

describe('A token of another service', () => {
  it('opens the hosts that it lists, until it expires', async () => {
    const token = await sign();
    expect(await tokens.check('tides', token)).toEqual({ kind: 'good', expiresAt: now + 60_000 });
    expect(await tokens.check('ebb', token)).toMatchObject({ kind: 'good' });
    expect(await tokens.check('flood', token)).toEqual({ kind: 'unknown' });
    expect(await tokens.check('tides', await sign({ exp: seconds - 60 }))).toEqual({ kind: 'expired' });
  });

  it.each([
    ['another issuer', () => sign({ iss: 'https://evil.test' })],
    ['another audience', () => sign({ aud: 'others' })],
    ['no expiry', () => sign({ exp: undefined })],
    ['no hosts', () => sign({ hosts: undefined })],
    ['a host’s name that is no list', () => sign({ hosts: 'tides' })],
    ['another key', () => sign({}, strangers)],
    [
      'no signature',
      async () =>
        new UnsecuredJWT({ iss: issuer, aud: audience, exp: seconds + 60, hosts: ['tides'] }).encode(),
    ],
    [
      'a shared secret',
      () =>
        new SignJWT({ iss: issuer, aud: audience, exp: seconds + 60, hosts: ['tides'] })
          .setProtectedHeader({ alg: 'HS256', kid: 'one' })
          .sign(new TextEncoder().encode('0123456789abcdef0123456789abcdef')),
    ],
    ['claims that were altered', async () => (await sign()).replace(/\.(.{8})/, '.AAAAAAAA')],
    ['no form', async () => 'a.b.c'],
  ])('with %s opens nothing', async (_, make) => {
    expect(await tokens.check('tides', await make())).toEqual({ kind: 'unknown' });
    expect(warn).not.toHaveBeenCalled();
  });

  it('opens nothing while the keys cannot be had, and the operator is told', async () => {
    const closed = new ForeignTokens(
      { jwksUrl: 'http://127.0.0.1:9/keys', issuer, audience },
      { warn },
      () => now,
    );
    expect(await closed.check('tides', await sign())).toEqual({ kind: 'unknown' });
    expect(warn).toHaveBeenCalledOnce();
  });
});
