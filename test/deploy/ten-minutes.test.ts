// From a bare machine to LibreChat with previews, as the README has it: no Node and no nginx there, set up by compose/kit.sh, then the
// commands of deploy/next-steps.md, word for word. Real Compose, nginx and certbot, an ACME server and a DNS server in Let's Encrypt's and
// the provider's place, stand-ins for LibreChat and its databases.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensurePackages } from '../rig/debian-packages.ts';
import { createTestCa, trustInChromium } from '../rig/test-ca.ts';
import { type AcmeRig, startAcme } from './rig/acme.ts';
import { type Engine, type Output, startEngine } from './rig/docker.ts';
import { buildEdge, buildRelay, buildStandIns } from './rig/images.ts';
import { root, runProgram } from './rig/kit-commands.ts';
import { freePort } from './rig/nginx.ts';
import { type Checkout, createCheckout, quickHealth, standInNames } from './rig/stack.ts';
import { servedCertificate } from './rig/tls-request.ts';

/** Loopback, and nobody else's: so ports 80 and 443 are free, as on a server. */
const address = '127.79.0.1';

/** certbot reaches the ACME server and the DNS server on this machine's own network. */
const override = `${quickHealth}
  nginx: { healthcheck: { interval: 1s } }
  certbot:
    network_mode: host
    networks: !reset null
    environment: { REQUESTS_CA_BUNDLE: /acme-ca.pem }
    volumes: ['./acme-ca.pem:/acme-ca.pem:ro']
`;

let engine: Engine;
let machine: Checkout;
let acme: AcmeRig;
let issuer: string;

beforeAll(async () => {
  await ensurePackages(['openssl', 'libnss3-tools']);
  engine = await startEngine();
  await buildRelay(engine);
  machine = await createCheckout(engine, override);
  const ca = await createTestCa(join(machine.folder, 'authority'));
  acme = await startAcme(join(machine.folder, 'acme'), ['example.test'], ca, address);
  await writeFile(join(machine.folder, 'acme-ca.pem'), await readFile(acme.serverCa));
  issuer = join(machine.folder, 'issuer.pem');
  await writeFile(issuer, await acme.issuerRoot());
}, 600_000);
afterAll(async () => {
  await machine?.remove();
  await acme?.stop();
  await engine?.stop();
});

/** The commands of a step in deploy/next-steps.md. */
async function commandsOf(step: string): Promise<string[]> {
  const text = await readFile(join(machine.folder, 'deploy/next-steps.md'), 'utf8');
  const section =
    text.split(/^## /m).find((part) => part.slice(part.indexOf(' ') + 1).startsWith(step)) ?? '';
  return [...section.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.trim().split('\n'),
  );
}

const type = (command: string): Promise<Output> =>
  engine.run('bash', ['-c', command], { cwd: machine.folder });

it('compose/kit.sh setup writes the deployment, on a machine without Node', async () => {
  const done = await machine.script('kit.sh', [
    // Containers reach nobody outside here.
    ...['setup', '--yes', '--domain', 'example.test', '--edge', 'containers', '--offline', 'yes'],
    ...['--dns', 'rfc2136', '--propagation-seconds', '1', '--acme-server', acme.server],
  ]);
  expect(done, done.stderr).toMatchObject({ code: 0 });
  expect(done.stdout).toContain('deploy/next-steps.md');
  const files = await readdir(machine.folder);
  expect(files).toEqual(expect.arrayContaining(['.env', 'relay.env', 'librechat.env', 'deploy']));
  await machine.setEnv({
    HTTP_PORT: `${address}:80`,
    HTTPS_PORT: `${address}:443`,
    RELAY_PORT: String(await freePort()),
    LIBRECHAT_PORT: String(await freePort()),
    CA_FILE: process.env.NODE_EXTRA_CA_CERTS || '/dev/null',
  });
  const names = await standInNames(machine);
  await buildStandIns(engine, names);
  await buildEdge(engine, names);
}, 600_000);

it('“Certificates”: certbot’s container gets the wildcard', async () => {
  const { dns } = acme;
  await writeFile(
    join(machine.folder, 'deploy/certbot/credentials.ini'),
    `dns_rfc2136_server = 127.0.0.1\ndns_rfc2136_port = ${dns.port}\ndns_rfc2136_name = ${dns.keyName}\ndns_rfc2136_secret = ${dns.secret}\ndns_rfc2136_algorithm = HMAC-SHA256\n`,
  );
  const commands = await commandsOf('Certificates');
  expect(commands).toHaveLength(1);
  for (const command of commands) {
    const done = await type(command);
    expect(done.code, done.stdout + done.stderr).toBe(0);
    expect(done.stdout + done.stderr).toContain('/etc/letsencrypt/live/example.test/fullchain.pem');
  }
});

it('“Start”: everything becomes healthy', async () => {
  const commands = await commandsOf('Start');
  expect(commands).toEqual(['docker compose up --detach --wait']);
  for (const command of commands) {
    const done = await type(command);
    expect(done.code, done.stdout + done.stderr).toBe(0);
  }
  const services = (await machine.compose(['ps', '--format', '{{.Service}} {{.Health}}'])).split('\n').sort();
  expect(services).toEqual([
    'certbot ',
    'librechat healthy',
    'meilisearch healthy',
    'mongodb healthy',
    'nginx healthy',
    'relay healthy',
  ]);
}, 300_000);

it('“Check”: the doctor finds nothing', async () => {
  expect((await commandsOf('Check'))[0]).toBe('npm run doctor');
  const { code, stdout, stderr } = await machine.script('kit.sh', [
    ...['doctor', '--json', '--dns', `127.0.0.1:${acme.dns.port}`, '--ca', 'issuer.pem'],
  ]);
  const { ok, findings } = JSON.parse(stdout || '{}');
  const failed = findings?.filter(({ level }: { level: string }) => level === 'fail');
  expect({ failed, ok, code }, stderr).toEqual({ failed: [], ok: true, code: 0 });
});

it('“Check”: the smoke test renders both artifacts at the public addresses', async () => {
  const command = (await commandsOf('Check'))[1]?.split(' ') ?? [];
  expect(command.slice(0, 4)).toEqual(['npm', 'run', 'smoke', '--']);
  const home = join(machine.folder, 'home');
  await trustInChromium(home, issuer);
  // Where the users are, there is Node and a browser.
  const smoke = join(root, 'dist/relay/cli/smoke.js');
  const { code, stdout, stderr } = await runProgram(
    process.execPath,
    [smoke, ...command.slice(4), '--json', '--resolve', `MAP *.example.test ${address}`],
    { cwd: machine.folder, env: { HOME: home } },
  );
  const report = JSON.parse(stdout || '{}');
  expect(report, stderr).toMatchObject({ ok: true, foreignHosts: [], results: [{ ok: true }, { ok: true }] });
  expect(code).toBe(0);
});

it('certbot’s container renews by itself when a certificate is due, and nginx takes it up', async () => {
  const ca = await readFile(issuer);
  const serial = async (): Promise<string> =>
    (await servedCertificate({ host: address, port: 443, servername: 'preview.example.test', ca }))
      .serialNumber;
  const first = await serial();
  // pebble's certificates last five years; certbot asks for a new one this long before the old one ends.
  await machine.compose([
    ...['exec', '-T', 'certbot', 'sh', '-c'],
    'sed -i "1i renew_before_expiry = 5000 days" /etc/letsencrypt/renewal/example.test.conf',
  ]);
  await machine.compose(['restart', 'certbot']);
  await expect.poll(serial, { timeout: 60_000, interval: 500 }).not.toBe(first);
});
