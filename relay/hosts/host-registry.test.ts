import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabaseUrl } from '../../test/rig/test-database.ts';
import { openState, type State } from '../state/state.ts';
import { HostRegistry, NameTaken, type NewHost } from './host-registry.ts';
import { HostTokens, sessionMs } from './host-tokens.ts';

let dataDir: string;
let state: State;
let now = Date.UTC(2026, 10, 28);
let hosts: HostRegistry;
let tokens: HostTokens;
let count = 0;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hosts-'));
  state = await openState({ dataDir, databaseUrl: await testDatabaseUrl(dataDir) });
  hosts = new HostRegistry(state.db, () => now);
  tokens = new HostTokens(state.db, () => now);
});
afterAll(async () => {
  await state?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const newHost = (more: Partial<NewHost> = {}): NewHost => ({
  name: `host-${String.fromCharCode(97 + (count % 26))}${(count++).toString(36)}x`,
  kind: 'share',
  owner: 'ann',
  title: 'A page',
  visibility: 'private',
  settings: {},
  ...more,
});

describe('HostRegistry', () => {
  it('finds a host by its name, and after another has opened the same file', async () => {
    const made = await hosts.create(newHost({ name: 'tide-tables' }));
    expect(await hosts.find('tide-tables')).toEqual(made);
    const second = await openState({ dataDir, databaseUrl: await testDatabaseUrl(dataDir) });
    expect(await new HostRegistry(second.db).find('tide-tables')).toEqual(made);
    await second.close();
  });

  it('gives a name once, and not before its deletion is final', async () => {
    const made = await hosts.create(newHost({ name: 'taken' }));
    await expect(hosts.create(newHost({ name: 'taken' }))).rejects.toThrow(NameTaken);
    await hosts.mark(made.id, 'deleted', true);
    await expect(hosts.create(newHost({ name: 'taken' }))).rejects.toThrow(NameTaken);
    now += 1000;
    expect(await hosts.sweep(now, 10)).toEqual([made.id]);
    await expect(hosts.create(newHost({ name: 'taken' }))).resolves.toMatchObject({ name: 'taken' });
  });

  it('lists an owner’s hosts page by page, each once, although they were changed at the same moment', async () => {
    for (let index = 0; index < 5; index += 1)
      await hosts.create(newHost({ owner: 'bea', title: `${index}` }));
    const gone = await hosts.create(newHost({ owner: 'bea' }));
    await hosts.mark(gone.id, 'deleted', true);
    const first = await hosts.list('bea', { limit: 2 });
    const second = await hosts.list('bea', { limit: 2, after: first.next as string });
    const third = await hosts.list('bea', { limit: 2, after: second.next as string });
    const titles = [first, second, third].flatMap(({ rows }) => rows.map(({ title }) => title));
    expect(titles.sort()).toEqual(['0', '1', '2', '3', '4']);
    expect(third.next).toBeUndefined();
  });

  it('changes what is named, and takes away what is null', async () => {
    const { id } = await hosts.create(newHost({ expiresAt: now + 1000 }));
    expect(await hosts.change(id, { title: 'New' })).toMatchObject({ title: 'New', expires_at: now + 1000 });
    expect(await hosts.change(id, { expiresAt: null })).toMatchObject({ title: 'New', expires_at: null });
    expect(await hosts.change('none', { title: 'New' })).toBeUndefined();
  });

  it('counts views by day', async () => {
    const { id } = await hosts.create(newHost());
    await Promise.all([1, 2, 2].map((views) => hosts.countViews(id, views)));
    await hosts.countViews('gone', 1);
    const rows = await state.db.selectFrom('host_views').selectAll().where('host_id', '=', id).execute();
    expect(rows).toEqual([{ host_id: id, day: '2026-11-28', views: 5 }]);
  });
});

describe('HostTokens', () => {
  it('opens the host that it was made for, and no other', async () => {
    const [one, other] = [await hosts.create(newHost()), await hosts.create(newHost())];
    const { token } = await tokens.create(one.id, { label: 'Bea' });
    expect(await tokens.use(one.id, token)).toMatchObject({ label: 'Bea', uses: 1, last_used_at: now });
    expect(await tokens.use(other.id, token)).toBeUndefined();
    expect(await tokens.whyNot(other.id, token)).toBe('unknown');
  });

  it('stores no token, and lists its first characters only', async () => {
    const { id } = await hosts.create(newHost());
    const { token, record } = await tokens.create(id);
    expect(await tokens.list(id)).toEqual([record]);
    expect(JSON.stringify(await state.db.selectFrom('host_tokens').selectAll().execute())).not.toContain(
      token,
    );
  });

  it('ends at its expiry, which can be moved and taken away', async () => {
    const { id } = await hosts.create(newHost());
    const { token, record } = await tokens.create(id, { expiresAt: now + 1000 });
    now += 1000;
    expect(await tokens.use(id, token)).toBeUndefined();
    expect(await tokens.whyNot(id, token)).toBe('expired');
    await tokens.update(id, record.id, { expiresAt: now + 1 });
    expect(await tokens.use(id, token)).toBeDefined();
    expect(await tokens.update(id, record.id, { expiresAt: null })).toMatchObject({ expires_at: null });
    now += 1000;
    expect(await tokens.use(id, token)).toBeDefined();
    expect(await tokens.update(id, record.id, {})).toMatchObject({ expires_at: null });
  });

  it('opens as often as it may, however many come at once', async () => {
    const { id } = await hosts.create(newHost());
    const { token } = await tokens.create(id, { maxUses: 2 });
    const uses = await Promise.all(Array.from({ length: 6 }, () => tokens.use(id, token)));
    expect(uses.filter(Boolean)).toHaveLength(2);
    expect(await tokens.whyNot(id, token)).toBe('used-up');
  });

  it('is worth nothing once it is revoked, nor is a session that it opened', async () => {
    const { id } = await hosts.create(newHost());
    const { token, record } = await tokens.create(id);
    const { secret } = await tokens.openSession(id, record);
    expect(await tokens.hasSession(id, secret)).toBe(true);
    expect(await tokens.revoke(id, record.id)).toBe(1);
    expect(await tokens.revoke(id, record.id)).toBe(0);
    expect(await tokens.hasSession(id, secret)).toBe(false);
    expect(await tokens.use(id, token)).toBeUndefined();
    expect(await tokens.whyNot(id, token)).toBe('revoked');
    expect(await tokens.update(id, record.id, { expiresAt: null })).toBeUndefined();
  });

  it('keeps sessions to their host, to their time, and to the password they knew', async () => {
    const [one, other] = [await hosts.create(newHost()), await hosts.create(newHost())];
    const { secret, expiresAt } = await tokens.openSession(one.id);
    expect(expiresAt).toBe(now + sessionMs);
    expect(await tokens.hasSession(other.id, secret)).toBe(false);
    await hosts.change(one.id, { passwordHash: 'another' });
    expect(await tokens.hasSession(one.id, secret)).toBe(false);
    const later = await tokens.openSession(one.id);
    now = later.expiresAt;
    expect(await tokens.hasSession(one.id, later.secret)).toBe(false);
    expect(await tokens.sweepSessions()).toBeGreaterThan(0);
  });

  it('goes with its host', async () => {
    const { id } = await hosts.create(newHost());
    await tokens.create(id);
    await hosts.mark(id, 'deleted', true);
    now += 1000;
    await hosts.sweep(now, 10);
    expect(await tokens.list(id)).toEqual([]);
  });
});
