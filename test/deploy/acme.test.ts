// Certificates as an operator gets them: setup writes the settings, certbot/issue.sh asks pebble for the wildcard by DNS-01
// against bind9, nginx serves it, certbot/renew.sh renews it and nginx takes it up.
import { X509Certificate } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from '../../relay/deploy/answers.ts';
import { readAnswers } from '../../relay/deploy/read-answers.ts';
import { renderDomainServer } from '../../relay/deploy/render-nginx.ts';
import { readEarlierAnswers } from '../../relay/deploy/setup-state.ts';
import { ensurePackages } from '../rig/debian-packages.ts';
import { createTestCa } from '../rig/test-ca.ts';
import { type AcmeRig, startAcme } from './rig/acme.ts';
import { root, runProgram, runSetup } from './rig/kit-commands.ts';
import { freePort, type RunningNginx, startNginx } from './rig/nginx.ts';
import { servedCertificate } from './rig/tls-request.ts';

let folder: string;
let acme: AcmeRig;
let rootOfIssuer: string;
const running: RunningNginx[] = [];

beforeAll(async () => {
  await ensurePackages(['nginx', 'openssl', 'certbot', 'python3-certbot-dns-rfc2136']);
  folder = await mkdtemp(join(tmpdir(), 'acme-'));
  const ca = await createTestCa(join(folder, 'ca'));
  acme = await startAcme(join(folder, 'acme'), ['example.test', 'previews.test'], ca);
  rootOfIssuer = await acme.issuerRoot();
});
afterAll(async () => {
  for (const nginx of running) await nginx.stop();
  await acme?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

interface Deployment {
  folder: string;
  live: string;
  httpsPort: number;
  /** Runs a script of certbot/ with this deployment's settings. */
  script(name: string, args?: string[]): ReturnType<typeof runProgram>;
}

/** A deployment that setup wrote, with certbot's folders inside it. */
async function setUp(name: string, flags: string[]): Promise<Deployment> {
  const place = join(folder, name);
  const state = join(place, 'letsencrypt');
  await mkdir(place);
  await writeFile(join(place, 'package.json'), '{}');
  const httpsPort = await freePort();
  const setup = await runSetup(place, [
    ...['--yes', '--domain', 'example.test', '--acme-server', acme.server],
    ...['--listen-http', `127.0.0.1:${await freePort()}`, '--listen-https', `127.0.0.1:${httpsPort}`],
    ...['--certificates', join(state, 'live'), '--access-log', join(place, 'previews.log')],
    ...['--challenges-folder', join(place, 'challenges'), ...flags],
  ]);
  expect(setup).toMatchObject({ code: 0, stderr: '' });
  const env = {
    REQUESTS_CA_BUNDLE: acme.serverCa,
    CERT_CONFIG_DIR: state,
    CERT_WORK_DIR: join(state, 'work'),
    CERT_LOGS_DIR: join(state, 'logs'),
    NGINX_RELOAD: `kill -HUP "$(cat ${place}/nginx/nginx.pid)"`,
    NSUPDATE_SERVER: '127.0.0.1',
    NSUPDATE_PORT: String(acme.dns.port),
    NSUPDATE_KEY: acme.dns.keyFile,
  };
  return {
    folder: place,
    live: join(state, 'live'),
    httpsPort,
    script: (script, args = []) =>
      runProgram(
        join(root, 'certbot', script),
        ['--settings', join(place, 'deploy/certbot/certbot.env'), ...args],
        { env },
      ),
  };
}

const served = (port: number, servername: string): Promise<X509Certificate> =>
  servedCertificate({ port, servername, ca: rootOfIssuer });

/** The certificate that certbot keeps for a domain. */
async function kept({ live }: Deployment, domain: string): Promise<X509Certificate> {
  return new X509Certificate(await readFile(join(live, domain, 'cert.pem')));
}

/** Waits until nginx serves the certificate that certbot keeps: workers from before a reload may still answer for a moment. */
async function servesWhatIsKept(kit: Deployment, domain: string, name: string): Promise<void> {
  const { serialNumber } = await kept(kit, domain);
  await expect
    .poll(async () => (await served(kit.httpsPort, name)).serialNumber, { timeout: 10_000 })
    .toBe(serialNumber);
}

async function serve({ folder: place }: Deployment): Promise<RunningNginx> {
  const conf = await readFile(join(place, 'deploy/nginx/preview-kit.conf'), 'utf8');
  const nginx = await startNginx({ conf, folder: join(place, 'nginx') });
  running.push(nginx);
  return nginx;
}

const names = (certificate: X509Certificate): string[] =>
  (certificate.subjectAltName ?? '')
    .split(', ')
    .map((name) => name.replace('DNS:', ''))
    .sort();

describe('with a plugin (rfc2136)', () => {
  let kit: Deployment;
  let first: X509Certificate;
  let nginx: RunningNginx;

  beforeAll(async () => {
    kit = await setUp('plugin', [
      '--dns',
      'rfc2136',
      '--propagation-seconds',
      '1',
      '--email',
      'ops@example.test',
      '--listen-http',
      `127.0.0.1:${acme.httpPort}`,
    ]);
  });

  it('says what to do as long as the credentials are not filled in', async () => {
    const { code, stdout, stderr } = await kit.script('issue.sh');
    expect(code).not.toBe(0);
    expect(stdout + stderr).toMatch(/credentials\.ini/);
    expect(stdout + stderr).toMatch(/dns_rfc2136_server|dns_rfc2136_name/);
  });

  it('issues the domain with its wildcard, and nginx serves it for both names', async () => {
    const credentials = join(kit.folder, 'deploy/certbot/credentials.ini');
    await writeFile(
      credentials,
      `dns_rfc2136_server = 127.0.0.1\ndns_rfc2136_port = ${acme.dns.port}\ndns_rfc2136_name = ${acme.dns.keyName}\ndns_rfc2136_secret = ${acme.dns.secret}\ndns_rfc2136_algorithm = HMAC-SHA256\n`,
    );
    await chmod(credentials, 0o644);
    const issued = await kit.script('issue.sh');
    expect(issued.code, issued.stdout + issued.stderr).toBe(0);
    // Whoever can read the credentials can change the zone.
    expect((await stat(credentials)).mode & 0o777).toBe(0o600);
    nginx = await serve(kit);
    first = await served(kit.httpsPort, '0123456789ab-preview.example.test');
    expect(names(first)).toEqual(['*.example.test', 'example.test']);
    expect((await served(kit.httpsPort, 'librechat.example.test')).serialNumber).toBe(first.serialNumber);
    expect(await acme.txt('_acme-challenge.example.test')).toEqual([]);
  });

  it('asks for nothing when the certificate is valid', async () => {
    const again = await kit.script('issue.sh');
    expect([again.code, again.stdout + again.stderr]).toEqual([
      0,
      expect.stringContaining('not yet due for renewal'),
    ]);
    const renew = await kit.script('renew.sh');
    expect([renew.code, renew.stdout + renew.stderr]).toEqual([
      0,
      expect.stringContaining('not due for renewal'),
    ]);
    expect((await served(kit.httpsPort, 'librechat.example.test')).serialNumber).toBe(first.serialNumber);
  });

  it('renews, reloads nginx, and nginx serves the new certificate', async () => {
    const renewed = await kit.script('renew.sh', ['--force-renewal']);
    expect(renewed.code, renewed.stdout + renewed.stderr).toBe(0);
    const second = await kept(kit, 'example.test');
    expect(second.serialNumber).not.toBe(first.serialNumber);
    expect(names(second)).toEqual(['*.example.test', 'example.test']);
    await servesWhatIsKept(kit, 'example.test', 'preview.example.test');
  });

  it('issues a certificate for a domain of the operator’s own by HTTP, and renews it with the others', async () => {
    const domain = 'demo.previews.test';
    const issued = await kit.script('issue.sh', [domain]);
    expect(issued.code, issued.stdout + issued.stderr).toBe(0);
    const { answers } = readAnswers({}, await readEarlierAnswers(kit.folder));
    const conf = await readFile(join(kit.folder, 'deploy/nginx/preview-kit.conf'), 'utf8');
    await nginx.reload(`${conf}\n${renderDomainServer(domain, answers as Answers)}`);
    const before = await served(kit.httpsPort, domain);
    expect(names(before)).toEqual([domain]);
    const renewed = await kit.script('renew.sh', ['--force-renewal', '--cert-name', domain]);
    expect(renewed.code, renewed.stdout + renewed.stderr).toBe(0);
    expect((await kept(kit, domain)).serialNumber).not.toBe(before.serialNumber);
    await servesWhatIsKept(kit, domain, domain);
  });

  it('goes on with the old certificate, and says why, when the DNS server refuses', async () => {
    const credentials = join(kit.folder, 'deploy/certbot/credentials.ini');
    const good = await readFile(credentials, 'utf8');
    const before = await kept(kit, 'example.test');
    await writeFile(credentials, good.replace(acme.dns.secret, Buffer.alloc(32).toString('base64')));
    const failed = await kit.script('renew.sh', ['--force-renewal']);
    expect(failed.code).not.toBe(0);
    expect(failed.stdout + failed.stderr).toContain('signature');
    expect((await kept(kit, 'example.test')).serialNumber).toBe(before.serialNumber);
    await servesWhatIsKept(kit, 'example.test', 'preview.example.test');
    await writeFile(credentials, good);
  });
});

describe('with previews on a domain of their own, by scripts of the operator', () => {
  let kit: Deployment;

  beforeAll(async () => {
    kit = await setUp('manual', ['--dns', 'manual', '--previews-host', 'preview.previews.test']);
  });

  it('says what to write as long as the scripts are skeletons', async () => {
    const { code, stdout, stderr } = await kit.script('issue.sh');
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain('auth-hook.sh is not written yet');
  });

  it('issues a certificate for each domain, renews both, and cleans up behind itself', async () => {
    for (const [skeleton, example] of [
      ['auth-hook.sh', 'nsupdate-add.sh'],
      ['cleanup-hook.sh', 'nsupdate-delete.sh'],
    ] as const)
      await writeFile(
        join(kit.folder, 'deploy/certbot', skeleton),
        `#!/bin/sh\nexec ${join(root, 'certbot/hooks', example)}\n`,
      );
    const issued = await kit.script('issue.sh');
    expect(issued.code, issued.stdout + issued.stderr).toBe(0);
    await serve(kit);
    const chat = await served(kit.httpsPort, 'librechat.example.test');
    const preview = await served(kit.httpsPort, '0123456789ab-preview.previews.test');
    expect(names(chat)).toEqual(['*.example.test', 'example.test']);
    expect(names(preview)).toEqual(['*.previews.test', 'previews.test']);
    for (const zone of ['example.test', 'previews.test'])
      expect(await acme.txt(`_acme-challenge.${zone}`)).toEqual([]);

    const renewed = await kit.script('renew.sh', ['--force-renewal']);
    expect(renewed.code, renewed.stdout + renewed.stderr).toBe(0);
    for (const [domain, name, old] of [
      ['example.test', 'librechat.example.test', chat],
      ['previews.test', '0123456789ab-preview.previews.test', preview],
    ] as const) {
      expect((await kept(kit, domain)).serialNumber).not.toBe(old.serialNumber);
      await servesWhatIsKept(kit, domain, name);
    }
  });
});
