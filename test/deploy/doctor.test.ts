// The doctor on a real deployment in miniature: healthy it is found healthy, and each planted mistake is found, named and nothing else.
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from '../../relay/deploy/answers.ts';
import { renderDeployment } from '../../relay/deploy/deployment.ts';
import { readAnswers } from '../../relay/deploy/read-answers.ts';
import { checks } from '../../relay/doctor/checks.ts';
import { type DoctorOptions, examine } from '../../relay/doctor/doctor.ts';
import type { Finding, Level } from '../../relay/doctor/finding.ts';
import type { Report } from '../../relay/doctor/report.ts';
import { mistakes } from './mistakes/index.ts';
import type { Mistake } from './mistakes/mistake.ts';
import {
  address,
  type Deployment,
  librechatOrigin,
  previewHostname,
  startDeployment,
} from './rig/deployment.ts';

const checkout = resolve(import.meta.dirname, '../..');
let folder: string;
let deployment: Deployment;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doctor-'));
  deployment = await startDeployment(folder);
});

afterAll(async () => {
  await deployment?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

function look(options: Partial<DoctorOptions> = {}): Promise<Report> {
  return examine({
    folder,
    env: {},
    checkout,
    dns: deployment.dnsServer,
    ca: deployment.ca.certFile,
    nginxConf: deployment.nginxConf,
    browser: false,
    timeoutMs: 8_000,
    ...options,
  });
}

const ids = (findings: Finding[], level: Level): string[] =>
  findings.filter((finding) => finding.level === level).map(({ id }) => id);

describe('a healthy deployment', () => {
  it('is found healthy by every check, a real browser included, but for the shared site', async () => {
    const { ok, findings } = await look({ browser: true, timeoutMs: 15_000 });
    expect(findings.filter(({ level }) => level !== 'ok').map(({ id, found }) => [id, found])).toEqual([
      ['same-site', 'both are below example.test, so browsers treat previews and LibreChat as one site'],
    ]);
    expect(ok).toBe(true);
  });

  it('is found healthy from outside, where only its addresses are known', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'outside-'));
    const { ok, findings } = await look({
      folder: outside,
      url: `https://${previewHostname}`,
      embedder: librechatOrigin,
      nginxConf: join(outside, 'none.conf'),
    });
    await rm(outside, { recursive: true });
    expect(ids(findings, 'fail')).toEqual([]);
    expect(ids(findings, 'warn')).toEqual(['same-site']);
    expect(ids(findings, 'skip')).toEqual(
      expect.arrayContaining(['relay-health', 'registry', 'librechat-variables']),
    );
    expect(ok).toBe(true);
  });

  it('is found by --resolve in place of DNS', async () => {
    const { findings } = await look({ dns: undefined, resolve: ['*.example.test=127.77.0.1'] });
    expect(ids(findings, 'fail')).toEqual([]);
  });

  describe('at a port of its own', () => {
    const url = `https://${previewHostname}:8443`;
    const serve = (host: string): Promise<void> =>
      deployment.setNginx((usual) => ({
        more: `server { listen ${address}:8443 ssl; server_name ${usual.previewNames};
          ssl_certificate ${usual.certificate.certFile}; ssl_certificate_key ${usual.certificate.keyFile};
          location / { ${usual.previewLocation.replace('$http_host', host)} } }`,
      }));

    it('is found healthy', async () => {
      await serve('$http_host');
      await deployment.setFile('librechat.env', (usual) =>
        usual.replaceAll(`https://${previewHostname}`, url),
      );
      const { findings } = await look({ url, browser: true, timeoutMs: 15_000 });
      await deployment.setFile('librechat.env');
      expect(findings.filter(({ level }) => level === 'fail')).toEqual([]);
      expect(ids(findings, 'skip')).toEqual(['https-redirect']);
    });

    it('is found wrong when the proxy drops the port', async () => {
      await serve('$host');
      const { findings } = await look({ url });
      await deployment.setNginx();
      expect(ids(findings, 'fail')).toEqual(['host-header', 'librechat-variables', 'librechat-variables']);
    });
  });

  it('is found healthy with ISOLATION=shared', async () => {
    await deployment.setRelay({ isolation: 'shared' });
    const { findings } = await look();
    await deployment.setRelay();
    expect(findings.filter(({ level }) => level === 'fail')).toEqual([]);
  });

  it('is found healthy on localhost, without TLS and DNS', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'local-'));
    const embedder = 'http://localhost:1490';
    await deployment.setRelay({ hostname: 'preview.localhost', 'embed-origins': embedder });
    const url = `http://preview.localhost:${deployment.relayPort}`;
    const { findings } = await look({
      folder: empty,
      url,
      embedder,
      dns: undefined,
      ca: undefined,
      browser: true,
    });
    await deployment.setRelay();
    await rm(empty, { recursive: true });
    // Nothing listens at the embedder's address here.
    expect(ids(findings, 'fail')).toEqual(['librechat-reached']);
    expect(findings.find(({ id }) => id === 'service-worker')?.found).toMatch(/^registered/);
  });

  it('is found healthy with the files that setup writes', async () => {
    const setUp = join(folder, 'set-up');
    const { certFile, keyFile } = await deployment.ca.issue({ names: ['example.test', '*.example.test'] });
    const live = join(setUp, 'live', 'example.test');
    await mkdir(live, { recursive: true });
    await Promise.all([
      copyFile(certFile, join(live, 'fullchain.pem')),
      copyFile(keyFile, join(live, 'privkey.pem')),
    ]);
    const { answers, faults } = readAnswers({
      domain: 'example.test',
      dns: 'none',
      'nginx-version': '1.22.1',
      'listen-http': `${address}:80`,
      'listen-https': `${address}:443`,
      certificates: join(setUp, 'live'),
      'relay-address': `127.0.0.1:${deployment.relayPort}`,
      'librechat-address': `127.0.0.1:${deployment.librechatPort}`,
      registry: deployment.registry.url,
    });
    expect(faults).toEqual([]);
    const secrets = { compose: {}, librechat: {}, made: [] };
    const files = renderDeployment(answers as Answers, { secrets, registryToken: '', hasOverride: false });
    for (const { path, text } of files) {
      await mkdir(dirname(join(setUp, path)), { recursive: true });
      await writeFile(join(setUp, path), text);
    }
    const nginx = files.find(({ path }) => path.endsWith('preview-kit.conf'));
    await deployment.setNginxText(nginx?.text ?? '');
    try {
      const { ok, findings } = await look({
        folder: setUp,
        relay: `http://127.0.0.1:${deployment.relayPort}`,
        nginxConf: 'deploy/nginx/preview-kit.conf',
      });
      const notOk = findings.filter(({ level }) => level !== 'ok');
      const docker = 'the store is in a Docker volume';
      expect(notOk.map(({ id, level, found }) => [id, level, found])).toEqual([
        ['same-site', 'warn', expect.any(String)],
        ['store-warm', 'skip', docker],
        ['store-writable', 'skip', docker],
        ['disk-space', 'skip', docker],
        ['pages-state', 'skip', docker],
        ['service-worker', 'skip', '--no-browser was given'],
      ]);
      expect(ok).toBe(true);
    } finally {
      await deployment.setNginx();
    }
  });
});

