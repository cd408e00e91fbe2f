import { afterEach, expect, it, vi } from 'vitest';
import { PageCamera } from './page-camera.ts';

afterEach(() => vi.unstubAllEnvs());

it('promises no more pictures when the browser does not start, and complains once', async () => {
  vi.stubEnv('CHROMIUM_PATH', '/bin/false');
  const warn = vi.fn();
  const camera = new PageCamera({
    mode: 'no-sandbox',
    hostname: 'preview.localhost',
    relay: () => ({ address: '127.0.0.1', port: 9 }),
    log: { warn, info: vi.fn() } as never,
  });
  expect(await camera.isReady()).toBe(true);
  expect(await Promise.all([camera.take('a-page', false), camera.take('b-page', false)])).toEqual([
    undefined,
    undefined,
  ]);
  expect(warn).toHaveBeenCalledOnce();
  expect(await camera.isReady()).toBe(false);
  await camera.close();
});
