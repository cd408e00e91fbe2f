// What is wrong with an artifact or a registry is said in the preview, soon, and costs no other preview anything.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Fault, startTestRegistry } from '../registry/test-registry.ts';
import { openChromium, type RecordedBrowser } from './open-chromium.ts';
import { PlaygroundPage } from './playground-page.ts';
import { type Kit, startKit } from './start-kit.ts';

const react = 'application/vnd.react';
const app = (body: string, head = '') =>
  `${head}\nexport default function App() {\n  ${body}\n  return <p id="ok">fine</p>;\n}`;

let kit: Kit;
let chromium: RecordedBrowser;
let context: BrowserContext;

beforeAll(async () => {
  [kit, chromium] = await Promise.all([startKit(), openChromium()]);
});
afterAll(async () => {
  await Promise.all([chromium?.close(), kit?.close()]);
});
beforeEach(async () => {
  context = await chromium.browser.newContext();
});
afterEach(async () => {
  await context.close();
  expect(chromium.outsideHosts).toEqual([]);
});

/** Runs an artifact that has to fail; returns what the preview and the client say, and how long it took. */
async function fail(artifact: { code: string; dependencies?: Record<string, string> }, on: Kit = kit) {
  const tab = await PlaygroundPage.open(context, on);
  const started = performance.now();
  await tab.run({ type: react, ...artifact });
  await tab.settled();
  await expect.poll(() => tab.status(), { timeout: 5000 }).not.toBe('ready');
  const status = await tab.status();
  const ms = performance.now() - started;
  const shown = await (await tab.artifactFrame())
    .locator('body')
    .innerText()
    .catch(() => '');
  const overlays = await Promise.all(
    (await tab.artifactFrame()).childFrames().map((child) =>
      child
        .locator('body')
        .innerText()
        .catch(() => ''),
    ),
  );
  const screen = await (await tab.artifactFrame())
    .locator('[role=alert]')
    .evaluate((element) => element.shadowRoot?.textContent ?? '', null, { timeout: 100 })
    .catch(() => '');
  const error = (await tab.messages()).findLast(({ action }) => action === 'show-error');
  return { tab, status, ms, error, shown: [shown, screen, ...overlays].join('\n') };
}

describe('An artifact that cannot run', () => {
  it('says which package does not exist', async () => {
    const { status, error, shown } = await fail({
      code: app(''),
      dependencies: { 'no-such-package-7f3a': '1.0.0', react: '^18.0.0', 'react-dom': '^18.0.0' },
    });
    expect(status).toBe('error');
    expect(error?.message).toContain('no-such-package-7f3a');
    expect(shown).toContain('no-such-package-7f3a');
  });

  it('says which range no version meets, and what there is', async () => {
    const { status, error } = await fail({
      code: app(''),
      dependencies: { clsx: '^99.0.0', react: '^18.0.0', 'react-dom': '^18.0.0' },
    });
    expect(status).toBe('error');
    expect(error?.message).toMatch(/clsx.*\^99\.0\.0.*newest is 2\./);
  });

  it('says which import is not among its dependencies', async () => {
    const { status, error } = await fail({
      code: app('console.log(pad);', "import pad from 'left-pad-of-mine';"),
    });
    expect(status).toBe('error');
    expect(error?.message).toContain('left-pad-of-mine');
  });

  it('names the line of a syntax error', async () => {
    const { status, error } = await fail({ code: app('const broken = (;') });
    expect(status).toBe('error');
    expect(error?.message).toMatch(/^\/App\.tsx: Unexpected (token|";") \(3:/);
    expect(error).toMatchObject({ title: 'SyntaxError', path: '/App.tsx', line: 3 });
  });

  it('shows an exception at run time', async () => {
    const { status, error, shown } = await fail({
      code: app("throw new TypeError('flux capacitor missing');"),
    });
    expect(status).toBe('error');
    expect(error?.message).toContain('flux capacitor missing');
    expect(shown).toContain('flux capacitor missing');
  });

  it('recovers when the code is mended', async () => {
    const { tab } = await fail({ code: app('const broken = (;') });
    await tab.edit(app(''));
    const frame = await tab.artifactFrame();
    await expect.poll(() => frame.locator('#ok').textContent(), { timeout: 15_000 }).toBe('fine');
  });

  it('leaves other previews alone', async () => {
    const good = await PlaygroundPage.open(context, kit);
    await good.run({ type: react, code: app('') });
    expect(await good.settled()).toBe('ready');
    await fail({ code: app("throw new Error('mine alone');") });
    expect(await (await good.artifactFrame()).locator('#ok').textContent()).toBe('fine');
  });
});

describe('A registry that', () => {
  const dependencies = { react: '^18.0.0', 'react-dom': '^18.0.0' };
  const version = { versions: { '18.3.1': {} } };
  const cases: [string, Fault, RegExp][] = [
    ['refuses', { kind: 'status', status: 401 }, /refused to hand out \S+\./],
    ['hangs', { kind: 'hang' }, /did not answer in time for \S+\./],
    ['sends garbage', { kind: 'garbage' }, /answer for \S+ makes no sense/],
    ['fails', { kind: 'status', status: 500 }, /failed when asked for \S+ /],
  ];
  it.each(cases)(
    '%s is named in the preview, long before Sandpack gives up',
    async (_name, fault, reason) => {
      const registry = await startTestRegistry({
        packages: Object.fromEntries(
          ['react', 'react-dom', 'react-refresh', 'node-libs-browser', '@babel/runtime'].map((name) => [
            name,
            { ...version, packumentFault: fault },
          ]),
        ),
      });
      const dataDir = await mkdtemp(join(tmpdir(), 'preview-kit-'));
      const broken = await startKit({
        npm: { registry: registry.url },
        flags: { 'data-dir': dataDir, 'registry-timeout-ms': '1500' },
      });
      try {
        const { status, error, ms } = await fail({ code: app(''), dependencies }, broken);
        expect(status).toBe('error');
        expect(error?.message).toMatch(reason);
        expect(ms).toBeLessThan(12_000);
      } finally {
        await Promise.all([broken.close(), registry.close()]);
        await rm(dataDir, { recursive: true, force: true });
      }
    },
  );
});

describe('Without wildcard DNS', () => {
  it('the preview says which name has to resolve, and what to do', async () => {
    const lame = await openChromium('MAP preview.example.test 127.0.0.1, MAP *.test ~NOTFOUND');
    const elsewhere = await startKit({ flags: { hostname: 'preview.example.test' } });
    try {
      const tab = await PlaygroundPage.open(await lame.browser.newContext(), elsewhere);
      await tab.run({ type: react, code: app('') });
      await expect.poll(() => tab.status(), { timeout: 12_000 }).toBe('error');
      const error = (await tab.messages()).findLast(({ action }) => action === 'show-error');
      expect(error?.message).toMatch(
        /r[a-z0-9]{20}-preview\.example\.test:\d+ did not answer.*DNS resolves \*\.example\.test/,
      );
      const shell = tab.page.frames().find((frame) => frame.url().startsWith(elsewhere.previewUrl));
      expect(await shell?.locator('body').innerText()).toContain('ISOLATION=shared');
    } finally {
      await Promise.all([lame.close(), elsewhere.close()]);
    }
  });
});