describe('planted mistakes', () => {
  let undo: Mistake['plant'] extends (...args: never[]) => unknown
    ? (() => Promise<unknown>) | undefined
    : never;
  let relayWasBent = false;

  afterEach(async () => {
    await undo?.();
    undo = undefined;
    await Promise.all([deployment.setNginx(), deployment.setZone()]);
    for (const name of ['relay.env', 'librechat.env', 'npmrc'] as const) await deployment.setFile(name);
    if (relayWasBent) await deployment.setRelay();
  });

  it('are at least the 25 that were promised', () => {
    expect(new Set(mistakes.map(({ name }) => name)).size).toBe(mistakes.length);
    expect(mistakes.length).toBeGreaterThanOrEqual(25);
  });

  it('are there for every check but those that need another machine, or build on a check that tells first', () => {
    const found = new Set(mistakes.flatMap(({ fails, warns = [] }) => [...fails, ...warns]));
    expect(checks.map(({ id }) => id).filter((id) => !found.has(id))).toEqual([
      'same-site',
      'address-space',
      'nginx-configuration',
      'librechat-domain',
      'node',
      'embed-origins',
      'packages',
      'service-worker',
    ]);
  });

  it.each(mistakes)('$name', async ({ plant, fails, warns = [], remedy, name }) => {
    relayWasBent = /relay that|the relay does not know/.test(name);
    const planted = await plant(deployment);
    undo = planted?.undo;
    const { ok, findings } = await look(planted?.options);
    const wrong = findings.filter(({ level }) => level === 'fail' || level === 'warn');
    const told = JSON.stringify(wrong, null, 1);
    expect(ids(findings, 'fail'), told).toEqual(fails);
    const known = fails.includes('address') ? [] : ['same-site'];
    expect(ids(findings, 'warn').sort(), told).toEqual([...known, ...warns].sort());
    const remedies = wrong.filter(({ id }) => id !== 'same-site').map((finding) => finding.remedy);
    expect(remedies.join('\n')).toMatch(remedy);
    expect(ok).toBe(fails.length === 0);
  });
});

