import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabaseUrl } from '../../test/rig/test-database.ts';
import type { Visibility } from '../state/schema.ts';
import { openState, type State } from '../state/state.ts';
import type { ForeignTokens } from './foreign-tokens.ts';
import { HostAccess } from './host-access.ts';
import type { HostRecord } from './host-record.ts';
import { HostRegistry } from './host-registry.ts';
import { HostTokens } from './host-tokens.ts';
import type { Visitor } from './visitor.ts';

let dataDir: string;
let state: State;
let now = 1_000_000;
let hosts: HostRegistry;
let tokens: HostTokens;
let access: HostAccess;
let count = 0;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'access-'));
  state = await openState({ dataDir, databaseUrl: await testDatabaseUrl(dataDir) });
  const clock = () => now;
  hosts = new HostRegistry(state.db, clock);
  tokens = new HostTokens(state.db, clock);
  access = new HostAccess(tokens, foreign, clock);
});
afterAll(async () => {
  await state?.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** Of another service: `jwt <name of the host>` is good, `jwt late` has expired. */
const foreign: Pick<ForeignTokens, 'check'> = {
  async check(name, token) {
    if (token === `jwt ${name}`) return { kind: 'good', expiresAt: now + 60_000 };
    return { kind: token === 'jwt late' ? 'expired' : 'unknown' };
  },
};

function makeHost(visibility: Visibility, expiresAt?: number): Promise<HostRecord> {
  const name = `a-${(count++).toString(36)}`;
  const host = { name, kind: 'share' as const, owner: 'ann', title: '', visibility, settings: {} };
  return hosts.create({ ...host, ...(expiresAt !== undefined && { expiresAt }) });
}

const nobody: Visitor = { queryToken: undefined, token: undefined, session: undefined };
const decide = async (host: HostRecord | undefined, visitor: Partial<Visitor> = {}) =>
  access.decide(host && (await hosts.findById(host.id)), { ...nobody, ...visitor });

describe('Whoever comes', () => {
  it.each(['public', 'private', 'password', 'signed-in'] as const)(
    'gets nothing of a %s host that is unpublished, disabled, expired or deleted',
    async (visibility) => {
      const host = await makeHost(visibility, now + 1000);
      for (const what of ['unpublished', 'disabled'] as const) {
        await hosts.mark(host.id, what, true);
        expect(await decide(host)).toEqual({ kind: 'closed', obstacle: what });
        await hosts.mark(host.id, what, false);
      }
      expect(await decide(host)).not.toMatchObject({ kind: 'closed' });
      now += 1000;
      expect(await decide(host)).toEqual({ kind: 'closed', obstacle: 'expired' });
      await hosts.mark(host.id, 'deleted', true);
      expect(await decide(host)).toEqual({ kind: 'closed', obstacle: 'missing' });
    },
  );

  it('gets nothing where there is no host', async () => {
    expect(await decide(undefined)).toEqual({ kind: 'closed', obstacle: 'missing' });
  });

  it('sees a public host', async () => {
    expect(await decide(await makeHost('public'))).toEqual({ kind: 'open' });
  });
});

describe('A private host', () => {
  it('opens by a token in the address, which becomes a session', async () => {
    const host = await makeHost('private');
    const { token } = await tokens.create(host.id);
    const entered = await decide(host, { queryToken: token });
    if (entered.kind !== 'enter') throw new Error(`It is ${entered.kind}.`);
    expect(await decide(host, { session: entered.session.secret })).toEqual({ kind: 'open' });
    expect(await decide(await makeHost('private'), { session: entered.session.secret })).toEqual({
      kind: 'token-needed',
      given: 'none',
    });
  });

  it('opens to programs by a header, request by request', async () => {
    const host = await makeHost('private');
    const { token } = await tokens.create(host.id, { maxUses: 1 });
    expect(await decide(host, { token })).toEqual({ kind: 'open' });
    expect(await decide(host, { token })).toEqual({ kind: 'token-needed', given: 'used-up' });
  });

  it('keeps a browser in that opens the same link again, although its token is used up', async () => {
    const host = await makeHost('private');
    const { token } = await tokens.create(host.id, { maxUses: 1 });
    const entered = await decide(host, { queryToken: token });
    if (entered.kind !== 'enter') throw new Error(`It is ${entered.kind}.`);
    expect(await decide(host, { queryToken: token, session: entered.session.secret })).toEqual({
      kind: 'open',
    });
    expect(await decide(host, { queryToken: token })).toEqual({ kind: 'token-needed', given: 'used-up' });
  });

  it('says what is wrong with a token that was good once, and nothing about others', async () => {
    const host = await makeHost('private');
    const expired = await tokens.create(host.id, { expiresAt: now });
    const revoked = await tokens.create(host.id);
    await tokens.revoke(host.id, revoked.record.id);
    const given = async (queryToken: string) => (await decide(host, { queryToken })) as { given?: string };
    expect((await given(expired.token)).given).toBe('expired');
    expect((await given(revoked.token)).given).toBe('revoked');
    expect((await given(`${revoked.token.slice(0, -1)}A`)).given).toBe('unknown');
    expect((await given('')).given).toBe('unknown');
  });
});

describe('Whoever is in', () => {
  const remains = async (host: HostRecord, visitor: Partial<Visitor> = {}, user?: string) =>
    access.remains(await hosts.findById(host.id), { ...nobody, ...visitor }, async () => user);

  it.each(['unpublished', 'disabled', 'deleted'] as const)('is out when the host is %s', async (what) => {
    const host = await makeHost('public');
    expect(await remains(host)).toBe(true);
    await hosts.mark(host.id, what, true);
    expect(await remains(host)).toBe(false);
  });

  it('is out when the host expires, or becomes another’s to see', async () => {
    const host = await makeHost('public', now + 1000);
    now += 1000;
    expect(await remains(host)).toBe(false);
    const other = await makeHost('public');
    await hosts.change(other.id, { visibility: 'private' });
    expect(await remains(other)).toBe(false);
    expect(await remains(await makeHost('signed-in'), {}, 'ann')).toBe(true);
    expect(await remains(await makeHost('signed-in'))).toBe(false);
  });

  it('is out when the token is revoked, and in as long as it is only used up', async () => {
    const host = await makeHost('private');
    const { token, record } = await tokens.create(host.id, { maxUses: 1 });
    const used = await tokens.use(host.id, token);
    const { secret: session } = await tokens.openSession(host.id, used);
    expect([await remains(host, { token }), await remains(host, { session })]).toEqual([true, true]);
    await tokens.revoke(host.id, record.id);
    expect([await remains(host, { token }), await remains(host, { session })]).toEqual([false, false]);
  });
});

describe('Other hosts', () => {
  it('let nobody in by a session of the password when they ask for a link instead', async () => {
    const host = await makeHost('password');
    const { secret: session } = await tokens.openSession(host.id);
    expect(await decide(host, { session })).toEqual({ kind: 'open' });
    await hosts.change(host.id, { visibility: 'private' });
    expect(await decide(host, { session })).toEqual({ kind: 'token-needed', given: 'none' });
  });

  it('let nobody in by a link when they ask for the password instead', async () => {
    const host = await makeHost('private');
    const { token, record } = await tokens.create(host.id);
    const { secret: session } = await tokens.openSession(host.id, record);
    expect(await decide(host, { session })).toEqual({ kind: 'open' });
    await hosts.change(host.id, { visibility: 'password' });
    expect(await decide(host, { session })).toEqual({ kind: 'password-needed' });
    expect(await decide(host, { queryToken: token })).toEqual({ kind: 'password-needed' });
    const now = await hosts.findById(host.id);
    expect(await access.remains(now, { ...nobody, session }, async () => undefined)).toBe(false);
  });

  it('ask for a password, which opens a session', async () => {
    const host = await makeHost('password');
    expect(await decide(host)).toEqual({ kind: 'password-needed' });
    const { secret } = await tokens.openSession(host.id);
    expect(await decide(host, { session: secret })).toEqual({ kind: 'open' });
    expect(await decide(host, { session: 'pks_other' })).toEqual({ kind: 'password-needed' });
  });

  it('ask who is signed in', async () => {
    const host = await makeHost('signed-in');
    expect(await decide(host)).toEqual({ kind: 'sign-in-needed' });
    expect(await access.decide(host, nobody, async () => 'ann')).toEqual({ kind: 'open' });
  });
});

describe('A token of another service', () => {
  it('opens a private host to programs, and lets browsers in until it expires', async () => {
    const host = await makeHost('private');
    const token = `jwt ${host.name}`;
    expect(await decide(host, { token })).toEqual({ kind: 'open' });
    const entered = await decide(host, { queryToken: token });
    if (entered.kind !== 'enter') throw new Error(entered.kind);
    const { secret: session, expiresAt } = entered.session;
    expect(expiresAt).toBe(now + 60_000);
    expect(await decide(host, { session })).toEqual({ kind: 'open' });
    expect(await access.remains(host, { ...nobody, token }, async () => undefined)).toBe(true);
    await tokens.revoke(host.id);
    expect(await decide(host, { session })).toEqual({ kind: 'token-needed', given: 'none' });
  });

  it('that has expired, or is another host’s, is told as the kit’s own are', async () => {
    const [host, other] = [await makeHost('private'), await makeHost('private')];
    expect(await decide(host, { queryToken: 'jwt late' })).toEqual({
      kind: 'token-needed',
      given: 'expired',
    });
    expect(await decide(host, { token: `jwt ${other.name}` })).toEqual({
      kind: 'token-needed',
      given: 'unknown',
    });
  });
});
