import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openState, type State } from '../state/state.ts';
import { HostDomains } from './host-domains.ts';
import { HostRegistry } from './host-registry.ts';

let dataDir: string;
let state: State;
let now = 1_000_000;
let ids: string[];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'domains-'));
  state = await openState({ dataDir, databaseUrl: '' });
  const hosts = new HostRegistry(state.db);
  const make = async (name: string) =>
    (
      await hosts.create({
        name,
        kind: 'share',
        owner: 'ann',
        title: name,
        visibility: 'public',
        settings: {},
      })
    ).id;
  ids = [await make('one'), await make('two')];
});
afterAll(async () => {
  await state?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const open = () => new HostDomains(state.db, () => now);

it('gives a domain to one host, until that gives it up', async () => {
  const domains = open();
  const [one = '', two = ''] = ids;
  expect(await domains.add(one, 'demo.example.org')).toBe('added');
  expect(await domains.add(one, 'demo.example.org')).toBe('there');
  expect(await domains.add(two, 'demo.example.org')).toBe('taken');
  expect(await domains.of(one)).toBe('demo.example.org');
  expect(await domains.of(two)).toBeUndefined();
  expect(await domains.list()).toEqual([{ domain: 'demo.example.org', name: 'one', createdAt: now }]);
  expect(await domains.list(two)).toEqual([]);
  expect(await domains.remove(two, 'demo.example.org')).toBe(false);
  expect(await domains.remove(one, 'demo.example.org')).toBe(true);
  expect(await domains.has('demo.example.org')).toBe(false);
});

it('asks the database once in two seconds, however many names it is asked for, and sees what another relay adds', async () => {
  const [domains, another] = [open(), open()];
  await domains.has('first.example.org');
  await another.add(ids[0] ?? '', 'late.example.org');
  const asked = vi.spyOn(state.db, 'selectFrom');
  const flood = Array.from({ length: 5_000 }, (_, index) => domains.has(`x${index}.example.org`));
  expect(new Set(await Promise.all(flood))).toEqual(new Set([false]));
  expect(await domains.has('late.example.org')).toBe(false);
  expect(asked).toHaveBeenCalledTimes(0);
  now += 2_000;
  await Promise.all(Array.from({ length: 100 }, (_, index) => domains.has(`y${index}.example.org`)));
  expect(await domains.has('late.example.org')).toBe(true);
  expect(asked).toHaveBeenCalledTimes(1);
  asked.mockRestore();
});
