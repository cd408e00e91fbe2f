import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testDatabaseUrl } from '../../test/rig/test-database.ts';
import { HostRegistry, NameTaken } from '../hosts/host-registry.ts';
import { HostTokens } from '../hosts/host-tokens.ts';
import { isPassword } from '../hosts/password.ts';
import { BlobStore } from '../state/blob-store.ts';
import { openState, type State } from '../state/state.ts';
import { ShareRefused } from './share-archive.ts';
import { publishRequest, RequestRefused, readRequest, updateRequest } from './share-request.ts';
import { ShareMissing, ShareService } from './share-service.ts';
import { ShareVersions } from './share-versions.ts';

const ann = { owner: 'ann', name: 'ann' };
const bea = { owner: 'bea', name: 'bea' };

let dataDir: string;
let state: State;
let now = Date.UTC(2026, 10, 28);
let tokens: HostTokens;
let versions: ShareVersions;
let shares: ShareService;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'shares-'));
  state = await openState({ dataDir, databaseUrl: await testDatabaseUrl(dataDir) });
  const { db } = state;
  const clock = () => now;
  tokens = new HostTokens(db, clock);
  versions = new ShareVersions({
    db,
    blobs: new BlobStore(join(dataDir, 'blobs')),
    quota: { ownerBytes: 1_000_000, totalBytes: 2_000_000 },
    now: clock,
  });
  shares = new ShareService({
    db,
    hosts: new HostRegistry(db, clock),
    tokens,
    versions,
    limits: { maxFiles: 10, maxBytes: 100_000 },
    makeReactPage: async () => {
      throw new ShareRefused('/App.tsx: Unexpected token (3:7)');
    },
    graceMs: 7 * 24 * 3_600_000,
    now: clock,
  });
});
afterAll(async () => {
  await state?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const request = (more: object = {}) =>
  readRequest(publishRequest, {
    content: { type: 'html', content: '<h1>Tides</h1>' },
    title: 'Tides',
    ...more,
  });
const change = (more: object) => readRequest(updateRequest, more);

describe('Publishing', () => {
  it('gives a private share an address that nobody guesses, and a token that opens it', async () => {
    const { host, shown, token } = await shares.publish(ann, request());
    expect(host).toMatchObject({ visibility: 'private', owner: 'ann', title: 'Tides' });
    expect(host.name).toMatch(/^tides-[a-z2-9]{10}$/);
    expect(shown?.number).toBe(1);
    expect(await tokens.use(host.id, token?.token ?? '')).toBeDefined();
  });

  it('gives others no token, and keeps of a password its hash', async () => {
    expect((await shares.publish(ann, request({ visibility: 'public' }))).token).toBeUndefined();
    const { host } = await shares.publish(ann, request({ visibility: 'password', password: 'ebb and flow' }));
    expect(await isPassword('ebb and flow', host.password_hash ?? '')).toBe(true);
  });

  it('takes the name that is asked for, once', async () => {
    await shares.publish(ann, request({ name: 'tides' }));
    await expect(shares.publish(bea, request({ name: 'tides' }))).rejects.toThrow(NameTaken);
  });

  it('gives a name to one of those who ask for it at once', async () => {
    const tries = [1, 2, 3, 4].map(() => shares.publish(ann, request({ name: 'at-once' })));
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(NameTaken);
  });

  it('leaves nothing behind when it fails', async () => {
    const content = { type: 'react', content: 'export default <' };
    await expect(shares.publish(ann, request({ name: 'broken', content }))).rejects.toThrow(
      'Unexpected token (3:7)',
    );
    const insert = vi.spyOn(versions, 'insert').mockRejectedValueOnce(new Error('ENOSPC'));
    await expect(shares.publish(ann, request({ name: 'broken' }))).rejects.toThrow('ENOSPC');
    insert.mockRestore();
    await expect(shares.find(ann, 'broken')).rejects.toThrow(ShareMissing);
    await shares.publish(ann, request({ name: 'broken' }));
  });
});

describe('A share', () => {
  it('shows its newest version, or the one it is told to', async () => {
    const { host } = await shares.publish(ann, request());
    const content = { type: 'html', content: '<h1>Ebb</h1>' };
    expect((await shares.update(ann, host.name, change({ content }))).shown?.number).toBe(2);
    expect((await shares.update(ann, host.name, change({ version: 1 }))).shown?.number).toBe(1);
    expect((await shares.update(ann, host.name, change({ content }))).shown?.number).toBe(1);
    expect((await shares.update(ann, host.name, change({ version: 'latest' }))).shown?.number).toBe(3);
    await expect(shares.update(ann, host.name, change({ version: 9 }))).rejects.toThrow(
      'no version 9, but 3, 2, 1',
    );
  });

  it('keeps the settings that an update does not name', async () => {
    const { host } = await shares.publish(
      ann,
      request({ bar: false, egress: ['https://api.example.com'], expiresInDays: 1 }),
    );
    const { settings, host: changed } = await shares.update(
      ann,
      host.name,
      change({ index: true, title: 'Ebb' }),
    );
    expect(settings).toEqual({
      bar: false,
      publisher: '',
      download: true,
      index: true,
      embedOrigins: [],
      egress: ['https://api.example.com'],
    });
    expect(changed).toMatchObject({ title: 'Ebb', expires_at: now + 24 * 3_600_000 });
    expect((await shares.update(ann, host.name, change({ expiresInDays: null }))).host.expires_at).toBeNull();
  });

  it('asks for a password before it is shown by one', async () => {
    const { host } = await shares.publish(ann, request());
    await expect(shares.update(ann, host.name, change({ visibility: 'password' }))).rejects.toThrow(
      RequestRefused,
    );
    await shares.update(ann, host.name, change({ visibility: 'password', password: 'ebb and flow' }));
    await shares.update(ann, host.name, change({ title: 'Still by password' }));
    await expect(
      shares.update(ann, host.name, change({ visibility: 'public', password: 'ebb and flow' })),
    ).rejects.toThrow(RequestRefused);
  });

  it('leaves visitors in who gave the password when only its content changes', async () => {
    const secret = { visibility: 'password', password: 'ebb and flow' };
    const { host } = await shares.publish(ann, request(secret));
    const { secret: session } = await tokens.openSession(host.id);
    await shares.update(ann, host.name, change({ content: { type: 'html', content: '<h1>Two</h1>' } }));
    expect(await tokens.hasSession(host.id, session, true)).toBe(true);
    await shares.update(ann, host.name, change({ visibility: 'password', title: 'Same' }));
    expect(await tokens.hasSession(host.id, session, true)).toBe(true);
    await shares.update(ann, host.name, change({ visibility: 'private' }));
    expect(await tokens.hasSession(host.id, session)).toBe(false);
  });

  it('is nobody’s but its owner’s', async () => {
    const { host } = await shares.publish(ann, request());
    for (const attempt of [
      () => shares.find(bea, host.name),
      () => shares.update(bea, host.name, change({ title: 'Mine' })),
      () => shares.unpublish(bea, host.name, true),
      () => shares.remove(bea, host.name),
    ])
      await expect(attempt()).rejects.toThrow(ShareMissing);
    expect((await shares.list(bea, { limit: 100 })).rows).toEqual([]);
  });

  it('can be taken off, put back, deleted and restored, until it is swept', async () => {
    const { host } = await shares.publish(ann, request({ name: 'gone' }));
    expect((await shares.unpublish(ann, 'gone', true)).host.unpublished_at).toBe(now);
    expect((await shares.unpublish(ann, 'gone', false)).host.unpublished_at).toBeNull();
    await shares.remove(ann, 'gone');
    await expect(shares.find(ann, 'gone')).rejects.toThrow(ShareMissing);
    now += 6 * 24 * 3_600_000;
    expect((await shares.sweep()).shares).toBe(0);
    await shares.restore(ann, 'gone');
    expect((await shares.find(ann, 'gone')).host.id).toBe(host.id);
    await shares.remove(ann, 'gone');
    now += 8 * 24 * 3_600_000;
    expect((await shares.sweep()).shares).toBe(1);
    await expect(shares.restore(ann, 'gone')).rejects.toThrow(ShareMissing);
    const acts = await state.db
      .selectFrom('audit')
      .select('action')
      .where('host_id', '=', host.id)
      .orderBy('id')
      .execute();
    expect(acts.map(({ action }) => action.replace('share.', ''))).toEqual([
      'publish',
      'unpublish',
      'republish',
      'delete',
      'restore',
      'delete',
    ]);
  });
});
