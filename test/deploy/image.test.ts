// The relay's image: built with BuildKit, as safe as it says, and able to render with no network at all.
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openChromium, type RecordedBrowser } from '../browser/open-chromium.ts';
import { PlaygroundPage } from '../browser/playground-page.ts';
import { freePort, type Kit } from '../browser/start-kit.ts';
import { type Engine, startEngine } from './rig/docker.ts';
import { buildRelay, relayImage } from './rig/images.ts';
import { forwardPort, startPlayground } from './rig/playground.ts';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
  await buildRelay(engine);
}, 600_000);
afterAll(() => engine?.stop());

/** Runs a command in a container that is as locked in as Compose's relay. */
const inside = (...command: string[]): Promise<string> =>
  engine.docker(['run', '--rm', '--network=none', ...locked, relayImage, ...command]);
const locked = [
  '--read-only',
  '--cap-drop=ALL',
  '--security-opt=no-new-privileges',
  '--tmpfs=/tmp',
  '--health-interval=1s',
];

describe('what is in it', () => {
  it('runs as a user that is not root, with a health check, a volume and labels', async () => {
    const [image] = JSON.parse(await engine.docker(['image', 'inspect', relayImage]));
    expect(image.Config).toMatchObject({
      User: '1000:1000',
      Volumes: { '/data': {} },
      ExposedPorts: { '1580/tcp': {} },
      Healthcheck: { Test: ['CMD', 'node', '/app/compose/health.mjs'] },
      Entrypoint: ['/app/compose/entrypoint.sh'],
      Cmd: ['relay'],
    });
    expect(image.Config.Labels).toMatchObject({ 'org.opencontainers.image.licenses': 'Apache-2.0' });
    expect(await inside('sh', '-c', 'id -u; ls LICENSE NOTICE')).toBe('1000\nLICENSE\nNOTICE');
  });

  it('holds production dependencies, and no source, test, secret or set-user-id file of the kit', async () => {
    const found = await inside(
      'sh',
      '-c',
      'ls /app/node_modules | grep -xE "vitest|typescript|playwright|sandpack-react.*" ; find /app -name "*.ts" -not -path "*/node_modules/*" ; ls /run/secrets /root/.npmrc 2>/dev/null; find /app -perm /6000',
    ).catch((error) => error.message.split('\n').slice(1).join('\n'));
    expect(found).toBe('');
    const history = await engine.docker(['history', '--no-trunc', '--format', '{{.CreatedBy}}', relayImage]);
    expect(history).not.toMatch(/_authToken|_password/);
  });

  it('has every command, and names the commands when there is no such one', async () => {
    for (const command of ['warm', 'bundle', 'prune', 'doctor', 'setup'])
      expect(await inside(command, '--help')).toContain(command);
    expect(await inside('--help')).toContain('PREVIEW_HOSTNAME');
    await expect(inside('serve')).rejects.toThrow('there is no command "serve"');
  });

  it('has no capability and cannot write but to /data and /tmp', async () => {
    const report = await inside(
      'sh',
      '-c',
      'grep -E "CapEff|NoNewPrivs" /proc/self/status; for f in /app /etc /data /tmp; do touch $f/x 2>/dev/null && echo $f; done; true',
    );
    expect(report.replace(/\t/g, ' ')).toBe('CapEff: 0000000000000000\nNoNewPrivs: 1\n/data\n/tmp');
  });
});

describe('with no network at all', () => {
  let container: string;
  let kit: Kit;
  let chromium: RecordedBrowser;
  let context: BrowserContext;
  let forward: { port: number; close(): Promise<void> };

  beforeAll(async () => {
    const port = await freePort();
    await engine.docker(['network', 'create', '--internal', 'closed']);
    container = await engine.docker([
      ...['run', '--detach', '--network=closed', ...locked],
      ...['--env=PREVIEW_HOSTNAME=preview.localhost', `--env=EMBED_ORIGINS=http://localhost:${port}`],
      relayImage,
    ]);
    await vi.waitUntil(async () => (await health(container)) === 'healthy', {
      timeout: 120_000,
      interval: 500,
    });
    const address = await engine.docker([
      ...['inspect', '--format', '{{.NetworkSettings.Networks.closed.IPAddress}}', container],
    ]);
    forward = await forwardPort(address, 1580);
    kit = await startPlayground({ port, previewUrl: `http://preview.localhost:${forward.port}` });
    chromium = await openChromium();
    context = await chromium.browser.newContext();
  }, 180_000);
  afterAll(async () => {
    await chromium?.close();
    await Promise.all([kit?.close(), forward?.close()]);
    await engine.run('docker', ['rm', '--force', '--volumes', container]);
    await engine.run('docker', ['network', 'rm', 'closed']);
  });

  const health = (id: string): Promise<string> =>
    engine.docker(['inspect', '--format', '{{.State.Health.Status}}', id]);

  it('reaches nobody', async () => {
    const reach = "fetch('https://example.com').then(() => 'reached', (e) => e.cause.code)";
    expect(await engine.docker(['exec', container, 'node', '-e', `${reach}.then(console.log)`])).toMatch(
      /^(EAI_AGAIN|ENETUNREACH|ENOTFOUND)$/,
    );
  });

  it.each(['dashboard', 'three-scene', 'game', 'landing', 'notes'])('renders %s', async (sample) => {
    const tab = await PlaygroundPage.open(context, kit, { sample });
    expect(await tab.settled()).toBe('ready');
    const frame = await tab.artifactFrame();
    await expect.poll(() => frame.evaluate(() => document.body.innerText.trim().length)).toBeGreaterThan(20);
    expect(chromium.outsideHosts).toEqual([]);
    await tab.page.close();
  });
});
