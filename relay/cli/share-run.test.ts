import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testShares } from '../../test/rig/test-shares.ts';
import type { LazyShares, OpenShares } from '../shares/open-shares.ts';
import { runShare } from './share-run.ts';

let folder: string;
let lazy: LazyShares;
let open: OpenShares;
let said: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'share-run-'));
  lazy = testShares(folder);
  open = await lazy.open();
  await writeFile(join(folder, 'tides.html'), '<h1>Tides</h1>');
});
afterAll(async () => {
  await lazy?.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  said = [];
});

const run = (positionals: string[], values: Record<string, string | boolean> = {}) =>
  runShare(positionals, values, {
    open,
    address: 'https://preview.example.com',
    managedAt: 'https://api.example.com',
    say: (line) => said.push(line),
    names: { hostname: 'preview.example.com', apiHostnames: ['api.example.com'], embedOrigins: [] },
  });
const publish = (name: string, values = {}) =>
  run([join(folder, 'tides.html')], { name, visibility: 'public', ...values });

describe('npm run share', () => {
  it('shows a page with its views, markup for other sites, and a QR code', async () => {
    await publish('p-show', { publisher: 'Ann', 'no-bar': true });
    const host = await open.hosts.find('p-show');
    expect(JSON.parse(host?.settings ?? '')).toMatchObject({ publisher: 'Ann', bar: false });
    open.views.count(host?.id as string, 4);
    await open.service.update({ owner: 'operator', name: 'test' }, 'p-show', {
      embedOrigins: ['https://wiki.example.com'],
    });
    expect(await run(['show', 'p-show'])).toBe(0);
    expect(said.slice(1, 4)).toEqual([
      'https://p-show-preview.example.com/  tides  (public, version 1)',
      'Views in 30 days: 4',
      expect.stringMatching(/^For https:\/\/wiki\.example\.com:\n<iframe src="https:\/\/p-show-preview/),
    ]);
    expect(said.at(-1)).toMatch(/[▀▄█]{5}/u);
  });

  it('makes a link to somebody’s pages, or to the operator’s', async () => {
    const sessionOf = async (line = '') =>
      open.owners.find(
        await open.owners.exchange(line.replace('https://api.example.com/pages/enter?link=', '')),
      );
    await run(['manage']);
    expect(await sessionOf(said[0])).toEqual({ owner: 'operator', isOperator: true });
    said = [];
    await run(['manage'], { owner: 'ann' });
    expect(await sessionOf(said[0])).toEqual({ owner: 'ann', isOperator: false });
  });

  it('lists what visitors reported, without what moves the cursor, until it is closed', async () => {
    await publish('p-report');
    said = [];
    const host = await open.hosts.find('p-report');
    await open.reports.add(host?.id as string, 'harmful', 'Look\u001b[2J here');
    await run(['reports']);
    expect(said).toEqual([
      expect.stringMatching(
        /^\w{20} {2}20\S+ {2}p-report \(tides, of operator\) {2}harmful: Look \[2J here$/,
      ),
    ]);
    const id = said[0]?.slice(0, 20) as string;
    await run(['reports', 'close', id]);
    await run(['reports']);
    expect(said.slice(1)).toEqual(['1 report closed.', 'Nothing was reported.']);
    await expect(run(['reports', 'close', id])).rejects.toThrow(`There is no open report “${id}”.`);
  });

  it('tells who did what, of one page or of all', async () => {
    await publish('p-log');
    await run(['link', 'p-log'], { label: 'for Ben' });
    await run(['revoke', 'p-log']);
    const host = await open.hosts.find('p-log');
    await open.links.create('ann\u001b[2J by LibreChat', host?.id as string);
    await run(['disable', 'p-log']);
    said = [];
    await run(['log', 'p-log']);
    expect(
      said.map((line) => line.replace(/^20\S+Z {2}/, '').replace(/"token":"\w{20}"/, '"token":"…"')),
    ).toEqual([
      expect.stringMatching(
        /^share\.publish {2}p-log {2}by command line {2}\{"visibility":"public","bytes":\d+\}$/,
      ),
      'token.create  p-log  by command line  {"token":"…","label":"for Ben"}',
      'token.revoke  p-log  by command line  {"tokens":1}',
      'token.create  p-log  by ann [2J by LibreChat  {"token":"…","label":""}',
      'share.disable  p-log  by operator',
    ]);
    expect(said.join()).not.toContain('pkh_');
    said = [];
    await run(['log']);
    expect(said.length).toBeGreaterThan(5);
    await expect(run(['log', 'nothing'])).rejects.toThrow('There is no page “nothing”.');
  });
});
