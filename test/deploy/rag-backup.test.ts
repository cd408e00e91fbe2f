// The profile rag: a real PostgreSQL with pgvector, locked in as Compose has it, comes up, is backed up, and comes back.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Engine, startEngine } from './rig/docker.ts';
import { buildRag, buildRelay, buildStandIns } from './rig/images.ts';
import { createStack, type Stack, standInNames } from './rig/stack.ts';

let engine: Engine;
let stack: Stack;
let backup: string;

beforeAll(async () => {
  engine = await startEngine();
  await buildRelay(engine);
  stack = await createStack(engine, { env: { COMPOSE_PROFILES: 'rag' } });
  const names = await standInNames(stack);
  await buildStandIns(engine, names);
  await buildRag(engine, names);
});
afterAll(async () => {
  await stack?.remove();
  await engine?.stop();
});

const sql = (text: string): Promise<string> =>
  stack.compose([
    ...['exec', '-T', 'vectordb', 'psql', '--username=rag', '--dbname=rag', '--tuples-only', '--no-align'],
    ...['--quiet', '--command', text],
  ]);
const nearest = (): Promise<string> =>
  sql(`select name from note order by place <-> '[1,1,1]' limit 1`).catch((error) => String(error));

it('comes up healthy, as the user and with the password of its settings', async () => {
  await stack.compose(['up', '--detach', '--wait', '--wait-timeout', '180']);
  const services = await stack.compose(['ps', '--format', '{{.Service}} {{.Health}}']);
  expect(services.split('\n')).toEqual(expect.arrayContaining(['rag_api healthy', 'vectordb healthy']));
  await sql('create extension vector');
  await sql('create table note (name text primary key, place vector(3))');
  await sql(`insert into note values ('attic', '[1,1,2]'), ('cellar', '[9,9,9]')`);
  expect(await nearest()).toBe('attic');
});

it('backup.sh saves it', async () => {
  const { code, stdout, stderr } = await stack.script('backup.sh', ['--no-store']);
  expect(code, stderr).toBe(0);
  backup = stdout.trim();
  expect(gunzipSync(await readFile(join(backup, 'vectordb.sql.gz'))).toString()).toContain('attic');
});

it('restore.sh brings back what was deleted', async () => {
  await sql(`delete from note where name = 'attic'`);
  expect(await nearest()).toBe('cellar');
  const { code, stderr } = await stack.script('restore.sh', ['--yes', backup]);
  expect(code, stderr).toBe(0);
  expect(await nearest()).toBe('attic');
  expect(await stack.compose(['ps', '--format', '{{.Service}}'])).toContain('rag_api');
});

it('restore.sh brings it back after everything was removed', async () => {
  expect((await stack.script('uninstall.sh', ['--yes', '--data'])).code).toBe(0);
  await buildRelay(engine);
  const { code, stderr } = await stack.script('restore.sh', ['--yes', backup]);
  expect(code, stderr).toBe(0);
  expect(await nearest()).toBe('attic');
});

it('leaves the database as it was when the dump does not fit, and says so', async () => {
  const file = join(backup, 'vectordb.sql.gz');
  const dump = gunzipSync(await readFile(file)).toString();
  await writeFile(file, gzipSync(dump.replace('attic', 'loft').replace('[9,9,9]', 'no vector')));
  await promisify(execFile)('sh', ['-c', 'sha256sum $(cut -c67- SHA256SUMS) > sums && mv sums SHA256SUMS'], {
    cwd: backup,
  });
  const { code, stderr } = await stack.script('restore.sh', ['--yes', backup]);
  expect(code).toBe(1);
  expect(stderr).toContain('the vector database cannot be restored, and is as it was');
  expect(await nearest()).toBe('attic');
});
