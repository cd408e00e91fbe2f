// The whole stack as an operator runs it, with stand-ins for LibreChat, MongoDB and Meilisearch: up, backup, uninstall, restore.
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../integration/http-client.ts';
import { type Engine, startEngine } from './rig/docker.ts';
import { buildRelay, buildStandIns } from './rig/images.ts';
import { createStack, type Stack, standInNames } from './rig/stack.ts';

let engine: Engine;
let stack: Stack;

beforeAll(async () => {
  engine = await startEngine();
  await buildRelay(engine);
  stack = await createStack(engine);
  await buildStandIns(engine, await standInNames(stack));
}, 600_000);
afterAll(async () => {
  await stack?.remove();
  await engine?.stop();
});

const librechat = (path: string, init?: RequestInit): Promise<Response> =>
  fetch(`http://127.0.0.1:${stack.librechatPort}${path}`, init);
const write = async (path: string, body: string): Promise<void> =>
  expect((await librechat(path, { method: 'PUT', body })).status).toBe(200);
const read = async (path: string): Promise<string> => (await librechat(path)).text();
const volumes = async (): Promise<string[]> =>
  (
    await engine.docker([
      'volume',
      'ls',
      '--quiet',
      '--filter',
      `label=com.docker.compose.project=${stack.project}`,
    ])
  )
    .split('\n')
    .filter(Boolean)
    .map((name) => name.slice(stack.project.length + 1))
    .sort();

const pageOfTides = () => ask(stack.relayPort, '/', { host: 'tides-preview.localhost' });

const dataVolumes = [
  ...['librechat-images', 'librechat-logs', 'librechat-uploads', 'meilisearch-data', 'mongodb-config'],
  ...['mongodb-data', 'relay-data'],
];

describe('up', () => {
  it('docker compose up --wait brings everything to health', async () => {
    await stack.compose(['up', '--detach', '--wait', '--wait-timeout', '180']);
    const services = (await stack.compose(['ps', '--format', '{{.Service}} {{.Health}}'])).split('\n').sort();
    expect(services).toEqual([
      'librechat healthy',
      'meilisearch healthy',
      'mongodb healthy',
      'relay healthy',
    ]);
    expect(await volumes()).toEqual(dataVolumes);
  });

  it('the relay and LibreChat answer on loopback, with the environment of their files', async () => {
    const relay = await fetch(`http://127.0.0.1:${stack.relayPort}/readyz`);
    expect(await relay.json()).toMatchObject({ status: 'ok' });
    expect(JSON.parse(await read('/api/config'))).toEqual({ bundlerURL: 'https://preview.example.com' });
  });

  it('the relay runs locked in, and reaches neither the database nor LibreChat', async () => {
    const id = await stack.compose(['ps', '--quiet', 'relay']);
    const [{ HostConfig }] = JSON.parse(await engine.docker(['inspect', id]));
    expect(HostConfig).toMatchObject({
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges:true'],
      Init: true,
      RestartPolicy: { Name: 'unless-stopped' },
      PidsLimit: 512,
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '5' } },
    });
    const lookUp = `for (const name of ['mongodb', 'librechat', 'relay'])
      require('dns').lookup(name, (error) => console.log(name, error ? 'unknown' : 'found'))`;
    const found = await stack.compose(['exec', '-T', 'relay', 'node', '-e', lookUp]);
    expect(found.split('\n').sort()).toEqual(['librechat unknown', 'mongodb unknown', 'relay found']);
  });

  it('a secret that the container may not read is named, with the command that lets it', async () => {
    await writeFile(join(stack.folder, 'npmrc'), 'registry=https://npm.example.com/\n', { mode: 0o600 });
    const { code, stderr } = await engine.run(
      'docker',
      ['compose', 'run', '--rm', '--no-TTY', '--no-deps', 'relay', 'warm', '--help'],
      { cwd: stack.folder, env: { NPMRC_FILE: './npmrc' } },
    );
    expect(stderr).toContain('npmrc cannot be read by user 1000');
    expect(stderr).toContain('sudo chown 1000:$(id -g) npmrc && sudo chmod 640 npmrc');
    expect(code).toBe(1);
  });
});

