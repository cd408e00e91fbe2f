import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeTemporaryFolder } from '../../../test/registry/temporary-folder.ts';
import { loadNpmOptions } from './npm-config.ts';

/** An environment with nothing of the developer's own npm configuration. */
async function setUp(): Promise<{ cwd: string; prefix: string; env: NodeJS.ProcessEnv }> {
  const home = await makeTemporaryFolder();
  const cwd = join(home, 'project');
  const prefix = join(home, 'prefix');
  await mkdir(cwd);
  await mkdir(join(prefix, 'etc'), { recursive: true });
  await writeFile(join(cwd, 'package.json'), '{}');
  return { cwd, prefix, env: { HOME: home, PREFIX: prefix } };
}

test('reads .npmrc of project, user and prefix, the nearest winning', async () => {
  const { cwd, prefix, env } = await setUp();
  await writeFile(
    join(prefix, 'etc/npmrc'),
    'registry=http://prefix.example/\nstrict-ssl=false\nproxy=http://p:1/',
  );
  await writeFile(
    join(env.HOME ?? '', '.npmrc'),
    `registry=http://user.example/\n//user.example/:_authToken=\${TOKEN}`,
  );
  await writeFile(join(cwd, '.npmrc'), '@in:registry=http://in.example/npm/');
  const options = await loadNpmOptions({ cwd, env: { ...env, TOKEN: 'sesame' } });
  expect(options).toMatchObject({
    registry: 'http://user.example/',
    '//user.example/:_authToken': 'sesame',
    '@in:registry': 'http://in.example/npm/',
    strictSSL: false,
    proxy: 'http://p:1/',
  });
});

test('the environment wins, and is left as it is', async () => {
  const { cwd, env } = await setUp();
  await writeFile(join(cwd, '.npmrc'), 'registry=http://project.example/');
  const given = { ...env, npm_config_registry: 'http://env.example/' };
  const before = { ...given };
  expect((await loadNpmOptions({ cwd, env: given })).registry).toBe('http://env.example/');
  expect(given).toEqual(before);
});

test('reads the certificates of cafile', async () => {
  const { cwd, env } = await setUp();
  const certificate = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
  await writeFile(join(cwd, 'ca.pem'), `${certificate}\n${certificate}\n`);
  await writeFile(join(cwd, '.npmrc'), `cafile=${join(cwd, 'ca.pem')}`);
  expect((await loadNpmOptions({ cwd, env })).ca).toEqual([certificate, certificate]);
});

test('is silent about keys that npm does not know', async () => {
  const { cwd, env } = await setUp();
  await writeFile(join(cwd, '.npmrc'), 'nodedir=/usr\nregistry=http://project.example/');
  const lines: unknown[] = [];
  const write = process.stderr.write;
  process.stderr.write = ((chunk: unknown) => lines.push(chunk) > 0) as typeof write;
  try {
    await loadNpmOptions({ cwd, env });
  } finally {
    process.stderr.write = write;
  }
  expect(lines).toEqual([]);
});

test("npm's min-release-age goes along with the clock", async () => {
  const { cwd, env } = await setUp();
  await writeFile(join(cwd, '.npmrc'), 'min-release-age=2');
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-10T00:00:00Z') });
  onTestFinished(() => void vi.useRealTimers());
  const options = await loadNpmOptions({ cwd, env });
  expect(options.before).toEqual(new Date('2026-01-08T00:00:00Z'));
  vi.setSystemTime(new Date('2026-02-10T00:00:00Z'));
  expect(options.before).toEqual(new Date('2026-02-08T00:00:00Z'));
});
