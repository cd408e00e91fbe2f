// Two relays on one PostgreSQL and one data folder: what one of them does counts at the other at once. And the server goes away and comes back.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { backupState } from '../../relay/state/state-backup.ts';
import { type Answer, connectRaw } from '../integration/http-client.ts';
import { type PostgresServer, startPostgres } from './rig/postgres.ts';
import { makeApiToken, type ShareRelay, startShareRelay } from './rig/share-relay.ts';

/** Connecting takes at most 5 s, and a statement 10 s: no answer takes longer than both. */
const maxAnswerMs = 16_000;

let server: PostgresServer;
let dataDir: string;
let one: ShareRelay;
let two: ShareRelay;
let token = '';
let databaseUrl: string;

beforeAll(async () => {
  server = await startPostgres();
  dataDir = await mkdtemp(join(tmpdir(), 'two-relays-'));
  databaseUrl = await server.createDatabase();
  const place = { dataDir, databaseUrl };
  const start = () => startShareRelay({ ...place, token: () => token });
  [one, two] = await Promise.all([start(), start()]);
  // Nobody has made the tables yet: both relays and this process do so at once.
  const [made] = await Promise.all([makeApiToken(place), one.page('a-x'), two.page('a-x')]);
  token = made;
});
afterAll(async () => {
  for (const relay of [one, two]) relay?.kill('SIGTERM');
  await Promise.all([one?.ended, two?.ended]);
  await server?.remove();
  await rm(dataDir, { recursive: true, force: true });
});

const cookieOf = ({ headers }: Answer): string => (headers['set-cookie']?.[0] ?? '').split(';')[0] as string;

it('what one publishes and changes, the other shows at once', async () => {
  expect((await one.publish('tides', 'ebb')).status).toBe(201);
  expect((await two.page('tides')).text).toContain('<p>ebb</p>');
  const content = { type: 'html', content: '<p>flood</p>' };
  expect((await two.api('PATCH', '/tides', { content })).status).toBe(200);
  expect((await one.page('tides')).text).toContain('<p>flood</p>');
  expect((await one.api('DELETE', '/tides')).status).toBe(200);
  expect((await two.page('tides')).status).toBe(404);
});

it('what one revokes, the other refuses with the next request', async () => {
  const made = JSON.parse(
    (
      await one.api('POST', '', {
        name: 'mine',
        title: 'Mine',
        content: { type: 'html', content: '<p>mine</p>' },
      })
    ).text,
  );
  const entered = await two.ask(`/?preview_token=${made.token}`, {
    host: `mine-preview.localhost:${two.port}`,
  });
  expect(entered.status).toBe(303);
  const Cookie = cookieOf(entered);
  expect((await two.page('mine', { Cookie })).status).toBe(200);
  expect((await one.page('mine', { Cookie })).status).toBe(200);
  expect((await one.api('DELETE', '/mine/tokens')).status).toBe(200);
  expect((await two.page('mine', { Cookie })).status).toBe(401);
});

it('what one revokes, the other no longer sends, though it had begun', async () => {
  const film = { base64: Buffer.alloc(16_000_000, 'film').toString('base64') };
  const content = { type: 'files', files: { 'index.html': 'film', 'film.bin': film } };
  const { text } = await one.api('POST', '', { name: 'film', title: 'Film', content });
  const { socket, received, closed } = connectRaw(two.port);
  socket.write(
    `GET /film.bin HTTP/1.1\r\nHost: film-preview.localhost\r\nAuthorization: Bearer ${JSON.parse(text).token}\r\n\r\n`,
  );
  await received(/filmfilm/);
  // A slow reader: all of it would take five seconds.
  socket.on('data', () => {
    socket.pause();
    setTimeout(() => socket.resume(), 20);
  });
  expect((await one.api('DELETE', '/film/tokens')).status).toBe(200);
  expect((await closed).length).toBeLessThan(16_000_000);
});

it('answers 503 while the server is away, and by itself goes on when it is back', async () => {
  await one.publish('stays', 'here');
  await server.stop();
  for (const answer of [await one.page('stays'), await two.publish('lost', 'x')]) {
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5']);
    expect(JSON.parse(answer.text).error).toMatchObject({ code: 'STATE_UNAVAILABLE' });
    expect(answer.text).toContain('DATABASE_URL');
    expect(answer.text).not.toMatch(/127\.0\.0\.1|ECONN|terminat/);
  }
  // What needs no state is answered as ever.
  expect((await one.ask('/healthz', { host: '127.0.0.1' })).status).toBe(200);
  await server.start();
  await vi.waitFor(async () => expect((await one.page('stays')).text).toContain('<p>here</p>'));
  expect((await two.publish('lost', 'found')).status).toBe(201);
});

it('lets nobody wait for a server that answers nothing', async () => {
  await server.freeze(true);
  const before = performance.now();
  // More than there are connections.
  const answers = await Promise.all(Array.from({ length: 25 }, () => one.page('stays')));
  expect(performance.now() - before).toBeLessThan(maxAnswerMs);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
  await server.freeze(false);
  await vi.waitFor(async () => expect((await one.page('stays')).status).toBe(200));
  expect((await one.publish('after', 'x')).status).toBe(201);
});

it('is shown elsewhere after pg_dump, share backup and pg_restore, as docs/shares.md says', async () => {
  const elsewhere = join(dataDir, 'elsewhere');
  const dump = join(dataDir, 'pages.dump');
  await server.program('pg_dump', ['--format=custom', `--file=${dump}`, databaseUrl]);
  expect(await backupState({ dataDir, folder: elsewhere })).toMatchObject({ hasDatabase: false });
  const restored = await server.createDatabase();
  await server.program('pg_restore', ['--clean', '--if-exists', `--dbname=${restored}`, dump]);
  const third = await startShareRelay({ dataDir: elsewhere, databaseUrl: restored, token: () => token });
  expect((await third.page('stays')).text).toContain('<p>here</p>');
  expect((await third.publish('new', 'x')).status).toBe(201);
  third.kill('SIGTERM');
  await third.ended;
});
