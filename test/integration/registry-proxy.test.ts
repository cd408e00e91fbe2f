// A registry that can only be reached through a proxy: npm's settings for proxies and certificates are the relay's too.
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadNpmOptions } from '../../relay/packages/npm/npm-config.ts';
import { bundlerPackages } from '../registry/bundler-packages.ts';
import { makeTemporaryFolder } from '../registry/temporary-folder.ts';
import { startTestProxy, type TestProxy } from '../registry/test-proxy.ts';
import { startTestRegistry, type TestRegistry } from '../registry/test-registry.ts';
import { startTestRelay, type TestRelay } from './start-test-relay.ts';

/** `.test` never resolves (RFC 6761): whoever connects past the proxy fails. */
const hidden = 'registry.inside.test';
const code = 'module.exports = "from the inside";';

interface Setup {
  registry: TestRegistry;
  proxy: TestProxy;
  folder: string;
  /** A relay whose .npmrc has these lines. */
  start(npmrc: string[]): Promise<TestRelay>;
}

async function setUp(
  options: { credentials?: string; tls?: { key: Buffer; cert: Buffer } } = {},
): Promise<Setup> {
  const { tls, credentials } = options;
  const registry = await startTestRegistry({
    packages: { ...bundlerPackages, inner: { versions: { '1.0.0': { files: { '/index.js': code } } } } },
    publicUrl: `${tls ? 'https' : 'http'}://${hidden}/npm/`,
    ...(tls ? { tls } : {}),
  });
  onTestFinished(() => registry.close());
  const proxy = await startTestProxy({
    hosts: { [hidden]: registry.port, '127.0.0.1': registry.port },
    ...(credentials === undefined ? {} : { credentials }),
  });
  onTestFinished(() => proxy.close());
  const folder = await makeTemporaryFolder();
  const start = async (npmrc: string[]): Promise<TestRelay> => {
    const cwd = join(folder, `relay-${npmrc.length}`);
    await mkdir(join(cwd, 'home'), { recursive: true });
    await writeFile(join(cwd, 'package.json'), '{}');
    await writeFile(join(cwd, '.npmrc'), npmrc.join('\n'));
    const npm = await loadNpmOptions({ cwd, env: { HOME: join(cwd, 'home'), PREFIX: join(cwd, 'home') } });
    const relay = await startTestRelay({ npm, config: { registryTimeoutMs: 2_000 } });
    onTestFinished(() => relay.close());
    return relay;
  };
  return { registry, proxy, folder, start };
}

const askFile = async (relay: TestRelay): Promise<{ status: number; text: string }> =>
  relay.ask('/-/cdn/unpkg.com/inner@1.0.0/index.js');
const codeOf = ({ text }: { text: string }): string => JSON.parse(text).error.code;

describe('a registry behind a proxy', () => {
  it('is reached with `proxy` from .npmrc, tarballs included', async () => {
    const { proxy, start } = await setUp();
    const relay = await start([`registry=http://${hidden}/npm/`, `proxy=http://127.0.0.1:${proxy.port}`]);
    expect(await askFile(relay)).toMatchObject({ status: 200, text: code });
    const set = await relay.ask(`/-/set?q=${encodeURIComponent('{"d":{"inner":"*"},"i":["inner"]}')}`);
    expect(set.status).toBe(200);
    expect(proxy.requests.slice(0, 2)).toEqual([
      `GET http://${hidden}/npm/inner`,
      `GET http://${hidden}/npm/inner/-/inner-1.0.0.tgz`,
    ]);
  });

  it('is not reached past it', async () => {
    const { start } = await setUp();
    const answer = await askFile(await start([`registry=http://${hidden}/npm/`]));
    expect(answer.status).toBe(502);
    expect(codeOf(answer)).toBe('REGISTRY_UNREACHABLE');
  });

  it('is reached without it where `noproxy` says so', async () => {
    const { proxy, registry, start } = await setUp();
    const answer = await askFile(
      await start([
        `registry=http://127.0.0.1:${registry.port}/npm/`,
        `proxy=http://127.0.0.1:${proxy.port}`,
        'noproxy=127.0.0.1',
        'replace-registry-host=always',
      ]),
    );
    expect(answer).toMatchObject({ status: 200, text: code });
    expect(proxy.requests).toEqual([]);
  });

  it.each([
    ['user:open%20sesame', 200],
    ['user:wrong', 502],
    ['', 502],
  ])('that asks for credentials gets those of %j', async (credentials, status) => {
    const { proxy, start } = await setUp({ credentials: 'user:open sesame' });
    const at = credentials === '' ? '' : `${credentials}@`;
    const relay = await start([
      `registry=http://${hidden}/npm/`,
      `proxy=http://${at}127.0.0.1:${proxy.port}`,
    ]);
    const answer = await askFile(relay);
    expect(answer.status).toBe(status);
    if (status !== 200) expect(codeOf(answer)).toBe('REGISTRY_UNREACHABLE');
    expect(answer.text + JSON.stringify(relay.log)).not.toMatch(/sesame|wrong/);
  });

  it('that is down is reported', async () => {
    const { proxy, start } = await setUp();
    await proxy.close();
    const relay = await start([`registry=http://${hidden}/npm/`, `proxy=http://127.0.0.1:${proxy.port}`]);
    const answer = await askFile(relay);
    expect(answer.status).toBe(502);
    expect(JSON.parse(answer.text).error).toMatchObject({
      code: 'REGISTRY_UNREACHABLE',
      remedy: expect.stringContaining('`proxy`'),
    });
  });
});

describe('a registry with a certificate of its own', () => {
  it('is reached through CONNECT with `https-proxy` and `cafile`, and refused without', async (context) => {
    const folder = await makeTemporaryFolder();
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    try {
      const subject = ['-subj', `/CN=${hidden}`, '-addext', `subjectAltName=DNS:${hidden}`];
      const form = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
      execFileSync('openssl', ['req', '-x509', ...form, ...subject, '-keyout', key, '-out', cert], {
        stdio: 'pipe',
      });
    } catch (error) {
      return context.skip(`needs openssl to make a certificate: ${(error as Error).message}`);
    }
    const { proxy, start } = await setUp({
      tls: { key: await readFile(key), cert: await readFile(cert) },
    });
    const npmrc = [`registry=https://${hidden}/npm/`, `https-proxy=http://127.0.0.1:${proxy.port}`];
    const trusting = await start([...npmrc, `cafile=${cert}`]);
    expect(await askFile(trusting)).toMatchObject({ status: 200, text: code });
    expect(proxy.requests[0]).toBe(`CONNECT ${hidden}:443`);

    const strict = await start(npmrc);
    const answer = await askFile(strict);
    expect(answer.status).toBe(502);
    expect(JSON.parse(answer.text).error).toMatchObject({
      code: 'REGISTRY_UNREACHABLE',
      remedy: expect.stringContaining('`cafile`'),
    });
    expect(JSON.stringify(strict.log)).toContain('SELF_SIGNED');
  });
});
