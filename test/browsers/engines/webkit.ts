// WebKitGTK's MiniBrowser on a display of its own, driven by plain WebDriver.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { vi } from 'vitest';
import { startRecordingProxy } from '../../browser/recording-proxy.ts';
import { freePort } from '../../browser/start-kit.ts';
import { ensurePackages } from '../../rig/debian-packages.ts';
import { type Engine, type EnginePage, elementTimeoutMs } from './engine.ts';
import { WebDriverSession } from './webdriver.ts';

const driverPath = '/usr/bin/WebKitWebDriver';
const displayPath = '/usr/bin/Xvfb';

/** WebKitGTK calls nobody by itself. */
const ownHosts = /^$/;

/** Starts MiniBrowser, and installs what it takes first where it is missing. */
export async function startWebKit(): Promise<Engine> {
  await ensurePackages(['webkit2gtk-driver', 'xvfb']);
  const proxy = await startRecordingProxy(ownHosts);
  const display = await startDisplay();
  const port = await freePort();
  const driver = spawn(driverPath, [`--port=${port}`, '--host=127.0.0.1'], {
    env: { ...process.env, DISPLAY: display.name },
    stdio: 'ignore',
  });
  const stopAll = async () => {
    await stop(driver);
    await stop(display.process);
    await proxy.close();
  };
  try {
    const session = await startSession(`http://127.0.0.1:${port}`, proxy.port);
    return {
      label: `WebKitGTK ${session.capabilities.browserVersion}`,
      outsideHosts: proxy.outsideHosts,
      async open(url) {
        const handle = await session.openWindow();
        await session.goto(handle, url);
        return wrapPage(session, handle);
      },
      async close() {
        await session.end();
        await stopAll();
      },
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

async function startSession(driver: string, proxyPort: number): Promise<WebDriverSession> {
  await vi.waitFor(() => fetch(`${driver}/status`), { timeout: 20_000 });
  return WebDriverSession.start(driver, {
    'webkitgtk:browserOptions': {
      binary: findMiniBrowser(),
      args: [
        '--automation',
        // The protocol's own `proxy` capability is accepted and has no effect.
        `--proxy=http://127.0.0.1:${proxyPort}`,
        '--ignore-host=localhost',
        '--ignore-host=*.localhost',
        '--ignore-host=127.0.0.1',
      ],
    },
    timeouts: { script: 60_000 },
  });
}

function wrapPage(session: WebDriverSession, handle: string): EnginePage {
  return {
    frames: async () =>
      (await session.listFrames(handle)).map(({ path, url }) => ({
        url,
        evaluate: (pageFunction, ...args) => session.call(handle, path, String(pageFunction), args) as never,
        click: (selector) =>
          vi.waitFor(() => session.click(handle, path, selector), {
            timeout: elementTimeoutMs,
            interval: 200,
          }),
      })),
    reload: () => session.reload(handle),
    // MiniBrowser writes no console while it is automated.
    consoleLines: () => undefined,
    screenshot: () => session.screenshot(handle),
    close: () => session.closeWindow(handle),
  };
}

async function startDisplay(): Promise<{ process: ChildProcess; name: string }> {
  const process = spawn(
    displayPath,
    ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  );
  const failed = once(process, 'exit').then(([code]) => {
    throw new Error(`${displayPath} ended with code ${code} instead of opening a display.`);
  });
  const [chunk] = await Promise.race([once(process.stdio[3] as Readable, 'data'), failed]);
  // It ends later, when it is stopped.
  failed.catch(() => {});
  return { process, name: `:${String(chunk).trim()}` };
}

async function stop(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const ended = once(process, 'exit');
  process.kill();
  await ended;
}

/** Debian keeps it in the library's own folder, which differs between architectures. */
function findMiniBrowser(): string {
  const library = '/usr/lib';
  const found = readdirSync(library)
    .map((folder) => join(library, folder, 'webkit2gtk-4.1', 'MiniBrowser'))
    .find((file) => existsSync(file));
  if (!found) throw new Error('The package libwebkit2gtk-4.1-0 brought no MiniBrowser.');
  return found;
}