describe('npm run doctor', () => {
  const outside = { PATH: process.env.PATH, HOME: process.env.HOME };

  /** Runs the compiled command in the deployment's folder. */
  function command(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const main = join(checkout, 'dist/relay/cli/doctor.js');
    return new Promise((done) =>
      execFile(process.execPath, [main, ...args], { cwd: folder, env: outside }, (error, stdout, stderr) =>
        done({ code: error ? Number(error.code) : 0, stdout, stderr }),
      ),
    );
  }

  const usual = (): string[] => [
    ...['--dns', deployment.dnsServer, '--ca', deployment.ca.certFile],
    ...['--nginx-conf', deployment.nginxConf, '--no-browser'],
  ];

  it('finds everything in the folder’s files, and ends with 0 when nothing failed', async () => {
    const { code, stdout, stderr } = await command(...usual());
    expect(stderr).toBe('');
    expect(stdout).toContain(`https://${previewHostname}, in pages of ${librechatOrigin}`);
    expect(stdout).toMatch(/This deployment is healthy: 1 warning, \d+ fine, 1 not looked at/);
    expect(stdout).not.toContain('\u001b');
    expect(code).toBe(0);
  });

  it('ends with 1 when something failed, and says so as JSON alone', async () => {
    await deployment.setNginx(() => ({ previewServer: 'add_header X-Frame-Options DENY always;' }));
    const { code, stdout, stderr } = await command(...usual(), '--json');
    await deployment.setNginx();
    const report = JSON.parse(stdout) as Report;
    expect(Object.keys(report)).toEqual(['ok', 'url', 'checkedAt', 'findings']);
    expect(report).toMatchObject({ ok: false, url: `https://${previewHostname}` });
    expect(Date.parse(report.checkedAt)).toBeLessThan(Date.now());
    expect(ids(report.findings, 'fail')).toEqual(['frame-options']);
    for (const finding of report.findings)
      expect(Object.keys(finding).sort()).toEqual(['expected', 'found', 'id', 'level', 'remedy', 'title']);
    expect(stderr).toBe('');
    expect(code).toBe(1);
  });

  it.each([
    [['--url', 'preview.example.test'], 'is not an address'],
    [['--timeout', 'soon'], 'is not a number of seconds'],
    [['--resolve', 'preview'], 'is not name=address'],
    [['--dns', 'none'], 'is not the address of a DNS server'],
    [['--ca', 'none.pem'], 'cannot be read (ENOENT)'],
    [['--relay-env', 'none.env'], 'cannot be read (ENOENT)'],
    [['--wrong'], "Unknown option '--wrong'"],
  ])('ends with 2 on %j', async (args, complaint) => {
    const { code, stdout, stderr } = await command(...args);
    expect(stderr).toContain(complaint);
    expect(stderr).toContain('npm run doctor -- --help');
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('explains itself', async () => {
    const { code, stdout } = await command('--help');
    expect(stdout).toContain('--librechat-env <file>');
    expect(code).toBe(0);
  });
});