describe('backup, uninstall, restore', () => {
  let backup: string;

  it('backup.sh saves the database, uploads and files, readable by their owner alone', async () => {
    await write('/notes/plan', 'the attic');
    await write('/uploads/photo', 'pixels');
    const publish =
      'echo "<h1>Tides</h1>" > /tmp/tides.html && exec /app/compose/entrypoint.sh share --name tides --visibility public /tmp/tides.html';
    expect(await stack.compose(['exec', '-T', 'relay', 'sh', '-c', publish])).toContain('tides-preview');
    expect((await pageOfTides()).text).toContain('<h1>Tides</h1>');
    const { code, stdout, stderr } = await stack.script('backup.sh', ['--no-store']);
    expect(stderr).not.toContain('cannot');
    expect(code).toBe(0);
    backup = stdout.trim();
    expect((await stat(backup)).mode & 0o777).toBe(0o700);
    expect((await readdir(backup)).sort()).toEqual([
      ...['SHA256SUMS', 'files.tar.gz', 'images', 'mongodb.gz', 'shares.tar.gz', 'volumes'],
    ]);
    expect((await readdir(join(backup, 'volumes'))).sort()).toEqual([
      ...['librechat-images.tar.gz', 'librechat-uploads.tar.gz'],
    ]);
    expect((await stat(join(backup, 'files.tar.gz'))).mode & 0o777).toBe(0o600);
    expect((await librechat('/health')).status).toBe(200);
  });

  it('uninstall.sh removes containers, networks and the kit’s images, and keeps volumes and configuration', async () => {
    const refused = await stack.script('uninstall.sh', []);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('add --yes') });
    const kept = await engine.docker(['image', 'inspect', '--format', '{{.Id}}', 'preview-kit/relay:local']);
    await engine.docker(['tag', kept, 'kept-for-the-next-test']);
    const { code } = await stack.script('uninstall.sh', ['--yes']);
    expect(code).toBe(0);
    expect(await engine.docker(['ps', '--all', '--quiet'])).toBe('');
    expect(await engine.docker(['network', 'ls', '--format', '{{.Name}}'])).not.toContain(stack.project);
    expect(await engine.docker(['image', 'ls', '--quiet', 'preview-kit/relay'])).toBe('');
    expect(await volumes()).toEqual(dataVolumes);
    expect(await readFile(join(stack.folder, '.env'), 'utf8')).toContain('MONGO_ROOT_PASSWORD');
    await engine.docker(['tag', kept, 'preview-kit/relay:local']);
  });

  it('up again finds the data', async () => {
    await stack.compose(['up', '--detach', '--wait', '--wait-timeout', '180']);
    expect(await read('/notes/plan')).toBe('the attic');
    expect(await read('/uploads/photo')).toBe('pixels');
  });

  it('uninstall.sh --data removes everything but backups, and restore.sh brings it back', async () => {
    expect((await stack.script('uninstall.sh', ['--yes', '--data'])).code).toBe(0);
    expect(await volumes()).toEqual([]);
    const files = await readdir(stack.folder);
    for (const file of ['.env', 'relay.env', 'librechat.env', 'npmrc', 'compose.override.yml', 'deploy'])
      expect(files).not.toContain(file);
    await engine.docker(['tag', 'kept-for-the-next-test', 'preview-kit/relay:local']);

    const { code, stderr } = await stack.script('restore.sh', ['--yes', backup]);
    expect(stderr).toContain(`restored from ${backup}`);
    expect(code).toBe(0);
    expect(await read('/notes/plan')).toBe('the attic');
    expect(await read('/uploads/photo')).toBe('pixels');
    expect((await fetch(`http://127.0.0.1:${stack.relayPort}/readyz`)).status).toBe(200);
    // The relay's own again: it can be written to as well.
    expect((await pageOfTides()).text).toContain('<h1>Tides</h1>');
    const list = await stack.compose(['exec', '-T', 'relay', '/app/compose/entrypoint.sh', 'share', 'list']);
    expect(list).toContain('tides-preview');
    expect((await stat(join(stack.folder, '.env'))).mode & 0o777).toBe(0o600);
  });

  it('restore.sh refuses a damaged backup and changes nothing', async () => {
    await write('/notes/plan', 'the cellar');
    await writeFile(join(backup, 'mongodb.gz'), 'not a dump');
    const { code, stderr } = await stack.script('restore.sh', ['--yes', backup]);
    expect(code).toBe(1);
    expect(stderr).toContain('is damaged; nothing was changed');
    expect(await read('/notes/plan')).toBe('the cellar');
  });
});
