// What goes wrong while previews are open: the relay is killed, the machine reboots, the disk is full, an upgrade comes, an upgrade
// fails. Previews come back without an operator, and nothing is lost.
import { appendFile, cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { BrowserContext, Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openChromium, type RecordedBrowser } from '../browser/open-chromium.ts';
import { PlaygroundPage } from '../browser/playground-page.ts';
import { freePort, type Kit } from '../browser/start-kit.ts';
import { type Engine, startEngine } from './rig/docker.ts';
import { buildRelay, buildStandIns, relayImage } from './rig/images.ts';
import { startPlayground } from './rig/playground.ts';
import { createStack, type Stack, standInNames } from './rig/stack.ts';

const root = resolve(import.meta.dirname, '../..');

let engine: Engine;
let stack: Stack;
let chromium: RecordedBrowser;
let context: BrowserContext;

beforeAll(async () => {
  engine = await startEngine();
  stack = await createStack(engine);
  await buildRelay(engine, stack.folder);
  chromium = await openChromium();
  context = await chromium.browser.newContext();
}, 600_000);
afterAll(async () => {
  await chromium?.close();
  await stack?.remove();
  await engine?.stop();
});

/** A preview that is open, and the button that its artifact answers to. */
interface OpenPreview {
  tab: PlaygroundPage;
  frame: Frame;
}

async function open(kit: Kit, sample: string): Promise<OpenPreview> {
  const tab = await PlaygroundPage.open(context, kit, { sample });
  expect(await tab.settled()).toBe('ready');
  return { tab, frame: await tab.artifactFrame() };
}

/** A React artifact answers a click; an HTML page still shows its text. */
async function expectAlive({ frame }: OpenPreview): Promise<void> {
  const action = frame.getByTestId('action');
  if ((await action.count()) === 0) {
    await vi.waitUntil(() => frame.evaluate(() => document.body.innerText.trim().length > 20));
    return;
  }
  const before = await action.textContent();
  await action.click();
  await expect.poll(() => action.textContent()).not.toBe(before);
}

/** As a user does who comes back to the chat: the page is loaded anew, and the preview with it. */
async function comeBack({ tab }: OpenPreview): Promise<OpenPreview> {
  await tab.page.reload();
  expect(await tab.settled()).toBe('ready');
  return { tab, frame: await tab.artifactFrame() };
}

const health = (container: string): Promise<string> =>
  engine
    .docker(['inspect', '--format', '{{.State.Status}} {{.State.Health.Status}}', container])
    .catch(() => 'gone');
const becomesHealthy = (container: string): Promise<unknown> =>
  vi.waitUntil(async () => (await health(container)) === 'running healthy', {
    timeout: 120_000,
    interval: 500,
  });

describe('a stack with open previews', () => {
  let kit: Kit;
  let previews: OpenPreview[];

  beforeAll(async () => {
    await buildStandIns(engine, await standInNames(stack));
    await stack.compose(['up', '--detach', '--wait', '--wait-timeout', '180']);
    kit = await startPlayground({
      port: stack.embedderPort,
      previewUrl: `http://preview.localhost:${stack.relayPort}`,
    });
    previews = [await open(kit, 'kanban'), await open(kit, 'game')];
    const note = await fetch(`http://127.0.0.1:${stack.librechatPort}/notes/plan`, {
      method: 'PUT',
      body: 'attic',
    });
    expect(note.status).toBe(200);
  }, 400_000);
  afterAll(async () => {
    await kit?.close();
    await stack?.compose(['stop', '--timeout', '1']);
  });

  const relay = (): Promise<string> => stack.compose(['ps', '--all', '--quiet', 'relay']);
  const relayImageId = async (): Promise<string> =>
    engine.docker(['inspect', '--format', '{{.Image}}', await relay()]);

  it('the relay is killed: open previews go on, and new ones open when it is back', async () => {
    const container = await relay();
    const pid = await engine.docker(['inspect', '--format', '{{.State.Pid}}', container]);
    process.kill(Number(pid), 'SIGKILL');
    for (const preview of previews) await expectAlive(preview);
    await becomesHealthy(container);
    expect(await engine.docker(['inspect', '--format', '{{.RestartCount}}', container])).toBe('1');
    for (const [index, preview] of previews.entries()) {
      previews[index] = await comeBack(preview);
      await expectAlive(previews[index]);
    }
  });

  it('the machine reboots: everything starts again, with its data', async () => {
    await engine.reboot();
    await becomesHealthy(await relay());
    await becomesHealthy(await stack.compose(['ps', '--all', '--quiet', 'librechat']));
    for (const [index, preview] of previews.entries()) previews[index] = await comeBack(preview);
    const note = await fetch(`http://127.0.0.1:${stack.librechatPort}/notes/plan`);
    expect(await note.text()).toBe('attic');
  });

  it('an upgrade: open previews go on, and come back from the new image', async () => {
    const before = await relayImageId();
    await appendFile(join(stack.folder, 'compose', 'health.mjs'), '// Another version.\n');
    const { code, stderr } = await stack.script('upgrade.sh', ['--no-pull', '--timeout', '120']);
    expect(stderr).toContain('everything is healthy');
    expect(code).toBe(0);
    expect(await relayImageId()).not.toBe(before);
    for (const [index, preview] of previews.entries()) {
      await expectAlive(preview);
      previews[index] = await comeBack(preview);
    }
  }, 240_000);

  it('an upgrade that does not become healthy is taken back', async () => {
    const before = await relayImageId();
    await writeFile(
      join(stack.folder, 'compose', 'entrypoint.sh'),
      '#!/bin/sh\necho this version is broken >&2\nexit 1\n',
    );
    const { code, stderr } = await stack.script('upgrade.sh', [
      '--no-pull',
      '--no-backup',
      '--timeout',
      '60',
    ]);
    expect(stderr).toContain('this version is broken');
    expect(stderr).toContain('the upgrade failed; the earlier images are running again');
    expect(code).toBe(1);
    expect(await relayImageId()).toBe(before);
    for (const [index, preview] of previews.entries()) previews[index] = await comeBack(preview);
    expect(await readFile(join(stack.folder, '.env'), 'utf8')).toContain(':deploy/rollback.yml\n');

    await cp(join(root, 'compose', 'entrypoint.sh'), join(stack.folder, 'compose', 'entrypoint.sh'));
    expect((await stack.script('upgrade.sh', ['--no-pull', '--no-backup'])).code).toBe(0);
    expect(await readFile(join(stack.folder, '.env'), 'utf8')).not.toContain('rollback.yml');
    await comeBack(previews[0] as OpenPreview);
  }, 300_000);
});

describe('the relay’s disk', () => {
  const containers: string[] = [];
  const locked = [
    '--read-only',
    '--cap-drop=ALL',
    '--security-opt=no-new-privileges',
    '--tmpfs=/tmp',
    '--health-interval=1s',
  ];
  let embedderPort: number;

  beforeAll(async () => {
    embedderPort = await freePort();
    await engine.docker(['network', 'create', 'disk']);
  });
  afterAll(async () => {
    await engine.run('docker', ['rm', '--force', '--volumes', ...containers]);
    await engine.run('docker', ['volume', 'prune', '--force']);
    await engine.run('docker', ['network', 'rm', 'disk']);
  });

  async function run(flags: string[], command: string[] = []): Promise<string> {
    const id = await engine.docker([
      ...['run', '--detach', '--init', '--network=disk', '--restart=unless-stopped', ...locked, ...flags],
      ...['--env=PREVIEW_HOSTNAME=preview.localhost', `--env=EMBED_ORIGINS=http://localhost:${embedderPort}`],
      ...[relayImage, ...command],
    ]);
    containers.push(id);
    return id;
  }
  const logs = (id: string): Promise<string> =>
    engine.run('docker', ['logs', id]).then(({ stdout, stderr }) => stdout + stderr);

  it('is too small for the image’s packages: the relay says so, and starts', async () => {
    const id = await run(['--tmpfs=/data:size=20m,uid=1000,gid=1000']);
    await becomesHealthy(id);
    const text = await logs(id);
    expect(text).toContain('could not be brought into the store');
    expect(text).toMatch(/ENOSPC|no space left/);
    expect(text).toContain('make room in /data; the next start tries again');
  });

  it('runs full while previews are open: known artifacts render, also after a restart', {
    timeout: 120_000,
  }, async () => {
    // A volume in memory lasts as long as a container has it.
    await engine.docker([
      ...[
        'volume',
        'create',
        '--opt=type=tmpfs',
        '--opt=device=tmpfs',
        '--opt=o=size=900m,uid=1000,gid=1000',
        'small',
      ],
    ]);
    const port = await freePort();
    await run(['--volume=small:/data'], ['sh', '-c', 'sleep 900']);
    const id = await run(['--volume=small:/data', `--publish=127.0.0.1:${port}:1580`]);
    await becomesHealthy(id);
    const kit = await startPlayground({ port: embedderPort, previewUrl: `http://preview.localhost:${port}` });
    const preview = await open(kit, 'kanban');
    await engine.run('docker', ['exec', id, 'sh', '-c', 'cat /dev/zero > /data/filler']);
    expect(await engine.docker(['exec', id, 'sh', '-c', 'df /data | tail -1'])).toContain('100%');

    await expectAlive(await comeBack(preview));
    await (await open(kit, 'dashboard')).tab.page.close();
    await engine.docker(['restart', id]);
    await becomesHealthy(id);
    await expectAlive(await comeBack(preview));
    await expectAlive(await open(kit, 'landing'));
    await kit.close();
  });

  it('has the packages of an earlier image: the relay serves at once, and gets the newer ones meanwhile', {
    timeout: 120_000,
  }, async () => {
    await engine.docker(['volume', 'create', 'older']);
    const first = await run(
      ['--volume=older:/data'],
      ['sh', '-c', 'echo an-earlier-image > /data/.seed; sleep 900'],
    );
    await vi.waitUntil(
      async () => (await engine.run('docker', ['exec', first, 'ls', '/data/.seed'])).code === 0,
      { timeout: 20_000 },
    );
    const id = await run(['--volume=older:/data']);
    const seed = await engine.docker(['exec', id, 'cat', '/app/seed/store.sha256']);
    const stamp = (): Promise<string> => engine.docker(['exec', id, 'cat', '/data/.seed']);
    await vi.waitUntil(
      async () => (await engine.run('docker', ['exec', id, 'node', '/app/compose/health.mjs'])).code === 0,
      { timeout: 20_000 },
    );
    expect(await stamp()).toBe('an-earlier-image');
    await vi.waitUntil(async () => (await stamp()) === seed, { timeout: 60_000, interval: 500 });
    expect(await engine.docker(['exec', id, 'ls', '/data/pins'])).not.toBe('');
  });
});
